import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { asLog4js, interceptLog4js, type Log4jsFacade, propagateToLog4js } from "@logbridge/adapter-log4js";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import express from "express";
import log4js, { type Logger as TheirLogger } from "log4js";
import { beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { anotherCopy } from "./support/copy.ts";
import { forgetLevel } from "./support/events.ts";

let logger: Logger;
let records: LogRecord[];

beforeEach(() => {
  logger = createLogger() as Logger;
  records = [];
  logger.add(
    { needs: { text: false, caller: true }, write: (_text, record) => void records.push(record) },
    { level: 0 },
  );
});

const said = (): string[] => records.map(({ level, message }) => `${level.name} ${message}`);

/** Asks a server; resolves when it has answered. */
async function ask(listener: Parameters<typeof createServer>[1], ...paths: string[]): Promise<void> {
  const server = createServer(listener as never);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  for (const path of paths)
    await new Promise<void>((done) => {
      get({ port, path, host: "127.0.0.1", headers: { "user-agent": "a test" } }, (answer) => {
        answer.resume().on("end", () => setImmediate(done));
      });
    });
  await new Promise((done) => server.close(done));
}

describe("a logger", () => {
  test("each method is one record of its level, named by the category", () => {
    const face = asLog4js(logger, "shop.orders");
    face.trace("a");
    face.debug("a %s", 1);
    face.info("a", { id: 7 });
    face.warn("100% {sure}");
    face.error("a");
    face.fatal("a");
    face.mark("a");
    face.log("warn", "a");
    face.log(log4js.levels.ERROR, "a");
    expect(said()).toEqual([
      "TRACE a",
      "DEBUG a 1",
      "INFO a { id: 7 }",
      "WARNING 100% {sure}",
      "ERROR a",
      "CRITICAL a",
      "MARK a",
      "WARNING a",
      "ERROR a",
    ]);
    expect(new Set(records.map(({ name }) => name))).toEqual(new Set(["shop.orders"]));
    expect(records[2]?.extra).toEqual({ id: 7 });
    expect(records[2]?.origin).toEqual({ name: "log4js", level: { name: "INFO", no: 20_000 } });
  });

  test("S-FAC-1: every method works detached", async () => {
    const { info, log, isInfoEnabled, isLevelEnabled, addContext, clearContext, getLogger } = asLog4js(logger, "x");
    addContext("id", 1);
    info("one");
    log("error", "two");
    clearContext();
    await Promise.reject(new Error("refused")).catch(getLogger("y").error);
    expect(isInfoEnabled()).toBe(true);
    expect(isLevelEnabled("debug")).toBe(true);
    expect(records.map(({ message, name, extra }) => [message, name, extra])).toEqual([
      ["one", "x", { id: 1 }],
      ["two", "x", { id: 1 }],
      ["refused", "y", {}],
    ]);
  });

  test("an error is the exception, wherever it stands", () => {
    const error = new Error("boom");
    asLog4js(logger).error("failed", error);
    asLog4js(logger).error(error);
    expect(records.map(({ message, exception }) => [message, exception?.value === error])).toEqual([
      ["failed", true],
      ["boom", true],
    ]);
  });

  test("context belongs to the logger object it was added to, as in log4js", () => {
    const face = asLog4js(logger.bind({ service: "billing" }));
    const [a, b] = [face.getLogger("db"), face.getLogger("db")];
    a.addContext("id", 1);
    a.addContext("__proto__", { polluted: true });
    a.info("x");
    a.removeContext("id");
    a.info("x");
    b.info("x");
    expect(records[0]?.extra).toMatchObject({ service: "billing", id: 1 });
    expect(records[1]?.extra).not.toHaveProperty("id");
    expect(records[2]?.extra).toEqual({ service: "billing" });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("without a category the name is the logger's own, else default", () => {
    const named = asLog4js(logger.forModule("billing"));
    named.info("x");
    named.getLogger().info("x");
    named.getLogger("other").info("x");
    asLog4js(logger).info("x");
    expect(named.category).toBe("billing");
    expect(asLog4js(logger).category).toBe("default");
    expect(records.map(({ name }) => name)).toEqual(["billing", "billing", "other", "default"]);
  });

  test("the caller is the line of the call, past as many wrappers as callStackLinesToSkip says", () => {
    const face = asLog4js(logger);
    const wrapper = (text: string): void => face.info(text);
    const line = Number(/facade\.test\.ts:(\d+)/.exec(new Error().stack as string)?.[1]);
    face.info("direct");
    face.log("info", "direct");
    face.callStackLinesToSkip = 1;
    wrapper("wrapped");
    face.callStackLinesToSkip = 0;
    face.useCallStack = false;
    face.info("without");
    expect(records.map((record) => record.line)).toEqual([line + 1, line + 2, line + 4, null]);
    expect(records[0]?.file?.name).toBe("facade.test.ts");
    expect(() => {
      face.callStackLinesToSkip = -1;
    }).toThrow(/LB1581/);
  });

  test("a function for setParseCallStackFunction says where the call was; where it fails the usual way is taken", () => {
    const face = asLog4js(logger);
    const stacks: string[] = [];
    face.setParseCallStackFunction((error, skip) => {
      stacks.push((error.stack as string).split("\n")[skip] as string);
      return { fileName: "/app/orders.ts", lineNumber: 7, columnNumber: 3, functionName: "save", callStack: "" };
    });
    face.info("x");
    face.setParseCallStackFunction(() => {
      throw new Error("cannot");
    });
    face.info("x");
    face.setParseCallStackFunction(undefined as never);
    face.info("x");
    expect(stacks[0]).toContain("facade.test.ts");
    expect(records.map((record) => [record.file?.name, record.function])).toEqual([
      ["orders.ts", "save"],
      ["facade.test.ts", expect.any(String)],
      ["facade.test.ts", expect.any(String)],
    ]);
    expect(() => face.setParseCallStackFunction(5 as never)).toThrow(/LB1581/);
  });

  test("the level is a Level of log4js; it follows the handlers until it is set, and limits that category alone", () => {
    const [id] = logger.stats().handlers.map((one) => one.id);
    const face = asLog4js(logger, "a");
    expect(face.level).toBe(log4js.levels.ALL);
    logger.handler(id as never).level = "WARNING";
    expect(face.level).toBe(log4js.levels.WARN);
    expect([face.isInfoEnabled(), face.isWarnEnabled(), face.isLevelEnabled("fatal")]).toEqual([false, true, true]);
    logger.handler(id as never).level = 0;
    face.level = "error";
    expect((face.level as unknown as log4js.Level).isGreaterThanOrEqualTo("warn")).toBe(true);
    face.getLogger("a").warn("too little");
    face.getLogger("a").mark("always");
    face.getLogger("b").warn("another");
    face.level = log4js.levels.OFF;
    face.fatal("off");
    expect(said()).toEqual(["MARK always", "WARNING another"]);
  });

  test("a level that is none leaves the level as it was, and is reported once", () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const face = asLog4js(logger, "a");
      face.level = "warn";
      face.level = "verbos";
      face.level = "verbos";
      face.level = undefined as never;
      expect(face.level).toBe(log4js.levels.WARN);
    } finally {
      written.mockRestore();
    }
  });

  test("levels of the application's own: by log(), by name and number; as methods those that log4js knows", () => {
    logger.level("NOTICE", { no: 23 });
    log4js.levels.addLevels({ AUDIT_TRAIL: { value: 27_000, colour: "cyan" } });
    try {
      const face = asLog4js(logger) as Log4jsFacade & {
        auditTrail(text: string): void;
        isAuditTrailEnabled(): boolean;
      };
      face.log("notice", "a");
      face.log("success", "a");
      face.auditTrail("a");
      expect(face.isAuditTrailEnabled()).toBe(true);
      expect(records.map(({ level }) => [level.name, level.no])).toEqual([
        ["NOTICE", 23],
        ["SUCCESS", 25],
        ["AUDIT_TRAIL", 27],
      ]);
    } finally {
      forgetLevel("AUDIT_TRAIL");
    }
  });

  test("log() with a first argument that is no level does as log4js does, and loses nothing", () => {
    const face = asLog4js(logger, "x");
    face.log("just a text");
    face.log("notalevel", "a %s", 1);
    face.log({ id: 1 } as never, "text");
    face.log(undefined as never);
    expect(said()).toEqual([
      "INFO just a text",
      "WARNING log4js:logger.log: valid log-level not found as first parameter given: notalevel",
      "INFO [notalevel] a %s 1",
      "INFO { id: 1 } text",
      "INFO undefined",
    ]);
  });

  test("no call throws, whatever it is given", () => {
    const face = asLog4js(logger, "x");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = {
      get boom(): never {
        throw new Error("a getter ran");
      },
      toString(): never {
        throw new Error("toString ran");
      },
    };
    for (const value of [proxy, hostile, Symbol("s"), 1n, null, undefined, () => {}, Object.create(null)]) {
      face.info(value as never);
      face.info("x %s %d %j", value, value, value);
      face.log(value as never, value);
      face.isLevelEnabled(value as never);
    }
    expect(records.length).toBe(24);
  });

  test("_log goes past the level, as in log4js", () => {
    const face = asLog4js(logger, "x");
    face.level = "error";
    face._log(log4js.levels.INFO as never, ["a %s", 1]);
    expect(said()).toEqual(["INFO a 1"]);
  });

  test("its records go to log4js as they were said", () => {
    const events: log4js.LoggingEvent[] = [];
    log4js.configure({
      appenders: { out: { type: { configure: () => (event: log4js.LoggingEvent) => void events.push(event) } } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    logger.add(propagateToLog4js(log4js));
    const error = new Error("boom");
    asLog4js(logger, "x").warn("a %s 100%", 1, error, { id: 1 });
    expect(events[0]?.data).toEqual(["a %s 100%", 1, error, { id: 1 }]);
    expect(events[0]?.error).toBe(error);
  });
});

describe("the module", () => {
  test("has what the module has", async () => {
    const face = asLog4js(logger);
    expect(face.isConfigured()).toBe(true);
    expect(face.levels).toBe(log4js.levels);
    expect(face.connectLogger).toBe(log4js.connectLogger);
    expect(face.recording().replay()).toEqual([]);
    face.addLayout("facade", () => () => "");
    await new Promise<void>((done, fail) => face.shutdown((error) => (error ? fail(error) : done())));
    face.info("it goes on");
    expect(said()).toEqual(["INFO it goes on"]);
    expect(() => face.shutdown(5 as never)).toThrow(/LB1584/);
  });

  test("shutdown says what has not been delivered", async () => {
    logger.add({ needs: { text: false }, write() {}, pending: () => 3 });
    for (let n = 0; n < 3; n++) logger.info("x");
    const error = await new Promise((done) => asLog4js(logger).shutdown(done));
    expect(error).toMatchObject({ code: "LB1585", message: expect.stringContaining("3 records") });
  });

  test("configure() says what to do instead: LB1583", () => {
    expect(() => asLog4js(logger).configure({} as never)).toThrow(/logger\.configure\(fromLog4jsConfig.*LB1583/);
  });

  test("its types are log4js' own", () => {
    const face = asLog4js(logger);
    expectTypeOf(face).toExtend<TheirLogger>();
    expectTypeOf(face).toExtend<log4js.Log4js>();
    expectTypeOf(face.getLogger("x")).toEqualTypeOf<TheirLogger>();
    const takesModule = (
      module: Pick<typeof log4js, "getLogger" | "levels" | "configure" | "shutdown" | "recording" | "connectLogger">,
    ): void => module.getLogger("x").info("typed");
    takesModule(face);
    expect(said()).toEqual(["INFO typed"]);
  });

  test("it is no log4js to intercept, and no sink; what is no logger is refused", () => {
    expect(() => interceptLog4js(asLog4js(logger) as never)).toThrow(/LB1537/);
    expect(Object.hasOwn(Object.prototype, "_log")).toBe(false);
    expect(() => propagateToLog4js(asLog4js(logger) as never)).toThrow(/LB1536/);
    for (const wrong of [undefined, null, {}, log4js, "x"])
      expect(() => asLog4js(wrong as never)).toThrow(expect.objectContaining({ code: "LB1586" }));
    expect(() => asLog4js(logger, 5 as never)).toThrow(/category.*LB1586/);
  });
});

describe("inside frameworks", () => {
  test("express with log4js.connectLogger: level auto, format, nolog, context", async () => {
    const face = asLog4js(logger, "http");
    const seen: unknown[] = [];
    logger.add((_text, record) => void seen.push(Object.keys(record.extra)));
    const app = express();
    app.use(
      log4js.connectLogger(face, {
        level: "auto",
        format: ':method :url :status ":user-agent" 100%',
        nolog: "\\.gif$",
        context: true,
      }),
    );
    app.get("/fine", (_request, response) => void response.send("ok"));
    app.get("/moved", (_request, response) => response.redirect("/fine"));
    app.get("/bad", (_request, response) => void response.status(500).send("no"));
    await ask(app, "/fine", "/moved", "/bad", "/pixel.gif", "/missing");
    expect(said()).toEqual([
      'INFO GET /fine 200 "a test" 100%',
      'WARNING GET /moved 302 "a test" 100%',
      'ERROR GET /bad 500 "a test" 100%',
      'ERROR GET /missing 404 "a test" 100%',
    ]);
    expect(seen[0]).toEqual(["res"]);
    expect(records.every(({ name }) => name === "http")).toBe(true);
  });

  test("connectLogger of another copy of log4js, whose levels are other objects", async () => {
    const { log4js: other, dispose } = anotherCopy();
    try {
      const app = express();
      app.use(other.connectLogger(asLog4js(logger, "http"), { level: "warn", format: ":method :status" }));
      await ask(app, "/missing");
      expect(said()).toEqual(["WARNING GET 404"]);
    } finally {
      dispose();
    }
  });

  test("a middleware of the kind of koa-log4: levels by getLevel, a format function, isLevelEnabled and log", async () => {
    const middleware = (theirs: TheirLogger, options: { level: string; format: (line: string) => string }) => {
      const level = log4js.levels.getLevel(options.level, log4js.levels.INFO);
      return async (context: { url: string }, next: () => Promise<void>): Promise<void> => {
        if (!theirs.isLevelEnabled(level as never)) return next();
        await next();
        theirs.log(level, options.format(context.url));
      };
    };
    const run = middleware(asLog4js(logger, "koa"), { level: "debug", format: (url) => `served ${url}` });
    await run({ url: "/x" }, async () => {});
    expect(records.map(({ name, message }) => [name, message])).toEqual([["koa", "served /x"]]);
  });
});
