import { masked, parsed } from "../../row.mjs";
import { answers, http } from "../../standins/http.mjs";
import { reroute } from "../../standins/reroute.mjs";
import { errInJson } from "./differences.mjs";

/** @param {any[]} requests */
const bodies = (requests) => masked(parsed(requests.map(({ text }) => text)), ["timestamp"]);

/** Transports that send to their vendor alone: their HTTPS requests are led to the stand-in. @type {readonly import("../../row.mjs").Row[]} */
export const fixedAddress = [
  {
    name: "winston-loggly-bulk",
    package: "winston-loggly-bulk",
    kind: "clones the info; a fixed address",
    backend: () => http({ answer: () => ({ body: { response: "ok" } }) }),
    make: async (at) => {
      reroute(at);
      const { Loggly } = await import("winston-loggly-bulk");
      return new Loggly({ token: "t", subdomain: "s", tags: ["app"], json: true });
    },
    unordered: true,
    records: bodies,
    differs: [errInJson],
  },
  {
    name: "datadog-winston",
    package: "datadog-winston",
    kind: "asynchronous log(); a fixed address",
    backend: () => http({ answer: answers.accepted }),
    make: async (at) => {
      reroute(at);
      const { default: DatadogTransport } = await import("datadog-winston");
      return new DatadogTransport({ apiKey: "k", service: "app", ddsource: "nodejs" });
    },
    unordered: true,
    records: bodies,
    differs: [errInJson],
  },
  {
    name: "winston-telegram",
    package: "winston-telegram",
    kind: "calls back before it sends, handles exceptions too; a fixed address",
    backend: () => http({ answer: () => ({ body: { ok: true } }) }),
    make: async (at) => {
      reroute(at);
      const { default: Telegram } = await import("winston-telegram");
      return new Telegram({ level: "silly", token: "t", chatId: 1 });
    },
    unordered: true,
    // A long text comes in several messages, of which the first has the id.
    records: (requests) => bodies(requests).filter((/** @type {any} */ { text }) => text.startsWith("[")),
  },
];
