import type { LogRecord } from "@logbridge/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelOf, severityOf, severityOfRecord } from "../src/levels.ts";
import { recordOf } from "./map-support.ts";

const OURS: Readonly<Record<string, number>> = {
  TRACE: 5,
  DEBUG: 10,
  INFO: 20,
  SUCCESS: 25,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
};
const named = (name: string): { name: string; no: number } | null => {
  const upper = name.toUpperCase();
  return Object.hasOwn(OURS, upper) ? { name: upper, no: OURS[upper] as number } : null;
};

describe("outward", () => {
  test.each([
    ["TRACE", 5, 1],
    ["DEBUG", 10, 5],
    ["INFO", 20, 9],
    ["SUCCESS", 25, 10],
    ["WARNING", 30, 13],
    ["ERROR", 40, 17],
    ["CRITICAL", 50, 21],
    ["ALL", 0, 1],
    ["SILLY", 4, 1],
    ["VERBOSE", 13, 6],
    ["HTTP", 17, 7],
    ["PROBE", 18, 8],
    ["NOTICE", 27, 11],
    ["ALERT", 55, 22],
    ["EMERG", 60, 24],
  ])("%s %d is %d", (name, no, number) => {
    expect(severityOf({ name, no })).toEqual({ number, text: name });
  });

  test("what is more severe here is never less severe there", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((no) => severityOf({ name: "X", no }).number);
        expect(low).toBeLessThanOrEqual(high as number);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(24);
      }),
    );
  });

  test("a table of the user's goes before, by name", () => {
    expect(severityOf({ name: "AUDIT", no: 22 }, { AUDIT: 13 })).toEqual({ number: 13, text: "AUDIT" });
    expect(severityOf({ name: "INFO", no: 20 }, { AUDIT: 13 })).toEqual({ number: 9, text: "INFO" });
    expect(severityOf({ name: "constructor", no: 20 }, {}).number).toBe(9);
  });
});

describe("inward", () => {
  test.each([
    [1, "", "TRACE"],
    [4, "", "TRACE"],
    [5, "verbose", "DEBUG"],
    [9, "INFO", "INFO"],
    [10, "SUCCESS", "SUCCESS"],
    [10, "success", "SUCCESS"],
    [10, "Notice", "INFO"],
    [13, "warn", "WARNING"],
    [16, "ERROR", "WARNING"],
    [17, "", "ERROR"],
    [18, "Critical", "ERROR"],
    [24, "", "CRITICAL"],
    [undefined, undefined, "INFO"],
    [0, "custom", "INFO"],
    [0, "error", "ERROR"],
    [undefined, "warn", "WARNING"],
    [25, "", "INFO"],
    [Number.NaN, "", "INFO"],
    [-1, "", "INFO"],
  ])("%s %s is %s", (number, text, name) => {
    expect(levelOf(number, text, named)).toEqual({ name, no: OURS[name] });
  });

  test("a level of the user's own is found by its name, in its range", () => {
    const audit = { name: "AUDIT", no: 22 };
    const withAudit = (name: string): { name: string; no: number } | null => (name === "AUDIT" ? audit : named(name));
    expect(levelOf(10, "AUDIT", withAudit)).toBe(audit);
    expect(levelOf(17, "AUDIT", withAudit)).toEqual({ name: "ERROR", no: 40 });
  });

  test("each standard level comes back as itself", () => {
    for (const [name, no] of Object.entries(OURS)) {
      const { number, text } = severityOf({ name, no });
      expect(levelOf(number, text, named)).toEqual({ name, no });
    }
  });
});

test("two sinks with tables of their own do not share them", () => {
  const record = recordOf((logger) => logger.info("x"));
  const numbers = [undefined, { INFO: 11 }, undefined, { INFO: 12 }].map(
    (table) => severityOfRecord(record, table).number,
  );
  expect(numbers).toEqual([9, 11, 9, 12]);
});

describe("a record that has crossed a bridge", () => {
  function recordWith(origin: LogRecord["origin"], level = "INFO"): LogRecord {
    const record = recordOf((logger) => logger.log(level, "x"));
    record.origin = origin;
    return record;
  }

  test("gives back the very severity that it came with", () => {
    expect(severityOfRecord(recordWith({ name: "otel", level: { name: "Notice", no: 10 } }))).toEqual({
      number: 10,
      text: "Notice",
    });
    expect(severityOfRecord(recordWith({ name: "otel", level: { name: "", no: 0 } }))).toEqual({ number: 0, text: "" });
  });

  test("goes by the level that somebody has given it since", () => {
    expect(severityOfRecord(recordWith({ name: "otel", level: { name: "Notice", no: 10 } }, "ERROR"))).toEqual({
      number: 17,
      text: "ERROR",
    });
    expect(severityOfRecord(recordWith({ name: "otel", level: { name: "INFO", no: 9 } }, "SUCCESS"))).toEqual({
      number: 10,
      text: "SUCCESS",
    });
  });

  test("goes by our level where it came from another library", () => {
    expect(severityOfRecord(recordWith({ name: "pino", level: { name: "success", no: 35 } }, "SUCCESS")).number).toBe(
      10,
    );
    expect(severityOfRecord(recordWith({ name: "winston", level: { name: "http", no: 3 } }, "INFO")).number).toBe(9);
  });
});
