import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { consoleSink, createLogger } from "@logbridge/core";
import { expect, test, vi } from "vitest";

test("S-EXT-4 a closed stdout ends nothing: the file has everything, the exit code is the program's own, the rest is counted", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "logbridge-")), "app.log");
  const source = `
    import { createLogger } from "@logbridge/core";
    const logger = createLogger();
    logger.add(process.stdout, { format: "{message}" });
    logger.add(${JSON.stringify(file)}, { format: "{message}" });
    let n = 0;
    const timer = setInterval(() => {
      logger.info("line " + ++n);
      if (n < 60) return;
      clearInterval(timer);
      process.stderr.write(JSON.stringify(logger.stats().handlers[0]));
      process.exitCode = 7;
    }, 5);
  `;
  const child = spawn(process.execPath, [
    "--conditions=@logbridge/source",
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    source,
  ]);
  child.stdout.once("data", () => child.stdout.destroy());
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(7);
  expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(60);
  // One line, without a stack: `| head` is no error of the program.
  expect(stderr.slice(0, stderr.indexOf("{"))).toMatch(
    /^logbridge LB2001: handler \d+ \(stdout\) failed: LogbridgeError: nobody reads [^\n]*LB1306\]\n$/,
  );
  const stats = JSON.parse(stderr.slice(stderr.indexOf("{"))) as { sent: number; dropped: number };
  expect(stats.dropped).toBeGreaterThan(0);
  expect(stats.sent + stats.dropped).toBe(60);
});

test("an error of a stream is reported, never thrown, and the stream is not closed by remove()", async () => {
  const stream = new Writable({
    write(_chunk, _encoding, callback) {
      callback(new Error("ENOSPC"));
    },
  });
  const onError = vi.fn();
  const logger = createLogger();
  logger.add(stream, { onError, format: "{message}" });
  logger.info("x");
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(onError).toHaveBeenCalledWith("temporary", [], expect.objectContaining({ message: "ENOSPC" }));
  const open = new PassThrough();
  const other = createLogger();
  const id = other.add(open, { format: "{message}" });
  other.info("y");
  await other.remove(id);
  expect(open.writableEnded).toBe(false);
  expect(open.read()?.toString()).toBe("y\n");
});

test("consoleSink writes by the console's methods as they were at load, the text never as a format", () => {
  const logger = createLogger();
  logger.add(consoleSink(), { format: "{message}" });
  const log = vi.spyOn(console, "info");
  logger.info("100%s");
  expect(log).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
