import { interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import log4js, { type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anotherCopy } from "./support/copy.ts";
import { deliveredOf, forgetLevel, keepingAppender } from "./support/events.ts";

let logger: Logger;
let events: LoggingEvent[];

beforeEach(() => {
  logger = createLogger() as Logger;
  events = [];
});
afterEach(() => logger.remove());

function configure(theirs: typeof log4js, kept: LoggingEvent[] = events, more: object = {}, level = "all"): void {
  theirs.configure({
    appenders: { out: { type: keepingAppender(kept, undefined) as never } },
    categories: { default: { appenders: ["out"], level }, quiet: { appenders: ["out"], level: "error" } },
    ...more,
  });
}

describe("propagateToLog4js", () => {
  test("to a logger: everything goes to its category; to the module: each to the category of its name", () => {
    configure(log4js);
    const id = logger.add(propagateToLog4js(log4js.getLogger("app")));
    logger.forModule("orders").info("a");
    void logger.remove(id);
    logger.add(propagateToLog4js(log4js));
    logger.forModule("orders").info("b");
    logger.forModule(null).info("c");
    expect(events.map((event) => event.categoryName)).toEqual(["app", "orders", "default"]);
  });

  test("to the module: a name is the same category whether or not another handler wants the caller", () => {
    const categories: string[] = [];
    const type = { configure: () => (event: LoggingEvent) => void categories.push(event.categoryName) };
    log4js.configure({
      appenders: { out: { type: type as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    logger.add(propagateToLog4js(log4js));
    logger.info("before");
    logger.add(() => {}, { format: "{file} {message}" });
    logger.info("after");
    expect(categories).toEqual(["default", "default"]);
  });

  test("the category's own level decides", () => {
    configure(log4js);
    logger.add(propagateToLog4js(log4js));
    logger.forModule("quiet").info("too low");
    logger.forModule("quiet").error("high enough");
    expect(events.map((event) => event.data[0])).toEqual(["high enough"]);
    log4js.getLogger("quiet").level = "info";
    logger.forModule("quiet").info("enough now");
    expect(events).toHaveLength(2);
  });

  test("after another configure() the new appenders get the records", () => {
    configure(log4js);
    logger.add(propagateToLog4js(log4js.getLogger("app")));
    const later: LoggingEvent[] = [];
    configure(log4js, later);
    logger.info("x");
    expect([events.length, later.length]).toEqual([0, 1]);
  });

  test("S-TIM-2: startTime is the record's time", () => {
    const fixed = createLogger({ clock: () => Date.UTC(2020, 1, 2, 3, 4, 5, 678) });
    configure(log4js);
    fixed.add(propagateToLog4js(log4js));
    fixed.info("x");
    expect(events[0]?.startTime.toISOString()).toBe("2020-02-02T03:04:05.678Z");
  });

  test("the caller goes along where the category asks for it, and only there", () => {
    configure(log4js, events, {
      categories: {
        default: { appenders: ["out"], level: "all" },
        located: { appenders: ["out"], level: "all", enableCallStack: true },
      },
    });
    logger.add(propagateToLog4js(log4js.getLogger("default")));
    logger.add(propagateToLog4js(log4js.getLogger("located")));
    logger.info("x");
    expect(events[0]?.fileName).toBeUndefined();
    expect(events[1]?.fileName).toMatch(/propagate\.test\.ts$/);
  });

  test("a text with %, fields and an error is printed by log4js as it was written", () => {
    const lines: string[] = [];
    const printing = {
      configure: (_config: unknown, layouts: { basicLayout(event: LoggingEvent): string }) => (event: LoggingEvent) =>
        void lines.push(layouts.basicLayout(event)),
    };
    log4js.configure({
      appenders: { out: { type: printing as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    logger.add(propagateToLog4js(log4js.getLogger("app")));
    logger.info("100%");
    logger.info("100% of %s, 5 %% {n}", { n: 3 });
    logger.opt({ exception: new TypeError("broken") }).error("no %d");
    expect(lines[0]).toMatch(/ - 100%$/);
    expect(lines[1]).toMatch(/ - 100% of %s, 5 %% 3 \{ n: 3 \}$/);
    expect(lines[2]).toMatch(/ - no %d TypeError: broken\n {4}at /);
  });

  test("extra is in context too, so that %X finds it", () => {
    configure(log4js);
    logger.add(propagateToLog4js(log4js.getLogger("app")));
    logger.bind({ requestId: "r-1" }).info("x", { id: 7 });
    expect(events[0]?.context).toEqual({ requestId: "r-1", id: 7 });
    expect(events[0]?.data).toEqual(["x", { requestId: "r-1", id: 7 }]);
  });

  test("a level of log4js comes back exactly as it was, also one that we have no name for", () => {
    configure(log4js, events, { levels: { AUDIT: { value: 26_500, colour: "cyan" } } });
    const interception = interceptLog4js(log4js, { logger, mode: "replace" });
    logger.add(propagateToLog4js(log4js.getLogger("back")), { level: 0 });
    try {
      const theirs = log4js.getLogger("app");
      for (const level of ["trace", "AUDIT", "warn", "mark", "fatal"]) theirs.log(level, level);
      expect(events.map((event) => `${event.level.levelStr} ${event.data[0]}`)).toEqual([
        "TRACE trace",
        "AUDIT AUDIT",
        "WARN warn",
        "MARK mark",
        "FATAL fatal",
      ]);
      expect(events.every((event) => event.categoryName === "back")).toBe(true);
    } finally {
      interception.restore();
      forgetLevel("AUDIT");
    }
  });

  test("a level that a patcher has changed does not come back as it was", () => {
    configure(log4js);
    const patched = logger.patch(
      (record) => void (record.level = { name: "ERROR", no: 40, icon: "" }),
    ) as unknown as Logger;
    const interception = interceptLog4js(log4js, { logger: patched, mode: "replace" });
    logger.add(propagateToLog4js(log4js.getLogger("back")));
    log4js.getLogger("app").info("x");
    interception.restore();
    expect(events.map((event) => event.level.levelStr)).toEqual(["ERROR"]);
  });

  test("SUCCESS joins the levels and changes no other; one that the application has stays", () => {
    configure(log4js, events, { levels: { SUCCESS: { value: 22_000, colour: "blue" } } });
    const before = [...(log4js.levels as unknown as { levels: object[] }).levels];
    logger.add(propagateToLog4js(log4js.getLogger("app")));
    logger.success("x");
    expect((log4js.levels as unknown as { levels: object[] }).levels).toEqual(before);
    expect(events[0]?.level).toMatchObject({ levelStr: "SUCCESS", level: 22_000 });
    forgetLevel("SUCCESS");
    const six = [...(log4js.levels as unknown as { levels: object[] }).levels];
    propagateToLog4js(log4js);
    expect(
      (log4js.levels as unknown as { levels: { levelStr: string }[] }).levels.filter(
        (one) => one.levelStr !== "SUCCESS",
      ),
    ).toEqual(six);
  });

  test("a category that nobody has configured prints nothing, as log4js itself", async () => {
    const { log4js: fresh, dispose } = anotherCopy();
    logger.add(propagateToLog4js(fresh.getLogger("app")));
    logger.info("x");
    expect(await logger.complete()).toMatchObject({ dropped: 0 });
    dispose();
  });

  test("what an appender with shutdown was given counts as pending: log4js does not say when it is written", async () => {
    const ending = { configure: () => Object.assign(() => {}, { shutdown: (done: () => void) => done() }) };
    log4js.configure({
      appenders: { out: { type: ending as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    logger.add(propagateToLog4js(log4js.getLogger("app")));
    logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
  });

  test("anything else is an error: LB1536", () => {
    for (const value of [null, undefined, 42, {}, console, () => {}])
      expect(() => propagateToLog4js(value as never)).toThrow(/LB1536/);
  });
});

describe("a second copy of log4js", () => {
  test("sink, propagate and intercept use the levels of the copy that they are given", () => {
    const { log4js: other, dispose } = anotherCopy();
    try {
      expect(other.levels.INFO).not.toBe(log4js.levels.INFO);
      const theirs: LoggingEvent[] = [];
      configure(log4js);
      configure(other, theirs);
      logger.add(propagateToLog4js(other.getLogger("app")));
      logger.info("propagated");
      expect(theirs[0]?.level).toBe(other.levels.INFO);
      expect(theirs[0]).toBeInstanceOf(Object.getPrototypeOf(theirs[0]?.constructor) as never);
      expect(events).toEqual([]);

      const hosted: LoggingEvent[] = [];
      logger.add(log4jsSink({ type: keepingAppender(hosted, undefined) }, { log4js: other }));
      logger.success("hosted");
      expect(hosted[0]?.level).toBe((other.levels as unknown as { SUCCESS: unknown }).SUCCESS);

      const records: LogRecord[] = [];
      const listening = createLogger();
      listening.add({ needs: { text: false }, write: (_text: string, record: LogRecord) => void records.push(record) });
      const interception = interceptLog4js(other, { logger: listening as Logger });
      other.getLogger("app").info("theirs");
      log4js.getLogger("app").info("not theirs");
      expect(records.map((record) => record.message)).toEqual(["theirs"]);
      interception.restore();
    } finally {
      dispose();
    }
  });

  test("a type is looked for beside that copy", () => {
    const { log4js: other, dispose } = anotherCopy();
    expect(log4jsSink({ type: "stdout" }, { log4js: other })).toBeDefined();
    dispose();
  });
});

test("what arrives can be read as the kit reads it", () => {
  configure(log4js);
  logger.add(propagateToLog4js(log4js.getLogger("app")));
  logger.error("save failed", { id: 7 }, new Error("boom"));
  expect(deliveredOf(events[0] as LoggingEvent)).toMatchObject({
    level: "ERROR",
    message: "save failed",
    fields: { id: 7 },
    error: { message: "boom" },
    name: "app",
  });
});
