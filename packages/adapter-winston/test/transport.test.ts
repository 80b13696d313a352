import { createRequire } from "node:module";
import { createLogger, type LogRecord } from "@logbridge/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import winston from "winston";
import type Transport from "winston-transport";
import { logbridgeTransport, propagateToWinston, winstonSink } from "../src/index.ts";
import { MemoryTransport, ours, SlowTransport, settle } from "./setting.ts";

const { combine, errors, json, label, splat, timestamp } = winston.format;

/** A winston logger with our transport, and what came to the logger behind it. */
function reaching(options: winston.LoggerOptions = {}): {
  readonly theirs: winston.Logger;
  readonly records: LogRecord[];
} {
  const { logger, records } = ours(true);
  const theirs = winston.createLogger({ level: "silly", transports: [logbridgeTransport({ logger })], ...options });
  return { theirs, records };
}

describe("the interface suite of winston transports", () => {
  const scope = globalThis as Record<string, unknown>;
  /** mocha's functions, whose callbacks may take a `done`. */
  const awaiting =
    (register: (run: () => unknown) => unknown) =>
    (run: (done?: () => void) => unknown): unknown =>
      register(() => (run.length > 0 ? new Promise<void>((resolve) => void run(resolve)) : run()));
  const mocha: Record<string, unknown> = {
    describe,
    it: (name: string, run: (done?: () => void) => unknown) => awaiting((inner) => test(name, inner as never))(run),
    before: awaiting(beforeAll as never),
    beforeEach: awaiting(beforeEach as never),
    after: awaiting(afterAll as never),
    afterEach: awaiting(afterEach as never),
  };
  const saved = Object.keys(mocha).map((key) => [key, scope[key]] as const);
  Object.assign(scope, mocha);
  const suite = createRequire(import.meta.url)("abstract-winston-transport") as (options: object) => void;
  suite({ name: "logbridge", Transport: logbridgeTransport, construct: () => ({ logger: createLogger() }) });
  // A runner reads the inside of a suite later.
  afterAll(() => {
    for (const [key, value] of saved) scope[key] = value;
  });
});

describe("what a record has", () => {
  test("level, message, fields, label, time and caller", () => {
    const { theirs, records } = reaching({ format: combine(label({ label: "shop" }), timestamp(), splat(), json()) });
    const before = Date.now();
    theirs.child({ request: 4 }).warn("low %s", "stock", { left: 2 });
    expect(records[0]).toMatchObject({
      message: "low stock",
      level: { name: "WARNING", no: 30 },
      name: "shop",
      origin: { name: "winston", level: { name: "warn", no: 1 } },
    });
    expect(records[0]?.extra).toEqual({ request: 4, left: 2, label: "shop" });
    expect(records[0]?.time.getTime()).toBeGreaterThanOrEqual(before);
    expect(records[0]?.file?.name).toBe("transport.test.ts");
  });

  test("custom levels, ours by name", () => {
    const { logger, records } = ours();
    logger.level("AUDIT", { no: 27 });
    const theirs = winston.createLogger({
      levels: { fatal: 0, boom: 1, warn: 2, audit: 3 },
      level: "audit",
      transports: [logbridgeTransport({ logger })],
    });
    for (const level of ["fatal", "boom", "warn", "audit"]) theirs.log(level, level);
    expect(records.map(({ level }) => [level.name, level.no])).toEqual([
      ["CRITICAL", 50],
      ["BOOM", 40],
      ["WARNING", 30],
      ["AUDIT", 27],
    ]);
  });

  test.each([
    ["json()", json()],
    ["errors()", combine(errors({ stack: true, cause: true }), json())],
    ["splat()", combine(errors({ stack: true, cause: true }), splat(), json())],
  ])("an Error with its cause, however it is given: %s", (_name, format) => {
    const { theirs, records } = reaching({ format });
    const error = Object.assign(new TypeError("disk full", { cause: new Error("inner") }), { code: "E1" });
    theirs.error(error);
    theirs.error("save failed", error);
    theirs.error("save failed", { err: error });
    theirs.child({ a: 1 }).error("save failed", error);
    expect(records).toHaveLength(4);
    for (const { exception } of records)
      expect(exception).toMatchObject({ message: "disk full", code: "E1", cause: { message: "inner" } });
    expect(records[0]?.message).toBe("disk full");
    expect(records[1]?.exception?.value).toBe(error);
  });

  test("what a format hides in text, stack or fields is hidden on the error, too", () => {
    const hide = winston.format((info) => {
      for (const key of ["message", "stack"])
        if (typeof info[key] === "string") info[key] = (info[key] as string).replaceAll(/key-\w+/g, "key-***");
      if (info["password"]) info["password"] = "***";
      return info;
    })();
    const { theirs, records } = reaching({ format: combine(errors({ stack: true }), hide, json()) });
    const error = (): Error => Object.assign(new Error("refused key-12345"), { password: "hunter2" });
    theirs.error("save failed", error());
    theirs.error(error() as never);
    theirs.info("login", { password: "hunter2" });
    const all = records.map((record) => JSON.stringify(record.toJSON())).join("\n");
    expect(records).toHaveLength(3);
    for (const secret of ["hunter2", "key-12345"]) expect(all).not.toContain(secret);
  });

  test("a timestamp that is no time of now is a field", () => {
    const { theirs, records } = reaching();
    theirs.info("a", { timestamp: "yesterday" });
    theirs.info("b", { timestamp: "2021-05-06T07:08:09.123Z" });
    expect(records.map((record) => record.extra["timestamp"])).toEqual(["yesterday", "2021-05-06T07:08:09.123Z"]);
    expect(records[1]?.time.getFullYear()).toBeGreaterThan(2021);
  });

  test("behind a slow sibling: each record once, in order, with the time that its format has noted, and no wrong caller", async () => {
    const { logger, records } = ours(true);
    const slow = new SlowTransport(1);
    const theirs = winston.createLogger({
      format: combine(timestamp(), json()),
      transports: [slow, logbridgeTransport({ logger })],
    });
    for (let n = 0; n < 100; n++) theirs.info(`line ${n}`);
    while (records.length < 100 || slow.infos.length < 100) await settle(10);
    expect(records.map((record) => record.message)).toEqual(Array.from({ length: 100 }, (_, n) => `line ${n}`));
    expect(records.map((record) => record.time.toISOString())).toEqual(slow.infos.map((info) => info["timestamp"]));
    expect(new Set(records.map((record) => record.file?.name))).toEqual(new Set(["transport.test.ts", undefined]));
  });
});

describe("as a transport", () => {
  test("level, silent, format and handleExceptions are winston's", () => {
    const { logger, records } = ours();
    const transport = logbridgeTransport({
      logger,
      level: "warn",
      format: winston.format((info) => Object.assign(info, { seen: true }))(),
    });
    const theirs = winston.createLogger({ level: "silly", transports: [transport] });
    theirs.info("below");
    theirs.warn("at");
    transport.silent = true;
    theirs.error("silent");
    transport.silent = false;
    theirs.log({ level: "error", message: "uncaught", exception: true });
    expect(records.map((record) => record.message)).toEqual(["at"]);
    expect(records[0]?.extra).toEqual({ seen: true });
    const other = ours();
    const handling = winston.createLogger({
      transports: [logbridgeTransport({ logger: other.logger, handleExceptions: true })],
      exitOnError: false,
    });
    const error = new Error("broken");
    handling.log(handling.exceptions.getAllInfo(error) as never);
    handling.exceptions.unhandle();
    expect(other.records[0]?.exception?.value).toBe(error);
    expect(other.records[0]?.level.name).toBe("ERROR");
  });

  test("finish says that our handlers have written", async () => {
    const { logger } = ours();
    const left: string[] = [];
    logger.add(async (text) => {
      await settle(20);
      left.push(text);
    });
    const theirs = winston.createLogger({ transports: [logbridgeTransport({ logger })] });
    theirs.info("last words");
    await new Promise((resolve) => {
      theirs.on("finish", resolve);
      theirs.end();
    });
    expect(left).toHaveLength(1);
  });

  test("removed and added again it goes on", () => {
    const { logger, records } = ours();
    const transport = logbridgeTransport({ logger });
    const theirs = winston.createLogger({ transports: [transport, new MemoryTransport()] });
    theirs.info("one");
    theirs.remove(transport);
    theirs.info("two");
    theirs.add(transport);
    theirs.info("three");
    expect(records.map((record) => record.message)).toEqual(["one", "three"]);
  });

  test("a handler with catch: false throws into the call, and the transport goes on", () => {
    const logger = createLogger();
    let throwing = true;
    const texts: string[] = [];
    logger.add(
      (text) => {
        if (throwing) throw new Error("sink");
        texts.push(text);
      },
      { catch: false, format: "{message}" },
    );
    const theirs = winston.createLogger({ transports: [logbridgeTransport({ logger })] });
    expect(() => theirs.info("thrown")).toThrow("sink");
    throwing = false;
    theirs.info("after");
    expect(texts.join("")).toContain("after");
  });
});

describe("rings", () => {
  test("hosted by the same logger", async () => {
    const { logger, records } = ours();
    logger.add(winstonSink(logbridgeTransport({ logger })), { level: 0 });
    logger.info("round");
    await logger.complete();
    expect(records.map((record) => record.message)).toEqual(["round"]);
  });

  test("propagated to the winston logger that has it", async () => {
    const { logger, records } = ours();
    const other = new MemoryTransport();
    const theirs = winston.createLogger({ transports: [logbridgeTransport({ logger }), other] });
    logger.add(propagateToWinston(theirs), { level: 0 });
    logger.info("ours");
    theirs.info("theirs");
    await logger.complete();
    await settle();
    expect(records.map((record) => record.message)).toEqual(["ours", "theirs"]);
    expect(other.infos.map((info) => info.message)).toEqual(["ours", "theirs"]);
  });
});

test("options are checked", () => {
  expect(() => logbridgeTransport({ levels: 1 } as never)).toThrow(expect.objectContaining({ code: "LB1002" }));
  for (const wrong of [{ logger: {} }, { level: 3 }, { format: {} }, null])
    expect(() => logbridgeTransport(wrong as never)).toThrow(expect.objectContaining({ code: "LB1561" }));
});

test("its type is a transport's", () => {
  expectTypeOf(logbridgeTransport).returns.toExtend<Transport>();
});
