import { AsyncLocalStorage } from "node:async_hooks";
import { createLogger, type LoggerOptions, type LogRecord, type ThrottleOptions, throttle } from "@logbridge/core";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";

const T0 = Date.UTC(2026, 0, 1);

/** A logger with a clock that the test sets, and what its one handler got. */
function throttled(options: ThrottleOptions, more: LoggerOptions = {}) {
  const time = { ms: T0 };
  const logger = createLogger({ clock: () => time.ms, ...more });
  const got: LogRecord[] = [];
  const id = logger.add((_text, record) => void got.push(record), { level: 0, filter: throttle(options) });
  const messages = (): string[] => got.map(({ message }) => message);
  const summaries = (): LogRecord[] => got.filter(({ origin }) => origin?.name === "throttle");
  return { time, logger, got, id, messages, summaries };
}

const times = (count: number, work: () => void): void => {
  for (let index = 0; index < count; index++) work();
};

describe("throttle()", () => {
  test("lets the first of equal records pass in each window, and says how many more there were", () => {
    const { time, logger, messages, got } = throttled({ burst: 2, window: 60_000 });
    times(1_245, () => logger.info("cache miss for {id}", { id: 7 }));
    time.ms += 60_000;
    logger.info("cache miss for {id}", { id: 8 });
    expect(messages()).toEqual([
      "cache miss for 7",
      "cache miss for 7",
      '"cache miss for {id}" suppressed 1,243 times in 60 s',
      "cache miss for 8",
    ]);
    const summary = got[2] as LogRecord;
    expect(summary.level).toMatchObject({ name: "INFO", no: 20 });
    expect(summary.extra).toEqual({ suppressed: 1_243, key: "cache miss for {id}", since: "2026-01-01T00:00:00.000Z" });
    expect(summary.origin).toEqual({ name: "throttle" });
  });

  test("counts values apart from the message, and messages apart from each other", () => {
    const { logger, messages } = throttled({ burst: 1 });
    for (const text of ["a", "b", "a", "b"]) logger.info(text);
    logger.info("user {}", 1);
    logger.info("user {}", 2);
    logger.info`tagged ${1}`;
    logger.info`tagged ${2}`;
    expect(messages()).toEqual(["a", "b", "user 1", "tagged 1"]);
  });

  test("lets ten records of a message pass in a minute by default", () => {
    const { time, logger, messages } = throttled({});
    times(12, () => logger.info("m"));
    time.ms += 59_999;
    logger.info("m");
    expect(messages()).toHaveLength(10);
    time.ms += 1;
    logger.info("m");
    expect(messages().slice(10)).toEqual(['"m" suppressed 3 times in 60 s', "m"]);
  });

  test("takes level, name, site, a function or a list of these for what is equal", () => {
    const byLevel = throttled({ per: "level", burst: 1 });
    byLevel.logger.info("a");
    byLevel.logger.info("b");
    byLevel.logger.debug("c");
    expect(byLevel.messages()).toEqual(["a", "c"]);

    const byName = throttled({ per: "name", burst: 1 });
    for (const name of ["app/db", "app/http", "app/db", null, null]) byName.logger.forModule(name).info(`from ${name}`);
    expect(byName.messages()).toEqual(["from app/db", "from app/http", "from null"]);

    const bySite = throttled({ per: "site", burst: 1 });
    for (const text of ["a", "b"]) bySite.logger.info(text);
    bySite.logger.info("elsewhere");
    expect(bySite.messages()).toEqual(["a", "elsewhere"]);

    const byFunction = throttled({ per: ({ extra }) => extra["tenant"] as string, burst: 1 });
    for (const tenant of ["x", "y", "x", undefined, undefined, null]) byFunction.logger.info("m", { tenant });
    expect(byFunction.got.map(({ extra }) => extra["tenant"])).toEqual(["x", "y", undefined, undefined, null]);

    const byBoth = throttled({ per: ["level", ({ extra }) => extra["n"] as number], burst: 1 });
    for (const n of [1, 1, 2]) byBoth.logger.info("m", { n });
    byBoth.logger.debug("m", { n: 1 });
    expect(byBoth.got.map(({ extra }) => extra["n"])).toEqual([1, 2, 1]);
  });

  test("tells keys apart whose parts are the same text when they are put together", () => {
    const part = (name: string) => (record: LogRecord) => record.extra[name] as string;
    const { logger, got } = throttled({ per: [part("a"), part("b")], burst: 1 });
    logger.info("m", { a: "x y", b: "z" });
    logger.info("m", { a: "x", b: "y z" });
    logger.info("m", { a: "x", b: "y z" });
    expect(got).toHaveLength(2);
    // Whatever a text holds that comes from outside.
    const hostile = [
      "",
      " ",
      "\u0000",
      "\u0001",
      "\u0002",
      "\u0000\u0002",
      "\u0000\u0001",
      "\u0000\u0001\u0002",
      "a\u0000\u0002b",
    ];
    for (const a of hostile) for (const b of hostile) logger.info("m", { a, b });
    expect(got).toHaveLength(2 + hostile.length ** 2);
    for (const a of hostile) for (const b of hostile) logger.info("m", { a, b });
    expect(got).toHaveLength(2 + hostile.length ** 2);
  });

  test("never suppresses errors or exceptions unless asked", () => {
    const kept = throttled({ burst: 0 });
    kept.logger.error("e");
    kept.logger.info(new Error("x"), "with an exception");
    kept.logger.info("gone");
    expect(kept.messages()).toEqual(["e", "with an exception"]);

    const all = throttled({ burst: 0, keep: false });
    all.logger.critical("e");
    all.logger.error(new Error("x"));
    expect(all.messages()).toEqual([]);

    const fromWarning = throttled({ burst: 0, keep: "warning" });
    fromWarning.logger.warning("w");
    fromWarning.logger.info("i");
    expect(fromWarning.messages()).toEqual(["w"]);

    const chosen = throttled({ burst: 0, keep: ({ extra }) => extra["audit"] === true });
    chosen.logger.error("e");
    chosen.logger.info("i", { audit: true });
    expect(chosen.messages()).toEqual(["i"]);
  });

  test("a summary has the most severe level and the name of what was suppressed, and is not suppressed itself", async () => {
    const { logger, summaries } = throttled({ per: "name", burst: 0, keep: false });
    const log = logger.forModule("app/db");
    log.debug("d");
    log.error("e");
    log.info("i");
    await logger.complete();
    expect(summaries()).toHaveLength(1);
    expect(summaries()[0]).toMatchObject({ name: "app/db", level: { name: "ERROR" }, extra: { suppressed: 3 } });
  });

  test("without summary only counts", async () => {
    const { logger, id, got } = throttled({ burst: 1, summary: false });
    times(5, () => logger.info("m"));
    await logger.complete();
    await logger.remove(id);
    expect(got).toHaveLength(1);
  });

  test("counts in stats() and in the handler, apart from what was sent and dropped", async () => {
    const { logger, id } = throttled({ burst: 1 });
    times(5, () => logger.info("m"));
    expect(logger.handler(id).suppressed).toBe(4);
    expect(logger.stats().handlers).toEqual([{ id, sent: 1, dropped: 0, pending: 0, failed: 0, suppressed: 4 }]);
    expect(await logger.complete()).toEqual({ sent: 2, dropped: 0, pending: 0 });
  });

  test("summarises at complete() and at remove(), each record once, and the window goes on", async () => {
    const { time, logger, id, messages } = throttled({ burst: 1 });
    times(3, () => logger.info("m"));
    time.ms += 1_500;
    await logger.complete();
    await logger.complete();
    times(2, () => logger.info("m"));
    time.ms += 250;
    await logger.remove(id);
    expect(messages()).toEqual(["m", '"m" suppressed 2 times in 1.5 s', '"m" suppressed 2 times in 250 ms']);
  });

  test("summarises the windows of other keys when a record shows that they are over", () => {
    const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
    times(2, () => logger.info("a"));
    time.ms += 400;
    times(3, () => logger.info("b"));
    time.ms += 700;
    logger.info("c");
    expect(messages()).toEqual(["a", "b", '"a" suppressed 1 time in 1 s', "c"]);
    time.ms += 300;
    logger.info("c");
    expect(messages().slice(4)).toEqual(['"b" suppressed 2 times in 1 s']);
  });

  test("a record from the future ends no window of another key, and one from the past begins none", () => {
    const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
    const at = (text: string, ms: number): void =>
      logger.patch((record) => void (record.micros = ms * 1000)).info(text);
    times(2, () => logger.info("a"));
    at("b", T0 + 3_600_000);
    logger.info("a");
    at("a", T0 - 500);
    expect(messages()).toEqual(["a", "b"]);
    time.ms += 1_000;
    logger.info("a");
    expect(messages().slice(2)).toEqual(['"a" suppressed 3 times in 1 s', "a"]);
  });

  test("goes on where the clock was set back, and where a record has no time at all", () => {
    const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
    times(2, () => logger.info("a"));
    time.ms -= 3_600_000;
    logger.info("a");
    expect(messages()).toEqual(["a", '"a" suppressed 1 time in 0 ms', "a"]);
    const timeless = logger.patch((record) => void (record.micros = Number.NaN));
    times(3, () => timeless.info("b"));
    expect(messages().slice(3)).toEqual(["b"]);
  });

  test("is not evaded by sources whose clocks differ by more than a window", () => {
    const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
    const behind = logger.patch((record) => void (record.micros -= 120_000_000));
    times(20, () => {
      behind.info("a");
      logger.info("a");
    });
    expect(messages().filter((text) => text === "a")).toHaveLength(2);
    time.ms += 1_000;
    behind.info("a");
    expect(messages().filter((text) => text === "a")).toHaveLength(3);
  });

  test("remembers no more keys than it may, forgets the one that was longest not seen, and loses no count with it", async () => {
    const { logger, messages, summaries } = throttled({ burst: 1, maxKeys: 2 });
    times(3, () => logger.info("a"));
    logger.info("b");
    logger.info("a");
    logger.info("c");
    expect(messages()).toEqual(["a", "b", "c"]);
    logger.info("a");
    logger.info("b");
    expect(messages()).toEqual(["a", "b", "c", "b"]);
    logger.info("d");
    expect(messages()).toEqual(["a", "b", "c", "b", '"a" suppressed 4 times in 0 ms', "d"]);
    await logger.complete();
    expect(summaries().map(({ extra }) => extra["suppressed"])).toEqual([4]);
  });

  test("keeps of a long message its beginning alone", async () => {
    const { logger, summaries } = throttled({ burst: 0 });
    const long = "x".repeat(100_000);
    logger.info(`${long}1`);
    logger.info(`${long}1`);
    logger.info(`${long}2`);
    await logger.complete();
    expect(summaries().map(({ extra }) => extra["suppressed"])).toEqual([2, 1]);
    for (const { extra, message } of summaries()) {
      expect(String(extra["key"]).length).toBeLessThan(300);
      expect(message.length).toBeLessThan(300);
    }
  });

  test("a message with line ends forges no line in a summary", async () => {
    const { logger, messages } = throttled({ burst: 0 });
    logger.info("a\n2026-01-01 | ERROR | forged\u001b[31m");
    await logger.complete();
    expect(messages()[0]).toBe('"a\\n2026-01-01 | ERROR | forged\\u001b[31m" suppressed 1 time in 0 ms');
  });

  test("a summary stands before the record that shows that its window is over", () => {
    const { time, logger, got } = throttled({ burst: 1, window: 1_000 });
    times(2, () => logger.info("m"));
    time.ms += 1_000;
    logger.info("m");
    expect(got.map(({ origin }) => origin?.name)).toEqual([undefined, "throttle", undefined]);
  });

  test("what configure() says is in a summary too: values, patcher, redaction; what a call brings is not", async () => {
    const time = { ms: T0 };
    const logger = createLogger({
      clock: () => time.ms,
      extra: { app: "shop" },
      patcher: (record) => void (record.extra["host"] = "web-1"),
      redact: ["secret"],
    });
    const got: LogRecord[] = [];
    const texts: string[] = [];
    logger.add(
      (text, record) => {
        got.push(record);
        texts.push(text);
      },
      {
        filter: throttle({ per: ({ extra }) => `key ${extra["secret"]}`, burst: 0, window: 1_000 }),
        format: "{message}",
        redact: ["since"],
      },
    );
    logger.bind({ user: 1 }).info("m", { secret: "hunter2" });
    time.ms += 1_000;
    await logger.contextualize({ request: "r-2" }, async () => logger.info("m", { secret: "other" }));
    expect(texts).toEqual(['"key [REDACTED]" suppressed 1 time in 1 s\n']);
    expect(got[0]?.extra).toEqual({
      app: "shop",
      host: "web-1",
      suppressed: 1,
      key: "key [REDACTED]",
      since: "[REDACTED]",
    });
  });

  test("a summary is written outside of the asynchronous context of the call that brings it about", () => {
    const store = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const time = { ms: T0 };
    const logger = createLogger({ clock: () => time.ms });
    logger.add(() => void seen.push(store.getStore()), { filter: throttle({ burst: 1, window: 1_000 }) });
    times(2, () => logger.info("m"));
    time.ms += 1_000;
    store.run("a request", () => logger.info("m"));
    expect(seen).toEqual([undefined, undefined, "a request"]);
  });

  test("each handler counts for itself, also with the same filter", async () => {
    const time = { ms: T0 };
    const logger = createLogger({ clock: () => time.ms });
    const filter = throttle({ burst: 1 });
    const all: string[] = [];
    const few: string[] = [];
    logger.add((_text, { message }) => void all.push(message), { level: "DEBUG", filter });
    logger.add((_text, { message }) => void few.push(message), { level: "INFO", filter });
    times(2, () => logger.debug("m"));
    times(2, () => logger.info("m"));
    await logger.complete();
    expect(all).toEqual(["m", '"m" suppressed 3 times in 0 ms']);
    expect(few).toEqual(["m", '"m" suppressed 1 time in 0 ms']);
  });

  test("the summary of one logger passes the throttle of the next, and is counted there no second time", async () => {
    const second = throttled({ burst: 0 });
    const first = createLogger({ clock: () => T0 });
    first.add((_text, record) => second.logger.emit(record), { filter: throttle({ burst: 1 }) });
    times(5, () => first.info("m"));
    await first.complete();
    await second.logger.complete();
    expect(second.messages()).toEqual(['"m" suppressed 4 times in 0 ms', '"m" suppressed 1 time in 0 ms']);
    expect(second.logger.stats().handlers[0]?.suppressed).toBe(1);
  });

  test("changes with update(): a level leaves its counts alone, another filter has its own", async () => {
    const { logger, id, messages } = throttled({ burst: 1 });
    times(3, () => logger.info("m"));
    logger.handler(id).level = "INFO";
    expect(messages()).toEqual(["m", '"m" suppressed 2 times in 0 ms']);
    logger.info("m");
    expect(messages()).toHaveLength(2);
    logger.handler(id).update({ filter: throttle({ burst: 1 }) });
    times(2, () => logger.info("m"));
    expect(messages().slice(2)).toEqual(['"m" suppressed 1 time in 0 ms', "m"]);
    expect(logger.handler(id).suppressed).toBe(4);
    logger.handler(id).update({ filter: () => true });
    logger.info("m");
    expect(messages().slice(4)).toEqual(['"m" suppressed 1 time in 0 ms', "m"]);
    expect(logger.handler(id).suppressed).toBe(4);
  });

  test("what is suppressed is said before the level rises above it", () => {
    const { logger, id, messages } = throttled({ burst: 1 });
    times(2, () => logger.info("m"));
    logger.handler(id).level = "ERROR";
    expect(messages()).toEqual(["m", '"m" suppressed 1 time in 0 ms']);
  });

  test("complete() from inside of the sink neither waits nor loses a count", async () => {
    const logger = createLogger({ clock: () => T0 });
    const got: string[] = [];
    logger.add(
      (_text, { message }) => {
        got.push(message);
        if (message === "b") void logger.complete();
      },
      { filter: throttle({ burst: 1 }) },
    );
    times(3, () => logger.info("a"));
    logger.info("b");
    await logger.complete();
    expect(got).toEqual(["a", "b", '"a" suppressed 2 times in 0 ms']);
    expect(logger.stats().handlers[0]?.dropped).toBe(0);
  });

  test("a function for the key that gives an object is reported with its code, and the application goes on", () => {
    const errors: unknown[] = [];
    const logger = createLogger();
    const filter = throttle({ per: () => ({}) as unknown as string });
    logger.add(() => {}, { filter, onError: (_kind, _records, error) => void errors.push(error) });
    logger.info("m");
    expect(errors).toEqual([expect.objectContaining({ code: "LB1062", message: expect.stringContaining("per") })]);
  });

  test("a summary that the sink refuses is reported, with catch: false too, and the record at hand goes on", () => {
    const time = { ms: T0 };
    const logger = createLogger({ clock: () => time.ms });
    const got: string[] = [];
    const errors: unknown[] = [];
    const filter = throttle({ burst: 1, window: 1_000 });
    const sink = (_text: string, record: LogRecord): void => {
      if (record.origin) throw new Error("no summaries here");
      got.push(record.message);
    };
    logger.add(sink, { filter, catch: false, onError: (_kind, _records, error) => void errors.push(error) });
    times(2, () => logger.info("m"));
    time.ms += 1_000;
    logger.info("m");
    expect(got).toEqual(["m", "m"]);
    expect(errors).toEqual([expect.objectContaining({ message: "no summaries here" })]);
  });
});

describe("the timer of throttle()", () => {
  afterEach(() => void vi.useRealTimers());

  test("summarises when a window ends and no record comes, and is set only while there is something to say", () => {
    vi.useFakeTimers();
    const logger = createLogger({ clock: () => Date.now() });
    const got: string[] = [];
    logger.add((_text, { message }) => void got.push(message), { filter: throttle({ burst: 1, window: 1_000 }) });
    logger.info("a");
    expect(vi.getTimerCount()).toBe(0);
    logger.info("a");
    vi.advanceTimersByTime(500);
    times(3, () => logger.info("b"));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(502);
    expect(got).toEqual(["a", "b", '"a" suppressed 1 time in 1 s']);
    vi.advanceTimersByTime(500);
    expect(got.slice(3)).toEqual(['"b" suppressed 2 times in 1 s']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("waits for the logger's own clock, and ends with the handler", async () => {
    vi.useFakeTimers();
    const { time, logger, id, messages } = throttled({ burst: 1, window: 1_000 });
    times(2, () => logger.info("a"));
    vi.advanceTimersByTime(10_000);
    expect(messages()).toEqual(["a"]);
    time.ms += 1_000;
    vi.advanceTimersByTime(1_001);
    expect(messages()).toEqual(["a", '"a" suppressed 1 time in 1 s']);
    times(2, () => logger.info("b"));
    await logger.remove(id);
    expect(vi.getTimerCount()).toBe(0);
    expect(messages().slice(2)).toEqual(["b", '"b" suppressed 1 time in 0 ms']);
  });

  test("does not wait for a clock that was set back", () => {
    vi.useFakeTimers();
    const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
    times(3, () => logger.info("a"));
    time.ms -= 3_600_000;
    vi.advanceTimersByTime(1_001);
    expect(messages()).toEqual(["a", expect.stringContaining('"a" suppressed 2 times')]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is not needed: where a runtime refuses timers the next record ends the window", () => {
    vi.stubGlobal("setTimeout", () => {
      throw new Error("Disallowed operation called within global scope");
    });
    try {
      const { time, logger, messages } = throttled({ burst: 1, window: 1_000 });
      times(3, () => logger.info("a"));
      time.ms += 1_000;
      logger.info("b");
      expect(messages()).toEqual(["a", '"a" suppressed 2 times in 1 s', "b"]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("kept and suppressed", () => {
  const call = fc.record({
    key: fc.integer({ min: 0, max: 12 }),
    // Mostly forward, at times back, at times by far.
    step: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: -300, max: 0 }), fc.constant(-5_000)),
    level: fc.constantFrom("DEBUG", "INFO", "ERROR"),
    flush: fc.boolean(),
  });

  test("add up to what was given, and the summaries to what was suppressed, in whatever order times come", async () => {
    const settings = fc.record({
      burst: fc.integer({ min: 0, max: 3 }),
      window: fc.constantFrom(1, 100, 1_000),
      maxKeys: fc.integer({ min: 1, max: 15 }),
      keep: fc.constantFrom("ERROR", false as const),
    });
    await fc.assert(
      fc.asyncProperty(settings, fc.array(call, { maxLength: 150 }), async (options, calls) => {
        const { time, logger, got, summaries } = throttled(options);
        const given = new Map<string, number>();
        for (const { key, step, level, flush } of calls) {
          time.ms += step;
          const text = `k${key}`;
          given.set(text, (given.get(text) ?? 0) + 1);
          logger.log(level, text);
          if (flush && key === 0) await logger.complete();
        }
        const suppressed = logger.stats().handlers[0]?.suppressed ?? 0;
        await logger.remove();
        const count = new Map<string, number>();
        for (const { origin, message, extra } of got) {
          const key = origin ? String(extra["key"]) : message;
          count.set(key, (count.get(key) ?? 0) + (origin ? Number(extra["suppressed"]) : 1));
        }
        expect(count).toEqual(given);
        expect(summaries().reduce((sum, { extra }) => sum + Number(extra["suppressed"]), 0)).toBe(suppressed);
        expect(got.length - summaries().length + suppressed).toBe(calls.length);
      }),
    );
  });

  test("of one key no more pass in a window than the burst", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 100 }),
        (burst, steps) => {
          const { time, logger, got } = throttled({ burst, window: 1_000, summary: false });
          for (const step of steps) {
            time.ms += step;
            logger.info("m");
          }
          const passed = got.map(({ micros }) => micros / 1000);
          // A window begins with its first record: any stretch of its length touches two at most.
          for (const from of passed)
            expect(passed.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(2 * burst);
        },
      ),
    );
  });
});

describe("a wrong option of throttle()", () => {
  test.each([
    [{ burst: -1 }, "LB1061", "option burst must be an integer from 0 up, got -1"],
    [{ burst: 1.5 }, "LB1061", "got 1.5"],
    [{ burst: "5" }, "LB1061", 'got "5"'],
    [{ window: 0 }, "LB1061", "option window must be milliseconds from 1 to 2147483647, got 0"],
    [{ window: "1 minute" }, "LB1061", 'got "1 minute"'],
    [{ window: Number.NaN }, "LB1061", "got NaN"],
    [{ maxKeys: 0 }, "LB1061", "option maxKeys must be an integer from 1 up, got 0"],
    [{ summary: "yes" }, "LB1061", "option summary must be true or false"],
    [{ per: "mesage" }, "LB1061", 'option per must be "message", "level", "name", "site", a function'],
    [{ per: "toString" }, "LB1061", 'got "toString"'],
    [{ per: ["level", 5] }, "LB1061", "option per[1] must be"],
    [{ per: [] }, "LB1061", "option per must be"],
    [{ per: null }, "LB1061", "got null"],
    [{ burst: null }, "LB1061", "got null"],
    [{ maxKeys: null }, "LB1061", "got null"],
    [{ keep: true }, "LB1061", "option keep must be a level's name or number, a function, or false, got true"],
    [{ rate: 1 }, "LB1002", 'unknown option "rate"; allowed are per, burst, window, keep, summary, maxKeys'],
    [null, "LB1061", "expected an object of options"],
    ["5/s", "LB1061", "expected an object of options"],
  ])("%j is refused at the call", (options, code, text) => {
    expect(() => throttle(options as ThrottleOptions)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) }),
    );
  });

  test("a level that the logger does not know is refused by add()", () => {
    const filter = throttle({ keep: "LOUD" });
    expect(() => createLogger().add(() => {}, { filter })).toThrow(
      expect.objectContaining({
        code: "LB1003",
        message: expect.stringContaining('throttle(): keep: there is no level "LOUD"'),
      }),
    );
    const logger = createLogger({ levels: [{ name: "LOUD", no: 45 }] });
    expect(() => logger.add(() => {}, { filter })).not.toThrow();
  });
});
