/**
 * Two contenders at one piece of work.
 * @typedef {object} Row
 * @property {string} work what is done
 * @property {string} durability what each record's line survives, ours and theirs
 * @property {Contender} ours
 * @property {Contender} theirs
 * @property {"theirs / ours" | "ours / theirs" | "ours - theirs"} figure what is printed
 * @property {number} target
 *
 * @typedef {object} Contender
 * @property {string} name file below contenders, or "loguru"
 * @property {string} work
 * @property {number} count records, or turns of the loop
 * @property {number} [warm] records before the clock runs; default: a quarter, at most 50,000
 * @property {number} [burst] so many records, and they are handed over before the next; default: all
 */

/** @param {string} work @param {number} [count] @returns {Contender} */
const logbridge = (work, count = 200_000) => ({ name: "logbridge", work, count });
/** @param {string} work @returns {Contender} */
const pino = (work) => ({ name: "pino", work, count: 200_000 });
/** @type {Contender} */
const loguru = { name: "loguru", work: "caller", count: 20_000 };

const GATHERED = "gathered (ours: 64 KiB or 50 ms; pino: 1 KiB), the rest at exit";

/** @type {readonly Row[]} */
export const rows = [
  {
    work: "disabled call, ns above an empty loop",
    durability: "nothing is written",
    ours: logbridge("disabled", 30_000_000),
    theirs: { name: "floor", work: "loop", count: 30_000_000 },
    figure: "ours - theirs",
    target: 2.5,
  },
  {
    work: "flat JSON, 3 fields",
    durability: GATHERED,
    ours: logbridge("json-gathered"),
    theirs: pino("json-gathered"),
    figure: "theirs / ours",
    target: 4,
  },
  {
    work: "flat JSON, 3 fields, line by line",
    durability: "line: in the kernel when the call returns, both",
    ours: logbridge("json-line"),
    theirs: pino("json-line"),
    figure: "theirs / ours",
    target: 1.6,
  },
  {
    work: "8 fields, escapes, nesting",
    durability: GATHERED,
    ours: logbridge("json-eight"),
    theirs: pino("json-eight"),
    figure: "theirs / ours",
    target: 2.5,
  },
  {
    work: "3 fields, 2 bound",
    durability: GATHERED,
    ours: logbridge("json-bound"),
    theirs: pino("json-bound"),
    figure: "theirs / ours",
    target: 3.5,
  },
  {
    work: "text line, against console.log",
    durability: "ours gathered, console.log line by line",
    ours: logbridge("text"),
    theirs: { name: "console", work: "line", count: 200_000 },
    figure: "theirs / ours",
    target: 10,
  },
  {
    work: "default coloured format with caller, against Python's Loguru",
    durability: "ours gathered, Loguru in its file object's buffer",
    ours: logbridge("caller", 100_000),
    theirs: loguru,
    figure: "theirs / ours",
    target: 4.5,
  },
  {
    work: "the same by tagged template",
    durability: "ours gathered, Loguru in its file object's buffer",
    ours: logbridge("tagged"),
    theirs: loguru,
    figure: "theirs / ours",
    target: 40,
  },
  {
    work: "32 handlers, 31 filtered out by level, against one",
    durability: "gathered, both",
    ours: logbridge("handlers"),
    theirs: logbridge("handler"),
    figure: "ours / theirs",
    target: 1.3,
  },
  {
    work: "flat JSON, 3 fields, against the line put together by hand",
    durability: "gathered, both; the floor",
    ours: logbridge("json-gathered"),
    theirs: { name: "floor", work: "hand", count: 200_000 },
    figure: "theirs / ours",
    target: 0,
  },
  {
    work: "flat JSON, 3 fields, against JSON.stringify",
    durability: "gathered, both; the floor",
    ours: logbridge("json-gathered"),
    theirs: { name: "floor", work: "stringify", count: 200_000 },
    figure: "theirs / ours",
    target: 0,
  },
];
