import { describe, expect, test } from "vitest";
import { formatValue } from "../../src/format/spec.ts";

describe("a format spec", () => {
  test.each([
    [12.3456, ".2f", "12.35"],
    [2.5, ".0f", "2"],
    [1_234_567, ",", "1,234,567"],
    [255, "#06x", "0x00ff"],
    [12345678901234567890n, "_", "12_345_678_901_234_567_890"],
    [0.256, ".1%", "25.6%"],
    ["ab", "*^6", "**ab**"],
    ["👋🌍", ">4", "  👋🌍"],
    ["👋🌍!", ".1", "👋"],
    [true, ">6", "  true"],
    [true, "d", "1"],
    [1e308, ".0%", "inf%"],
    [Number.NaN, "08.2f", "00000nan"],
  ])("shapes %s by %s as Python does", (value, spec, text) => {
    expect(formatValue(value, spec)).toBe(text);
  });
  test("gives numbers without a spec as JavaScript writes them", () => {
    expect(
      [1, 1.5, 1e21, 1e-7, -0, Number.NaN, Number.NEGATIVE_INFINITY, 10n].map((value) => formatValue(value, "")),
    ).toEqual(["1", "1.5", "1e+21", "1e-7", "-0", "NaN", "-Infinity", "10"]);
  });
  test("aligns what is neither text nor number", () => {
    expect(formatValue(null, ">6")).toBe("  null");
    expect(formatValue([1, 2], "<10")).toBe("[ 1, 2 ]  ");
    expect(formatValue(undefined, ".3")).toBe("und");
  });
  test("that names a type for such a value is a TypeError", () => {
    for (const value of [null, undefined, {}, [], Symbol("s"), () => 1]) {
      expect(() => formatValue(value, "d")).toThrow(TypeError);
      expect(() => formatValue(value, "s")).toThrow(expect.objectContaining({ code: "LB1103" }));
    }
  });
  test.each([
    ["text", "d"],
    ["text", "+"],
    [1, "s"],
    [1.5, "x"],
    [1, ".2"],
    [1, ",x"],
    [1, "<<<"],
    [1, "99999999999"],
    [-1, "c"],
  ])("that does not fit %s is an error which quotes it: %s", (value, spec) => {
    expect(() => formatValue(value, spec)).toThrow(
      expect.objectContaining({ code: "LB1103", message: expect.stringContaining(JSON.stringify(spec)) }),
    );
  });
});
