import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a program of ./programs on the sources; gives its exit code and what is in its file. */
function run(program: string, ...more: string[]): { code: number | null; stderr: string; lines: string[] } {
  const file = join(dir, "app.log");
  const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@logbridge/source", "--import", "tsx", path, file, ...more],
    {
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  return { code: status, stderr, lines: readFileSync(file, "utf8").split("\n").slice(0, -1) };
}

const ALL = Array.from({ length: 1000 }, (_, index) => `record ${index}`);

test("a file appender has everything when the program ends by itself", () => {
  expect(run("exit")).toEqual({ code: 0, stderr: "", lines: ALL });
});

test("a file appender has everything when complete() is awaited before process.exit()", () => {
  expect(run("exit", "exit")).toEqual({ code: 3, stderr: "", lines: ALL });
});

test.each(
  ["at once", "immediate", "50 ms", "throw"].flatMap((how) => [
    [how, "file"] as const,
    [how, "dateFile"] as const,
    [how, "multiFile"] as const,
  ]),
)("a process that ends in haste (%s) keeps everything in its %s, each record once", (how, type) => {
  const { code, lines } = run("exit", how, type);
  expect(code).toBe(how === "throw" ? 1 : 3);
  expect(lines).toEqual(ALL);
});

test("records of a cluster worker reach the primary's appenders with name, time, fields and the error's causes, at levels that the primary knows", () => {
  const { code, stderr, lines } = run("cluster");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(lines[0]).toMatch(/^INFO worker 2020 from the worker \{ big: .*5.*, tags: \[ 'a' \] \}$/);
  expect(lines[1]).toMatch(/^ERROR worker 2020 failed Error/);
  expect(lines.join("\n")).toMatch(/Caused by: Error: why/);
});

test.each(["stdout", "stderr", "console"])(
  "%s: what complete() has confirmed is in the pipe, however slowly that is read",
  async (type) => {
    const path = fileURLToPath(new URL("programs/slow-pipe.ts", import.meta.url));
    const child = spawn(process.execPath, ["--conditions=@logbridge/source", "--import", "tsx", path, type]);
    const stream = type === "stderr" ? child.stderr : child.stdout;
    const chunks: Buffer[] = [];
    // Nothing is read before the program has filled the pipe.
    await new Promise((done) => setTimeout(done, 1500));
    stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
    const code = await new Promise((done) => child.on("close", done));
    const lines = Buffer.concat(chunks).toString().split("\n").slice(0, -1);
    expect(code).toBe(0);
    expect(lines).toHaveLength(5000);
  },
);
