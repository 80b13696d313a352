import { createLogger, interception, type LogRecord, logger } from "@logbridge/core";
import {
  type CapturedLogs,
  captureLogs,
  restoreLogging,
  snapshotLogging,
  type TestContext,
} from "@logbridge/core/testing";
import { afterAll, describe, expect, expectTypeOf, test } from "vitest";

afterAll(restoreLogging);

/** The function of the seed's example. */
function someFunction(): void {
  logger.warning("Oh no!");
}

describe("captureLogs()", () => {
  test("L-SW-23: what a function warns of is in the text", (context) => {
    const logs = captureLogs({ only: true, context });
    someFunction();
    expect(logs.text).toContain("Oh no!");
  });

  test("L-SW-21: records, texts, lines, messages and levels are there to assert on", () => {
    const own = createLogger();
    using logs = captureLogs({ logger: own, format: "{level}: {message} ({function})" });
    (function named() {
      own.trace("lowest");
      own.info("user {id}", { id: 7 });
    })();
    expect(logs.text).toBe("TRACE: lowest (named)\nINFO: user 7 (named)\n");
    expect(logs.lines).toEqual(["TRACE: lowest (named)", "INFO: user 7 (named)"]);
    expect(logs.messages).toEqual(["lowest", "user 7"]);
    expect(logs.levels).toEqual(["TRACE", "INFO"]);
    expect(logs.records[1]).toMatchObject({
      extra: { id: 7 },
      name: expect.stringContaining("testing.test") as string,
    });
    logs.clear();
    expect([logs.text, logs.lines, logs.messages, logs.levels, logs.records]).toEqual(["", [], [], [], []]);
    own.error("failed", new RangeError("deep"));
    expect(logs.messages).toEqual(["failed"]);
    expect(logs.text).toContain("RangeError: deep");
  });

  test("L-SW-22: its handler is there until stop(), and what was captured stays", () => {
    const own = createLogger();
    const logs = captureLogs({ logger: own, level: "WARNING" });
    expect(own.stats().handlers).toHaveLength(1);
    own.info("below");
    own.warning("taken");
    logs.stop();
    logs.stop();
    expect(own.stats().handlers).toHaveLength(0);
    own.warning("after");
    expect(logs.messages).toEqual(["taken"]);
    const removed = captureLogs({ logger: own });
    own.remove();
    removed.stop();
  });

  test("only: the other handlers are silent meanwhile, and have their levels again afterwards", () => {
    const own = createLogger();
    const texts: string[] = [];
    const id = own.add((text) => void texts.push(text), { level: "INFO", format: "{message}" });
    const other = own.add((text) => void texts.push(text), { level: "ERROR", format: "{message}" });
    {
      using logs = captureLogs({ logger: own, only: true });
      own.critical("quiet");
      own.handler(other).level = "CRITICAL";
      own.error("still quiet");
      expect(logs.messages).toEqual(["quiet", "still quiet"]);
    }
    own.info("loud");
    expect(texts).toEqual(["loud\n"]);
    expect([own.handler(id).level, own.handler(other).level]).toEqual([20, 50]);
  });

  test("it ends by the context of the test, of node:test or vitest", () => {
    for (const name of ["after", "onTestFinished"] as const) {
      const work: (() => void)[] = [];
      const own = createLogger();
      // A method of a class of the runner, which needs its `this`.
      const context: TestContext & { readonly list: (() => void)[] } = {
        list: work,
        [name](this: { readonly list: (() => void)[] }, done: () => void) {
          this.list.push(done);
        },
      };
      captureLogs({ logger: own, context });
      expect(own.stats().handlers).toHaveLength(1);
      for (const done of work) done();
      expect(own.stats().handlers).toHaveLength(0);
    }
  });

  test("types: every logger is accepted, and records are read-only lists", () => {
    const typed = createLogger({ extra: { app: "shop" } });
    using logs = captureLogs({ logger: typed.bind({ user: 1 }) });
    expectTypeOf(logs).toEqualTypeOf<CapturedLogs>();
    expectTypeOf(logs.records).toEqualTypeOf<readonly LogRecord[]>();
  });

  test.each([
    [null, "LB1057"],
    [{ logger: {} }, "LB1057"],
    [{ only: "yes" }, "LB1057"],
    [{ context: {} }, "LB1057"],
    [{ context: null }, "LB1057"],
    [{ level: "LOUD" }, "LB1003"],
    [{ propagate: true }, "LB1002"],
  ])("%o is refused with %s, and leaves no handler behind", (options, code) => {
    const before = logger.stats().handlers.length;
    expect(() => captureLogs(options as never)).toThrow(expect.objectContaining({ code }) as Error);
    expect(logger.stats().handlers).toHaveLength(before);
  });
});

describe("snapshotLogging() and restoreLogging()", () => {
  test("restore() ends what has come since, and puts back what was changed", async () => {
    const texts: string[] = [];
    const own = createLogger({ extra: { app: "shop" } });
    const id = own.add((text) => void texts.push(text), {
      level: "INFO",
      format: "{level.icon} {extra[app]} {message}",
    });
    own.disable("noisy");
    const before = snapshotLogging(own);
    const closed: string[] = [];
    own.add({ write: () => {}, close: () => void closed.push("closed") });
    own.handler(id).level = "ERROR";
    own.level("INFO", { icon: "!" });
    own.configure({
      extra: {},
      patcher: (record) => void (record.message = "patched"),
      redact: ["user"],
      activation: [
        ["noisy", true],
        [null, false],
      ],
    });
    const undone: string[] = [];
    interception("one", () => undone.push("one"));
    interception("two", () => undone.push("two"));
    await before.restore();
    expect(closed).toEqual(["closed"]);
    expect(undone).toEqual(["two", "one"]);
    expect(own.stats().handlers.map((handler) => handler.id)).toEqual([id]);
    own.forModule(null).info("as before", { user: 1 });
    own.forModule("noisy/lib").info("disabled");
    expect(texts).toEqual(["ℹ️ shop as before\n"]);
    await before.restore();
    expect(undone).toHaveLength(2);
  });

  test("restoreLogging() takes the global logger back to handler 0", async () => {
    const heard: string[] = [];
    logger.remove();
    logger.add((text) => void heard.push(text));
    logger.configure({ extra: { left: "behind" } });
    await restoreLogging();
    expect(logger.stats().handlers.map(({ id }) => id)).toEqual([0]);
    const logs = captureLogs({ only: true });
    logger.info("clean");
    logs.stop();
    expect(heard).toEqual([]);
    expect(logs.records[0]?.extra).toEqual({});
    const next = logger.add(() => {});
    expect(next).toBeGreaterThan(0);
    await logger.remove(next);
  });

  test("what is no logger is refused", () => {
    expect(() => snapshotLogging({} as never)).toThrow(/LB1057/);
  });
});
