import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordsOf } from "../compare/records.mjs";
import { runStage, SECRET, STAGES } from "../compare/stage.mjs";

type Run = Awaited<ReturnType<typeof runStage>>;

const AREAS = ["http.log", "jobs.log", "db.log"];
let folder = "";
let untouched: Run;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-migration-"));
  untouched = await runStage("1-untouched", join(folder, "1"));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everything = (run: Run): string => [...run.files.values(), run.printed].join("\n");
const all = (run: Run): string[] => AREAS.flatMap((name) => recordsOf(run.files.get(name) ?? "")).sort();

describe("the service before its migration", () => {
  test("logs by three libraries, each record unlike all others, with errors, causes and context", () => {
    for (const name of AREAS) expect(recordsOf(untouched.files.get(name) ?? "").length, name).toBeGreaterThanOrEqual(8);
    expect(new Set(all(untouched)).size).toBe(all(untouched).length);
    expect(everything(untouched)).toContain("the limit is 1000");
    expect(all(untouched).join()).toMatch(/"requestId":"r3"/);
  });

  test("hides what customers send", () => {
    expect(everything(untouched)).not.toContain(SECRET);
    expect(everything(untouched).match(/\[redacted\]/gi)?.length).toBeGreaterThanOrEqual(10);
  });
});

describe("each stage of the migration", () => {
  test.each(STAGES)(
    "%s: the same records, each once in its file and once in the unified one, and no secret",
    async (stage) => {
      const run = stage === "1-untouched" ? untouched : await runStage(stage, join(folder, stage));
      expect({ code: run.code, printed: run.printed }).toEqual({ code: 0, printed: "" });
      expect(run.answers).toEqual(untouched.answers);
      for (const name of AREAS)
        expect(recordsOf(run.files.get(name) ?? ""), name).toEqual(recordsOf(untouched.files.get(name) ?? ""));
      if (stage !== "1-untouched") expect(recordsOf(run.files.get("unified.jsonl") ?? "")).toEqual(all(untouched));
      expect(everything(run)).not.toContain(SECRET);
      expect([...run.files.keys()].sort()).toEqual(
        [...AREAS, ...(stage === "1-untouched" ? [] : ["unified.jsonl"])].sort(),
      );
    },
    60_000,
  );
});
