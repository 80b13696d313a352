// The records that every transport gets, as data: the same ones in the same order in every process.

/**
 * One call of a logger.
 * @typedef {object} Entry
 * @property {string} id `rec017`; the message begins with it
 * @property {"TRACE" | "DEBUG" | "INFO" | "SUCCESS" | "WARNING" | "ERROR" | "CRITICAL"} level
 * @property {string} message final text: `%`, `{}` and the like in it mean nothing
 * @property {Readonly<Record<string, unknown>>} fields metadata of this one call
 * @property {Error | null} error
 * @property {Readonly<Record<string, unknown>>} context what a child logger was bound to
 * @property {string | null} name of a child logger
 */

/** How many there are. */
export const COUNT = 200;
/** Finds the id of a record in whatever a backend got. */
export const ID = /rec\d{3}/;
/** More than fits into a datagram. */
const LARGE = 64 * 1024;

const LEVELS = /** @type {const} */ (["INFO", "DEBUG", "WARNING", "ERROR", "INFO", "TRACE", "INFO"]);

/** @typedef {Partial<Omit<Entry, "id">>} Part */

/** Twenty kinds of calls; each comes ten times. @type {readonly ((round: number) => Part)[]} */
const KINDS = [
  (round) => ({ message: `plain text, round ${round}` }),
  () => ({ message: "Grüße, 你好, שלום, Ω≈ç√, e\u0301, 🦊 👩‍👩‍👧 🏳️‍🌈" }),
  (round) => ({ message: "first line\nsecond line\n\tindented\r\nlast line", fields: { lines: round } }),
  (round) => ({
    message: "nested metadata",
    fields: {
      user: { id: round, name: "Ann Ünal", roles: ["admin", "ops"], address: { city: "Żory", geo: [50.04, 18.7] } },
      request: { method: "GET", path: "/a/b?c=d&e=%20f", headers: { "x-request-id": `q-${round}` } },
    },
  }),
  () => ({ message: "100% of %s and %d, %j %o %O %i %% 50%", fields: { percent: "%s" } }),
  () => ({ message: "braces {} {name} {0} {{}} ${x} #{y} {{z}}", fields: { name_: "{}" } }),
  (round) => ({ message: "payment failed", level: "ERROR", error: withCause(round), fields: { order: 1000 + round } }),
  (round) => ({
    message: "keys that others use",
    fields: {
      error: "a text",
      time: 12.5,
      msg: "not the message",
      type: "order",
      host: "db-1",
      version: round,
      name: "field",
    },
  }),
  (round) => ({ message: "from a named logger", name: round % 2 === 0 ? "billing" : "http.server" }),
  (round) => ({
    message: "bound context",
    context: { requestId: `req-${round}`, tenant: { id: 7 } },
    fields: { step: round },
  }),
  () => ({ message: "quotes \" and ' and `, a \\ backslash, a \t tab, \u001b[31mred\u001b[39m and \u2028 \u2029" }),
  (round) => ({ message: `two kilobytes ${"lorem ipsum dolor ".repeat(114)}`, fields: { round } }),
  () => ({
    message: "<b>markup</b> &amp; *bold* _italic_ ~gone~ | pipe | [link](http://localhost/)",
    fields: { html: "<i>&</i>" },
  }),
  () => ({
    message: "values that are nearly nothing",
    fields: { empty: "", zero: 0, no: false, none: null, list: [], object: {} },
  }),
  (round) => ({
    message: "numbers and dates",
    fields: {
      when: new Date(Date.UTC(2024, 1, 29, 12, 0, round)),
      ratio: 0.1 + 0.2,
      big: 2 ** 53,
      negative: -1.5e-7,
      list: [1, "two", null, true],
    },
  }),
  (round) => ({ message: "it worked", level: "SUCCESS", fields: { attempt: round } }),
  (round) => ({
    message: "no space left",
    level: "CRITICAL",
    error: new StorageError(`disk ${round} is full`),
    fields: { disk: round },
  }),
  () => ({ message: '{"level":"fake","msg":"JSON in the text","time":0}', fields: { raw: '{"a":1}' } }),
  (round) => ({
    message: "names that the record itself has",
    ...(round < 2 && {
      fields: { level: "field level", message: "field message", timestamp: "field timestamp", stack: "field stack" },
    }),
  }),
  (round) =>
    round % 5 === 3
      ? { message: `64 KiB ${"0123456789abcdef".repeat(LARGE / 16)}` }
      : { message: "  two spaces on both sides  " },
];

class StorageError extends Error {
  /** @override */
  name = "StorageError";
  code = "ENOSPC";
  /** @type {unknown} */
  detail = { free: 0, device: "sda" };
}

/** What loggers with levels as pino's and log4js' call ours. @type {Record<string, string>} */
export const METHODS = {
  TRACE: "trace",
  DEBUG: "debug",
  INFO: "info",
  SUCCESS: "success",
  WARNING: "warn",
  ERROR: "error",
  CRITICAL: "fatal",
};

/** @param {number} round */
function withCause(round) {
  const cause = Object.assign(new TypeError("socket hang up"), { code: "ECONNRESET" });
  return Object.assign(new Error(`card ${round} was refused`, { cause }), { code: "E_CARD", status: 402 });
}

/** @returns {readonly Entry[]} */
export function records() {
  const { stackTraceLimit } = Error;
  // Both sides have the same few frames, all of them here.
  Error.stackTraceLimit = 2;
  try {
    return Array.from({ length: COUNT }, (_, index) => entry(index));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** @param {number} index @returns {Entry} */
function entry(index) {
  const kind = /** @type {(round: number) => Part} */ (KINDS[index % KINDS.length]);
  const part = kind(Math.floor(index / KINDS.length));
  const id = `rec${String(index).padStart(3, "0")}`;
  const level = LEVELS[index % LEVELS.length] ?? "INFO";
  const empty = { fields: {}, error: null, context: {}, name: null };
  return { id, level, ...empty, ...part, message: `${id} ${part.message}` };
}
