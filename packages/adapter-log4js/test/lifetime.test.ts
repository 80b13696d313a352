import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromLog4jsConfig, log4jsSink, log4jsSinks } from "@logbridge/adapter-log4js";
import { type AddOptions, createLogger, type Logger } from "@logbridge/core";
import log4js, { type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";

let dir: string;
let logger: Logger;
let other: Logger;
const MESSAGES = { type: "messagePassThrough" };
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
  logger = createLogger() as Logger;
  other = createLogger() as Logger;
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});

afterEach(async () => {
  await Promise.all([logger.remove(), other.remove()]);
  await turns();
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
  rmSync(dir, { recursive: true, force: true });
});

const path = (name: string): string => join(dir, name);
const linesOf = (name: string): string[] => readFileSync(path(name), "utf8").split("\n").slice(0, -1);
const turns = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** What the handler of a sink reports. */
function failures(): { readonly texts: string[]; readonly onError: NonNullable<AddOptions["onError"]> } {
  const texts: string[] = [];
  return { texts, onError: (_kind, _records, error) => void texts.push((error as Error).message) };
}

describe("a sink that is added again", () => {
  test.each(["file", "dateFile", "fileSync"])("%s: writes on where it was", async (type) => {
    const sink = log4jsSink({ type, filename: path("app.log"), layout: MESSAGES, flags: "w" });
    const id = logger.add(sink);
    logger.info("one");
    await logger.remove(id);
    logger.add(sink);
    logger.info("two");
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(linesOf("app.log")).toEqual(["one", "two"]);
  });

  test("before its removal has ended: nothing of either time is lost", async () => {
    const sink = log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES });
    const expected: string[] = [];
    for (let time = 0; time < 5; time++) {
      const id = logger.add(sink);
      expected.push(`record ${time}`);
      logger.info(`record ${time}`);
      void logger.remove(id);
      if (time % 2 === 0) await turns();
    }
    logger.add(sink);
    logger.info("last");
    await logger.complete();
    expect(linesOf("app.log")).toEqual([...expected, "last"]);
  });

  test("a function gets what comes", async () => {
    const seen: unknown[] = [];
    const sink = log4jsSink((event) => void seen.push(event.data[0]));
    await logger.remove(logger.add(sink));
    logger.add(sink);
    logger.info("two");
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(seen).toEqual(["two"]);
  });

  test("a function that was shut down is refused, since nothing makes it again", async () => {
    const shutdown = vi.fn((done: () => void) => done());
    const sink = log4jsSink(Object.assign(() => {}, { shutdown }));
    await logger.remove(logger.add(sink));
    expect(() => logger.add(sink)).toThrow(/shut down when its sink was removed.*LB1531/);
    expect(shutdown).toHaveBeenCalledTimes(1);
  });

  test("the handlers of a configuration, put in force a second time", async () => {
    const { notTaken, ...configuration } = fromLog4jsConfig({
      appenders: { app: { type: "file", filename: path("app.log"), layout: MESSAGES } },
      categories: { default: { appenders: ["app"], level: "info" } },
    });
    logger.configure(configuration);
    logger.info("one");
    await logger.remove();
    logger.configure(configuration);
    logger.info("two");
    expect(await logger.complete()).toMatchObject({ dropped: 0, pending: 0 });
    expect([notTaken, linesOf("app.log")]).toEqual([[], ["one", "two"]]);
  });

  test("the appenders of a running log4js", async () => {
    const seen: unknown[] = [];
    const type = { configure: () => (event: LoggingEvent) => void seen.push(event.data[0]) };
    log4js.configure({
      appenders: { out: { type: type as never } },
      categories: { default: { appenders: ["out"], level: "info" } },
    });
    const [sink] = log4jsSinks(log4js);
    const add = (): number => logger.add(sink as NonNullable<typeof sink>);
    await logger.remove(add());
    add();
    logger.info("two");
    expect(seen).toEqual(["two"]);
  });
});

test("a sink in two loggers ends with the last of them", async () => {
  const sink = log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES });
  const id = logger.add(sink);
  other.add(sink);
  logger.info("one");
  await logger.remove(id);
  other.info("two");
  expect(await other.complete()).toMatchObject({ dropped: 0, pending: 0 });
  expect(linesOf("app.log")).toEqual(["one", "two"]);
});

test("a function in two sinks is shut down with the last of them", async () => {
  const seen: unknown[] = [];
  const shutdown = vi.fn((done: () => void) => done());
  const appender = Object.assign((event: LoggingEvent) => void seen.push(event.data[0]), { shutdown });
  const id = logger.add(log4jsSink(appender as never));
  other.add(log4jsSink(appender as never));
  await logger.remove(id);
  expect(shutdown).not.toHaveBeenCalled();
  other.info("two");
  await other.remove();
  expect(shutdown).toHaveBeenCalledTimes(1);
  expect(seen).toEqual(["two"]);
});

test("a promised appender in two loggers ends with the last of them", async () => {
  const sink = log4jsSink(Promise.resolve({ type: "file", filename: path("app.log"), layout: MESSAGES }));
  const id = logger.add(sink);
  other.add(sink);
  logger.info("one");
  await logger.remove(id);
  other.info("two");
  await other.complete();
  expect(linesOf("app.log")).toEqual(["one", "two"]);
});

describe("an appender that returns a promise", () => {
  test("its rejection is a loss, reported, and ends no process", async () => {
    const { texts, onError } = failures();
    const sink = log4jsSink(async (event) => {
      if (event.data[0] === "b") throw new Error("no disk");
    });
    logger.add(sink, { onError });
    for (const text of ["a", "b", "c"]) logger.info(text);
    expect(await logger.complete()).toEqual({ sent: 2, dropped: 1, pending: 0 });
    expect(texts).toEqual(["no disk"]);
  });

  test("also behind a filter, and while it is being ended", async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error("no disk"));
    const appenders = { out: Object.assign(refuse, { shutdown: (done: () => void) => done() }) };
    logger.add(log4jsSink({ type: "logLevelFilter", level: "warn", appender: "out" }, { appenders }), {
      onError: () => {},
    });
    logger.error("a");
    const completed = logger.complete();
    logger.error("b");
    await completed;
    expect(await logger.complete()).toMatchObject({ dropped: 2, pending: 0 });
  });

  test("what it waits for is pending, and complete() waits for it", async () => {
    let deliver = (): void => {};
    const delivered = new Promise<void>((resolve) => {
      deliver = resolve;
    });
    logger.add(log4jsSink(() => delivered));
    logger.info("a");
    expect(await logger.complete({ timeout: 20 })).toEqual({ sent: 0, dropped: 0, pending: 1 });
    deliver();
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
  });

  test("an async shutdown that rejects is reported once; one without a callback ends the appender", async () => {
    const { texts, onError } = failures();
    const fails = Object.assign(() => {}, { shutdown: () => Promise.reject(new Error("no end")) });
    const ends = Object.assign(() => {}, { shutdown: () => Promise.resolve() });
    const ids = [fails, ends].map((one) => logger.add(log4jsSink(one as never), { onError }));
    logger.info("a");
    for (const id of ids) await logger.remove(id);
    expect(texts).toEqual(["no end"]);
  });
});

test("an appender function knows the type of its event, and may name that of its own version", () => {
  log4jsSink((event) => {
    expectTypeOf(event).toEqualTypeOf<LoggingEvent>();
    expectTypeOf(event.categoryName).toEqualTypeOf<string>();
  });
  log4jsSink((event: { readonly data: readonly unknown[] }) => event.data);
  log4jsSink((event: LoggingEvent & { readonly later: number }) => event.later);
});
