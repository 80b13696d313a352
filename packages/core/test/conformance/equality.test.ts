import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differences, isSame } from "../../src/conformance/equality.ts";

const data = fc.jsonValue({ maxDepth: 4 });

describe("what arrived equals what was expected", () => {
  test("when it is a copy, also through JSON", () => {
    fc.assert(
      fc.property(
        data,
        (value) => isSame(JSON.parse(JSON.stringify(value)), value) && isSame(structuredClone(value), value),
      ),
    );
  });

  test("when a date came as its ISO text, and a property that is undefined did not come", () => {
    expect(isSame({ at: "1970-01-01T00:00:00.000Z" }, { at: new Date(0), gone: undefined })).toBe(true);
  });

  test("and not when anything else differs: types, depth, order, what is too much", () => {
    for (const [actual, expected] of [
      ["42", 42],
      [null, undefined],
      [
        [1, 2],
        [2, 1],
      ],
      [[1], { 0: 1 }],
      [{ a: 1, b: 2 }, { a: 1 }],
      [{ a: { b: "c" } }, { a: { b: "d" } }],
      [1n, 1],
    ])
      expect(isSame(actual, expected)).toBe(false);
  });

  test("a change is found at its path, and nowhere else", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), data, { minKeys: 1 }), fc.nat(), (value, pick) => {
        const key = Object.keys(value)[pick % Object.keys(value).length] as string;
        const actual = Object.defineProperty(structuredClone(value), key, { value: "\u0000changed", enumerable: true });
        const found = differences(actual, value, "fields");
        expect(found).toHaveLength(1);
        expect(found[0]?.actual).toBe("\u0000changed");
        expect(found[0]?.path.startsWith("fields")).toBe(true);
      }),
    );
  });

  test("circles end", () => {
    const left: Record<string, unknown> = {};
    left["self"] = left;
    const right: Record<string, unknown> = {};
    right["self"] = right;
    expect(differences(left, right, "x").length).toBeLessThan(2);
  });

  test("getters are not run", () => {
    const thrower = {
      get value(): never {
        throw new Error("ran");
      },
    };
    expect(isSame(thrower, { value: 1 })).toBe(false);
  });
});
