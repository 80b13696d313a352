import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program } from "./support/program.ts";

const MEGABYTES = 200;
let folder = "";
let path = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-parse-large-"));
  path = join(folder, "large.log");
  const line = `2024-05-01 12:00:01.001 | INFO     | app/server:handle:10 - request é served ${"x".repeat(60)}\n`;
  const block = Buffer.from(line.repeat(Math.ceil((1 << 20) / line.length)));
  const last = Buffer.from("2024-05-01 12:00:01.001 | ERROR    | app/server:handle:11 - the one and only failure\n");
  const fd = openSync(path, "w");
  for (let index = 0; index < MEGABYTES; index++) {
    writeSync(fd, block);
    if (index % 50 === 0) writeSync(fd, last);
  }
  closeSync(fd);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function counted(pattern: RegExp, keep: boolean): Promise<{ count: number; kept: number; peak: number }> {
  const { stdout, stderr } = await program(
    `import { parse } from "@logbridge/core";
     const kept: unknown[] = [];
     let count = 0;
     let peak = 0;
     for await (const entry of parse(${JSON.stringify(path)}, ${pattern})) {
       count++;
       if (${keep}) kept.push(entry);
       if (count % 10_000 === 1) peak = Math.max(peak, process.memoryUsage().heapUsed);
     }
     console.log(JSON.stringify({ count, kept: kept.length, peak }));`,
    { env: { NODE_OPTIONS: "--max-old-space-size=64" } },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout) as { count: number; kept: number; peak: number };
}

test(`L-PARSE-7: a file of ${MEGABYTES} MB is read with a heap of 64 MB, entry by entry`, async () => {
  const { count } = await counted(
    /(?<time>\S+ \S+) \| (?<level>\w+) +\| (?<name>[^:]+):\w+:(?<line>\d+) - (?<message>.*)/,
    false,
  );
  expect(count).toBeGreaterThan(1_000_000);
});

test(`L-PARSE-7: rare entries are found in a file of ${MEGABYTES} MB with a heap of 64 MB, and keeping them keeps nothing else`, async () => {
  expect(
    await counted(/^(?<time>\S+ \S+) \| ERROR +\| (?<name>[^:]+):\w+:(?<line>\d+) - (?<message>.*)/m, true),
  ).toMatchObject({
    count: 4,
    kept: 4,
  });
});
