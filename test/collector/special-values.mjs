// Values that have cost somebody a record, or a whole batch of them.
import { array, bool, bytes, double, empty, int, map, string } from "./any-value.mjs";
import { exceptionOf } from "./exception.mjs";

const MESSAGE_BYTES = 5 * 1024 * 1024;
const ATTRIBUTES = 131;

class Money {
  amount = 5;
}

const withGetter = {
  kept: 1,
  get tax() {
    throw new Error("a getter of the application was run");
  },
};

/** @type {Record<string, unknown>} */
const circular = { inside: 1 };
circular["self"] = circular;
const shared = { once: 1 };

/**
 * A field's value, what it has to be on the other side, and what over gRPC, where the SDK's exporter has no integer that large.
 * @type {readonly (readonly [string, unknown, AnyValue, AnyValue?])[]}
 */
const VALUES = [
  ["NaN", Number.NaN, double(Number.NaN)],
  ["Infinity", Number.POSITIVE_INFINITY, double(Number.POSITIVE_INFINITY)],
  ["-Infinity", Number.NEGATIVE_INFINITY, double(Number.NEGATIVE_INFINITY)],
  ["1e21", 1e21, double(1e21)],
  ["-1e300", -1e300, double(-1e300)],
  ["2^63", 2 ** 63, double(2 ** 63)],
  ["2^53 - 1", Number.MAX_SAFE_INTEGER, int(Number.MAX_SAFE_INTEGER)],
  ["the least double", 5e-324, double(5e-324)],
  ["BigInt", 42n, int(42)],
  ["BigInt of 63 bits", 2n ** 63n - 1n, int(2n ** 63n - 1n), string("9223372036854775807")],
  ["the least BigInt of 64 bits", -(2n ** 63n), int(-(2n ** 63n)), int(-(2n ** 63n))],
  ["BigInt beyond", 2n ** 70n, string(String(2n ** 70n))],
  ["null", null, empty],
  ["false", false, bool(false)],
  ["Date", new Date(1_700_000_000_123), string("2023-11-14T22:13:20.123Z")],
  ["Map", new Map([["a", new Map([["b", 1]])]]), map({ a: map({ b: int(1) }) })],
  ["Set", new Set(["a", 2]), array(string("a"), int(2))],
  ["Buffer", Buffer.from([0, 255, 16]), bytes(Uint8Array.of(0, 255, 16))],
  ["Uint8Array", Uint8Array.of(7, 8), bytes(Uint8Array.of(7, 8))],
  ["circular", circular, map({ inside: int(1), self: string("[Circular]") })],
  ["twice", [shared, shared], array(map({ once: int(1) }), map({ once: int(1) }))],
  ["mixed array", [1, "a", null, [2.5]], array(int(1), string("a"), empty, array(double(2.5)))],
  ["empty", { list: [], object: {}, text: "" }, map({ list: array(), object: map({}), text: string("") })],
  ["lone surrogates", "a\ud800b\udc00", string("a\ufffdb\ufffd")],
  ["astral", "\u{1f600}", string("\u{1f600}")],
  ["text with NUL", "a\0b", string("a\0b")],
  ["class", new Money(), map({ amount: int(5) })],
  ["getter", withGetter, map({ kept: int(1), tax: string("[Getter]") })],
  ["URL", new URL("https://example.com/a?b=c"), string("https://example.com/a?b=c")],
  ["RegExp", /a+/g, string("/a+/g")],
];

/**
 * @typedef {import("./any-value.mjs").AnyValue} AnyValue
 *
 * @typedef {object} Special
 * @property {(log: any) => void} log
 * @property {Pick<Expected, "body" | "attributes"> & Partial<Expected>} expected
 * @property {ExpectedAttributes} [overGrpc] attributes that are something else there
 * @property {boolean} [isTooLargeForGrpc]
 *
 * @typedef {import("./expectation.mjs").Expected} Expected
 * @typedef {import("./expectation.mjs").ExpectedAttributes} ExpectedAttributes
 */

/** @type {readonly Special[]} each stands for one record */
export const SPECIALS = [
  ...VALUES.map(([name, value, expected, overGrpc = expected]) => ({
    log: (/** @type {any} */ log) => log.info("special", { name, value }),
    expected: { body: string("special"), attributes: { name: string(name), value: expected } },
    overGrpc: { value: overGrpc },
  })),
  structuredBody(),
  hostileKeys(),
  ownPrototypeKey(),
  manyAttributesAndError(),
  severalErrors(),
  longMessage(),
];

/** @returns {Special} */
function structuredBody() {
  return {
    log: (log) => log.info("{}", { order: { id: 7 }, tags: new Set(["new"]) }),
    expected: { body: map({ order: map({ id: int(7) }), tags: array(string("new")) }), attributes: {} },
  };
}

/** @returns {Special} */
function hostileKeys() {
  const keys = [
    "level",
    "message",
    "time",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    "a.b",
    "body",
    "timeUnixNano",
  ];
  return {
    log: (log) => log.info("hostile", Object.fromEntries(keys.map((key, index) => [key, index]))),
    expected: {
      body: string("hostile"),
      attributes: Object.fromEntries(keys.map((key, index) => [key, int(index)])),
    },
  };
}

/** @returns {Special} */
function ownPrototypeKey() {
  const inner = '{"__proto__":{"polluted":true},"ok":1}';
  return {
    log: (log) => log.info("prototype", { value: JSON.parse(inner) }),
    expected: {
      body: string("prototype"),
      attributes: {
        value: {
          kvlistValue: {
            values: [
              { key: "__proto__", value: map({ polluted: bool(true) }) },
              { key: "ok", value: int(1) },
            ],
          },
        },
      },
    },
  };
}

/** @returns {Special} */
function manyAttributesAndError() {
  const fields = Array.from({ length: ATTRIBUTES }, (_, index) => /** @type {const} */ ([`attribute.${index}`, index]));
  const error = new TypeError("outermost", {
    cause: new RangeError("middle", { cause: Object.assign(new Error("innermost"), { code: "E_ROOT" }) }),
  });
  return {
    log: (log) => log.error("many", error, Object.fromEntries(fields)),
    expected: {
      body: string("many"),
      severityNumber: 17,
      severityText: "ERROR",
      attributes: { ...Object.fromEntries(fields.map(([key, value]) => [key, int(value)])), ...exceptionOf(error) },
    },
  };
}

/** @returns {Special} */
function severalErrors() {
  const error = new AggregateError([new Error("first"), new TypeError("second")], "all failed");
  return {
    log: (log) => log.critical("several", error),
    expected: {
      body: string("several"),
      severityNumber: 21,
      severityText: "CRITICAL",
      attributes: exceptionOf(error),
    },
  };
}

/** @returns {Special} */
function longMessage() {
  const message = "ö".repeat(MESSAGE_BYTES / 2);
  return {
    log: (log) => log.info(message),
    expected: { body: string(message), attributes: {} },
    isTooLargeForGrpc: true,
  };
}
