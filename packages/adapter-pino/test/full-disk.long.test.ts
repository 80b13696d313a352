import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./support.ts";

interface Ended {
  readonly code: unknown;
  readonly stderr: string;
  readonly wasKilled: boolean;
}

function run(...args: string[]): Promise<Ended> {
  const all = [
    "--conditions=@logbridge/source",
    "--import",
    "tsx",
    join(__dirname, "fixtures", "full-disk.mjs"),
    ...args,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { timeout: 25_000, killSignal: "SIGKILL" }, (error, _stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stderr, wasKilled: error?.killed ?? false }),
    );
  });
}

const CASES: readonly (readonly [kind: string, way: string, code: number])[] = [
  ["sync", "by itself", 0],
  ["sync", "exit", 5],
  ["async", "by itself", 0],
  ["async", "exit", 5],
  ["async", "later", 5],
  ["async", "complete", 0],
  ["async", "remove", 0],
  ["gathering", "by itself", 0],
  ["gathering", "later", 5],
  ["transport", "by itself", 0],
  ["transport", "later", 5],
];

test.skipIf(!existsSync("/dev/full")).each(CASES)(
  "a full disk below a destination (%s) is reported; the process ends (%s), and other sinks have everything",
  { timeout: 30_000 },
  async (kind, way, code) => {
    const beside = join(folder(), "beside.log");
    const ended = await run(kind, way, beside);
    expect(ended.wasKilled, ended.stderr).toBe(false);
    expect(ended.code, ended.stderr).toBe(code);
    // What is not open yet has not failed yet, and of a worker's failure nobody may be left to hear.
    if (kind !== "transport" && (way !== "exit" || kind === "sync"))
      expect(ended.stderr).toMatch(/LB2001|LB1524|LB1407/);
    expect(readFileSync(beside, "utf8").split("\n").filter(Boolean)).toHaveLength(200);
  },
);
