// Calls of console methods, each with other kinds of arguments, for a comparison of what is printed with what is recorded.

/**
 * One call, or a few that belong together.
 * @typedef {object} Call
 * @property {string} title
 * @property {(console: Console) => void | Promise<void>} run
 * @property {readonly unknown[]} [values] what the call is given: each of it must be in the record
 * @property {boolean} [timed] it prints how long something took
 * @property {boolean} [grouped] it prints in groups, which some consoles indent in part
 * @property {boolean} [passes] it is nothing that we hear: what it prints it prints in every mode
 * @property {boolean} [native] only the console itself can know what it prints
 * @property {boolean} [hides] an error is among its values: it becomes the exception and is no part of the message
 */

class Point {
  x = 1;
  #y = 2;
  get sum() {
    return this.x + this.#y;
  }
}
class Named {
  toString() {
    return "named";
  }
}
class Shown {
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return "<shown>";
  }
}

const circular = { name: "round", self: /** @type {unknown} */ (null) };
circular.self = circular;

const failure = Object.assign(new TypeError("disk full", { cause: new Error("no space") }), { code: "ENOSPC" });

/** By title; each gives new values, so that nothing is shared between calls. @type {Readonly<Record<string, () => unknown>>} */
const VALUES = {
  text: () => 'it\'s "so"',
  "a text with lines": () => "one\ntwo",
  "an empty text": () => "",
  integer: () => 42,
  float: () => -1.5,
  "negative zero": () => -0,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  bigint: () => 12n,
  true: () => true,
  null: () => null,
  undefined: () => undefined,
  symbol: () => Symbol("s"),
  function: () => function named() {},
  class: () => class Base {},
  "an object": () => ({ a: 1, b: "two", c: [1, 2, 3] }),
  "a deep object": () => ({ a: { b: { c: { d: { e: 1 } } } } }),
  "an empty object": () => ({}),
  "an object without prototype": () => Object.assign(Object.create(null), { a: 1 }),
  "a circular object": () => circular,
  "an object with symbols and a getter": () => ({
    [Symbol("key")]: 1,
    get got() {
      return 7;
    },
  }),
  "a list": () => [1, "two", { three: 3 }, [4]],
  "a list with holes": () => Object.assign([1], { 2: 3 }),
  "a long list": () => Array.from({ length: 120 }, (_, index) => index),
  Map: () => new Map([["k", { v: 1 }]]),
  Set: () => new Set([1, "two"]),
  Date: () => new Date(0),
  RegExp: () => /a+/gi,
  bytes: () => new Uint8Array([1, 2, 3]),
  "an instance": () => new Point(),
  "an instance with toString": () => new Named(),
  "an instance that shows itself": () => new Shown(),
  "a boxed number": () => Object(1),
  Proxy: () => new Proxy({ a: 1 }, {}),
  Promise: () => Promise.resolve(1),
  WeakMap: () => new WeakMap(),
};

const METHODS = /** @type {const} */ (["log", "info", "debug", "warn", "error"]);
const DIRECTIVES = ["%s", "%d", "%i", "%f", "%j", "%o", "%O", "%c"];

/** @param {string} method @param {readonly unknown[]} values @param {string} [title] @returns {Call} */
function call(method, values, title) {
  return {
    title: `${method} ${title ?? ""}`.trim(),
    values: method === "assert" ? values.slice(1) : method === "dir" ? values.slice(0, 1) : values,
    run: (console) => void (/** @type {any} */ (console)[method](...values)),
  };
}

/** @param {string} title @param {Call["run"]} run @param {Partial<Call>} [more] @returns {Call} */
const several = (title, run, more) => ({ title, run, ...more });

/** @type {readonly Call[]} */
const plain = [
  call("log", [], "of nothing"),
  ...Object.entries(VALUES).map(([title, make]) => call("log", [make()], `of ${title}`)),
  ...Object.entries(VALUES).map(([title, make]) =>
    call("log", ["text", make(), "behind"], `of a text, ${title}, a text`),
  ),
  ...METHODS.map((method) => call(method, ["a %s", "b", { c: 1 }], "of a text, a value and an object")),
  ...METHODS.map((method) => call(method, ["one\ntwo\n"], "of lines")),
];

const formats = [
  ...DIRECTIVES.flatMap((directive) =>
    [
      "text",
      "float",
      "bigint",
      "null",
      "symbol",
      "an object",
      "a deep object",
      "a list",
      "an instance with toString",
    ].map((title) => call("log", [`<${directive}>`, VALUES[title]?.()], `${directive} of ${title}`)),
  ),
  call("log", ["100%"], "of a percent sign"),
  call("log", ["100%% of %s", "it"], "%% and %s"),
  call("log", ["%% alone"], "%% alone"),
  call("log", ["%s %s", "one"], "with too few values"),
  call("log", ["%s", "one", "two", 3], "with more values"),
  call("log", ["%x %y", "one"], "with unknown directives"),
  call("log", ["%cred%c plain", "color: red", ""], "%c in between"),
  call("log", ["%d items at %f in %i", "12.9", "1.5x", 7.9], "of numbers in texts"),
  call("log", [1, "%s", "no format"], "of a format that is not first"),
  call("error", ["%s failed: %o", "job", { id: 1 }], "of a format"),
];

/** @type {readonly Call[]} */
const errors = [
  { ...call("error", [failure], "of an error"), hides: true },
  { ...call("error", ["save failed", failure], "of a text and an error"), hides: true },
  { ...call("error", ["save failed:", failure, { id: 7 }], "of a text, an error and an object"), hides: true },
  { ...call("log", [failure, "behind"], "of an error and a text"), hides: true },
  call("warn", ["failed: %s", failure], "of an error in %s"),
  call("warn", ["failed: %o", new RangeError("far")], "of an error in %o"),
  { ...call("trace", [failure], "of an error"), hides: false },
];

const tables = [
  call("table", [[{ x: 1, y: "two" }, { x: 3 }]], "of objects"),
  call(
    "table",
    [
      [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
      ["y"],
    ],
    "of chosen columns",
  ),
  call("table", [[{ x: 1 }], ["z"]], "of a column that is not there"),
  call("table", [[{ x: 1 }], []], "of no columns"),
  call("table", [[1, "two", null, undefined, true]], "of values"),
  call("table", [[1, { x: 1 }, [2, 3]]], "of values and objects"),
  call(
    "table",
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    "of lists",
  ),
  call("table", [{ a: { x: 1 }, b: { x: 2 } }], "of an object of objects"),
  call("table", [{ a: 1, b: "two" }], "of an object of values"),
  call(
    "table",
    [
      new Map([
        ["a", 1],
        ["b", { x: 1 }],
      ]),
    ],
    "of a Map",
  ),
  call("table", [new Map([[{ k: 1 }, [1, 2]]])], "of a Map with objects"),
  call("table", [new Set([1, "two", { x: 3 }])], "of a Set"),
  { ...call("table", [new Map([["a", 1]]).entries()], "of the entries of a Map"), native: true },
  { ...call("table", [new Map([["a", 1]]).keys()], "of the keys of a Map"), native: true },
  { ...call("table", [new Map([["a", { x: 1 }]]).values()], "of the values of a Map"), native: true },
  { ...call("table", [new Set([1, 2]).values()], "of the values of a Set"), native: true },
  { ...call("table", [new Set([1, 2]).entries()], "of the entries of a Set"), native: true },
  call("table", [new Map()], "of an empty Map"),
  call("table", [new Set()], "of an empty Set"),
  call("table", [[]], "of an empty list"),
  call("table", [{}], "of an empty object"),
  call("table", [new Uint8Array([7, 8])], "of bytes"),
  call("table", [[{ x: { y: { z: 1 } }, list: [1, 2, 3, 4, 5] }]], "of nested objects"),
  call("table", [[{ ünï: "漢字", emoji: "🙂" }]], "of wide characters"),
  call("table", [[new Point()]], "of instances"),
  call("table", [[{ f() {}, s: Symbol("s"), d: new Date(0), n: null }]], "of other values"),
  call("table", [[{ text: "one\ntwo" }]], "of a text with lines"),
  call("table", [null], "of null"),
  call("table", [undefined], "of undefined"),
  call("table", ["a text"], "of a text"),
  call("table", [7], "of a number"),
  call("table", [Object.assign([1], { 2: 3 })], "of a list with holes"),
  call("table", [[{ x: 1 }, null, { x: 2 }]], "of objects and null"),
];

/** @type {readonly Call[]} */
const inGroups = [
  several("group with a title, lines in it", (c) => {
    c.group("title");
    c.log("one\ntwo");
    c.error("three");
    c.groupEnd();
    c.log("out");
  }),
  several("group without a title", (c) => {
    c.group();
    c.log("in");
    c.groupEnd();
  }),
  several("group with several values", (c) => {
    c.group("a %s", "b", { c: 1 });
    c.groupEnd();
  }),
  several("groups in groups", (c) => {
    c.group("1");
    c.groupCollapsed("2");
    c.group("3");
    c.warn({ a: 1, list: ["x".repeat(30), "y".repeat(30), "z".repeat(30)] });
    c.groupEnd();
    c.groupEnd();
    c.info("in 1");
    c.groupEnd();
  }),
  several("a table in a group", (c) => {
    c.group("g");
    c.table([{ x: 1 }]);
    c.groupEnd();
  }),
  several("dir in a group", (c) => {
    c.group("g");
    c.dir({ a: "x".repeat(40), b: "y".repeat(40) });
    c.groupEnd();
  }),
  several("count and assert in a group", (c) => {
    c.group("g");
    c.count("in a group");
    c.assert(false, "in\na group");
    c.groupEnd();
  }),
  several("groupEnd without a group", (c) => {
    c.groupEnd();
    c.log("flush left");
  }),
];

const groups = inGroups.map((one) => ({ ...one, grouped: true }));

const counters = [
  several("count", (c) => {
    c.count();
    c.count();
    c.count("named");
    c.count(/** @type {any} */ (7));
    c.countReset();
    c.count();
  }),
  several("count of undefined and null", (c) => {
    c.count(undefined);
    c.count(/** @type {any} */ (null));
  }),
  several(
    "a timer",
    (c) => {
      c.time("t");
      c.timeLog("t");
      c.timeLog("t", "half", { done: 0.5 });
      c.timeEnd("t");
    },
    { timed: true },
  ),
  several(
    "the timer without a name",
    (c) => {
      c.time();
      c.timeEnd();
    },
    { timed: true },
  ),
  several(
    "a timer with a directive in its name",
    (c) => {
      c.time("%s");
      c.timeLog("%s", "more");
      c.timeEnd("%s");
    },
    { timed: true },
  ),
];

const others = [
  call("assert", [true, "fine"], "that holds"),
  call("assert", [false], "alone"),
  call("assert", [], "of nothing"),
  call("assert", [false, "why %s", "not"], "with a format"),
  { ...call("assert", [0, { a: 1 }], "with an object"), native: true },
  { ...call("assert", [null, "text", { a: 1 }, 2], "with several values"), native: true },
  call("assert", [false, "one\ntwo"], "with lines"),
  { ...call("assert", [false, 7, "%s", "x"], "with a number first"), native: true },
  call("trace", [], "of nothing"),
  call("trace", ["here %s", "it is", { id: 7 }], "of a text and values"),
  call("trace", [{ a: 1 }], "of an object"),
  call("trace", ["one\ntwo"], "of lines"),
  call("dir", [{ a: { b: { c: { d: 1 } } } }], "of a deep object"),
  call("dir", [{ a: { b: { c: { d: 1 } } } }, { depth: 0 }], "with a depth"),
  call("dir", [{ a: { b: { c: { d: 1 } } } }, { depth: null }], "of all depths"),
  call("dir", [[1, 2, 3], { showHidden: true }], "with what is hidden"),
  call("dir", [{ a: 1, b: 2 }, { compact: false }], "not compact"),
  call("dir", ["text"], "of a text"),
  call("dir", ["one\ntwo"], "of lines"),
  call("dir", [new Shown()], "of an instance that shows itself"),
  call("dir", [], "of nothing"),
  call("dirxml", ["a", 1, { b: 2 }], "of several values"),
  call("dirxml", ["%s", "x"], "of a format"),
  several("clear", (c) => c.clear(), { passes: true }),
  several("timeStamp, profile, profileEnd", (c) => {
    c.timeStamp("mark");
    c.profile("p");
    c.profileEnd("p");
  }),
  several("a method that is taken off", ({ log, error }) => {
    log("detached %s", "log");
    error("detached error");
  }),
  several("methods in a callback", (c) => ["a", "b"].forEach(c.info)),
];

/** @type {readonly Call[]} */
export const calls = [...plain, ...formats, ...errors, ...tables, ...groups, ...counters, ...others];
