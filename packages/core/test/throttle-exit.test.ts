import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

/** Logs 1 + 99 equal records to stdout through a throttle, and the same through sampling; then ends so. */
const noisy = (end: string, before = ""): string => `
  import { logger, sample, throttle } from "@logbridge/core";
  await logger.remove();
  const format = "{message}";
  logger.add(process.stdout, { format, filter: throttle({ burst: 1, window: 3_600_000 }) });
  logger.add(process.stdout, { format, filter: sample({ rate: 0, window: 3_600_000 }) });
  ${before}
  for (let index = 0; index < 100; index++) logger.info("tick");
  ${end}`;

/** Lines without how long it took. */
const lines = (text: string): string[] =>
  text
    .trim()
    .replace(/in \d+(\.\d)? m?s$/gm, "in …")
    .split("\n");

const SAID = ["tick", '"tick" suppressed 99 times in …', '100 records of level "INFO" suppressed by sampling in …'];

describe("the last summaries are there", () => {
  test("after process.exit(), and the exit code is what it was", async () => {
    const { stdout, stderr, code } = await program(noisy("process.exit(3);"));
    expect({ lines: lines(stdout), stderr, code }).toEqual({ lines: SAID, stderr: "", code: 3 });
  });

  test("where a window is open for an hour the process ends at once, by itself; what exit listeners log is not suppressed", async () => {
    const late = 'process.on("exit", () => { for (let index = 0; index < 3; index++) logger.info("tick"); });';
    const { stdout, code } = await program(noisy("", late));
    expect({ lines: lines(stdout).slice(0, 6), code }).toEqual({ lines: [...SAID, "tick", "tick", "tick"], code: 0 });
  });

  test("in sinks that have nothing to flush at exit, and in those of another logger that records go on to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-throttle-"));
    const file = join(folder, "second.log");
    try {
      const source = `
        import { consoleSink, createLogger, throttle } from "@logbridge/core";
        const second = createLogger();
        second.add(process.argv[2], { format: "{message}", durability: "gathered" });
        const first = createLogger();
        first.add((_text, record) => second.emit(record), { filter: throttle({ burst: 1 }) });
        first.add(consoleSink(), { format: "{message}", filter: throttle({ burst: 1 }) });
        for (let index = 0; index < 100; index++) first.info("tick");
        process.exit(0);`;
      const { stdout, stderr, code } = await program(source, { args: [file] });
      expect({ lines: lines(stdout + stderr), code }).toEqual({ lines: SAID.slice(0, 2), code: 0 });
      expect(lines(readFileSync(file, "utf8"))).toEqual(SAID.slice(0, 2));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
