import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import {
  createLogger,
  type InterceptOptions,
  type Logger,
  type LogRecord,
  openPort,
  patchMethod,
} from "@logbridge/core";
import log4js, { type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anotherCopy } from "./support/copy.ts";
import { keepingAppender } from "./support/events.ts";

let logger: Logger;
let records: LogRecord[];
let events: LoggingEvent[];
const undo: (() => void)[] = [];

beforeEach(() => {
  logger = createLogger() as Logger;
  records = [];
  events = [];
  listen(logger, records);
});
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) one();
  await logger.remove();
});

function listen(to: Logger, into: LogRecord[], level: string | number = 0): number {
  return to.add(
    { needs: { text: false, caller: true }, write: (_text: string, record: LogRecord) => void into.push(record) },
    { level },
  );
}

function configure(kept: LoggingEvent[] = events, level = "info"): void {
  log4js.configure({
    appenders: { out: { type: keepingAppender(kept, undefined) as never } },
    categories: { default: { appenders: ["out"], level }, silent: { appenders: ["out"], level: "off" } },
  });
}

function intercept(options: InterceptOptions = {}, target: typeof log4js = log4js): { restore(): void } {
  const made = interceptLog4js(target, { logger, ...options });
  undo.push(() => made.restore());
  return made;
}

const prototype = (): Record<string, unknown> => Object.getPrototypeOf(log4js.getLogger()) as Record<string, unknown>;
const messages = (): string[] => records.map((record) => record.message);
/** The line of the call of this function. */
const here = (): number => Number(/:(\d+):\d+\)?$/.exec((new Error().stack as string).split("\n")[2] as string)?.[1]);

describe("what a record says", () => {
  test("printf arguments are filled in, and kept", () => {
    configure();
    intercept();
    log4js.getLogger("a").info("carts older than %d days, 100%% of %s", 30, "them", 7);
    expect(records[0]).toMatchObject({
      message: "carts older than 30 days, 100% of them 7",
      template: "carts older than %d days, 100%% of %s",
      args: [30, "them", 7],
      name: "a",
      level: { name: "INFO", no: 20 },
      origin: { name: "log4js", level: { name: "INFO", no: 20_000 } },
    });
  });

  test("objects are printed as log4js prints them, and are fields unless a directive took them", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a");
    log.warn("slower", { removed: 12 }, [1], { kept: ["vip"] });
    log.info({ event: "migrating", name: "001" });
    log.info("as %j", { taken: true });
    expect(messages()).toEqual([
      "slower { removed: 12 } [ 1 ] { kept: [ 'vip' ] }",
      "{ event: 'migrating', name: '001' }",
      'as {"taken":true}',
    ]);
    expect(records.map((record) => record.extra)).toEqual([
      { removed: 12, kept: ["vip"] },
      { event: "migrating", name: "001" },
      {},
    ]);
  });

  test("an error is the exception; behind a text its stack is not in the message, in a directive it is", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a");
    const error = new TypeError("broken");
    log.error("could not save", error);
    log.error(error);
    log.error(error, "could not save");
    log.error("could not save: %s", error);
    log.error("50%% saved", error);
    expect(records.every((record) => record.exception?.value === error)).toBe(true);
    expect(messages().map((text) => text.split("\n")[0])).toEqual([
      "could not save",
      "broken",
      "could not save",
      "could not save: TypeError: broken",
      "50% saved",
    ]);
  });

  test("an error under err or error of an object is the exception, where there is no other", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a");
    const [error, other] = [new TypeError("broken"), new Error("other")];
    log.error("could not save", { err: error, id: 7 });
    log.error("could not save", { error });
    log.error({ err: error });
    log.error({ error, err: "none" });
    log.error("50%% saved", { id: 8 }, { err: error });
    expect(records.map(({ exception }) => exception?.value === error)).toEqual(Array(5).fill(true));
    expect(records.map(({ message, extra }) => [message, extra])).toEqual([
      ["could not save { id: 7 }", { id: 7 }],
      ["could not save", {}],
      ["broken", {}],
      ["{ err: 'none' }", { err: "none" }],
      ["50% saved { id: 8 }", { id: 8 }],
    ]);
    records.length = 0;
    log.error("both", { err: error }, other);
    log.error("as %j", { err: error });
    log.error("no error", { err: "text", error: null });
    expect(records.map(({ exception }) => exception?.value)).toEqual([other, error, undefined]);
    expect(messages()[1]).toMatch(/^as \{"err":/);
  });

  test("calls without a text", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a") as unknown as Record<string, (...values: unknown[]) => void>;
    log["info"]?.();
    log["info"]?.(undefined);
    log["info"]?.(42, null);
    log["log"]?.("no level at all", 1);
    log["log"]?.("nolevel", 2);
    const warning = "log4js:logger.log: valid log-level not found as first parameter given: nolevel";
    expect(messages()).toEqual(["", "undefined", "42 null", "no level at all 1", warning, "[nolevel] 2"]);
    expect(events).toHaveLength(records.length);
  });

  test("S-INT-9: context belongs to the logger object that it was added to", () => {
    configure();
    intercept();
    const a = log4js.getLogger("db");
    const b = log4js.getLogger("db");
    a.addContext("id", 1);
    a.info("a");
    b.info("b");
    a.info("a again", { id: 2 });
    a.clearContext();
    a.info("cleared");
    expect(records.map((record) => record.extra)).toEqual([{ id: 1 }, {}, { id: 2 }, {}]);
  });

  test("MARK keeps its name and passes as INFO; a custom level keeps name and number, and is ours where we have it", () => {
    configure();
    logger.level("NOTICE", { no: 23 });
    log4js.configure({
      levels: { NOTICE: { value: 25_000, colour: "cyan" }, AUDIT: { value: 27_000, colour: "cyan" } },
      appenders: { out: { type: keepingAppender(events, undefined) as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    intercept();
    const log = log4js.getLogger("a");
    for (const level of ["mark", "notice", "audit", "warn", "fatal"]) log.log(level, level);
    expect(records.map((record) => [record.level.name, record.level.no])).toEqual([
      ["MARK", 20],
      ["NOTICE", 23],
      ["AUDIT", 27],
      ["WARNING", 30],
      ["CRITICAL", 50],
    ]);
  });

  test("option name takes the place of the category", () => {
    configure();
    intercept({ name: (theirs) => `log4js:${(theirs as { category: string }).category}` });
    log4js.getLogger("a").info("x");
    expect(records[0]?.name).toBe("log4js:a");
  });
});

describe("the caller", () => {
  test("is the line of the call, through every way of calling", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a");
    const bound = log.info.bind(log);
    const expected: number[] = [];
    // Each pair is on one line.
    expected.push([here(), log.info("method")][0] as number);
    expected.push([here(), log.log("warn", "log()")][0] as number);
    expected.push([here(), bound("detached")][0] as number);
    expected.push([here(), log.log("text", 1)][0] as number);
    expect(records.map((record) => record.line)).toEqual([...expected, expected[3]]);
    expect(records.every((record) => record.file?.path === fileURLToPath(import.meta.url))).toBe(true);
  });

  test("callStackLinesToSkip leaves out that many wrappers", () => {
    configure();
    intercept();
    const log = log4js.getLogger("a");
    log.callStackLinesToSkip = 1;
    const wrapper = (text: string): void => log.info(text);
    const line = here() + 1;
    wrapper("wrapped");
    expect(records[0]?.line).toBe(line);
  });

  test("it is not captured where nobody needs it", async () => {
    await logger.remove();
    logger.add({ needs: { text: false }, write: (_text: string, record: LogRecord) => void records.push(record) });
    configure();
    intercept();
    log4js.getLogger("a").info("x");
    expect(records[0]?.line).toBeNull();
  });
});

describe("configuration", () => {
  test("S-INT-7: each record once after configure(), again and again, as long as log4js itself would write it", () => {
    intercept();
    const later: LoggingEvent[] = [];
    configure();
    const before = log4js.getLogger("before");
    before.info("1");
    configure(later);
    configure(later);
    const after = log4js.getLogger("after");
    before.info("2");
    after.info("3");
    log4js.shutdown();
    before.info("nobody hears this");
    configure(later);
    before.info("4");
    after.info("5");
    expect(messages()).toEqual(["1", "2", "3", "4", "5"]);
    expect(events.length + later.length).toBe(5);
  });

  test("log4js that is not configured stays so, and yields nothing, as it prints nothing", () => {
    const { log4js: fresh, dispose } = anotherCopy();
    for (const mode of ["tee", "replace"] as const) {
      intercept({ mode }, fresh);
      expect(fresh.isConfigured()).toBe(false);
    }
    fresh.getLogger("a").error("x");
    expect(records).toEqual([]);
    dispose();
  });

  test("what passes the level in replace mode is what our handlers want, up to categories that are off", async () => {
    await logger.remove();
    const id = listen(logger, records, "DEBUG");
    configure(events, "warn");
    const log = log4js.getLogger("a");
    const interception = intercept({ mode: "replace" });
    expect([log.isTraceEnabled(), log.isDebugEnabled(), log.isLevelEnabled("debug")]).toEqual([false, true, true]);
    log.trace("trace");
    log.debug("debug");
    log4js.getLogger("silent").error("silent");
    logger.handler(id).level = "ERROR";
    log.warn("warn");
    log.mark("mark");
    log.error("error");
    expect(messages()).toEqual(["debug", "error"]);
    expect(events).toEqual([]);
    interception.restore();
    expect([log.isDebugEnabled(), log.isWarnEnabled(), String(log.level)]).toEqual([false, true, "WARN"]);
    log.warn("theirs again");
    expect(events.map((event) => event.data[0])).toEqual(["theirs again"]);
  });

  test("a level of its own is kept: below it nothing comes in, and log4js writes on", () => {
    configure();
    intercept({ level: "ERROR" });
    log4js.getLogger("a").info("theirs alone");
    log4js.getLogger("a").error("both");
    expect(messages()).toEqual(["both"]);
    expect(events).toHaveLength(2);
  });

  test("anything but the module or a logger of it is an error: LB1537", () => {
    for (const value of [null, undefined, 42, {}, console])
      expect(() => interceptLog4js(value as never)).toThrow(/LB1537/);
  });
});

describe("one logger", () => {
  test("is taken in with all of its category, made before or after, and no other", () => {
    configure();
    const before = log4js.getLogger("shop");
    undo.push(interceptLog4js(before, { logger }).restore);
    before.info("before");
    log4js.getLogger("shop").info("after");
    log4js.getLogger("shop.orders").info("below");
    log4js.getLogger("else").info("else");
    expect(records.map(({ name, message }) => [name, message])).toEqual([
      ["shop", "before"],
      ["shop", "after"],
    ]);
    expect(events).toHaveLength(4);
  });

  test("in replace mode it alone is silenced, and follows our level", () => {
    log4js.configure({
      appenders: { out: { type: keepingAppender(events, undefined) as never } },
      categories: { default: { appenders: ["out"], level: "error" } },
    });
    const shop = log4js.getLogger("shop");
    undo.push(interceptLog4js(shop, { logger, mode: "replace" }).restore);
    shop.debug("ours");
    log4js.getLogger("else").debug("nobody's");
    log4js.getLogger("else").error("theirs");
    expect([shop.isDebugEnabled(), log4js.getLogger("else").isDebugEnabled()]).toEqual([true, false]);
    expect(messages()).toEqual(["ours"]);
    expect(events.map(({ data }) => data[0])).toEqual(["theirs"]);
  });
});

describe("interceptions that overlap", () => {
  test("for the same logger of ours are reported, once each, and allowed; others are not", () => {
    const program = fileURLToPath(new URL("programs/overlaps.ts", import.meta.url));
    const args = ["--conditions=@logbridge/source", "--import", "tsx", program];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect({ status, said: stdout.split("\n") }).toEqual({
      status: 0,
      said: ["other loggers, or restored", "a category of all", "x", "x", "the same handlers", ""],
    });
    expect(stderr.match(/logbridge LB\d+: [^;]*/g)).toEqual([
      "logbridge LB1593: interceptLog4js(): category 'shop' is intercepted already for this logger, so each of its lines comes in twice",
      "logbridge LB1593: interceptLog4js(): every category is intercepted already for this logger, so each of its lines comes in twice",
    ]);
  });
});

describe("beside others", () => {
  test("restore() leaves the prototype as it was, called twice, in any order", () => {
    const describeAll = (): unknown[] =>
      ["_log", "isLevelEnabled"].map((key) => Object.getOwnPropertyDescriptor(prototype(), key));
    configure();
    const before = describeAll();
    const [first, second, third] = [intercept(), intercept({ mode: "replace" }), intercept({ level: "follow" })];
    expect(describeAll()).not.toEqual(before);
    second.restore();
    log4js.getLogger("a").info("x");
    expect(messages()).toEqual(["x", "x"]);
    expect(events).toHaveLength(1);
    for (const one of [first, first, third, second]) one.restore();
    const after = describeAll() as PropertyDescriptor[];
    for (const [index, { value }] of after.entries()) expect(value).toBe((before[index] as PropertyDescriptor).value);
    expect(after).toEqual(before);
  });

  test("a wrapper on top of ours goes on working after restore(), and ours takes nothing", () => {
    configure();
    const interception = intercept();
    const seen: unknown[] = [];
    const inner = prototype()["_log"] as (...values: unknown[]) => unknown;
    const theirs = function (this: unknown, ...values: unknown[]): unknown {
      seen.push((values[1] as unknown[])[0]);
      return inner.apply(this, values);
    };
    const original = Object.getOwnPropertyDescriptor(prototype(), "_log") as PropertyDescriptor;
    Object.defineProperty(prototype(), "_log", { ...original, value: theirs });
    log4js.getLogger("a").info("both");
    interception.restore();
    log4js.getLogger("a").info("theirs");
    expect(prototype()["_log"]).toBe(theirs);
    expect(seen).toEqual(["both", "theirs"]);
    expect(messages()).toEqual(["both"]);
    expect(events.map((event) => event.data[0])).toEqual(["both", "theirs"]);
    Object.defineProperty(prototype(), "_log", original);
    intercept().restore();
  });

  test("what the console appender prints is no second record of an intercepted console", () => {
    const printed: unknown[] = [];
    const target = { log: (text: unknown) => void printed.push(text) };
    const port = openPort({ name: "console", packages: [], mode: "tee", output: true }, { logger }, logger);
    const leave = patchMethod(
      target,
      "log",
      {},
      (site) =>
        function hook(this: unknown, ...values: never[]) {
          port.deliver(
            { target, level: { name: "INFO", no: 20 }, message: String(values[0]), origin: { name: "console" } },
            hook,
          );
          return site.original.apply(this, values);
        },
    );
    undo.push(leave, () => port.close());
    log4js.configure({
      appenders: { out: { type: { configure: () => (event: LoggingEvent) => target.log(event.data[0]) } as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    intercept();
    log4js.getLogger("a").info("once");
    target.log("by itself");
    expect(messages()).toEqual(["once", "by itself"]);
    expect(printed).toEqual(["once", "by itself"]);
  });

  test("an appender that logs makes records of its own", () => {
    const nested = {
      configure: () => (event: LoggingEvent) =>
        void (event.categoryName === "a" && log4js.getLogger("b").warn("from the appender")),
    };
    log4js.configure({
      appenders: { out: { type: nested as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    intercept();
    log4js.getLogger("a").info("x");
    expect(messages()).toEqual(["x", "from the appender"]);
  });

  test("in tee mode the appenders get the very arguments, and formats of theirs run as often as without us", () => {
    let formatted = 0;
    const counted = { [Symbol.for("nodejs.util.inspect.custom")]: () => `counted ${++formatted}` };
    configure();
    intercept();
    const error = new Error("x");
    log4js.getLogger("a").info("text", counted, error);
    expect(events[0]?.data).toEqual(["text", counted, error]);
    expect(events[0]?.data[1]).toBe(counted);
    expect(formatted).toBe(1);
  });

  test("a value that cannot be printed costs no record of log4js, and no call", () => {
    const failing = {
      [Symbol.for("nodejs.util.inspect.custom")]() {
        throw new Error("cannot be shown");
      },
    };
    configure();
    intercept();
    expect(() => log4js.getLogger("a").info("text", failing)).not.toThrow();
    expect(events).toHaveLength(1);
    expect(messages()[0]).toMatch(/^text /);
  });
});

describe("rings", () => {
  for (const mode of ["tee", "replace"] as const)
    test(`core → log4js → intercepted → core, ${mode}: each record once at a plain sink`, async () => {
      configure(events, "all");
      intercept({ mode });
      logger.add(propagateToLog4js(log4js), { level: 0 });
      logger.forModule("ours").warning("from here");
      log4js.getLogger("theirs").warn("from there");
      await logger.complete();
      expect(messages()).toEqual(["from here", "from there"]);
      expect(events.map((event) => event.data[0])).toEqual(["from here", "from there"]);
    });

  for (const later of [false, true])
    test(`an appender sink that logs to an intercepted log4js${later ? ", in a later turn" : ""}: once`, async () => {
      configure(events, "all");
      intercept();
      const back = (event: LoggingEvent): void => log4js.getLogger("back").info(event.data[0]);
      const echoing = {
        configure: () => (event: LoggingEvent) => void (later ? setImmediate(back, event) : back(event)),
      };
      logger.add(log4jsSink({ type: echoing }));
      logger.info("from here");
      await new Promise((done) => setTimeout(done, 60));
      expect(messages()).toEqual(["from here"]);
    });

  test("in tee mode a hosted appender of the same category is not written twice", () => {
    const appender = (event: LoggingEvent): void => void events.push(event);
    log4js.configure({
      appenders: { out: { type: { configure: () => appender } as never } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    intercept();
    logger.add(log4jsSink(appender));
    log4js.getLogger("a").info("theirs");
    logger.info("ours");
    expect(events.map((event) => event.data[0])).toEqual(["theirs", "ours"]);
  });
});
