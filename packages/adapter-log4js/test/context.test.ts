import { asLog4js, fromLog4jsConfig, interceptLog4js, log4jsSink, log4jsSinks } from "@logbridge/adapter-log4js";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import log4js, { type Logger as TheirLogger } from "log4js";
import { beforeEach, describe, expect, test } from "vitest";

let logger: Logger;
let contexts: object[];
let records: LogRecord[];

beforeEach(() => {
  logger = createLogger() as Logger;
  contexts = [];
  records = [];
});

const keep = (): void => {
  logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) }, { level: 0 });
};
const keepContexts = (...options: Parameters<typeof logger.add>[1][]): void => {
  logger.add(
    log4jsSink((event) => void contexts.push(event.context)),
    ...options,
  );
};

describe("the context of an event that was said to log4js", () => {
  test("is that of its logger: no value of a call is in it, nor takes the place of one", () => {
    keepContexts();
    const log = asLog4js(logger);
    log.addContext("user", "alice");
    log.info("x", { user: "mallory", id: 7 });
    log.error({ err: new Error("e"), user: "mallory" });
    log.clearContext();
    log.info("x", { user: "mallory" });
    expect(contexts).toEqual([{ user: "alice" }, { user: "alice" }, {}]);
  });

  test("the record has what the call says", () => {
    keep();
    const log = asLog4js(logger);
    log.addContext("attempt", 1);
    log.info("again", { attempt: 2 });
    expect(records[0]?.extra).toEqual({ attempt: 2 });
  });

  test("what is bound to our logger, and what a patcher adds, is in it too", () => {
    keepContexts();
    const log = asLog4js(
      logger.bind({ service: "billing" }).patch((record) => {
        (record.extra as Record<string, unknown>)["host"] = "a";
      }),
    );
    log.addContext("user", "alice");
    log.info("x", { user: "mallory" });
    expect(contexts).toEqual([{ service: "billing", host: "a", user: "alice" }]);
  });

  test("what a handler hides of a name is hidden of that which has the same name in the context", () => {
    keepContexts({ redact: ["token", "card.number"] });
    const log = asLog4js(logger);
    log.addContext("token", "geheim");
    log.addContext("card", { number: "geheim" });
    log.info("x", { token: "public", card: "none" });
    log.info("y", { token: "public" });
    log.info("z");
    expect(JSON.stringify(contexts)).not.toContain("geheim");
  });

  test("is that of its logger also where something of the call is hidden, and for our own redaction", () => {
    const hiding = createLogger() as Logger;
    hiding.configure({ redact: ["password"] });
    hiding.add(log4jsSink((event) => void contexts.push(event.context)));
    const log = asLog4js(hiding);
    log.addContext("user", "alice");
    log.info("x %j", { password: "geheim" }, { user: "mallory", password: "geheim" });
    expect(contexts).toEqual([{ user: "alice", password: expect.not.stringContaining("geheim") }]);
  });

  test("a name of a prototype is a name like any other", () => {
    keepContexts();
    const log = asLog4js(logger);
    log.addContext("__proto__", "mine");
    log.info("x", JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'));
    const [context] = contexts as [object];
    expect(Object.entries(context)).toEqual([["__proto__", "mine"]]);
    expect(Object.getPrototypeOf(context)).toBe(Object.prototype);
  });
});

describe("a getter in the context of a logger", () => {
  const withGetter = (log: TheirLogger, get: () => unknown): void => {
    const { context } = log as unknown as { readonly context: object };
    Object.defineProperty(context, "rid", { get, enumerable: true, configurable: true });
  };

  test("is asked for each record, as log4js does", () => {
    keep();
    let rid = 0;
    const log = asLog4js(logger) as unknown as TheirLogger;
    withGetter(log, () => ++rid);
    log.info("a");
    log.info("b");
    expect(records.map(({ extra }) => extra)).toEqual([{ rid: 1 }, { rid: 2 }]);
  });

  test("one that fails costs no record; that of a value is not asked", () => {
    keep();
    const log = asLog4js(logger) as unknown as TheirLogger;
    withGetter(log, () => {
      throw new Error("boom");
    });
    const value = {
      get asked(): never {
        throw new Error("asked");
      },
    };
    log.info("a", value);
    expect(records.map(({ extra }) => extra)).toEqual([{ rid: "[Getter]", asked: "[Getter]" }]);
  });

  test("is asked by an interception too", () => {
    keep();
    log4js.configure({
      appenders: { out: { type: { configure: () => () => {} } as never } },
      categories: { default: { appenders: ["out"], level: "info" } },
    });
    const theirs = log4js.getLogger("orders");
    withGetter(theirs, () => "r1");
    const interception = interceptLog4js(theirs, { logger, mode: "replace" });
    theirs.info("a");
    interception.restore();
    expect(records[0]?.extra).toEqual({ rid: "r1" });
  });
});

describe("what a facade is given", () => {
  const LONG = Array.from({ length: 20_000 }, () => "a").join(".");

  test("a place that is no file costs no record", () => {
    logger.add(
      { needs: { text: false, caller: true }, write: (_text, record) => void records.push(record) },
      { level: 0 },
    );
    const log = asLog4js(logger) as unknown as {
      setParseCallStackFunction(parse: () => unknown): void;
      info(text: string): void;
    };
    const places: unknown[] = [
      { fileName: "file:%%%", lineNumber: 1 },
      {
        get fileName(): never {
          throw new Error("boom");
        },
      },
      "text",
      null,
    ];
    for (const place of places) {
      log.setParseCallStackFunction(() => place);
      log.info("a");
    }
    expect(records).toHaveLength(places.length);
    expect(records.map(({ line }) => typeof line)).toEqual(places.map(() => "number"));
  });

  test("a category of twenty thousand parts has what those above it have", async () => {
    const seen: string[] = [];
    const type = {
      configure: () => (event: { readonly data: readonly unknown[] }) => void seen.push(String(event.data[0])),
    };
    const { notTaken, ...configuration } = fromLog4jsConfig({
      appenders: { all: { type }, deep: { type } },
      categories: {
        default: { appenders: ["all"], level: "info" },
        "a.a": { appenders: ["all"], level: "error" },
        [`b.${LONG}`]: { appenders: ["deep"], level: "info" },
      },
    });
    logger.configure(configuration);
    asLog4js(logger, LONG).info("below the level of a.a");
    asLog4js(logger, LONG).error("from a");
    asLog4js(logger, `b.${LONG}.c`).info("from b");
    expect(await logger.complete()).toMatchObject({ dropped: 0, pending: 0 });
    expect([notTaken, seen]).toEqual([[], ["from a", "from b"]]);
  });

  test("a name of a prototype is no level", () => {
    keep();
    const log = asLog4js(logger);
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      log.level = name;
      expect(log.isLevelEnabled(name)).toBe(false);
      log.log(name, "x");
    }
    expect((log as unknown as { isLevelEnabled(): boolean }).isLevelEnabled()).toBe(false);
    expect(records.length).toBeGreaterThanOrEqual(4);
    expect(records.every(({ level }) => level.name === "INFO" || level.name === "WARNING")).toBe(true);
  });

  test("it is written as JSON, and may be a value of a record", () => {
    const lines: string[] = [];
    logger.add((text) => void lines.push(text), { serialize: true });
    const log = asLog4js(logger, "shop");
    expect(JSON.parse(JSON.stringify(log))).toEqual({ category: "shop" });
    logger.info("x", { log });
    log.info("y", { log, run: () => process.exit(1) });
    expect(lines).toHaveLength(2);
  });
});

test("the appenders of a running log4js get the context as log4js gives it", () => {
  const type = { configure: () => (event: { context: object }) => void contexts.push(event.context) } as never;
  log4js.configure({ appenders: { out: { type } }, categories: { default: { appenders: ["out"], level: "info" } } });
  const theirs = log4js.getLogger();
  theirs.addContext("user", "alice");
  theirs.info("x", { user: "mallory", id: 7 });
  const interception = interceptLog4js(log4js, { logger, mode: "replace" });
  for (const sink of log4jsSinks(log4js)) logger.add(sink);
  theirs.info("x", { user: "mallory", id: 7 });
  interception.restore();
  expect(contexts).toEqual([{ user: "alice" }, { user: "alice" }]);
});
