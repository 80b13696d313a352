import { describe, expect, test } from "vitest";
import type { rows } from "../../../bench/loss/rows.mjs";
import { cellOf, faultsOf } from "../../../bench/loss/verdict.mjs";

type Row = (typeof rows)[number];
type Outcome = Parameters<typeof faultsOf>[1];

const COUNTS = { requests: 1, refused: 0, records: 100, unique: 100, doubled: 0, told: 0, rejected: 0 };

function outcome(counts: Partial<Outcome["counts"]>, rest: Partial<Outcome> = {}): Outcome {
  return { count: 100, counts: { ...COUNTS, ...counts }, stats: null, stderr: "", status: 0, seconds: 1, ...rest };
}

const row = (rest: Partial<Row> = {}): Row => ({ what: "a row", ...rest });
const stats = (sent: number, dropped = 0, pending = 0) => ({ sent, dropped, pending });

describe("the table of losses finds fault with", () => {
  test.each<[string, Row, Outcome, string]>([
    ["a record that is missing", row(), outcome({ unique: 99, records: 99 }), "1 records are missing"],
    ["a record that came twice", row(), outcome({ records: 101, doubled: 1, told: 1 }), "1 records came twice"],
    ["a double without a uid", row({ spool: true }), outcome({ records: 101, doubled: 1 }), "1 records came twice"],
    ["a program that ended otherwise", row(), outcome({}, { status: 1, stderr: "why" }), "ended with 1: why"],
    ["one that a signal should have ended", row({ ending: "SIGTERM" }), outcome({}), "ended with 0"],
    ["records that are pending", row(), outcome({}, { stats: stats(100, 0, 2) }), "2 are pending"],
    ["a count of sent records that is wrong", row(), outcome({}, { stats: stats(90) }), "90 are counted as sent"],
    [
      "more lost than may be",
      row({ mayMiss: () => 5 }),
      outcome({ unique: 94 }),
      "6 records are missing, not 5 at most",
    ],
    [
      "one that is pending where some were rejected",
      row({ accounts: "rejected" }),
      outcome({ unique: 95, records: 96, rejected: 5 }, { stats: stats(95, 5, 1), stderr: "LB1636" }),
      "1 are pending",
    ],
    [
      "a record of what was lost that is counted as one of the application's",
      row({ accounts: "rejected" }),
      outcome({ unique: 95, records: 96, rejected: 5 }, { stats: stats(96, 5), stderr: "LB1636" }),
      "96 are counted as sent",
    ],
    [
      "rejected records that nobody counted",
      row({ accounts: "rejected" }),
      outcome({ unique: 95, records: 95, rejected: 5 }, { stats: stats(95, 4), stderr: "LB1636" }),
      "4 in `dropped`, and 5 were rejected",
    ],
    [
      "rejected records that nobody told",
      row({ accounts: "rejected" }),
      outcome({ unique: 95, records: 95, rejected: 5 }, { stats: stats(95, 5) }),
      "nothing was said",
    ],
    ["a collector that rejected none", row({ accounts: "rejected" }), outcome({}), "nothing was rejected"],
  ])("%s", (_, one, result, fault) => {
    expect(faultsOf(one, result).join("\n")).toContain(fault);
  });
});

test("it finds none where all is as it has to be", () => {
  expect(faultsOf(row(), outcome({}, { stats: stats(100) }))).toEqual([]);
  expect(faultsOf(row({ spool: true, ending: "exit" }), outcome({ records: 102, doubled: 2, told: 2 }))).toEqual([]);
  expect(faultsOf(row({ mayMiss: () => 5 }), outcome({ unique: 95, records: 95 }))).toEqual([]);
  const rejected = outcome({ unique: 95, records: 96, rejected: 5 }, { stats: stats(95, 5), stderr: "LB1636" });
  expect(faultsOf(row({ accounts: "rejected" }), rejected)).toEqual([]);
  expect(cellOf(row({ accounts: "rejected" }), rejected)).toBe("95 of 100; 5 rejected, counted, told");
});
