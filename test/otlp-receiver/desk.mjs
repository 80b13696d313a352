import { setTimeout as after } from "node:timers/promises";
import { judgeOf, verdict } from "./policy.mjs";
import { InvalidRequest } from "./record.mjs";

/** @typedef {import("./policy.mjs").Verdict} Verdict */
/** @typedef {import("./record.mjs").ReceivedRecord} ReceivedRecord */

/**
 * A request, whatever it came by.
 * @typedef {object} Incoming
 * @property {import("./tally.mjs").ReceivedRequest["protocol"]} protocol
 * @property {number} bytes
 * @property {Record<string, string>} headers
 * @property {Verdict | null} unfit why it is no OTLP request at all
 * @property {() => Uint8Array} unpack
 * @property {(data: Uint8Array) => ReceivedRecord[]} decode
 *
 * @typedef {Verdict & { rejected: number }} Served
 */

/** Where requests of all protocols are judged and counted. */
export class Desk {
  #judge = judgeOf({});
  #tally;

  /** @param {import("./tally.mjs").Tally} tally */
  constructor(tally) {
    this.#tally = tally;
  }

  /** @param {import("./policy.mjs").Policy} policy */
  follow(policy) {
    this.#judge = judgeOf(policy);
  }

  /** @param {Incoming} incoming @returns {Promise<Served | null>} null: no answer, ever */
  async serve(incoming) {
    const { protocol, bytes, headers } = incoming;
    const { rejectEach } = this.#judge;
    const { judged, records } = this.#judged(incoming);
    if (judged.kind === "hang") return null;
    const rejected = judged.code === 0 ? Math.min(rejectEach, records.length) : 0;
    const taken = judged.code === 0 ? records.slice(rejected) : [];
    const message = rejected > 0 ? "rejected by policy" : judged.message;
    if (judged.delayMs > 0) await after(judged.delayMs);
    const status = protocol === "grpc" ? judged.code : judged.status;
    this.#tally.add({ protocol, bytes, headers, status, message, records: taken.length, rejected }, taken);
    return { ...judged, message, rejected };
  }

  /** @param {Incoming} incoming @returns {{ judged: Verdict, records: ReceivedRecord[] }} */
  #judged({ unfit, unpack, decode }) {
    if (unfit) return { judged: unfit, records: [] };
    try {
      const data = unpack();
      const judged = this.#judge.first(data.length);
      if (judged) return { judged, records: [] };
      const records = decode(data);
      return { judged: this.#judge.last(records), records };
    } catch (error) {
      const known = error instanceof InvalidRequest || (error instanceof Error && "code" in error);
      if (!known) throw error;
      return { judged: verdict(400, /** @type {Error} */ (error).message), records: [] };
    }
  }
}
