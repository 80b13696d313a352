import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { log4jsSink, log4jsSinks } from "@logbridge/adapter-log4js";
import { createLogger, type Logger } from "@logbridge/core";
import log4js, { type Appender, type AppenderModule, type FileAppender, type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepingAppender } from "./support/events.ts";

let dir: string;
let logger: Logger;
const MESSAGES = { type: "messagePassThrough" };

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
  logger = createLogger() as Logger;
});

afterEach(async () => {
  await logger.remove();
  rmSync(dir, { recursive: true, force: true });
});

const path = (name: string): string => join(dir, name);
const linesOf = (name: string): string[] => readFileSync(path(name), "utf8").split("\n").slice(0, -1);
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `record ${from + index}`);

function keeping(): { readonly events: LoggingEvent[]; readonly type: { configure(): (event: LoggingEvent) => void } } {
  const events: LoggingEvent[] = [];
  return { events, type: keepingAppender(events, undefined) };
}

describe("a real appender from its configuration", () => {
  test("file: complete() resolves when all is in the file, and the appender goes on afterwards", async () => {
    logger.add(log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES }));
    for (const text of numbered(0, 10_000)) logger.info(text);
    expect(await logger.complete()).toEqual({ sent: 10_000, dropped: 0, pending: 0 });
    expect(linesOf("app.log")).toEqual(numbered(0, 10_000));
    for (const text of numbered(10_000, 10_100)) logger.info(text);
    await logger.complete();
    expect(linesOf("app.log")).toEqual(numbered(0, 10_100));
  });

  test("file: what is logged while it is ended keeps its place", async () => {
    logger.add(log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES }));
    for (const text of numbered(0, 2000)) logger.info(text);
    const completed = logger.complete();
    for (const text of numbered(2000, 4000)) logger.info(text);
    await completed;
    expect(linesOf("app.log").slice(0, 2000)).toEqual(numbered(0, 2000));
    for (const text of numbered(4000, 4100)) logger.info(text);
    await Promise.all([logger.complete(), logger.complete()]);
    expect(linesOf("app.log")).toEqual(numbered(0, 4100));
  });

  test("file with flags w: emptied at the start, not by complete()", async () => {
    writeFileSync(path("app.log"), "from yesterday\n");
    logger.add(log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES, flags: "w" }));
    logger.info("one");
    await logger.complete();
    logger.info("two");
    await logger.complete();
    expect(linesOf("app.log")).toEqual(["one", "two"]);
  });

  test("file that rolls: every record is in one of its files", async () => {
    logger.add(
      log4jsSink({ type: "file", filename: path("app.log"), layout: MESSAGES, maxLogSize: "20K", backups: 50 }),
    );
    for (const text of numbered(0, 10_000)) logger.info(text);
    await logger.remove();
    const names = readdirSync(dir);
    expect(names.length).toBeGreaterThan(5);
    expect(names.flatMap(linesOf).sort()).toEqual(numbered(0, 10_000).sort());
  });

  test.each(["fileSync", "dateFile"])("%s works", async (type) => {
    logger.add(log4jsSink({ type, filename: path("app.log"), layout: { type: "pattern", pattern: "%p %c %m" } }));
    logger.forModule("shop.orders").success("shipped");
    await logger.complete();
    expect(linesOf("app.log")).toEqual(["SUCCESS shop.orders shipped"]);
  });

  test("multiFile finds its file by a field of the record", async () => {
    logger.add(
      log4jsSink({ type: "multiFile", base: `${dir}/`, property: "tenant", extension: ".log", layout: MESSAGES }),
    );
    logger.bind({ tenant: "acme" }).info("one");
    logger.bind({ tenant: "zeta" }).info("two");
    logger.info("without a tenant");
    await logger.complete();
    expect(linesOf("acme.log")[0]).toMatch(/^one /);
    expect(linesOf("zeta.log")[0]).toMatch(/^two /);
  });

  test("the caller is there for %f, %l and %M", async () => {
    logger.add(
      log4jsSink({ type: "fileSync", filename: path("app.log"), layout: { type: "pattern", pattern: "%f{1}:%l %M" } }),
    );
    const line = Number(/:(\d+):\d+\)?$/m.exec((new Error().stack as string).split("\n")[1] as string)?.[1]);
    (function savesOrder() {
      logger.info("here");
    })();
    expect(linesOf("app.log")).toEqual([`sink.test.ts:${line + 2} savesOrder`]);
  });

  test("the configuration that was given is not changed, nested parts neither", async () => {
    const config = { type: "file", filename: path("app.log"), layout: Object.freeze({ type: "basic" }) };
    const before = structuredClone(config);
    logger.add(log4jsSink(Object.freeze(config)));
    logger.info("x");
    await logger.complete();
    expect(config).toEqual(before);
  });
});

describe("over the network", () => {
  let server: Server;
  let received = "";

  beforeEach(async () => {
    received = "";
    server = createServer((socket) => socket.on("data", (chunk) => (received += chunk)));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  test("S-SLJ-1: an error arrives with message, stack and code, its causes in the stack", async () => {
    const { port } = server.address() as { port: number };
    logger.add(log4jsSink({ type: "tcp", host: "127.0.0.1", port }));
    const cause = Object.assign(new Error("no space"), { code: "ENOSPC" });
    logger.error("save failed", { big: 10n, id: 7 }, Object.assign(new Error("boom", { cause }), { code: "E1" }));
    await logger.complete();
    await vi.waitFor(() => expect(received).toContain("__LOG4JS__"));
    const [payload = ""] = received.split("__LOG4JS__");
    const { default: LoggingEventClass } = (await import("log4js/lib/LoggingEvent.js" as string)) as {
      default: { deserialise(text: string): LoggingEvent };
    };
    const event = LoggingEventClass.deserialise(payload);
    const [text, fields, error] = event.data as [string, Record<string, unknown>, Error & { code: string }];
    expect(text).toBe("save failed");
    expect(fields["id"]).toBe(7);
    expect(String(fields["big"])).toContain("10");
    expect(error.code).toBe("E1");
    expect(error.stack).toMatch(/^Error: boom\n +at /);
    expect(error.stack).toMatch(/Caused by: Error: no space \(ENOSPC\)\n +at /);
    expect(event.level).toBe(log4js.levels.ERROR);
    expect(event.pid).toBe(process.pid);
  });
});

describe("the event", () => {
  test("it has the registry's own levels, a Date, the pid and a context", () => {
    const { events, type } = keeping();
    logger.add(log4jsSink({ type }), { level: "TRACE" });
    logger.warning("x");
    logger.critical("y");
    expect(events.map((event) => event.level)).toEqual([log4js.levels.WARN, log4js.levels.FATAL]);
    expect(events[0]?.level).toBe(log4js.levels.WARN);
    expect(events[0]?.startTime).toBeInstanceOf(Date);
    expect(events[0]).toMatchObject({ pid: process.pid, context: {}, data: ["x"] });
    expect(JSON.parse(events[0]?.serialise() ?? "")).toBeInstanceOf(Array);
  });

  test("S-TIM-2: startTime is the record's time, however late the event is handed over", async () => {
    const { events, type } = keeping();
    let arrive: (config: { type: typeof type }) => void = () => {};
    logger.add(log4jsSink(new Promise<{ type: typeof type }>((resolve) => (arrive = resolve))));
    const before = Date.now();
    logger.info("early");
    const after = Date.now();
    await new Promise((done) => setTimeout(done, 40));
    arrive({ type });
    await logger.complete();
    const at = events[0]?.startTime.getTime() ?? 0;
    expect(at).toBeGreaterThanOrEqual(before - 1);
    expect(at).toBeLessThanOrEqual(after + 1);
  });

  test("two sinks do not see what the appender of the other does to an event", () => {
    const { events, type } = keeping();
    const shifting = { configure: () => (event: LoggingEvent) => void ((event.data as unknown[]).length = 0) };
    logger.add(log4jsSink({ type: shifting }));
    logger.add(log4jsSink({ type }));
    logger.info("whole", { id: 1 });
    expect(events[0]?.data).toEqual(["whole", { id: 1 }]);
  });

  test("S-PRO-2: the caller's object stays as it is, frozen or not", () => {
    const marking = {
      configure: () => (event: LoggingEvent) =>
        void ((event.data as [string, Record<string, unknown>])[1]["added"] = true),
    };
    logger.add(log4jsSink({ type: marking }));
    const row = { id: 1, [Symbol("own")]: 2 };
    logger.info("save", row);
    logger.info("save", Object.freeze({ id: 2 }));
    expect(Reflect.ownKeys(row)).toHaveLength(2);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 2, dropped: 0 });
  });

  test("an appender with a closed table of levels gets the nearest of log4js' six", () => {
    const seen: string[] = [];
    const closed = {
      configure: () => (event: LoggingEvent) => {
        if (!/^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)$/.test(event.level.levelStr)) throw new Error("unknown level");
        seen.push(`${event.level.levelStr} ${event.data[0]}`);
      },
    };
    logger.add(log4jsSink({ type: closed }));
    logger.success("done");
    logger.error("not done");
    expect(seen).toEqual(["INFO done", "ERROR not done"]);
  });
});

describe("filters and named appenders", () => {
  test("a filter writes to the appender that it names", async () => {
    const file = { type: "fileSync", filename: path("warn.log"), layout: MESSAGES };
    logger.add(log4jsSink({ type: "logLevelFilter", level: "warn", appender: "file" }, { appenders: { file } }));
    logger.info("little");
    logger.error("much");
    await logger.complete();
    expect(linesOf("warn.log")).toEqual(["much"]);
  });

  test("what stands behind a filter is ended and made again too", async () => {
    const file = { type: "file", filename: path("a.log"), layout: MESSAGES };
    logger.add(log4jsSink({ type: "categoryFilter", exclude: "noise", appender: "file" }, { appenders: { file } }));
    for (const text of ["one", "two"]) {
      logger.info(text);
      logger.forModule("noise").info("excluded");
      expect(await logger.complete()).toMatchObject({ pending: 0 });
    }
    expect(linesOf("a.log")).toEqual(["one", "two"]);
  });

  test("a filter whose appender is not given is an error of the call: LB1532", () => {
    expect(() => log4jsSink({ type: "logLevelFilter", level: "warn", appender: "nobody" })).toThrow(/"nobody".*LB1532/);
  });

  test("an appender that refers to itself is an error of the call: LB1532", () => {
    const appenders = {
      a: { type: "noLogFilter", exclude: "x", appender: "b" },
      b: { type: "noLogFilter", exclude: "x", appender: "a" },
    };
    expect(() => log4jsSink({ type: "noLogFilter", exclude: "x", appender: "a" }, { appenders })).toThrow(/LB1532/);
  });

  test("an appender that asks for a name that nobody has gets false", () => {
    const answers: unknown[] = [];
    const asking = {
      configure: (_config: unknown, _layouts: unknown, find: (name: string) => unknown) => {
        answers.push(find("no such thing happened"));
        return () => {};
      },
    };
    log4jsSink({ type: asking });
    expect(answers).toEqual([false]);
  });
});

describe("functions, modules and promises", () => {
  let ended = 0;
  const countEnd = (done: () => void): void => {
    ended++;
    done();
  };
  beforeEach(() => {
    ended = 0;
  });

  test("a bare function gets events", () => {
    const events: LoggingEvent[] = [];
    logger.add(log4jsSink((event: LoggingEvent) => void events.push(event)));
    logger.info("x");
    expect(events[0]?.data).toEqual(["x"]);
  });

  test("a function with shutdown counts as pending until it is removed, which shuts it down once", async () => {
    const appender = Object.assign(() => {}, { shutdown: countEnd });
    const id = logger.add(appender);
    logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
    expect(ended).toBe(0);
    await logger.remove(id);
    expect(ended).toBe(1);
  });

  test("a module is configured with nothing", () => {
    const { events, type } = keeping();
    logger.add(log4jsSink(type));
    logger.info("x");
    expect(events).toHaveLength(1);
  });

  test("what log4js' own types describe is accepted, without a cast", () => {
    const file: FileAppender = { type: "file", filename: path("typed.log") };
    const any: Appender = { type: "stdout" };
    const module: AppenderModule = { configure: () => () => {} };
    for (const source of [file, any, module, { type: module }, Promise.resolve(file)])
      expect(log4jsSink(source, { log4js })).toBeDefined();
  });

  test("logger.add() takes a bare configuration once the package is imported", () => {
    logger.add({ type: "fileSync", filename: path("app.log"), layout: MESSAGES });
    logger.info("x");
    expect(linesOf("app.log")).toEqual(["x"]);
  });

  test("a promise that fails drops its records, counted, and says why: LB1535", async () => {
    const errors: unknown[] = [];
    logger.add(log4jsSink(Promise.reject(new Error("no such module"))), {
      onError: (_kind, _records, error) => void errors.push(error),
    });
    logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 1, pending: 0 });
    logger.info("y");
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 0, dropped: 2 });
    expect(errors[0]).toMatchObject({ code: "LB1535", cause: { message: "no such module" } });
  });

  test("log4jsSinks gives the appenders of a category, and does not end them", async () => {
    const events: LoggingEvent[] = [];
    const own = {
      configure: () =>
        Object.assign((event: LoggingEvent) => void events.push(event), {
          shutdown: countEnd,
        }),
    };
    const { type } = keeping();
    log4js.configure({
      appenders: { own: { type: own as never }, other: { type: type as never } },
      categories: { default: { appenders: ["other"], level: "info" }, orders: { appenders: ["own"], level: "info" } },
    });
    const [sink, ...more] = log4jsSinks(log4js.getLogger("orders"));
    expect(more).toEqual([]);
    const id = logger.add(sink as never);
    logger.info("x");
    await logger.remove(id);
    expect(ended).toBe(0);
    log4js.getLogger("orders").info("y");
    expect(events.map((event) => event.data[0])).toEqual(["x", "y"]);
    expect(log4jsSinks(log4js)).toHaveLength(2);
  });
});

describe("what bad input gets", () => {
  test.each([42, null, undefined, {}, { type: 5 }, log4js])("no appender: LB1530 (%#)", (value) => {
    expect(() => log4jsSink(value as never)).toThrow(/expected an appender function.*LB1530/);
  });

  test("an unknown type: LB1531 with the places where it was looked for", () => {
    expect(() => log4jsSink({ type: "no-such-appender" })).toThrow(
      /"no-such-appender".*no-such-appender.*require.*LB1531/,
    );
  });

  test("a configuration that the appender refuses: LB1531 with its words", () => {
    expect(() => log4jsSink({ type: "file", filename: "" })).toThrow(/Invalid filename.*LB1531/);
  });

  test.each([
    [{ type: "logLevelFilter", level: "bogus" }, /option level of logLevelFilter must be a level \(ALL, .*got 'bogus'/],
    [{ type: "logLevelFilter" }, /option level .*got undefined/],
    [{ type: "logLevelFilter", level: "warn", maxLevel: "worst" }, /option maxLevel .*got 'worst'/],
    [{ type: "categoryFilter" }, /option exclude of categoryFilter must be a category.*got undefined/],
    [{ type: "categoryFilter", exclude: ["a", 1] }, /option exclude/],
    [{ type: "noLogFilter", exclude: "(" }, /option exclude of noLogFilter must be a regular expression.*got '\('/],
    [{ type: "noLogFilter" }, /option exclude/],
  ])("a filter that would fail at each record: LB1531, %o", (filter, message) => {
    const named = { appenders: { file: keeping() } };
    expect(() => log4jsSink({ ...filter, appender: "file" }, named)).toThrow(message);
    expect(() => log4jsSink({ ...filter, appender: "file" }, named)).toThrow(/LB1531/);
  });

  test("filters as log4js takes them are taken", () => {
    const named = { appenders: { file: keeping() } };
    for (const filter of [
      { type: "logLevelFilter", level: log4js.levels.WARN, maxLevel: "fatal" },
      { type: "categoryFilter", exclude: "a" },
      { type: "noLogFilter", exclude: ["^x", "", null] },
    ])
      expect(log4jsSink({ ...filter, appender: "file" }, named)).toBeDefined();
  });

  test("multiFile without what chooses the file: LB1531", () => {
    expect(() => log4jsSink({ type: "multiFile", base: "x/" })).toThrow(/option property of multiFile.*LB1531/);
    expect(() => log4jsSink({ type: "multiFile", property: "x" })).toThrow(/option base of multiFile.*LB1531/);
  });

  test("a module whose configure gives nothing: LB1531", () => {
    expect(() => log4jsSink({ configure() {} })).toThrow(/gave no function.*LB1531/);
  });

  test("an unknown option: LB1002", () => {
    expect(() => log4jsSink({ type: "stdout" }, { apenders: {} } as never)).toThrow(
      /"apenders".*appenders, log4js, remake.*LB1002/,
    );
  });

  test("log4js itself or a logger of it, given to add(): an error", () => {
    expect(() => logger.add(log4js as never)).toThrow(/propagateToLog4js\(log4js\)/);
    expect(() => logger.add(log4js.getLogger() as never)).toThrow(/propagateToLog4js/);
    expect(() => log4jsSinks({} as never)).toThrow(/LB1536/);
  });

  test("an appender that never calls back after shutdown: LB1533, its records are counted as dropped", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const errors: unknown[] = [];
      logger.add(log4jsSink({ type: keepingAppender([], "stuck") }, { remake: true }), {
        onError: (_kind, _records, error) => void errors.push(error),
      });
      logger.info("x");
      const completed = logger.complete({ timeout: 60_000 });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await completed).toEqual({ sent: 0, dropped: 1, pending: 0 });
      expect(errors[0]).toMatchObject({ code: "LB1533" });
    } finally {
      vi.useRealTimers();
    }
  });
});
