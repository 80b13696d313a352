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

  test("in a stream that writes later, where the process ends by itself", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-throttle-"));
    const file = join(folder, "stream.log");
    try {
      const source = `
        import { createWriteStream } from "node:fs";
        import { appendFile } from "node:fs/promises";
        import { createLogger, sample, throttle } from "@logbridge/core";
        const log = createLogger();
        const stream = createWriteStream(process.argv[2]);
        const options = { format: "{message}", level: 0 };
        log.add(stream, { ...options, filter: throttle({ burst: 1 }) });
        log.add((text) => appendFile(process.argv[2] + ".function", text), { ...options, filter: sample({ rate: 0 }) });
        for (let index = 0; index < 60; index++) log.info(["one", "two", "three"][index % 3]);`;
      const { stderr, code } = await program(source, { args: [file] });
      expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
      const names = ["one", "two", "three"];
      expect(lines(readFileSync(file, "utf8"))).toEqual([
        ...names,
        ...names.map((name) => `"${name}" suppressed 19 times in …`),
      ]);
      expect(lines(readFileSync(`${file}.function`, "utf8"))).toEqual([
        '60 records of level "INFO" suppressed by sampling in …',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
