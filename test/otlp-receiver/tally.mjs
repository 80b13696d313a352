/** @typedef {import("./record.mjs").ReceivedRecord} ReceivedRecord */

/**
 * A request as it was answered.
 * @typedef {object} ReceivedRequest
 * @property {"http/protobuf" | "http/json" | "grpc" | "other"} protocol
 * @property {number} bytes as sent, packed
 * @property {Record<string, string>} headers or metadata
 * @property {number} status of HTTP; for gRPC the code
 * @property {string} message why it was refused
 * @property {number} records that were taken
 * @property {number} rejected records that were not taken, though the request was
 */

/**
 * @typedef {object} Counts
 * @property {number} requests
 * @property {number} refused requests
 * @property {number} records that were taken
 * @property {number} unique records of different keys; those without one are not counted here
 * @property {number} doubled records whose key had been there
 * @property {number} told doubled records whose `log.record.uid` is that of the first with their key
 * @property {number} rejected records that a partial success named
 */

/** What arrived. */
export class Tally {
  /** @type {ReceivedRecord[]} */
  records = [];
  /** @type {ReceivedRequest[]} */
  requests = [];
  #rejected = 0;
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {ReceivedRequest} request @param {readonly ReceivedRecord[]} records */
  add(request, records) {
    this.requests.push(request);
    for (const record of records) this.records.push(record);
    this.#rejected += request.rejected;
    for (const look of this.#waiting) look();
  }

  clear() {
    this.records = [];
    this.requests = [];
    this.#rejected = 0;
  }

  /**
   * @param {string} [key] the attribute that tells records apart; default `i`
   * @returns {Counts}
   */
  counts(key = "i") {
    /** @type {Map<unknown, unknown>} */
    const seen = new Map();
    let doubled = 0;
    let told = 0;
    for (const { attributes } of this.records) {
      const one = attributes[key];
      if (one === undefined) continue;
      const uid = attributes["log.record.uid"];
      if (seen.has(one)) {
        doubled++;
        if (uid !== undefined && seen.get(one) === uid) told++;
      } else seen.set(one, uid);
    }
    return {
      requests: this.requests.length,
      refused: this.requests.filter(({ protocol, status }) => status !== (protocol === "grpc" ? 0 : 200)).length,
      records: this.records.length,
      unique: seen.size,
      doubled,
      told,
      rejected: this.#rejected,
    };
  }

  /**
   * Resolves when so many records are here, and rejects after the time.
   * @param {number} records
   * @param {number} timeoutMs
   * @returns {Promise<void>}
   */
  until(records, timeoutMs) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${this.records.length} of ${records} records after ${timeoutMs} ms`));
      }, timeoutMs);
      const look = () => {
        if (this.records.length < records) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
