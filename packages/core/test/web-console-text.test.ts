import { describe, expect, test } from "vitest";
import { inspectValue } from "../src/platform/web-inspection.ts";
import { formatPrintf } from "../src/platform/web-printf.ts";

const shown = (value: unknown, depth = 2): string => inspectValue(value, depth, true);

describe("the text of a browser's console", () => {
  test.each([
    ["whole numbers by %d and %i", ["%d %i %d", "42abc", 12.7, -0.5], "42 12 -0"],
    ["numbers by %f", ["%f %f", "3.5e2x", 10n], "350 10"],
    ["what is no number as NaN", ["%d %i %f", {}, Symbol("s"), "x"], "NaN NaN NaN"],
    [
      "what String() gives by %s",
      ["%s %s %s %s", [1, 2], { a: 1 }, null, Symbol("s")],
      "1,2 [object Object] null Symbol(s)",
    ],
    ["inspections by %o and %O", ["%o %O", "text", { a: [1] }], "'text' { a: [ 1 ] }"],
    ["nothing for a style", ["%cred%c plain", "color: red", ""], "red plain"],
    ["JSON by %j", ["%j", { a: 1 }], '{"a":1}'],
    ["directives without a value as they are", ["%s and %s", "one"], "one and %s"],
    ["unknown directives as they are", ["%x of %s", 1], "%x of 1"],
    ["%% as % where there are values", ["100 %% of %s", "it"], "100 % of it"],
    ["a text that stands alone as it is", ["100 %% of %s"], "100 %% of %s"],
    ["further values behind blanks", ["a", "b", 1, { c: undefined }], "a b 1 { c: undefined }"],
    ["values without a text", [1, "%s", null], "1 %s null"],
  ])("has %s", (_title, args, text) => {
    expect(formatPrintf(args)).toBe(text);
  });

  test("shows as many levels as it is asked for", () => {
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
    expect(formatPrintf(["%O", deep], { depth: 0 })).toBe("{ a: [Object] }");
    expect(formatPrintf(["%O", deep], { depth: null })).toBe("{ a: { b: { c: { d: { e: { f: 1 } } } } } }");
  });

  test("an error by %s is its title, and where accessors compute that none of them runs", () => {
    let ran = 0;
    class Computed extends Error {
      override get message(): string {
        ran++;
        return "computed";
      }
    }
    expect(formatPrintf(["%s", new RangeError("far")])).toBe("RangeError: far");
    expect(formatPrintf(["%s", Object.defineProperty({}, "toString", { get: () => ran++ })])).toBe("{}");
    const errors = [new Computed(), new Computed()];
    // The engine writes a stack when it is read for the first time, and asks for the message then.
    for (const { stack } of errors) expect(stack).toBeTypeOf("string");
    ran = 0;
    formatPrintf(["%s and", ...errors]);
    expect(ran).toBe(0);
  });

  test("code of a value that throws costs the text that value alone", () => {
    const refuse = (): never => {
      throw new Error("no");
    };
    expect(formatPrintf(["%s|%d|%j|", { toString: refuse }, { toString: refuse }, { toJSON: refuse }])).toMatch(
      /^\{ toString: .*\}\|\{ toString: .*\}\|\{ toJSON: .*\}\|$/,
    );
    const proxy = new Proxy(
      {},
      { getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse, ownKeys: refuse, get: refuse },
    );
    expect(formatPrintf(["%s %o", proxy, proxy, proxy])).toBe("[Unreadable] [Unreadable] [Unreadable]");
  });
});

describe("an inspection where the runtime brings none", () => {
  class Point {
    x = 1;
    #y = 2;
    get y(): number {
      return this.#y;
    }
  }

  test.each([
    ["an instance by its class", new Point(), "Point { x: 1 }"],
    ["no prototype", Object.assign(Object.create(null) as object, { a: 1 }), "[Object: null prototype] { a: 1 }"],
    [
      "accessors by their kind",
      {
        get a() {
          return 1;
        },
        set b(_: number) {},
      },
      "{ a: [Getter], b: [Setter] }",
    ],
    ["symbols as keys", { [Symbol("key")]: 1, "two words": 2 }, "{ 'two words': 2, [Symbol(key)]: 1 }"],
    ["holes", Object.assign(new Array(4), { 1: "one" }), "[ <1 empty item>, 'one', <2 empty items> ]"],
    ["names beside the items of a list", Object.assign([1], { name: "list" }), "[ 1, name: 'list' ]"],
    ["a Map", new Map([["k", new Set([1])]]), "Map(1) { 'k' => Set(1) { 1 } }"],
    ["bytes", new Uint8Array([1, 2]), "Uint8Array(2) [ 1, 2 ]"],
    ["a buffer", new ArrayBuffer(8), "ArrayBuffer { byteLength: 8 }"],
    ["times", [new Date(0), new Date(Number.NaN)], "[ 1970-01-01T00:00:00.000Z, Invalid Date ]"],
    [
      "functions and classes",
      [function named() {}, () => 1, Point, async function later() {}],
      "[ [Function: named], [Function (anonymous)], [class Point], [AsyncFunction: later] ]",
    ],
    [
      "texts in quotes, without control characters",
      { a: "it's", b: "\u001b[31m\n" },
      `{ a: "it's", b: '\\x1B[31m\\n' }`,
    ],
    ["primitives", [1n, -0, null, undefined, Symbol("s"), true], "[ 1n, -0, null, undefined, Symbol(s), true ]"],
  ])("shows %s", (_title, value, text) => {
    expect(shown(value)).toBe(text);
  });

  test("shows a circle as one, and what is too deep by its class", () => {
    const circle: Record<string, unknown> = { deep: { deeper: { deepest: new Point() } } };
    circle["self"] = circle;
    expect(shown(circle)).toBe("{ deep: { deeper: { deepest: [Point] } }, self: [Circular] }");
  });

  test("shows an error by its stack, with its properties and its cause", () => {
    const error = Object.assign(new TypeError("outer", { cause: "why" }), { code: 7 });
    expect(shown(error)).toMatch(/^TypeError: outer\n {4}at [\s\S]* \{ code: 7, \[cause\]: 'why' \}$/);
  });

  test("is bounded in length and number", () => {
    expect(shown(Array.from({ length: 102 }, () => 0))).toContain("... 2 more items ]");
    expect(shown(new Set(Array.from({ length: 101 }, (_, index) => index)))).toContain("... 1 more item }");
    expect(shown({ text: "x".repeat(10_001) })).toContain("'... 1 more characters");
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]));
    expect(shown(wide)).toMatch(/\.\.\. 3001 more items \}$/);
  });

  test("runs neither an iterator, a size nor a tag of the value's own", () => {
    let ran = 0;
    const count = (): number => ran++;
    const map = Object.defineProperties(new Map([["k", 1]]), {
      size: { get: count },
      [Symbol.iterator]: { get: count },
      forEach: { get: count },
      [Symbol.toStringTag]: { get: count },
    });
    expect(shown(map)).toContain("'k' => 1");
    expect(shown(Object.defineProperty({}, Symbol.toStringTag, { get: count }))).toBe("{}");
    expect(shown(Object.defineProperty(new Date(0), "getTime", { get: count }))).toBe("1970-01-01T00:00:00.000Z");
    expect(ran).toBe(0);
  });

  test("what only claims to be of a kind by its prototype is shown as the object that it is", () => {
    expect(shown(Object.create(Date.prototype))).toBe("Date {}");
    expect(shown(Object.create(Map.prototype))).toBe("Map {}");
  });
});
