import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flatJson, loguruJson, stringify, toPlain } from "../src/format/json.ts";
import { fixedZone } from "../src/format/time.ts";
import { LogRecord, NONE, type RecordParts } from "../src/record/record.ts";

function record(parts: Partial<RecordParts> = {}): LogRecord {
  return new LogRecord({
    seq: 1,
    micros: Date.UTC(2024, 4, 15, 12) * 1000 + 123_456,
    startedMicros: Date.UTC(2024, 4, 15, 11, 59, 47) * 1000,
    level: { name: "INFO", no: 20, icon: "i" },
    message: "saved",
    markup: null,
    template: "saved",
    args: [],
    base: null,
    fields: null,
    thrown: NONE,
    raw: false,
    name: "app/save",
    caller: undefined,
    callerSource: null,
    process: { id: 1, name: "main" },
    thread: { id: 0, name: "main" },
    origin: null,
    ...parts,
  });
}

const caller = {
  functionName: "save",
  path: "/srv/app/save.js",
  fileName: "save.js",
  line: 3,
  column: 9,
  name: "save",
  module: "save",
};

describe("toPlain and stringify", () => {
  test("turn what JSON does not know into text", () => {
    const value = {
      bigint: 12n,
      symbol: Symbol("a"),
      named: function save() {},
      nan: NaN,
      infinite: -Infinity,
      missing: undefined,
      list: [undefined, 1],
      date: new Date(0),
      bad: new Date(NaN),
      expression: /a"b/g,
      url: new URL("https://app.example/x?y=1"),
      boxed: [Object("s"), Object(1), Object(true), Object(5n)],
      promise: Promise.resolve(),
      weak: [new WeakMap(), new WeakSet(), new WeakRef({})],
    };
    expect(toPlain(value)).toEqual({
      bigint: "12",
      symbol: "Symbol(a)",
      named: "[Function: save]",
      nan: "NaN",
      infinite: "-Infinity",
      list: [null, 1],
      date: "1970-01-01T00:00:00.000Z",
      bad: "Invalid Date",
      expression: '/a"b/g',
      url: "https://app.example/x?y=1",
      boxed: ["s", 1, true, "5"],
      promise: "[Promise]",
      weak: ["[WeakMap]", "[WeakSet]", "[WeakRef]"],
    });
  });

  test("keep maps, sets and bytes", () => {
    expect(
      toPlain(
        new Map<unknown, unknown>([
          ["a", 1],
          [{ id: 1 }, new Set([1])],
          [null, 2],
        ]),
      ),
    ).toEqual({ a: 1, '{"id":1}': [1], null: 2 });
    expect(toPlain([Buffer.from("hi"), new Float64Array([1.5]), new BigInt64Array([1n]), new ArrayBuffer(1)])).toEqual([
      "[Uint8Array of 2 bytes: 6869]",
      [1.5],
      ["1"],
      "[ArrayBuffer of 1 bytes: 00]",
    ]);
  });

  test("know the objects of other realms", () => {
    expect(
      toPlain(
        runInNewContext("[new Date(0), /x/, new Map([['a', 1]]), new Set([1]), new TypeError('far'), { a: [1] }]"),
      ),
    ).toMatchObject([
      "1970-01-01T00:00:00.000Z",
      "/x/",
      { a: 1 },
      [1],
      { type: "TypeError", message: "far" },
      { a: [1] },
    ]);
  });

  test("keep what an error is made of, its causes and inner errors [S-ERR-1]", () => {
    const inner = new AggregateError([new Error("p1", { cause: new Error("c1") }), "plain"], "agg");
    const error = Object.assign(new Error("top", { cause: inner }), { code: "E1", id: 7, type: "own" });
    expect(toPlain(error)).toMatchObject({
      type: "Error",
      message: "top",
      stack: error.stack,
      code: "E1",
      id: 7,
      cause: { type: "AggregateError", message: "agg", errors: [{ message: "p1", cause: { message: "c1" } }, "plain"] },
    });
  });

  test("ask toJSON once, and do without where it throws or gives nothing [S-FMT-4]", () => {
    expect(toPlain({ toJSON: () => ({ a: 1, toJSON: () => "again" }) })).toEqual({
      a: 1,
      toJSON: "[Function: toJSON]",
    });
    expect(toPlain({ b: 1, toJSON() {} })).toMatchObject({ b: 1 });
    expect(
      toPlain({
        c: 1,
        toJSON() {
          throw new Error("no");
        },
      }),
    ).toMatchObject({ c: 1 });
    const self = {
      d: 1,
      toJSON(): unknown {
        return self;
      },
    };
    expect(toPlain(self)).toMatchObject({ d: 1 });
    expect(toPlain({ toJSON: () => 1n })).toBe("1");
  });

  test("run no getter and no trap", () => {
    const ran: string[] = [];
    const getter = (name: string): PropertyDescriptor => ({ enumerable: true, get: () => void ran.push(name) });
    const handler = new Proxy({}, { get: (_target, trap) => () => void ran.push(String(trap)) });
    const value = Object.defineProperty({ list: Object.defineProperty([1, 2], 0, getter("0")) }, "a", getter("a"));
    Object.defineProperty(value, "toJSON", { get: () => void ran.push("toJSON") });
    Object.defineProperty(value, Symbol.toStringTag, { get: () => void ran.push("tag") });
    const heir = Object.create(new Proxy({}, handler)) as object;
    const proxies = [new Proxy({ a: 1 }, handler), new Proxy([1], handler), new Proxy(() => 1, handler), heir];
    expect(toPlain(value)).toEqual({ list: ["[Getter]", 2], a: "[Getter]" });
    // Node 26 names the proxy, too.
    expect(toPlain(proxies)).toEqual([
      expect.stringContaining("{ a: 1 }"),
      expect.stringContaining("[ 1 ]"),
      "[Function]",
      {},
    ]);
    expect(ran).toEqual([]);
  });

  test("show a regular expression without asking its class", () => {
    const ran: string[] = [];
    class Pattern extends RegExp {
      override get source(): string {
        ran.push("source");
        return "";
      }
      override get flags(): string {
        ran.push("flags");
        return "";
      }
      override get global(): boolean {
        ran.push("global");
        return false;
      }
    }
    expect(toPlain([new Pattern("a/b", "gi"), new Pattern("", "dmsuy"), new Pattern("[a&&b]", "v")])).toEqual([
      "/a\\/b/gi",
      "/(?:)/dmsuy",
      "/[a&&b]/v",
    ]);
    expect(ran).toEqual([]);
  });

  test("survive what only looks like a built-in object", () => {
    const fakes = [Date, Map, Set, URL, RegExp, Uint8Array, ArrayBuffer, Promise, Error].map(
      (made) => Object.create(made.prototype) as object,
    );
    class ArrayBufferOfMine {}
    Object.defineProperty(ArrayBufferOfMine, "name", { value: "ArrayBuffer" });
    expect(() => JSON.parse(stringify([...fakes, Object.assign(new ArrayBufferOfMine(), { a: 1 })]))).not.toThrow();
    expect(toPlain(Object.assign(new ArrayBufferOfMine(), { a: 1 }))).toEqual({ a: 1 });
  });

  test("keep a __proto__ key as data", () => {
    const parsed = JSON.parse(stringify(JSON.parse('{"__proto__":{"admin":true},"a":1}'))) as object;
    expect(Object.keys(parsed)).toEqual(["__proto__", "a"]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect((toPlain(JSON.parse('{"__proto__":{"admin":true}}')) as { admin?: boolean }).admin).toBeUndefined();
  });

  test("are bounded in depth, in items and in text", () => {
    const circular: Record<string, unknown> = { a: [] };
    circular["self"] = circular;
    (circular["a"] as unknown[]).push(circular);
    expect(toPlain(circular)).toEqual({ a: ["[Circular]"], self: "[Circular]" });
    const shared = { a: 1 };
    expect(toPlain([shared, shared])).toEqual([shared, shared]);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(stringify(deep)).toBe(`${'{"deep":'.repeat(10)}"[Object]"${"}".repeat(10)}`);
    expect((toPlain(new Array(20_000).fill(1)) as unknown[]).at(-1)).toMatch(/^\[\d+ more items\]$/);
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
    expect(Object.entries(toPlain(wide) as object).at(-1)).toEqual([
      "…",
      expect.stringMatching(/^\[\d+ more properties\]$/),
    ]);
    let many: unknown = 1;
    for (let i = 0; i < 9; i++) many = new Array(50).fill(many);
    expect(stringify(many).length).toBeLessThan(500_000);
    const long = new Array(1_000).fill("x".repeat(2 ** 20));
    expect(stringify(long).length).toBeLessThan(17 * 2 ** 20);
  });

  test("give JSON that parses, on one line, for any value", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
      withBoxedValues: true,
    } as never);
    fc.assert(
      fc.property(anything, (value) => {
        const json = stringify(value);
        JSON.parse(json);
        return !/[\n\r\u2028\u2029]/.test(json);
      }),
      { numRuns: 1_000 },
    );
  });

  test("agree with JSON.stringify on plain data", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.parse(stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("the flat shape", () => {
  test("has time, level, message and name first, then what there is", () => {
    const line = flatJson(
      record({
        caller,
        fields: { id: 7, ok: true, none: null, user: { name: "Ada" } },
        origin: { name: "winston", level: "warn", line: "the line" } as never,
      }),
    );
    expect(line).toBe(
      '{"time":"2024-05-15T12:00:00.123456Z","level":"INFO","message":"saved","name":"app/save","file":"/srv/app/save.js","line":3,"function":"save",' +
        '"extra":{"id":7,"ok":true,"none":null,"user":{"name":"Ada"}},"origin":{"name":"winston","level":"warn"}}',
    );
    expect(flatJson(record())).toBe(
      '{"time":"2024-05-15T12:00:00.123456Z","level":"INFO","message":"saved","name":"app/save"}',
    );
  });

  test("captures no caller that nobody declared", () => {
    function face(): string {
      return flatJson(record({ name: undefined, callerSource: { skip: face, depth: 0 } }));
    }
    expect(JSON.parse(face())).toMatchObject({ name: null });
    expect(JSON.parse(face())).not.toHaveProperty("file");
    expect(JSON.parse(flatJson(record({ name: undefined, caller })))).toMatchObject({ name: "save", line: 3 });
  });

  test("parses with values that have no JSON form [S-FMT-4]", () => {
    const extra = { test: { toJSON() {} }, fn() {}, sym: Symbol("a"), nan: NaN, bad: new Date(NaN), none: undefined };
    expect(JSON.parse(flatJson(record({ fields: extra })))).toMatchObject({
      extra: {
        test: { toJSON: "[Function: toJSON]" },
        fn: "[Function: fn]",
        sym: "Symbol(a)",
        nan: "NaN",
        bad: "Invalid Date",
      },
    });
  });

  test("has the whole error under err, inner errors of a cause too [S-ERR-1]", () => {
    const inner = new AggregateError([new Error("p1", { cause: new Error("c1") }), "plain"], "agg");
    const thrown = Object.assign(new TypeError("top", { cause: inner }), {
      code: "E1",
      userId: 7,
      stack: "TypeError: top\n    at save (/app/save.js:3:9)",
    });
    expect(JSON.parse(flatJson(record({ thrown })))).toMatchObject({
      err: {
        type: "TypeError",
        message: "top",
        stack: "TypeError: top\n    at save (/app/save.js:3:9)",
        code: "E1",
        userId: 7,
        cause: {
          type: "AggregateError",
          message: "agg",
          errors: [
            { message: "p1", cause: { message: "c1" } },
            { type: "string", message: "plain" },
          ],
        },
      },
    });
  });

  test("is one line that parses and keeps message and fields, whatever they are", () => {
    const key = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "time", "toJSON", '"'));
    const extra = fc.dictionary(
      key,
      fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null)),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), extra, (message, fields) => {
        const line = flatJson(record({ message, fields }));
        const parsed = JSON.parse(line) as { message: string; extra?: Record<string, unknown> };
        expect(parsed.message).toBe(JSON.parse(JSON.stringify(message)));
        for (const [name, value] of Object.entries(fields)) {
          const kept =
            typeof value === "number" && !Number.isFinite(value) ? String(value) : JSON.parse(JSON.stringify(value));
          expect(
            Object.getOwnPropertyDescriptor(parsed.extra, JSON.parse(JSON.stringify(name)) as string)?.value,
          ).toEqual(kept);
        }
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
      }),
    );
  });

  test("writes the time of any instant, before 1970 too", () => {
    const at = (micros: number): unknown => (JSON.parse(flatJson(record({ micros }))) as { time: unknown }).time;
    expect(at(-1)).toBe("1969-12-31T23:59:59.999999Z");
    expect(at(999_999)).toBe("1970-01-01T00:00:00.999999Z");
    expect(at(1_000_000)).toBe("1970-01-01T00:00:01.000000Z");
    for (const wrong of [Number.NaN, 1e300]) expect(at(wrong)).toMatch(/^1970-01-01T00:00:00\.\d{6}Z$/);
  });
});

describe("Loguru's shape", () => {
  test("has the seed's keys in the seed's order [L-ADD-SER-1]", () => {
    const parsed = JSON.parse(loguruJson("text\n", record())) as { record: object };
    expect(Object.keys(parsed)).toEqual(["text", "record"]);
    expect(Object.keys(parsed.record)).toEqual([
      "elapsed",
      "exception",
      "extra",
      "file",
      "function",
      "level",
      "line",
      "message",
      "module",
      "name",
      "process",
      "thread",
      "time",
    ]);
  });

  test("shows time in the zone it is given, and durations as the seed writes them", () => {
    const shown = (ms: number): unknown => {
      const micros = record().micros;
      const one = record({ startedMicros: micros - ms * 1000 });
      return (JSON.parse(loguruJson("", one, fixedZone(7200, "CEST"))) as { record: { elapsed: object; time: object } })
        .record;
    };
    expect(shown(12_345.679)).toMatchObject({
      elapsed: { repr: "0:00:12.345679", seconds: 12.345679 },
      time: { repr: "2024-05-15 14:00:00.123456+02:00", timestamp: 1715774400.123456 },
    });
    expect(shown(90_061_000)).toMatchObject({ elapsed: { repr: "1 day, 1:01:01" } });
    expect(shown(2 * 86_400_000)).toMatchObject({ elapsed: { repr: "2 days, 0:00:00" } });
    expect(shown(-1_000)).toMatchObject({ elapsed: { repr: "-1 day, 23:59:59", seconds: -1 } });
  });

  test("has type, value and trace of an exception", () => {
    const parsed = JSON.parse(loguruJson("", record({ thrown: new RangeError("far"), caller }))) as { record: object };
    expect(parsed.record).toMatchObject({
      exception: { type: "RangeError", value: "far", traceback: true },
      line: 3,
      file: { name: "save.js" },
    });
  });
});
