import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compareRuns } from "../../legacy-service/compare/comparison.mjs";
import { folderHash } from "../../legacy-service/compare/folder.mjs";
import type { Run } from "../../legacy-service/compare/run.mjs";
import { NODE_WARNINGS } from "../../legacy-service/compare/sources.mjs";
import { compare, compareWorker, runWorker, SECRET, SOURCES } from "../compare.mjs";

const example = fileURLToPath(new URL("..", import.meta.url));
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Node itself warns in some versions only. */
const WRITING = SOURCES.filter((source) => source !== NODE_WARNINGS);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "logbridge-worker-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const everything = (run: Run) => [...run.files.values(), run.stdout, run.stderr].join("\n");

describe("the worker as it is", () => {
  let run: Run;
  beforeAll(async () => {
    run = await runWorker("plain", join(dir, "first"));
  });

  test("empties its queue and ends by itself", () => {
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("[console:end]");
  });

  test("writes enough through each logger for a comparison, every record with a marker of its own", () => {
    for (const source of WRITING) {
      const keys = source.native(run);
      expect(keys.length, source.name).toBeGreaterThanOrEqual(15);
      expect(new Set(keys).size, source.name).toBe(keys.length);
    }
  });

  test("masks its key in texts and fields, and writes nothing below its levels", () => {
    expect(everything(run)).not.toContain(SECRET);
    expect(run.files.get("audit.log")).toContain("attempt 1 with key-***");
    expect(run.files.get("jobs.log")).toContain('"account":{"apiKey":"***","plan":"free"}');
    expect(everything(run)).not.toContain("never written");
  });

  test("writes the same bytes when it runs again", async () => {
    const again = await runWorker("plain", join(dir, "second"));
    const { outputs } = compareRuns({ plain: run, bridged: again, sources: SOURCES, secret: SECRET });
    expect(outputs.filter(({ same }) => !same)).toEqual([]);
    expect(outputs.map(({ name }) => name)).toEqual([
      "audit.log",
      "jobs.log",
      "queue.log",
      "warnings.log",
      "stdout",
      "stderr",
    ]);
  });
});

describe("the worker with logbridge beside it", () => {
  test("loses no record, doubles none, changes no output and shows the key nowhere", async () => {
    const before = await folderHash(join(example, "worker"));
    const { rows, problems } = await compareWorker(join(dir, "both"));
    expect(problems).toEqual([]);
    expect(rows.filter(({ lost, doubled }) => lost > 0 || doubled > 0)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(WRITING.length);
    expect(await folderHash(join(example, "worker"))).toBe(before);
  });

  test("can be compared with one call", async () => {
    const rows = await compare();
    expect(rows.every((row) => row.before > 0 && row.unified === row.before && row.after === row.before)).toBe(true);
  });

  test("needs an entry of at most 30 lines", async () => {
    const entry = await readFile(join(example, "bridged.mjs"), "utf8");
    expect(entry.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });
});
