import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compareRuns } from "../compare/comparison.mjs";
import { folderHash } from "../compare/folder.mjs";
import { SECRET } from "../compare/requests.mjs";
import type { Run } from "../compare/run.mjs";
import { compareService, runService, SOURCES } from "../compare/service.mjs";
import { NODE_WARNINGS } from "../compare/sources.mjs";

const example = fileURLToPath(new URL("..", import.meta.url));
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Node itself warns in some versions only. */
const WRITING = SOURCES.filter((source) => source !== NODE_WARNINGS);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "logbridge-service-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const everything = (run: Run) => [...run.files.values(), run.stdout, run.stderr].join("\n");

describe("the service as it is", () => {
  let run: Run;
  beforeAll(async () => {
    run = await runService("plain", join(dir, "first"));
  });

  test("ends by itself with all it wrote on disk", () => {
    expect(run.code).toBe(0);
    expect(run.files.get("app.log")).toContain("[winston:stopped]");
    expect(run.files.get("worker.log")).toContain("[pino:stopped]");
    expect(run.files.get("scheduler.log")).toContain("[log4js:stopped]");
    expect(run.stdout).toContain("[console:bye]");
  });

  test("writes enough through each logger for a comparison, every record with a marker of its own", () => {
    for (const name of ["winston", "pino", "log4js", "console"]) {
      const keys = SOURCES.find((source) => source.name === name)?.native(run) ?? [];
      expect(keys.length, name).toBeGreaterThanOrEqual(15);
      expect(new Set(keys).size, name).toBe(keys.length);
    }
    for (const source of WRITING) expect(source.native(run).length, source.name).toBeGreaterThanOrEqual(4);
  });

  test("hides what customers send: the requests hold it, no output does", () => {
    expect(everything(run)).not.toContain(SECRET);
    expect(run.files.get("app.log")).toContain('"password":"[REDACTED]"');
    expect(run.files.get("worker.log")).toContain('"token":"[Redacted]"');
  });

  test("drops what is below its levels and what its formats refuse", () => {
    expect(everything(run)).not.toMatch(/\[winston:(health|login\.query):|\[pino:picked:|\[log4js:reports\.query:/);
  });

  test("writes the same bytes when it runs again", async () => {
    const again = await runService("plain", join(dir, "second"));
    const { outputs } = compareRuns({ plain: run, bridged: again, sources: SOURCES, secret: SECRET });
    expect(outputs.filter(({ same }) => !same)).toEqual([]);
    expect(outputs.map(({ name }) => name)).toEqual([
      "app.log",
      "error.log",
      "scheduler.log",
      "worker.log",
      "stdout",
      "stderr",
    ]);
  });
});

describe("the service with logbridge beside it", () => {
  test("loses no record, doubles none, changes no output and shows the secret nowhere", async () => {
    const before = await folderHash(join(example, "service"));
    const { rows, outputs, problems, bridged } = await compareService(join(dir, "both"));
    expect(problems).toEqual([]);
    expect(rows.filter(({ lost, doubled }) => lost > 0 || doubled > 0)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(WRITING.length);
    expect(rows.every((row) => row.before > 0 && row.after === row.before && row.unified === row.before)).toBe(true);
    expect(outputs.every(({ same }) => same)).toBe(true);
    expect(everything(bridged)).not.toContain(SECRET);
    expect(await folderHash(join(example, "service"))).toBe(before);
  });

  test("needs an entry of at most 30 lines", async () => {
    const entry = await readFile(join(example, "bridged.js"), "utf8");
    expect(entry.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });
});
