import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePathTime, compileTime, fixedZone, ianaZone, systemZone, utcZone } from "../../src/format/time.ts";

/** Sunday, 3 March 2024, 14:05:09.012345 UTC. */
const AT = 1_709_474_709_012_345;
const text = (pattern: string, zone = utcZone): string => compileTime(pattern)(AT, zone);

describe("a time pattern", () => {
  test("gives ISO 8601 with microseconds and offset when it is empty [L-TIME-2]", () => {
    expect(text("")).toBe("2024-03-03T14:05:09.012345+0000");
    expect(text("", fixedZone(-12_600, "NST"))).toBe("2024-03-03T10:35:09.012345-0330");
  });
  test("is converted to UTC by !UTC at its end, with nothing before it too [L-TIME-3]", () => {
    expect(text("HH:mm zz!UTC", fixedZone(7200, "CEST"))).toBe("14:05 UTC");
    expect(text("!UTC", fixedZone(7200, "CEST"))).toBe("2024-03-03T14:05:09.012345+0000");
    expect(text("HH [!UTC]", fixedZone(7200, "CEST"))).toBe("16 !UTC");
  });
  test("is converted to a zone named at its end", () => {
    expect(text("HH:mm ZZ!America/New_York")).toBe("09:05 -0500");
    expect(text("YYYY!MM/DD")).toBe("2024!03/03");
  });
  test("keeps tokens in brackets as text, and letters that are no tokens [L-TIME-4] [L-TIME-5]", () => {
    expect(text("[YY] YY")).toBe("YY 24");
    expect(text("YYYY-MM-DD at HH:mm:ss")).toBe("2024-03-03 at 14:05:09");
  });
  test.each([
    ["YYYY YY", "2024 24", "L-TIME-6"],
    ["Q", "1", "L-TIME-7"],
    ["MMMM MMM MM M", "March Mar 03 3", "L-TIME-8"],
    ["DDDD DDD", "063 63", "L-TIME-9"],
    ["DD D", "03 3", "L-TIME-10"],
    ["dddd ddd d", "Sunday Sun 6", "L-TIME-11"],
    ["E", "7", "L-TIME-12"],
    ["HH H hh h", "14 14 02 2", "L-TIME-13"],
    ["mm m ss s", "05 5 09 9", "L-TIME-14"],
    ["S SS SSS", "0 01 012", "L-TIME-15"],
    ["SSSS SSSSS SSSSSS", "0123 01234 012345", "L-TIME-16"],
    ["A", "PM", "L-TIME-17"],
    ["Z ZZ", "+00:00 +0000", "L-TIME-18"],
    ["zz", "UTC", "L-TIME-19"],
    ["X", "1709474709", "L-TIME-20"],
    ["x", "1709474709012345", "L-TIME-21"],
  ])("knows %s: %s [L-TIME-1] [%s]", (pattern, expected) => expect(text(pattern)).toBe(expected));
  test("has a default without colons for file names", () =>
    expect(compilePathTime("")(AT, utcZone)).toBe("2024-03-03_14-05-09_012345"));
  test("that is malformed is an error which quotes it", () => {
    expect(() => compileTime("HH!Europe/Pariss")).toThrow(/"Europe\/Pariss".*LB1120/);
    expect(() => compileTime("%Y-%m")).toThrow(/"%Y-%m".*LB1121/);
    expect(() => compileTime("ss.SSSSSSSSS")).toThrow(/LB1122/);
  });
  test("gives the same for one instant whatever was asked before", () => {
    const zones = [utcZone, fixedZone(19_800, "IST"), ianaZone("Europe/Paris")];
    const kept = compileTime("YYYY-MM-DD HH:mm:ss.SSSSSS ZZ zz X x");
    const micros = fc.oneof(
      fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
      fc.integer({ min: AT - 3_000_000, max: AT + 3_000_000 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(micros, fc.constantFrom(...zones)), { maxLength: 20 }), (instants) =>
        instants.every(
          ([at, zone]) => kept(at, zone) === compileTime("YYYY-MM-DD HH:mm:ss.SSSSSS ZZ zz X x")(at, zone),
        ),
      ),
    );
  });
  test("counts fractions before 1970 forwards", () =>
    expect(compileTime("HH:mm:ss.SSS X")(-1_500_000, utcZone)).toBe("23:59:58.500 -2"));
});

describe("a zone", () => {
  test("follows daylight saving time to the second", () => {
    const paris = ianaZone("Europe/Paris");
    const change = Date.UTC(2024, 2, 31, 1);
    expect([paris.offsetSecondsAt(change - 1), paris.offsetSecondsAt(change)]).toEqual([3600, 7200]);
    expect([paris.nameAt(change - 1), paris.nameAt(change)].every((name) => name !== "")).toBe(true);
  });
  test("has its usual abbreviation", () => {
    expect(ianaZone("America/New_York").nameAt(Date.UTC(2024, 0, 1))).toBe("EST");
    expect(ianaZone("Europe/London").nameAt(Date.UTC(2024, 6, 1))).toBe("BST");
    expect(ianaZone("UTC").nameAt(0)).toBe("UTC");
  });
  test("has its offset for a name where no abbreviation is known", () =>
    expect(ianaZone("America/Sao_Paulo").nameAt(0)).toMatch(/^-03$|^BRT$/));
  test("of the system agrees with Date", () => {
    const zone = systemZone();
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), noInvalidDate: true }),
        (date) => zone.offsetSecondsAt(date.getTime()) === -60 * date.getTimezoneOffset(),
      ),
    );
  });
});
