import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { shown } from "./compare.ts";
import { readDecisions } from "./decisions.ts";
import { runTable } from "./report.ts";
import { runners } from "./runners.ts";
import { readTable } from "./table.ts";

const folder = fileURLToPath(new URL("../fixtures/conformance", import.meta.url));
const decisions = readDecisions(
  readFileSync(new URL("../../../../docs/loguru-differences.md", import.meta.url), "utf8"),
);

describe("the tables of Loguru's behaviour", () => {
  test.each(runners.map((runner) => [runner.table, readTable(folder, runner.table) ?? [], runner] as const))(
    "%s holds, but for the rows that docs/loguru-differences.md decides otherwise",
    async (_table, rows, runner) => {
      const { passed, failed, agreed } = await runTable(runner, rows, decisions);
      expect(failed.map(({ id, expected, got }) => `${id}: expected ${shown(expected)}, got ${shown(got)}`)).toEqual(
        [],
      );
      expect(agreed, "rows that are no longer different").toEqual([]);
      expect(passed).toBeGreaterThan(rows.length / 2);
    },
  );
  test("are decided otherwise in at most 40 single rows, each of them there", () => {
    const single = decisions.filter(({ row }) => row !== null);
    expect(single.length).toBeLessThanOrEqual(40);
    for (const { table, row } of single)
      expect(
        readTable(folder, table)?.some(({ id }) => id === row),
        `${table} ${row}`,
      ).toBe(true);
    expect(decisions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});
