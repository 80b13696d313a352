import { Readable } from "node:stream";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import winston from "winston";
import { asWinston, interceptWinston, propagateToWinston } from "../src/index.ts";
import { MemoryTransport, ours, run, settle } from "./setting.ts";

/** A facade, and what came to the logger behind it. */
function facing(): { readonly facade: winston.Logger; readonly records: LogRecord[]; readonly logger: Logger } {
  const { logger, records } = ours(true);
  return { facade: asWinston(logger), records, logger };
}

const loose = (facade: winston.Logger): Record<string, (...args: unknown[]) => unknown> => facade as never;

describe("calls", () => {
  test("the three sets of winston's levels, and the logger's own", () => {
    const { logger, records } = ours();
    logger.level("AUDIT", { no: 27 });
    const facade = asWinston(logger);
    const names = [
      ...Object.keys(winston.config.npm.levels),
      ...Object.keys(winston.config.syslog.levels),
      ...Object.keys(winston.config.cli.levels),
      "audit",
      "fatal",
      "success",
    ];
    for (const name of names) {
      expect(loose(facade)[name]?.(name)).toBe(facade);
      expect(loose(facade)[`is${name.charAt(0).toUpperCase()}${name.slice(1)}Enabled`]?.()).toBe(true);
    }
    expect(records.map((record) => record.message)).toEqual(names);
    const numbers = Object.fromEntries(records.map((record) => [record.message, record.level.no]));
    expect(numbers).toMatchObject({
      error: 40,
      warn: 30,
      info: 20,
      http: 17,
      verbose: 13,
      debug: 10,
      silly: 5,
      emerg: 60,
      alert: 55,
      crit: 50,
      warning: 30,
      notice: 25,
      help: 20,
      audit: 27,
      fatal: 50,
      success: 25,
    });
    expect(records.find((record) => record.message === "audit")?.level.name).toBe("AUDIT");
    expect(records[0]?.origin).toEqual({ name: "winston", level: { name: "error", no: 0 } });
  });

  test.each<[string, (facade: winston.Logger) => void]>([
    ["level method", (facade) => facade.warn("low %s", "stock", { left: 2 })],
    ["log(level, …)", (facade) => facade.log("warn", "low %s", "stock", { left: 2 })],
    [
      "log(info)",
      (facade) =>
        facade.log({ level: "warn", message: "low %s", [Symbol.for("splat")]: ["stock"], left: 2 } as winston.LogEntry),
    ],
    [
      "write(info)",
      (facade) => void facade.write({ level: "warn", message: "low %s", [Symbol.for("splat")]: ["stock"], left: 2 }),
    ],
    ["child", (facade) => facade.child({ left: 2 }).warn("low %s", "stock")],
    ["detached", ({ warn }) => warn("low %s", "stock", { left: 2 })],
    ["detached log", ({ log }) => log("warn", "low %s", "stock", { left: 2 })],
    [
      "detached child",
      (facade) => {
        const { child } = facade;
        const { warn } = child({ left: 2 });
        warn("low %s", "stock");
      },
    ],
    [
      "defaultMeta",
      (facade) => {
        facade.defaultMeta = { left: 2 };
        facade.warn("low %s", "stock");
      },
    ],
    ["a callback", (facade) => void facade.warn("low %s", "stock", { left: 2 }, () => {})],
  ])("text, arguments and fields: %s", (_name, call) => {
    const { facade, records } = facing();
    call(facade);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      message: "low stock",
      template: "low %s",
      args: ["stock"],
      level: { name: "WARNING", no: 30 },
    });
    expect(records[0]?.extra).toEqual({ left: 2 });
    expect(records[0]?.file?.name).toBe("facade.test.ts");
  });

  test("the call's own values win over the child's, and those over defaultMeta and bound ones", () => {
    const { logger, records } = ours();
    const facade = asWinston(logger.bind({ a: 0, b: 0, c: 0, d: 0 }) as never);
    facade.defaultMeta = { a: 1, b: 1, c: 1 };
    facade.child({ a: 2, b: 2 }).child({ e: 1 }).info("text", { a: 3 });
    facade.info({ message: "object", a: 3 });
    expect(records.map((record) => record.extra)).toEqual([
      { a: 3, b: 2, c: 1, d: 0, e: 1 },
      { a: 3, b: 1, c: 1, d: 0 },
    ]);
  });

  test("fields named level and message are fields, and an object with a message is an info", () => {
    const { facade, records } = facing();
    facade.info("text", { level: "error", message: "inner", time: 1 });
    facade.info({ message: "from the object", user: 7 });
    facade.info({ user: 7 });
    expect(records.map((record) => [record.level.name, record.message, record.extra])).toEqual([
      ["INFO", "text", { level: "error", message: "inner", time: 1 }],
      ["INFO", "from the object", { user: 7 }],
      ["INFO", "{ user: 7 }", { user: 7 }],
    ]);
  });

  test("an Error alone, as the message, beside a text, as a field and one level deeper", () => {
    const { facade, records } = facing();
    const error = Object.assign(new TypeError("disk full", { cause: new Error("inner") }), { code: "E1" });
    facade.error(error);
    facade.log("error", error as never);
    facade.log({ level: "error", message: error as never });
    facade.error("save failed", error);
    facade.error("save failed", { err: error });
    facade.error("save failed", { meta: { error } });
    facade.error("save %s", "failed", error, { id: 1 });
    for (const record of records) {
      expect(record.exception?.value).toBe(error);
      expect(record.exception).toMatchObject({ type: "TypeError", code: "E1", cause: { message: "inner" } });
    }
    expect(records.map((record) => record.message)).toEqual([
      "disk full",
      "disk full",
      "disk full",
      "save failed",
      "save failed",
      "save failed",
      "save failed",
    ]);
    expect(records[3]?.extra).toEqual({});
    expect(records[6]?.extra).toEqual({ id: 1 });
  });

  test("values that no placeholder takes are appended; % and braces stay what they are", () => {
    const { facade, records } = facing();
    facade.info("found", 3, "items");
    facade.info("100% of {all}", { all: 1 });
    facade.info("nothing", undefined, null);
    facade.info("100%");
    facade.info("found", [3, "a"], []);
    expect(records.map((record) => record.message)).toEqual([
      "found 3 items",
      "100% of {all}",
      "nothing",
      "100%",
      "found [ 3, 'a' ]",
    ]);
    expect(records[1]?.extra).toEqual({ all: 1 });
  });

  test("functions and classes are values, and nobody calls them, as in winston", async () => {
    const { facade, records } = facing();
    let calls = 0;
    const handler = (): void => void calls++;
    facade.info("registered", class Foo {});
    facade.info("registered", handler);
    facade.log("info", "registered", { a: 1 }, handler);
    facade.log("info", handler as never);
    await settle(1);
    expect(calls).toBe(0);
    expect(records.map((record) => record.message).slice(0, 3)).toEqual(["registered", "registered", "registered"]);
    expect(records).toHaveLength(4);
  });

  test("getters under winston's symbols are not run, and what is no level is none", () => {
    const { facade, records } = facing();
    const hostile = (key: string): object => {
      const info = { level: "info", message: "m" };
      Object.defineProperty(info, Symbol.for(key), {
        get() {
          throw new Error("getter ran");
        },
      });
      return info;
    };
    for (const key of ["level", "splat", "message"]) {
      facade.log(hostile(key) as never);
      facade.write(hostile(key));
      facade.info(hostile(key) as never);
    }
    const throws = {
      toString() {
        throw new Error("ran");
      },
    };
    for (const level of [throws, Object.create(null), Symbol("x"), null]) facade.log(level as never, "m");
    expect(records.map((record) => record.message)).toEqual(Array(13).fill("m"));
    const enabled = facade.isLevelEnabled.bind(facade) as (level?: unknown) => boolean;
    expect([enabled(), enabled(null), enabled({}), enabled("info")]).toEqual([false, false, false, true]);
  });

  test("levels named like what every object has are names alone", () => {
    const { facade, records } = facing();
    for (const name of ["__proto__", "constructor", "toString"]) facade.log(name, "m");
    expect(records.map((record) => record.origin?.level)).toEqual([
      { name: "__proto__" },
      { name: "constructor" },
      { name: "toString" },
    ]);
  });

  test("add() and configure() at a logger without handlers: winston's default level", () => {
    const [added, configured] = [new MemoryTransport(), new MemoryTransport()];
    const facade = asWinston(createLogger());
    facade.add(added as never);
    const other = asWinston(createLogger());
    other.configure({ transports: [configured as never] });
    for (const one of [facade, other]) {
      expect(one.level).toBe("info");
      one.error("payment failed");
      one.info("hi");
      one.debug("too low");
    }
    for (const one of [added, configured])
      expect(one.infos.map((info) => info.message)).toEqual(["payment failed", "hi"]);
  });

  test("a level that nobody knows comes in as information by its name", () => {
    const { facade, records } = facing();
    facade.log("whisper", "psst");
    facade.log({ message: "no level" } as never);
    (facade.log as unknown as (text: string) => void)("a text alone");
    expect(records.map((record) => [record.level.name, record.level.no, record.message])).toEqual([
      ["WHISPER", 20, "psst"],
      ["INFO", 20, "no level"],
      ["INFO", 20, "a text alone"],
    ]);
  });

  test("nothing of the caller's is written on, frozen or not", () => {
    const { facade, records } = facing();
    const info = Object.freeze({ level: "info", message: "frozen", deep: Object.freeze({ a: 1 }) });
    const error = Object.freeze(new Error("frozen error"));
    facade.log(info);
    facade.info(info);
    facade.error(error);
    facade.log("error", error as never);
    facade.child(Object.freeze({ b: 1 })).info("child", Object.freeze({ c: 1 }));
    expect(records).toHaveLength(5);
    expect(Object.getOwnPropertySymbols(info)).toEqual([]);
    expect(Object.keys(error)).toEqual([]);
  });

  test("a hostile argument is no error of the application", () => {
    const { facade, records } = facing();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = {
      get message(): string {
        throw new Error("getter");
      },
    };
    for (const value of [hostile, null, undefined, 5, Symbol("s"), () => 1, [1], new Map()]) {
      facade.info(value as never);
      facade.info("with", value as never);
      facade.log({ level: "info", message: value } as never);
    }
    expect(() => facade.info("revoked", proxy)).not.toThrow();
    expect(() => facade.child(proxy as object).info("revoked")).not.toThrow();
    expect(records.length).toBeGreaterThanOrEqual(24);
  });
});

describe("level and silence", () => {
  test("the level follows the logger until it is set; then it limits this facade alone", () => {
    const { facade, records, logger } = facing();
    logger.handler(0).level = "DEBUG";
    expect(facade.level).toBe("debug");
    expect(facade.isDebugEnabled()).toBe(true);
    expect(facade.isSillyEnabled()).toBe(false);
    facade.level = "warn";
    expect(facade.level).toBe("warn");
    expect(facade.isLevelEnabled("info")).toBe(false);
    facade.info("too low");
    facade.warn("heard");
    logger.info("ours");
    facade.level = undefined as never;
    facade.info("follows again");
    expect(records.map((record) => record.message)).toEqual(["heard", "ours", "follows again"]);
    expect(() => {
      facade.level = "whisper";
    }).toThrow(expect.objectContaining({ code: "LB1518" }));
  });

  test("a child's level and silence are its own, and else its parent's", () => {
    const { facade, records } = facing();
    const child = facade.child({});
    const grandchild = child.child({});
    facade.level = "error";
    child.info("as the parent");
    child.level = "debug";
    child.debug("its own");
    grandchild.debug("from above");
    facade.info("still limited");
    child.silent = true;
    child.error("silent");
    grandchild.error("silent");
    facade.error("heard");
    expect(records.map((record) => record.message)).toEqual(["its own", "from above", "heard"]);
    expect([facade.silent, child.silent, grandchild.silent]).toEqual([false, true, true]);
  });

  test("levels: winston's numbers, and a table of one's own by configure()", () => {
    const { facade, records } = facing();
    expect(facade.levels).toMatchObject(winston.config.npm.levels);
    facade.configure({ levels: { fatal: 0, boom: 1, warn: 2 }, level: "warn" });
    loose(facade)["boom"]?.("custom");
    loose(facade.child({}))["boom"]?.("custom child");
    expect(records.map((record) => [record.level.name, record.level.no])).toEqual([
      ["BOOM", 40],
      ["BOOM", 40],
    ]);
  });
});

describe("the rest of a winston logger", () => {
  test("profile and timers", () => {
    const { facade, records } = facing();
    expect(facade.profile("job")).toBe(facade);
    facade.profile("job");
    facade.profile("named");
    facade.profile("named", { level: "debug", message: "with a message", id: 1 });
    const timer = facade.child({ part: 1 }).startTimer();
    timer.done({ message: "timed", level: "warn" });
    facade.startTimer().done();
    expect(records.map((record) => [record.level.name, record.message])).toEqual([
      ["INFO", "job"],
      ["DEBUG", "with a message"],
      ["WARNING", "timed"],
      ["INFO", ""],
    ]);
    for (const record of records) expect(record.extra["durationMs"]).toBeTypeOf("number");
    expect(records[1]?.extra).toMatchObject({ id: 1 });
    expect(records[2]?.extra).toMatchObject({ part: 1 });
  });

  test("streams: pipe into it, morgan's stream, and finish when all has left", async () => {
    const { logger, records } = ours();
    const facade = asWinston(logger);
    const left: string[] = [];
    logger.add(async (text) => {
      await settle(5);
      left.push(text);
    });
    const source = Readable.from([{ level: "warn", message: "an info" }, "a line\n", Buffer.from("bytes\n")]);
    const finished = new Promise((resolve) => facade.on("finish", resolve));
    source.pipe(facade);
    await finished;
    expect(records.map((record) => [record.level.name, record.message])).toEqual([
      ["WARNING", "an info"],
      ["INFO", "a line"],
      ["INFO", "bytes"],
    ]);
    expect(left).toHaveLength(3);
    facade.info("after the end");
    expect(records.at(-1)?.message).toBe("after the end");
    let closed = 0;
    facade.once("close", () => closed++);
    expect(facade.close()).toBe(facade);
    expect(closed).toBe(1);
  });

  test("write() takes a callback and says that it takes more", async () => {
    const { facade, records } = facing();
    let called = 0;
    expect(facade.write({ level: "info", message: "x" }, () => void called++)).toBe(true);
    facade.end({ level: "info", message: "last" });
    await settle(5);
    expect(called).toBe(1);
    expect(records.map((record) => record.message)).toEqual(["x", "last"]);
  });

  test("what reads it as a stream gets infos", async () => {
    const { facade } = facing();
    const infos: unknown[] = [];
    facade.on("data", (info) => void infos.push(info));
    facade.warn("seen", { a: 1 });
    await settle(1);
    expect(infos).toEqual([expect.objectContaining({ level: "warn", message: "seen", a: 1 })]);
  });

  test("a format of its own runs once, and what it hides or drops stays hidden", () => {
    const { facade, records } = facing();
    let runs = 0;
    facade.format = winston.format.combine(
      winston.format.splat(),
      winston.format((info) => {
        runs++;
        if (info["drop"]) return false;
        if (info["password"]) info["password"] = "***";
        return info;
      })(),
    );
    facade.child({ password: "hunter2" }).info("login %s", "ada", { user: 1 });
    facade.info("dropped", { drop: true });
    expect(runs).toBe(2);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ message: "login ada", extra: { password: "***", user: 1 } });
  });

  test("a format that throws loses the record and says so; the application goes on", () => {
    const { facade, records } = facing();
    facade.format = winston.format(() => {
      throw new Error("format");
    })();
    const written: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((text: string) => written.push(String(text))) as never;
    try {
      expect(() => facade.info("lost")).not.toThrow();
    } finally {
      process.stderr.write = write;
    }
    expect(records).toEqual([]);
  });

  test("add(), remove(), clear() and configure({ transports }) make handlers of our logger", async () => {
    const { facade, logger } = facing();
    const one = new MemoryTransport({ level: "warn" });
    const two = new MemoryTransport();
    expect(facade.add(one)).toBe(facade);
    facade.add(one);
    expect(facade.transports).toEqual([one]);
    facade.info("below");
    facade.warn("through the facade");
    logger.error("ours");
    expect(one.infos.map((info) => info.message)).toEqual(["through the facade", "ours"]);
    facade.remove(one);
    facade.remove(two);
    facade.configure({ transports: [two], level: "debug", defaultMeta: { app: "shop" } });
    facade.debug("configured");
    expect(two.infos).toEqual([expect.objectContaining({ message: "configured", app: "shop" })]);
    expect(facade.transports).toEqual([two]);
    facade.clear();
    facade.error("gone");
    expect(two.infos).toHaveLength(1);
    await logger.complete();
    expect(logger.stats().handlers).toHaveLength(1);
  });

  test("query(), stream(), cli() and setLevels() say what to do instead, to the callback where there is one", async () => {
    const { facade } = facing();
    for (const name of ["query", "stream", "cli", "setLevels"])
      expect(() => loose(facade)[name]?.()).toThrow(expect.objectContaining({ code: "LB1519" }));
    const error = await new Promise((resolve) => facade.query({ fields: [] }, resolve));
    expect(error).toMatchObject({ code: "LB1519", message: expect.stringContaining("parse()") });
  });

  test("exceptions and rejections: handle(), unhandle(), getAllInfo()", () => {
    const { facade } = facing();
    const before = process.listenerCount("uncaughtException");
    facade.exceptions.handle();
    facade.exceptions.handle();
    expect(process.listenerCount("uncaughtException")).toBe(before + 1);
    facade.exceptions.unhandle();
    expect(process.listenerCount("uncaughtException")).toBe(before);
    const info = facade.exceptions.getAllInfo(new Error("x")) as Record<string, unknown>;
    expect(info).toMatchObject({ level: "error", exception: true, trace: expect.any(Array) });
    const { exceptions, rejections } = winston.createLogger();
    const keys = (value: object): string[] => Object.keys(value).sort();
    expect(keys(info)).toEqual(keys(exceptions.getAllInfo(new Error("x"))));
    // Before 3.9 winston marked a rejection as an exception.
    const rejected = keys(rejections.getAllInfo(new Error("x"))).map((key) =>
      key === "exception" ? "rejection" : key,
    );
    expect(keys(facade.rejections.getAllInfo(new Error("x")))).toEqual(rejected.sort());
  });

  test("an uncaught exception is logged, and the process ends when the record has left", () => {
    expect(run("facade-uncaught.ts")).toEqual({
      code: 1,
      lines: [
        { message: "uncaughtException: 100% %s broken", level: "ERROR", exception: true, error: "100% %s broken" },
      ],
      only: ["uncaughtException: 100% %s broken"],
    });
  });

  test("methods can be overwritten, and an object made from it speaks as it does", () => {
    const { facade, records } = facing();
    const seen: unknown[] = [];
    facade.info = ((message: unknown) => void seen.push(message)) as never;
    facade.info("taken");
    facade.stream = { write: (text: string) => facade.warn(text) } as never;
    (facade.stream as unknown as { write(text: string): void }).write("morgan");
    const wrapped = Object.create(facade.child({ a: 1 })) as winston.Logger;
    wrapped.warn("wrapped");
    expect(seen).toEqual(["taken"]);
    expect(records.map((record) => record.message)).toEqual(["morgan", "wrapped"]);
    expect(records[1]?.extra).toEqual({ a: 1 });
  });

  test("names, bound values and patchers of the logger apply", () => {
    const { logger, records } = ours();
    const facade = asWinston(
      logger
        .forModule("shop/cart")
        .bind({ service: "shop" })
        .patch((record) => {
          (record.extra as Record<string, unknown>)["patched"] = true;
        }) as never,
    );
    facade.info("x");
    facade.child({ label: "billing" }).info("y");
    expect(records.map((record) => record.name)).toEqual(["shop/cart", "billing"]);
    expect(records[0]?.extra).toEqual({ service: "shop", patched: true });
  });

  test("it is no target of a bridge: that would lead from our logger to our logger", () => {
    const { logger } = ours();
    const facade = asWinston(logger);
    expect(() => propagateToWinston(facade)).toThrow(expect.objectContaining({ code: "LB1510" }));
    expect(() => interceptWinston(facade)).toThrow(expect.objectContaining({ code: "LB1514" }));
    expect(() => logger.add(facade as never)).toThrow();
  });

  test("its type is winston's", () => {
    expectTypeOf(asWinston(createLogger())).toEqualTypeOf<winston.Logger>();
  });

  test.each([[undefined], [null], [{}], [winston.createLogger()]])("asWinston(%#) says what it takes", (value) => {
    expect(() => asWinston(value as never)).toThrow(expect.objectContaining({ code: "LB1517" }));
  });
});
