import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type LogRecord, type MemorySinkOptions, memorySink, type Sink } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

function kept(options: MemorySinkOptions = {}) {
  const logger = createLogger();
  const texts: string[] = [];
  const sink = memorySink({ target: (text: string) => void texts.push(text.trimEnd()), ...options });
  const id = logger.add(sink, { level: 0, format: "{level} {message}" });
  return { logger, texts, sink, id };
}

describe("memorySink()", () => {
  test("C-28a: records are kept until one of ERROR or above comes, then written in order, with their own texts", () => {
    const { logger, texts, sink } = kept();
    const state = { step: 1 };
    logger.debug("at {step}", state);
    state.step = 2;
    logger.warning("at {step}", state);
    expect(texts).toEqual([]);
    expect(sink.size).toBe(2);
    logger.error("failed");
    expect(texts).toEqual(["DEBUG at 1", "WARNING at 2", "ERROR failed"]);
    logger.info("after");
    expect(texts).toHaveLength(3);
    logger.critical("again");
    expect(texts.slice(3)).toEqual(["INFO after", "CRITICAL again"]);
  });

  test("C-28b: capacity, level and target can be set; they are 100, ERROR and stderr by default", async () => {
    const { logger, texts } = kept({ capacity: 3, flushLevel: "warning" });
    logger.info("one");
    logger.warning("two");
    expect(texts).toEqual(["INFO one", "WARNING two"]);
    const byNumber = kept({ flushLevel: 20 });
    byNumber.logger.success("now");
    expect(byNumber.texts).toEqual(["SUCCESS now"]);

    const { stdout, stderr } = await program(
      `import { createLogger, memorySink } from "@logbridge/core";
       const logger = createLogger();
       logger.add(memorySink({ flushOnClose: false }), { level: 0, format: "{message}" });
       for (let n = 1; n <= 99; n++) logger.warning("{}", n);
       console.error("nothing so far");
       logger.error("100");
       for (let n = 101; n <= 199; n++) logger.info("{}", n);
       console.error("nothing more so far");
       logger.info("200");
       logger.info("lost");`,
    );
    const numbers = (from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, n) => `${from + n}`);
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n")).toEqual([
      "nothing so far",
      ...numbers(1, 100),
      "nothing more so far",
      ...numbers(101, 200),
    ]);
  });

  test("C-28c: a full buffer is written", () => {
    const { logger, texts, sink } = kept({ capacity: 3 });
    for (const n of [1, 2, 3, 4]) logger.info("{}", n);
    expect(texts).toEqual(["INFO 1", "INFO 2", "INFO 3"]);
    expect(sink.size).toBe(1);
  });

  test("with overflow: drop a full buffer forgets its oldest records, and counts them", () => {
    const { logger, texts, sink } = kept({ capacity: 2, overflow: "drop" });
    for (const n of [1, 2, 3, 4]) logger.info("{}", n);
    expect(sink.size).toBe(2);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 0, pending: 2, dropped: 2 });
    logger.error("5");
    expect(texts).toEqual(["INFO 3", "INFO 4", "ERROR 5"]);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 3, pending: 0, dropped: 2 });
  });

  test("complete() leaves in memory what is kept there, and counts it as pending", async () => {
    const { logger, texts, sink } = kept();
    logger.info("kept");
    expect(await logger.complete()).toMatchObject({ sent: 0, pending: 1 });
    expect(texts).toEqual([]);
    sink.release();
    expect(texts).toEqual(["INFO kept"]);
    expect(await logger.complete()).toMatchObject({ sent: 1, pending: 0 });
  });

  test("remove() writes what is kept, or with flushOnClose: false forgets it", async () => {
    const flushed = kept();
    flushed.logger.info("kept");
    await flushed.logger.remove();
    expect(flushed.texts).toEqual(["INFO kept"]);
    const forgotten = kept({ flushOnClose: false });
    forgotten.logger.info("kept");
    await forgotten.logger.remove();
    expect(forgotten.texts).toEqual([]);
  });

  test("at exit what is kept is written, also after an error that nobody caught", async () => {
    for (const end of ["", "process.exit(0);", "throw new Error('uncaught');"]) {
      const { stderr } = await program(
        `import { createLogger, memorySink } from "@logbridge/core";
         const logger = createLogger();
         logger.add(memorySink(), { format: "kept: {message}" });
         logger.info("until the end");
         ${end}`,
      );
      expect(stderr).toContain("kept: until the end\n");
    }
  });

  test("a file is a target, and is closed by remove()", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-memory-"));
    try {
      const { logger, id } = kept({ target: join(folder, "errors.log") });
      logger.debug("before");
      logger.error("failed");
      logger.debug("after");
      void logger.remove(id);
      expect(readFileSync(join(folder, "errors.log"), "utf8")).toBe("DEBUG before\nERROR failed\nDEBUG after\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a Sink is a target with all of its parts: needs, flush, close", async () => {
    const calls: string[] = [];
    const target: Sink = {
      needs: { text: false, caller: true },
      write: (text, record) => void calls.push(`${text}${record.message} ${record.function}`),
      flush: () => void calls.push("flush"),
      close: () => void calls.push("close"),
      leadsTo: (bridge) => bridge === "winston",
    };
    const sink = memorySink({ target });
    const logger = createLogger();
    logger.add(sink);
    (function named() {
      logger.info("kept");
    })();
    await logger.complete();
    await logger.remove();
    expect(calls).toEqual(["flush", "flush", "kept named", "flush", "close"]);
    expect(sink.leadsTo?.("winston", null)).toBe(true);
    expect(sink.leadsTo?.("pino", null)).toBe(false);
  });

  test("an asynchronous target is awaited, and what it refuses is reported and counted without losing the others", async () => {
    const texts: string[] = [];
    const errors: unknown[] = [];
    const logger = createLogger();
    const target = async (text: string, { message }: LogRecord): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (message === "bad") throw new Error("refused");
      texts.push(text);
    };
    logger.add(memorySink({ target }), {
      format: "{message}",
      onError: (_kind, _records, error) => void errors.push(error),
    });
    for (const message of ["one", "bad", "two"]) logger.info(message);
    logger.error("three");
    const counts = await logger.complete();
    expect(texts).toEqual(["one\n", "two\n", "three\n"]);
    expect(counts).toEqual({ sent: 3, dropped: 1, pending: 0 });
    expect(errors).toMatchObject([{ message: "refused" }]);

    const throwing = createLogger();
    const heard: string[] = [];
    const sync = (text: string): void => {
      if (text === "bad\n") throw new Error("refused");
      heard.push(text);
    };
    throwing.add(memorySink({ target: sync }), { format: "{message}", onError: () => void errors.push("sync") });
    throwing.info("bad");
    throwing.error("good");
    expect(heard).toEqual(["good\n"]);
    expect(errors).toHaveLength(2);
    expect(throwing.stats().handlers[0]).toMatchObject({ sent: 1, dropped: 1, failed: 1 });
  });

  test("what the target logs while it is written to is not kept for itself again", () => {
    const logger = createLogger();
    const heard: string[] = [];
    logger.add((text) => void heard.push(text), { format: "{message}" });
    logger.add(memorySink({ target: () => void logger.info("from the target") }), { format: "{message}" });
    logger.error("failed");
    expect(heard).toEqual(["failed\n", "from the target\n"]);
  });

  test.each([
    [null, "LB1054"],
    [{ capacity: 0 }, "LB1054"],
    [{ capacity: "100" }, "LB1054"],
    [{ buffers: 1.5 }, "LB1054"],
    [{ overflow: "block" }, "LB1054"],
    [{ by: 4 }, "LB1054"],
    [{ flushOnClose: 1 }, "LB1054"],
    [{ flushLevel: "LOUD" }, "LB1003"],
    [{ target: {} }, "LB1001"],
    [{ size: 3 }, "LB1002"],
  ])("%o is refused with %s", (options, code) => {
    expect(() => memorySink(options as never)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe("memorySink({ by })", () => {
  test("each request has a buffer of its own, and the error of one writes that one's records", async () => {
    const { logger, texts, sink } = kept({ by: "requestId" });
    const request = (requestId: number, fails: boolean): Promise<void> =>
      logger.contextualize({ requestId }, async () => {
        logger.debug("{} begins", requestId);
        await Promise.resolve();
        if (fails) logger.error("{} fails", requestId);
        else logger.info("{} ends", requestId);
      });
    logger.info("outside");
    await Promise.all([request(1, false), request(2, true), request(3, false)]);
    expect(texts).toEqual(["DEBUG 2 begins", "ERROR 2 fails"]);
    expect(sink.size).toBe(5);
    expect(sink.discard(1)).toBe(2);
    expect(sink.discard(1)).toBe(0);
    sink.release(3);
    expect(texts.slice(2)).toEqual(["DEBUG 3 begins", "INFO 3 ends"]);
    logger.error("outside too");
    expect(texts.slice(4)).toEqual(["INFO outside", "ERROR outside too"]);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 6, dropped: 2, pending: 0 });
  });

  test("a function gives the key, and everything at the end comes in the order of the calls", async () => {
    const { logger, texts } = kept({ by: (record) => record.message.length });
    for (const message of ["aa", "b", "cc", "d"]) logger.info(message);
    await logger.remove();
    expect(texts).toEqual(["INFO aa", "INFO b", "INFO cc", "INFO d"]);
  });

  test("requests whose end nobody signals leave a bounded number of buffers; the quietest go first, and are counted", () => {
    const { logger, texts, sink } = kept({ by: "id", buffers: 3 });
    for (let id = 1; id <= 3; id++) logger.info("{id}", { id });
    logger.info("again", { id: 1 });
    for (let id = 4; id <= 5; id++) logger.info("{id}", { id });
    expect(sink.size).toBe(4);
    expect(sink.dropped?.()).toBe(2);
    logger.error("fails", { id: 1 });
    expect(texts).toEqual(["INFO 1", "INFO again", "ERROR fails"]);
    for (let id = 0; id < 10_000; id++) logger.info("many", { id });
    expect(sink.size).toBe(3);
  });
});
