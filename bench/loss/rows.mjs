/** @typedef {Awaited<ReturnType<typeof import("../../test/otlp-receiver/process.mjs").startReceiverProcess>>} Server */

/**
 * How each ending looks from outside: exit code or signal.
 * @type {Record<Ending, number | string>}
 */
export const ENDED = {
  complete: 0,
  beforeExit: 0,
  natural: 0,
  exit: 0,
  throw: 1,
  uncaughtHandler: 1,
  SIGTERM: "SIGTERM",
  handledSIGTERM: "SIGTERM",
};

/**
 * How a program ends when it has logged everything.
 * @typedef {"complete" | "beforeExit" | "natural" | "exit" | "throw" | "uncaughtHandler" | "SIGTERM" | "handledSIGTERM"} Ending
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {import("../../test/otlp-receiver/policy.mjs").Policy} [policy]
 * @property {(server: Server) => Promise<void>} [meanwhile] begins with the first record
 * @property {boolean} [down] the collector is not there at first
 * @property {number} [count] default: that of the run
 * @property {number} [least] no fewer, however short the run
 * @property {number} [perMs] records in each millisecond; 0: all at once
 * @property {number} [bytes] of each message
 * @property {Ending} [ending] default "complete": everything is awaited
 * @property {boolean} [spool] what is left lies on disk, and a second process sends it
 * @property {(count: number) => number} [mayMiss] so many of the records may be lost
 * @property {"rejected"} [accounts] what the collector does not take has to be counted and told
 */

const seconds = (/** @type {number} */ count) => new Promise((resolve) => setTimeout(resolve, count * 1_000));

/** @param {Server} server @param {number} from @param {number} to in seconds from the first record */
async function outage(server, from, to) {
  await seconds(from);
  if (from > 0) await server.down();
  await seconds(to - from);
  await server.up();
}

/** Batches wait for 200 ms at most, and a request is on its way: what was logged in half a second, at the outside, dies with the process. */
const tail = () => 4 * 500;

/** @type {readonly Row[]} */
export const rows = [
  { what: "all at once", perMs: 0 },
  { what: "collector up" },
  { what: "collector down for the first 3 s", down: true, meanwhile: (server) => outage(server, 0, 3) },
  { what: "collector down for the first 15 s", perMs: 1, down: true, meanwhile: (server) => outage(server, 0, 15) },
  { what: "collector restarted, 2 s of closed port", meanwhile: (server) => outage(server, 1, 3) },
  { what: "500 ms for each request", policy: { delayMs: 500 } },
  { what: "503, 10 times", policy: { refuse: { times: 10, status: 503 } } },
  { what: "429 with `Retry-After: 2`, 3 times", policy: { refuse: { times: 3, status: 429, retryAfter: 2 } } },
  { what: "503 with `Retry-After: 0`, 6 times", policy: { refuse: { times: 6, status: 503, retryAfter: 0 } } },
  { what: "503 with `Retry-After: 30`, once", policy: { refuse: { times: 1, status: 503, retryAfter: 30 } } },
  { what: "first request hangs", policy: { hang: 1 } },
  { what: "4,000 records of 10 KB, 4 MiB at most", count: 4_000, bytes: 10_000, policy: { maxBytes: 4 << 20 } },
  { what: "5 of each request rejected (partial success)", policy: { rejectEach: 5 }, accounts: "rejected" },
  { what: "300 records, natural end", count: 300, perMs: 0, ending: "natural" },
  { what: "300 records, `complete()` in `beforeExit`", count: 300, perMs: 0, ending: "beforeExit" },
  { what: "300 records, `process.exit()`, spool", count: 300, perMs: 0, ending: "exit", spool: true },
  { what: "natural end", ending: "natural" },
  { what: "`process.exit()`, spool", ending: "exit", spool: true },
  { what: "uncaught throw, spool", ending: "throw", spool: true },
  { what: "natural end, collector down, spool", ending: "natural", spool: true, down: true },
  { what: "`uncaughtException` handler that flushes", ending: "uncaughtHandler" },
  { what: "SIGTERM, `handleSignals`", ending: "handledSIGTERM" },
  { what: "SIGTERM without handler, spool", ending: "SIGTERM", spool: true, least: 8_000, mayMiss: tail },
];
