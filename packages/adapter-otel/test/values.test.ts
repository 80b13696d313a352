import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonWriter } from "../src/otlp/json-writer.ts";
import { plainValue } from "../src/otlp/plain-value.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import { writeValue } from "../src/otlp/value.ts";
import type { RecordWriter } from "../src/otlp/value-writer.ts";
import { decoded, encodedJson, plain } from "./official-messages.ts";

const protobuf = new ProtobufWriter();
const json = new JsonWriter();

/** The value as a receiver reads it; it is the same by protobuf and JSON. */
function sent(value: unknown, longest?: number): unknown {
  const { message: bytes } = written(value, protobuf, longest);
  expect(Buffer.from(encodedJson(written(value, json, longest))).equals(bytes)).toBe(true);
  return plain(decoded(bytes).body);
}

function written<Made>(value: unknown, writer: RecordWriter<Made>, longest?: number): Made {
  writer.begin({ micros: 1_700_000_000_000_000, severityNumber: 9, severityText: "", trace: null });
  writer.body();
  writeValue(value, writer, longest);
  return writer.end(0);
}

class Order {
  id = 7n;
  #secret = "hidden";
  get total(): string {
    return this.#secret;
  }
  toJSON(): string {
    throw new Error("called");
  }
}

const context = createContext({});
const ofRealm = (code: string): unknown => runInContext(code, context);

describe("primitives", () => {
  test.each<[string, unknown, unknown]>([
    ["null", null, null],
    ["undefined", undefined, null],
    ["a text", "hé 😀", "hé 😀"],
    ["half a character", "a\ud800b", "a\ufffdb"],
    ["an empty text", "", ""],
    ["true", true, true],
    ["false", false, false],
    ["zero", 0, 0n],
    ["minus zero", -0, -0],
    ["an integer", -42, -42n],
    ["the largest exact integer", Number.MAX_SAFE_INTEGER, 9007199254740991n],
    ["the smallest exact integer", Number.MIN_SAFE_INTEGER, -9007199254740991n],
    ["2^53", 2 ** 53, 2 ** 53],
    ["2^63", 2 ** 63, 2 ** 63],
    ["1e21", 1e21, 1e21],
    ["-1e300", -1e300, -1e300],
    ["a fraction", 0.1, 0.1],
    ["the smallest number", 5e-324, 5e-324],
    ["NaN", Number.NaN, Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ["a BigInt", 12n, 12n],
    ["2^63 - 1 as BigInt", 2n ** 63n - 1n, 2n ** 63n - 1n],
    ["-2^63 as BigInt", -(2n ** 63n), -(2n ** 63n)],
    ["2^63 as BigInt", 2n ** 63n, "9223372036854775808"],
    ["2^70 as BigInt", 2n ** 70n, "1180591620717411303424"],
    ["a symbol", Symbol("tag"), "Symbol(tag)"],
    ["a function", function save() {}, "[Function: save]"],
    ["a class", Order, "[class Order]"],
  ])("%s", (_name, value, expected) => {
    expect(sent(value)).toStrictEqual(expected);
  });
});

describe("objects", () => {
  test.each<[string, unknown, unknown]>([
    ["a Date", new Date(1_700_000_000_123), "2023-11-14T22:13:20.123Z"],
    ["an invalid Date", new Date(Number.NaN), "Invalid Date"],
    ["a RegExp", /a+b/gi, "/a+b/gi"],
    ["a URL", new URL("https://a.example/x?y=1"), "https://a.example/x?y=1"],
    ["boxed primitives", [Object("s"), Object(1), Object(false), Object(1n)], ["s", 1n, false, 1n]],
    [
      "a Map",
      new Map<unknown, unknown>([
        ["a", 1],
        [2, { b: null }],
      ]),
      { a: 1n, 2: { b: null } },
    ],
    [
      "keys of a Map that are no texts",
      new Map<unknown, unknown>([
        [{ a: [1n, "x"] }, 1],
        [null, 2],
        [function save() {}, 3],
      ]),
      { '{"a":[1,"x"]}': 1n, null: 2n, "[Function: save]": 3n },
    ],
    [
      "keys of a Map that read alike",
      new Map<unknown, unknown>([
        [1, "n"],
        ["1", "s"],
      ]),
      { 1: "s", "1_": "n" },
    ],
    ["a Set", new Set([1, "a", null]), [1n, "a", null]],
    ["a Buffer", Buffer.from("hi"), Buffer.from("hi")],
    ["a Uint8Array in its buffer", new Uint8Array([1, 2, 3, 4]).subarray(1, 3), Buffer.from([2, 3])],
    ["an ArrayBuffer", new Uint8Array([1, 2]).buffer, Buffer.from([1, 2])],
    ["a SharedArrayBuffer", new SharedArrayBuffer(2), Buffer.from([0, 0])],
    ["a DataView", new DataView(new Uint8Array([1, 2, 3]).buffer, 1), Buffer.from([2, 3])],
    ["no bytes", new Uint8Array(0), Buffer.alloc(0)],
    ["numbers of a typed array", [new Float64Array([1.5, 2]), new Int16Array([-1])], [[1.5, 2n], [-1n]]],
    ["BigInts of a typed array", new BigUint64Array([2n ** 64n - 1n, 1n]), ["18446744073709551615", 1n]],
    ["an instance of a class", new Order(), { id: 7n }],
    ["an empty object", {}, {}],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1n }],
    ["undefined in an object and a list", { a: undefined, b: [undefined, 1] }, { b: [null, 1n] }],
    // biome-ignore lint/suspicious/noSparseArray: that is what is looked at
    ["a list with holes", [1, , 3], [1n, null, 3n]],
    ["a Promise", Promise.resolve(1), "[Promise]"],
    ["a WeakMap", new WeakMap(), "[WeakMap]"],
    [
      "what another realm has made",
      ofRealm("({ a: [1], m: new Map([['k', new Date(0)]]) })"),
      { a: [1n], m: { k: "1970-01-01T00:00:00.000Z" } },
    ],
    ["bytes of another realm", ofRealm("new Uint8Array([1])"), Buffer.from([1])],
  ])("%s", (_name, value, expected) => {
    expect(sent(value)).toEqual(expected);
  });

  test("a repeated reference is no circle", () => {
    const shared = { id: 1 };
    expect(sent({ a: shared, b: [shared, shared] })).toEqual({ a: { id: 1n }, b: [{ id: 1n }, { id: 1n }] });
  });

  test("a circle is named where it closes", () => {
    const self: Record<string, unknown> = { ok: 1 };
    self["self"] = { again: self };
    const map = new Map<string, unknown>();
    map.set("map", map);
    const set = new Set<unknown>();
    set.add(set);
    expect(sent([self, map, set])).toEqual([
      { ok: 1n, self: { again: "[Circular]" } },
      { map: "[Circular]" },
      ["[Circular]"],
    ]);
  });

  test("eight levels are kept", () => {
    const nested = (levels: number): unknown => (levels === 0 ? "bottom" : { in: nested(levels - 1) });
    expect(sent(nested(8))).toEqual(nested(8));
    expect(JSON.stringify(sent(nested(9)))).toBe(JSON.stringify(nested(8)).replace('"bottom"', '"[Truncated]"'));
  });

  test("keys that mean something to JavaScript are keys", () => {
    const value = JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3,"":4,"hasOwnProperty":5}') as object;
    const got = sent(value) as Record<string, unknown>;
    expect(Object.entries(got)).toEqual([
      ["__proto__", Object.assign(Object.create(null), { a: 1n })],
      ["constructor", 2n],
      ["toString", 3n],
      ["", 4n],
      ["hasOwnProperty", 5n],
    ]);
  });
});

describe("errors in values", () => {
  test("are maps of what they say, with their causes, inner errors and own properties", () => {
    const inner = new RangeError("too far");
    const error = Object.assign(new TypeError("no", { cause: inner }), {
      code: "E_TOP",
      retry: { after: 3 },
      type: "own",
    });
    const got = sent(error) as Record<string, unknown>;
    expect(Object.keys(got)).toEqual(["type", "message", "stack", "code", "cause", "retry"]);
    expect(got).toMatchObject({
      type: "TypeError",
      message: "no",
      code: "E_TOP",
      cause: { type: "RangeError", message: "too far" },
      retry: { after: 3n },
    });
    expect(got["stack"]).toBe(error.stack);
    expect(sent(new AggregateError([inner, "text"], "all"))).toMatchObject({
      type: "AggregateError",
      errors: [{ type: "RangeError" }, "text"],
    });
  });

  test("of another realm are errors", () => {
    expect(sent(ofRealm("new SyntaxError('there')"))).toMatchObject({ type: "SyntaxError", message: "there" });
  });

  test("that cause themselves end", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(sent(error)).toMatchObject({ message: "loop", cause: "[Circular]" });
  });
});

describe("code of the user", () => {
  test("does not run", () => {
    let calls = 0;
    const called = (): never => {
      calls++;
      throw new Error("called");
    };
    const traps = new Proxy({ a: 1 }, new Proxy({}, { get: called }));
    class Bytes extends Uint8Array {
      override get length(): number {
        return called();
      }
      override get buffer(): ArrayBuffer {
        return called();
      }
    }
    class Dated extends Date {
      override toISOString = called;
      override getTime = called;
    }
    class Keyed extends Map<string, number> {
      override get size(): number {
        return called();
      }
      override [Symbol.iterator] = called;
      override forEach = called;
    }
    const getters = Object.defineProperties(
      {},
      {
        seen: { get: called, enumerable: true },
        toJSON: { value: called, enumerable: false },
        [Symbol.toPrimitive]: { value: called },
        [Symbol.toStringTag]: { get: called },
        toString: { value: called },
        valueOf: { value: called },
      },
    );
    class Pattern extends RegExp {
      override get source(): string {
        return called();
      }
      override get flags(): string {
        return called();
      }
      override get global(): boolean {
        return called();
      }
    }
    const named = Object.defineProperty(() => {}, "name", { get: called });
    class Parent {
      readonly id = 1;
      static get [Symbol.toStringTag](): string {
        return called();
      }
    }
    class Child extends Parent {}
    const more = [new Pattern("a/b", "gi"), named, Child];
    const failing = new Error("x");
    // The engine formats a stack at its first reading, by code that the test runner has installed.
    void failing.stack;
    Object.defineProperty(failing, "message", { get: called });
    const list = Object.defineProperty([1, 2], 1, { get: called, enumerable: true });
    const got = sent([traps, new Bytes([1, 2]), new Dated(0), new Keyed([["k", 1]]), getters, failing, list, ...more]);
    const keys = new Map<unknown, unknown>([getters, named, new Pattern("a")].map((key) => [key, 1]));
    expect(Object.keys(sent(keys) as object)).toEqual(['{"seen":"[Getter]"}', "[Function]", '"/a/"']);
    expect(calls).toBe(0);
    expect(got).toEqual([
      // As the runtime's inspection shows a proxy: newer versions of Node say that it is one.
      expect.stringMatching(/^(Proxy\()?\{ a: 1 \}\)?$/),
      Buffer.from([1, 2]),
      "1970-01-01T00:00:00.000Z",
      { k: 1n },
      { seen: "[Getter]" },
      expect.objectContaining({ type: "Error" }),
      [1n, "[Getter]"],
      "/a\\/b/gi",
      "[Function]",
      "[Function: Child]",
    ]);
  });

  test("is not what an object is taken for by its looks", () => {
    const forged = { constructor: { name: "Date" }, [Symbol.toStringTag]: "Map", size: 3 };
    expect(sent(Object.assign(Object.create({ constructor: Date, byteLength: 3 }), forged))).toEqual({
      constructor: { name: "Date" },
      size: 3n,
    });
  });
});

describe("bounds", () => {
  test("a text of 5 MiB is kept whole", () => {
    const text = "x".repeat(5 * 1_048_576);
    expect(sent({ text })).toEqual({ text });
  });

  test("a Map that is a key of its own ends", () => {
    const map = new Map<unknown, unknown>();
    map.set(map, 1);
    expect(sent(map)).toEqual({ '"[Circular]"': 1n });
    const wide = (depth: number): unknown =>
      depth === 0 ? "leaf" : new Map(Array.from({ length: 30 }, () => [wide(depth - 1), 1]));
    expect(Object.keys(plainValue(wide(4)) as object).length).toBeLessThan(40);
  });

  test("what repeats itself at every level ends", () => {
    let value: unknown = "leaf";
    for (let level = 0; level < 8; level++) value = Array.from({ length: 30 }, () => value);
    expect(JSON.stringify(plainValue(value))).toContain("more items]");
    expect(JSON.stringify(plainValue(new Array(4_000_000_000)))).toContain("[3999900000 more items]");
  });

  test("long keys count, too, and what is left out is said", () => {
    const many = Object.fromEntries(Array.from({ length: 100_002 }, (_, index) => [`k${index}`, index]));
    expect((plainValue(many) as Record<string, unknown>)["…"]).toBe("[2 more properties]");
    expect((plainValue(new Map(Object.entries(many))) as Record<string, unknown>)["…"]).toBe("[2 more entries]");
  });

  test("texts are cut where a limit is given, at every depth, and never in a character", () => {
    expect(sent({ a: "12345", b: ["1234567"], c: 123456 }, 5)).toEqual({ a: "12345", b: ["12345"], c: 123456n });
    expect(sent("1234😀", 5)).toBe("1234");
    expect(sent("123😀", 5)).toBe("123😀");
  });
});

describe("plain values for the SDK", () => {
  test("share nothing with the value, and are of no class", () => {
    const list = [1];
    const bytes = new Uint8Array([1]);
    const value = { list, bytes };
    const copy = plainValue(value) as typeof value;
    list.push(2);
    bytes[0] = 9;
    expect(copy).toEqual({ list: [1], bytes: new Uint8Array([1]) });
    expect(Object.getPrototypeOf(copy)).toBe(null);
  });

  test("hold integers that no number can hold as their digits", () => {
    expect(plainValue([2n ** 53n + 1n, 2n ** 53n, 2n ** 62n, 7n])).toEqual(["9007199254740993", 2 ** 53, 2 ** 62, 7]);
  });

  test("are what the SDK takes for attributes", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
        }),
        (value) => {
          expect(isPlain(plainValue(value))).toBe(true);
        },
      ),
    );
  });
});

function isPlain(value: unknown): boolean {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
  if (typeof value !== "object" || value instanceof Uint8Array) return value instanceof Uint8Array;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === null && Object.values(value).every(isPlain);
}

test("anything is written, and the official definitions read it", () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withBoxedValues: true,
      }),
      (value) => {
        expect(() => sent(value)).not.toThrow();
      },
    ),
    { numRuns: 500 },
  );
});
