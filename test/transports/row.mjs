// What a table of transports consists of, and what its rows need for reading what arrived.

/**
 * A stand-in of a backend, listening. It runs outside the process that logs.
 * @typedef {object} Standin
 * @property {Record<string, any>} at where it is, as plain data: `make` gets it
 * @property {() => any[] | Promise<any[]>} read all pieces that have arrived so far, in order: lines, datagrams, requests, mails
 * @property {() => unknown} close
 * @property {Record<string, string>} [env] variables for the process that logs
 * @property {(child: import("node:child_process").ChildProcess) => void} [attach] called with the process that logs, for its output
 */

/**
 * A difference between what the library's own logger sends and what we send, which the documentation names.
 * @typedef {object} Difference
 * @property {string} what
 * @property {string} why
 * @property {(native: any, bridged: any) => readonly [any, any]} forgive takes it out of both; leaves them unequal in any other case
 */

/**
 * One transport.
 * @typedef {object} Row
 * @property {string} name unique in its table
 * @property {string} package npm name; its version is pinned in the table's `versions`
 * @property {string} [shows] the row of the checklist that it shows
 * @property {string} kind what is special about it, in a few words
 * @property {() => Standin | Promise<Standin>} backend a fresh stand-in
 * @property {(at: Record<string, any>, side: "native" | "bridged") => any} make the transport (or its configuration), alike for both sides; runs in the process that logs
 * @property {(pieces: any[]) => unknown[]} records what arrived as one comparable value for each record: plain data without what differs
 *   from run to run (time, pid, port, boundary). What no record can be made of is left out only if it never was one (a ping)
 * @property {boolean} [unordered] the backend promises no order
 * @property {(entry: import("./records.mjs").Entry) => boolean} [takes] which records are logged; default all. Others need a `note`: the library itself
 *   breaks at them
 * @property {number} [expected] how many of the records the library itself delivers; default all that are logged. Fewer need a `note`
 * @property {number} [quiet] ms without anything new after which no more is expected; default 1500. For transports with a timer of their own
 * @property {"complete" | "remove" | "timer"} [delivers] when all has arrived at the latest: when `complete()` has resolved (default), when `remove()` has,
 *   or only when a timer of the transport has run
 * @property {string} [note] shown in the table
 * @property {readonly Difference[]} [differs]
 * @property {Record<string, unknown>} [options] for the table's own `native` and `bridged`
 */

/**
 * A logger that is open, of the library or of ours.
 * @typedef {object} Session
 * @property {(entry: import("./records.mjs").Entry) => void} log
 * @property {() => unknown} complete resolves when all has left, as far as that logger can tell
 * @property {() => unknown} remove ends the transport
 */

/**
 * What `tables/<library>.mjs` exports.
 * @typedef {object} Table
 * @property {readonly Row[]} rows
 * @property {(row: Row, at: Record<string, any>) => Session | Promise<Session>} native opens the library's own logger
 * @property {(row: Row, at: Record<string, any>) => Session | Promise<Session>} bridged opens ours, with the transport as a sink
 */

/**
 * Texts as JSON; a text that is none stays as it is.
 * @param {readonly (string | Buffer)[]} texts
 * @returns {any[]}
 */
export function parsed(texts) {
  return texts.map((text) => {
    try {
      return JSON.parse(String(text));
    } catch {
      return String(text);
    }
  });
}

/**
 * A copy in which the values under some keys are replaced, at any depth.
 * @param {any} value
 * @param {readonly string[]} keys
 * @returns {any}
 */
export function masked(value, keys) {
  if (Array.isArray(value)) return value.map((one) => masked(one, keys));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, keys.includes(key) ? "<masked>" : masked(inner, keys)]),
  );
}

/** ISO times, wherever they stand in a text. @param {string} text */
export function withoutTimes(text) {
  return text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, "<time>");
}

/**
 * Cuts a text before each record's id, where a record is several lines.
 * @param {string} text
 * @param {RegExp} [begin] what a record's first line begins with; it needs the flag `m`, and not `g`
 * @returns {string[]}
 */
export function cut(text, begin = /^.*?rec\d{3} /m) {
  const starts = [...text.matchAll(new RegExp(begin.source, "gm"))].map(({ index }) => index);
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}

/**
 * A field that one side has and the other has not, or has in another way.
 * @param {string} path `err`, `meta.err`
 * @param {string} why
 * @param {string} [what]
 * @returns {Difference}
 */
export function apart(path, why, what = path) {
  return {
    what,
    why,
    forgive: (native, bridged) => [without(native, path.split(".")), without(bridged, path.split("."))],
  };
}

/**
 * A field of which our side must say at least what the library's own side says.
 * @param {string} path
 * @param {string} why
 * @param {string} [what]
 * @returns {Difference}
 */
export function richer(path, why, what = path) {
  const steps = path.split(".");
  return {
    what,
    why,
    forgive: (native, bridged) =>
      includes(at(bridged, steps), at(native, steps))
        ? [without(native, steps), without(bridged, steps)]
        : [native, bridged],
  };
}

/** @param {any} value @param {readonly string[]} steps @returns {any} */
function at(value, steps) {
  return steps.reduce((inner, step) => inner?.[step], value);
}

/** @param {any} value @param {readonly string[]} steps @returns {any} */
function without(value, [step, ...rest]) {
  if (typeof value !== "object" || value === null || Array.isArray(value) || step === undefined || !(step in value))
    return value;
  const { [step]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [step]: without(inner, rest) };
}

/** Does `whole` say all that `part` says? @param {any} whole @param {any} part @returns {boolean} */
function includes(whole, part) {
  if (part === undefined) return true;
  if (typeof part !== "object" || part === null) return Object.is(whole, part);
  if (typeof whole !== "object" || whole === null) return false;
  return Object.keys(part).every((key) => includes(whole[key], part[key]));
}
