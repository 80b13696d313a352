// What the console is told: every method with every list of arguments. Values are made anew at each call of these functions.

class Point {
  x = 1;
  #secret = 2;
  get sum() {
    globalThis.gettersRun = (globalThis.gettersRun ?? 0) + this.#secret;
    return this.#secret;
  }
}

/** Values of every kind. @param {boolean} shallow without those whose preview differs from moment to moment where it is deep */
const values = (shallow) => {
  const circle = { name: "circle" };
  circle.self = circle;
  const element = Object.assign(document.createElement("p"), { id: "first", className: "a b" });
  return [
    "text",
    "",
    "100 % of %s",
    "two\nlines",
    "\u{1f600} ü",
    0,
    -0,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    10n,
    true,
    null,
    undefined,
    Symbol("mark"),
    { id: 7, user: { name: "ada" } },
    {},
    [],
    [1, "two", [3]],
    Object.assign(new Array(3), { 0: 1, 2: 3 }),
    new Map([["key", { deep: 1 }]]),
    new Set([1, 2]),
    new Date(0),
    /a+b/gi,
    new Point(),
    Object.create(null),
    {
      get lazy() {
        globalThis.gettersRun = (globalThis.gettersRun ?? 0) + 1;
        return 1;
      },
    },
    function named() {},
    () => 1,
    class Thing {},
    new Error("broken"),
    new TypeError("outer", { cause: new Error("inner") }),
    new DOMException("gone", "AbortError"),
    new Proxy({ a: 1 }, {}),
    new Uint8Array([1, 2, 3]),
    new ArrayBuffer(8),
    Promise.resolve(1),
    new WeakMap(),
    new String("boxed"),
    circle,
    { __proto__: null, constructor: "fake", toString: "fake" },
    JSON.parse('{"__proto__": {"polluted": 1}}'),
    element,
    document.implementation.createHTMLDocument("apart"),
    document.createTextNode("words"),
    ...(shallow ? [] : [window, document, new Event("ready")]),
    new URL("https://example.test/a?b=c"),
  ];
};

/** Values that each directive meets. */
const filling = () => [
  "text",
  "42abc",
  " 7 ",
  "",
  12.7,
  -0.5,
  "3.5e2x",
  10n,
  true,
  null,
  undefined,
  [4, 5],
  { a: 1 },
  new Date(0),
  new Error("in text"),
  document.body,
  () => 1,
];

/** Every list of arguments. */
export const lists = (shallow = false) => [
  [],
  ...values(shallow).map((value) => [value]),
  ...values(shallow).map((value) => ["text", value]),
  ...values(shallow).map((value) => [value, "text"]),
  ...["s", "d", "i", "f", "o", "O"].flatMap((kind) => filling().map((value) => [`<%${kind}>`, value])),
  ["%s and %s", "one"],
  ["%s", "one", "two", { three: 3 }],
  ["%%"],
  ["%% %s", "one"],
  ["100%"],
  ["%x %s", "one"],
  ["%cstyled%c plain", "color: red", ""],
  ["%s%d%i%f", "a", "1", "2.5", "3.5"],
  ["%d", Symbol("no number")],
  ["%s", Symbol("a text")],
  ["%s"],
  ["long ".repeat(2_000)],
];

/** Methods that take what they print. */
const PRINTING = ["log", "info", "warn", "error", "debug", "trace", "dirxml", "group", "groupCollapsed"];

/**
 * All calls, each as a function that makes it.
 * @returns {{ method: string, args: unknown[] }[]}
 */
export function calls() {
  const made = [];
  const add = (method, args) => made.push({ method, args });
  for (const method of PRINTING)
    for (const args of lists()) {
      add(method, args);
      if (method.startsWith("group")) add("groupEnd", []);
    }
  for (const args of lists()) {
    add("assert", [false, ...args]);
    add("dir", args.slice(0, 1));
  }
  for (const args of lists(true)) add("table", args);
  add("assert", []);
  add("assert", [true, "not said"]);
  add("table", [[{ a: 1, b: 2 }, { a: 3 }], ["a"]]);
  for (const label of labels()) for (const method of ["count", "count", "countReset", "countReset"]) add(method, label);
  for (const label of labels())
    for (const method of ["timeLog", "time", "time", "timeLog", "timeEnd", "timeEnd"])
      add(method, method === "timeLog" ? [label[0], "more", { of: "it" }] : label);
  add("group", ["one"]);
  add("group", ["two"]);
  add("log", ["inside"]);
  add("groupEnd", []);
  add("groupEnd", []);
  add("groupEnd", []);
  add("log", ["outside"]);
  for (const method of ["clear", "profile", "profileEnd", "timeStamp"]) add(method, []);
  return made;
}

/** What counters and timers are called by. */
const labels = () => [
  [],
  ...["x", "", 1, null, undefined, true, 10n, {}, [1, 2], { toString: () => "object" }].map((label) => [label]),
  ...Array.from({ length: 90 }, (_, index) => [`label ${index}`]),
];
