import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { linesOf } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-pino-exit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CASES: readonly (readonly [kind: string, way: string, code: number])[] = [
  ["transport", "by itself", 0],
  ["transport", "exit", 5],
  ["transport", "complete", 5],
  ["sync", "exit", 5],
  ["async", "exit", 5],
  ["async", "throw", 1],
  ["file", "exit", 5],
  ["file", "throw", 1],
  ["gathering", "by itself", 0],
  ["gathering", "exit", 5],
  ["gathering", "remove", 0],
];

function run(...args: string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  const all = ["--conditions=@logbridge/source", "--import", "tsx", join(__dirname, "fixtures", "exits.mjs"), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, (error, _stdout, stderr) =>
      resolve({ code: error ? (error.code as unknown as number) : 0, stderr }),
    );
  });
}

test.concurrent.each(CASES)(
  "a destination (%s) has every record when the process ends (%s)",
  async (kind, way, code) => {
    const destination = join(folder, `${kind} ${way}.log`);
    const child = await run(kind, way, destination);
    expect(child.code, child.stderr).toBe(code);
    expect(linesOf(destination)).toHaveLength(1000);
  },
);
