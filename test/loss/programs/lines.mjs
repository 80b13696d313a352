// What every program of the table logs, and how it ends.

const PADDING = "x".repeat(80);

/** @param {number} n @returns {string} the text of one record; its line has about 130 bytes */
export const textOf = (n) => `line ${n}. ${PADDING}`;

/** A whole line with such a text, and its number. */
export const LINE = /line (\d+)\. x{80}(?!x)/;

/**
 * The ways in which a program ends once it has logged everything. Nothing else keeps it alive.
 * @type {Record<string, (flush: () => Promise<unknown>) => unknown>}
 */
export const ways = {
  natural() {},
  exit: () => process.exit(0),
  immediate: () => setImmediate(() => process.exit(0)),
  // A timer counts from the turn of the loop in which it is set, and this turn has lasted as long as the logging.
  "50ms": () => setImmediate(() => setTimeout(() => process.exit(0), 50)),
  throw: () =>
    process.nextTick(() => {
      throw new Error("on purpose");
    }),
  SIGTERM: () => process.kill(process.pid, "SIGTERM"),
  abort: () => process.abort(),
  flush: (flush) => flush().then(() => process.exit(0)),
};
