import { Writable } from "node:stream";
import { createLogger, type Interception, type InterceptOptions, type LogRecord } from "@logbridge/core";
import { afterEach, describe, expect, test } from "vitest";
import winston from "winston";
import { interceptWinston } from "../src/index.ts";
import { MESSAGE, MemoryTransport, ours, SlowTransport, settle, theirs } from "./setting.ts";

const { combine, errors, json, printf, simple, splat, timestamp } = winston.format;
const open: Interception[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.restore();
});

function intercept(target: Parameters<typeof interceptWinston>[0], options: InterceptOptions): Interception {
  const interception = interceptWinston(target, options);
  open.push(interception);
  return interception;
}

/** A format that numbers what it sees. */
function counting(): { readonly format: winston.Logform.Format; readonly count: () => number } {
  let count = 0;
  return { format: winston.format((info) => Object.assign(info, { n: ++count }))(), count: () => count };
}

describe("what comes in", () => {
  test("level, message, fields, label and time", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs({ format: combine(winston.format.label({ label: "shop" }), json()) });
    intercept(legacy, { logger });
    const before = Date.now();
    legacy.warn("low stock", { sku: "a-1", left: 2 });
    const [record] = records;
    expect(record?.level).toMatchObject({ name: "WARNING", no: 30 });
    expect(record?.message).toBe("low stock");
    expect(record?.extra).toMatchObject({ sku: "a-1", left: 2 });
    expect(record?.name).toBe("shop");
    expect(record?.origin).toMatchObject({ name: "winston", level: { name: "warn", no: 1 } });
    expect(record?.time.getTime()).toBeGreaterThanOrEqual(before);
  });

  test("a timestamp that a format adds is no field, one that the caller gave is", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs({ format: combine(timestamp(), json()) });
    intercept(legacy, { logger });
    legacy.info("added");
    legacy.info("given", { timestamp: "yesterday" });
    expect(records[0]?.extra).toEqual({});
    expect(records[1]?.extra).toEqual({ timestamp: "yesterday" });
  });

  test("an object logged as the message is readable text, and its values are fields", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs();
    intercept(legacy, { logger });
    legacy.info({ event: "migrating", name: "001-users" } as never);
    expect(records[0]?.message).toContain("migrating");
    expect(records[0]?.message).toContain("001-users");
    expect(records[0]?.message).not.toContain("[object");
    expect(records[0]?.extra).toEqual({ event: "migrating", name: "001-users" });
  });

  test("S-INT-1 a % in the text makes winston drop the fields, and they come in", () => {
    const { logger, records } = ours();
    const { logger: legacy, lines } = theirs({ format: json() });
    intercept(legacy, { logger });
    legacy.info("rule %c matched", { rule: 4, apiKey: "k-1" });
    expect(lines[0]).not.toContain('rule":4');
    expect(records[0]?.message).toBe("rule %c matched");
    expect(records[0]?.extra).toEqual({ rule: 4, apiKey: "[Redacted]" });
  });

  test.each([
    ["json()", json()],
    ["simple()", simple()],
    [
      "errors() and printf()",
      combine(
        errors({ stack: true }),
        printf((info) => `${info.level} ${info.message}`),
      ),
    ],
    ["none", undefined],
  ])("S-INT-2 an Error alone, with %s", (_name, format) => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs(format ? { format } : {});
    intercept(legacy, { logger });
    const error = new TypeError("x");
    legacy.error(error);
    expect(records[0]?.level.name).toBe("ERROR");
    expect(records[0]?.message).toBe("x");
    expect(records[0]?.exception?.value).toBe(error);
    expect(records[0]?.extra).toEqual({});
  });

  test("an Error as argument, as field and through a child", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs({ format: combine(errors({ stack: true }), json()) });
    intercept(legacy, { logger });
    const error = Object.assign(new Error("disk full"), { code: "ENOSPC" });
    legacy.error("save failed", error);
    legacy.error("save failed", { err: error });
    legacy.child({ request: 1 }).error(error);
    expect(records.map((record) => record.exception?.message)).toEqual(["disk full", "disk full", "disk full"]);
    expect(records[2]?.message).toBe("disk full");
    expect(records[2]?.extra).toMatchObject({ request: 1 });
  });

  test("S-INT-3 a child's level and silent have no effect, as in winston itself", () => {
    const { logger, texts } = ours();
    const { logger: legacy, lines } = theirs({ level: "info", format: printf((info) => String(info.message)) });
    intercept(legacy, { logger });
    const child = legacy.child({});
    child.level = "debug";
    child.debug("a");
    child.level = "error";
    child.info("b");
    child.silent = true;
    child.error("c");
    expect(texts()).toEqual(lines);
    expect(texts()).toEqual(["b", "c"]);
  });

  test("what a transport of its own level prints, though the logger's level is higher", () => {
    const { logger, texts } = ours();
    const legacy = winston.createLogger({ level: "error", transports: [new MemoryTransport({ level: "info" })] });
    intercept(legacy, { logger });
    legacy.info("printed");
    legacy.debug("not printed");
    expect(texts()).toEqual(["printed"]);
  });

  test("a silent logger says nothing", () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs({ silent: true });
    intercept(legacy, { logger });
    legacy.info("quiet");
    expect(texts()).toEqual([]);
  });

  test("custom levels between the known ones, and the three tables of winston", () => {
    const { logger, records } = ours();
    for (const levels of [
      winston.config.npm.levels,
      winston.config.syslog.levels,
      winston.config.cli.levels,
      { fatal: 0, boom: 1, warn: 2 },
    ]) {
      const legacy = winston.createLogger({
        levels,
        level: Object.keys(levels).at(-1) as string,
        transports: [new MemoryTransport()],
      });
      const interception = interceptWinston(legacy, { logger });
      for (const name of Object.keys(levels)) legacy.log(name, name);
      interception.restore();
    }
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
      fatal: 50,
      boom: 40,
    });
  });

  test("stage raw: before the formats, with template and arguments", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs({
      format: combine(splat(), winston.format((info) => Object.assign(info, { message: "hidden" }))(), json()),
    });
    intercept(legacy, { logger, stage: "raw" });
    legacy.info("user %s has %d orders", "Ada", 3, { shop: 1 });
    expect(records[0]?.message).toBe("user Ada has 3 orders");
    expect(records[0]?.template).toBe("user %s has %d orders");
    expect(records[0]?.args).toEqual(["Ada", 3]);
    expect(records[0]?.extra).toEqual({ shop: 1 });
  });
});

describe("what a format hides stays hidden", () => {
  const masked = winston.format((info) => {
    if (info["password"]) info["password"] = "***";
    delete info["pin"];
    const hidden = (text: unknown): unknown =>
      typeof text === "string" ? text.replaceAll(/key-\w+/g, "key-***") : text;
    info.message = hidden(info.message);
    if (info["stack"]) info["stack"] = hidden(info["stack"]);
    return info;
  })();

  test("masked and deleted fields, masked text, arguments and errors", () => {
    const { logger, records } = ours();
    const { logger: legacy } = theirs({ format: combine(errors({ stack: true }), splat(), masked, json()) });
    intercept(legacy, { logger });
    legacy.info("login", { user: "ada", password: "hunter2", pin: "9999" });
    legacy.info("with %s", "key-12345", { password: "hunter2" });
    legacy.error(new Error("refused key-12345"));
    legacy.error("save failed", new Error("refused key-12345"));
    const all = records.map((record) => JSON.stringify(record.toJSON())).join("\n");
    expect(records).toHaveLength(4);
    expect(records[0]?.extra).toEqual({ user: "ada", password: "***" });
    expect(records[1]).toMatchObject({ message: "with key-***", args: [], template: "with key-***" });
    expect(records[2]?.exception).toMatchObject({ type: "Error", message: "refused key-***" });
    for (const secret of ["hunter2", "9999", "key-12345"]) expect(all).not.toContain(secret);
  });

  test("a record that a format drops does not come in, and nothing is printed", () => {
    const { logger, texts } = ours();
    const { logger: legacy, lines } = theirs({
      format: combine(winston.format((info) => (info["probe"] ? false : info))(), json()),
    });
    for (const mode of ["tee", "replace"] as const) {
      const interception = interceptWinston(legacy, { logger, mode });
      legacy.info("dropped", { probe: true });
      interception.restore();
    }
    expect(texts()).toEqual([]);
    expect(lines).toEqual([]);
  });
});

describe("the library's own output", () => {
  test.each(["tee", "replace"] as const)("a format that counts shows what it would without us: %s", async (mode) => {
    const { logger, records } = ours();
    const one = counting();
    const { logger: legacy } = theirs({ level: "info", format: combine(one.format, json()) });
    intercept(legacy, { logger, mode, level: "INFO" });
    legacy.info("first");
    legacy.debug("below the level: winston formats it too");
    legacy.info("third");
    await settle();
    expect(one.count()).toBe(3);
    expect(records.map((record) => record.extra["n"])).toEqual([1, 3]);
  });

  test("S-INT-8 the transport's bytes are the same with and without us", async () => {
    const run = async (listen: boolean): Promise<string[]> => {
      const { logger, lines } = theirs({
        defaultMeta: { service: "shop" },
        format: combine(
          splat(),
          counting().format,
          printf((info) => JSON.stringify(info)),
        ),
      });
      const interception = listen ? interceptWinston(winston, { logger: ours().logger }) : null;
      const reused = { message: "twice", at: 1 };
      logger.info("plain");
      logger.warn("with %s", "argument", { field: 1 });
      logger.log({ level: "error", message: "object" });
      logger.info(reused as never);
      logger.info(reused as never);
      logger.error(new Error("alone"));
      logger.child({ request: 4 }).info("child", { step: 1 });
      logger.profile("job");
      logger.profile("job", { durationMs: 0 });
      await settle();
      interception?.restore();
      return lines.map((line) =>
        line.replace(/"durationMs":\d+/, '"durationMs":0').replace(/"stack":"[^"]*"/, '"stack":""'),
      );
    };
    expect(await run(true)).toEqual(await run(false));
  });

  test("replace silences the transports and brings no notice about missing ones", async () => {
    const { logger, texts } = ours();
    const { logger: legacy, lines } = theirs();
    const bare = winston.createLogger({});
    const printed: unknown[] = [];
    const { error } = console;
    console.error = (...args) => void printed.push(args);
    try {
      intercept(winston, { logger, mode: "replace" });
      legacy.info("taken over");
      bare.info("without transports");
    } finally {
      console.error = error;
    }
    await settle();
    expect(texts()).toEqual(["taken over", "without transports"]);
    expect(lines).toEqual([]);
    expect(printed).toEqual([]);
  });

  test("replace is silent below our threshold too", async () => {
    const { logger, texts } = ours();
    logger.handler(0).level = "ERROR";
    const { logger: legacy, lines } = theirs();
    intercept(legacy, { logger, mode: "replace" });
    legacy.info("too low");
    await settle();
    expect(texts()).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("a format that throws throws as it would without us, and the logger goes on", () => {
    const { logger, texts } = ours();
    let throwing = true;
    const { logger: legacy } = theirs({
      format: winston.format((info) => {
        if (throwing) throw new Error("format");
        return info;
      })(),
    });
    for (const mode of ["tee", "replace"] as const) {
      throwing = true;
      const interception = interceptWinston(legacy, { logger, mode });
      expect(() => legacy.info("lost")).toThrow("format");
      throwing = false;
      legacy.info(`after ${mode}`);
      interception.restore();
    }
    expect(texts()).toEqual(["after tee", "after replace"]);
  });

  test("records come in at once and in order behind a slow transport, each formatted once", async () => {
    const { logger, texts, records } = ours(true);
    const slow = new SlowTransport(1);
    const one = counting();
    const legacy = winston.createLogger({ format: combine(one.format, json()), transports: [slow] });
    intercept(legacy, { logger });
    for (let n = 0; n < 60; n++) legacy.info(`line ${n}`);
    expect(texts()).toEqual(Array.from({ length: 60 }, (_, n) => `line ${n}`));
    expect(records.every((record) => record.file?.name === "intercept.test.ts")).toBe(true);
    await settle(600);
    expect(one.count()).toBe(60);
    expect(slow.infos.map((info) => info["n"])).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    expect(JSON.parse(String(slow.infos[59]?.[MESSAGE]))).toMatchObject({ message: "line 59", n: 60 });
  });
});

describe("which loggers", () => {
  test("the module: existing, later, default and container loggers, and children", () => {
    const { logger, texts } = ours();
    const existing = winston.createLogger({ transports: [new MemoryTransport()] });
    intercept(winston, { logger });
    existing.info("existing");
    winston.createLogger({ transports: [new MemoryTransport()] }).info("later");
    const contained = winston.loggers.get("one", { transports: [new MemoryTransport()] });
    contained.child({}).child({}).info("grandchild in a container");
    winston.add(new MemoryTransport());
    winston.info("default");
    winston.clear();
    winston.loggers.close("one");
    expect(texts()).toEqual(["existing", "later", "grandchild in a container", "default"]);
  });

  test("one logger and its children, and no other", () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs();
    const other = theirs().logger;
    intercept(legacy, { logger });
    other.info("other");
    legacy.info("one");
    legacy.child({ a: 1 }).info("child");
    expect(texts()).toEqual(["one", "child"]);
  });

  test("one child, and neither its siblings nor its parent", () => {
    const { logger, texts, records } = ours();
    const { logger: legacy } = theirs();
    const child = legacy.child({ part: "a" });
    intercept(child, { logger });
    legacy.info("parent");
    legacy.child({ part: "b" }).info("sibling");
    child.info("child");
    child.log("warn", "child's log");
    child.child({ deep: 1 }).info("grandchild");
    expect(texts()).toEqual(["child", "child's log", "grandchild"]);
    expect(records[2]?.extra).toEqual({ part: "a", deep: 1 });
  });

  test("one logger first and then the module: each interception gets each record once", () => {
    const first = ours();
    const second = ours();
    const { logger: legacy } = theirs();
    intercept(legacy, { logger: first.logger });
    intercept(winston, { logger: second.logger });
    legacy.info("both");
    expect(first.texts()).toEqual(["both"]);
    expect(second.texts()).toEqual(["both"]);
  });
});

describe("level", () => {
  test("follow: the logger's level and isLevelEnabled are our threshold, and back after restore", () => {
    const { logger, texts } = ours();
    const legacy = winston.createLogger({ level: "info", transports: [new MemoryTransport({ level: "error" })] });
    logger.handler(0).level = "DEBUG";
    const interception = intercept(legacy, { logger, mode: "replace" });
    expect(legacy.level).toBe("debug");
    expect(legacy.isDebugEnabled()).toBe(true);
    expect(legacy.isSillyEnabled()).toBe(false);
    legacy.debug("detail");
    logger.handler(0).level = "WARNING";
    expect(legacy.level).toBe("warn");
    legacy.info("too low");
    interception.restore();
    expect(legacy.level).toBe("info");
    expect(legacy.isDebugEnabled()).toBe(false);
    expect(texts()).toEqual(["detail"]);
  });

  test("follow for the module reaches loggers when they speak or are asked", () => {
    const { logger, texts } = ours();
    const legacy = winston.createLogger({ level: "error", transports: [new MemoryTransport()] });
    const interception = intercept(winston, { logger, mode: "replace" });
    expect(legacy.child({}).isLevelEnabled("debug")).toBe(true);
    legacy.debug("detail");
    interception.restore();
    expect(legacy.level).toBe("error");
    expect(texts()).toEqual(["detail"]);
  });

  test("level: a name ignores what is below", () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs();
    intercept(legacy, { logger, level: "WARNING" });
    legacy.info("below");
    legacy.warn("at");
    expect(texts()).toEqual(["at"]);
  });
});

describe("bad input", () => {
  test.each([[{}], [42], [null], [winston.format.json()]])("interceptWinston(%o) says what it takes", (value) => {
    expect(() => interceptWinston(value as never)).toThrow(expect.objectContaining({ code: "LB1514" }));
  });

  test("an unknown option is named", () => {
    expect(() => interceptWinston(winston, { levels: 1 } as never)).toThrow(/unknown option "levels"/);
  });
});

test("what a format masks among an error's properties does not stand on the exception either", () => {
  const secret = "s3cret-value";
  const mask = winston.format((info) => {
    if (info["password"] !== undefined) info["password"] = "***";
    return info;
  });
  for (const log of [
    (theirs: winston.Logger) => theirs.error(Object.assign(new Error("n"), { password: secret, code: "E1" }) as never),
    (theirs: winston.Logger) => theirs.error("failed", Object.assign(new Error("n"), { password: secret, code: "E1" })),
  ]) {
    const logger = createLogger();
    const texts: string[] = [];
    const records: LogRecord[] = [];
    for (const serialize of [false, true, "flat"] as const)
      logger.add(
        (text, record) => {
          texts.push(text);
          records.push(record);
        },
        { serialize },
      );
    const theirs = winston.createLogger({
      format: winston.format.combine(winston.format.errors({ stack: true }), mask(), winston.format.json()),
      transports: [new winston.transports.Stream({ stream: new Writable({ write: (_c, _e, done) => done() }) })],
    });
    const interception = interceptWinston(theirs, { logger });
    log(theirs);
    interception.restore();
    expect(texts).toHaveLength(3);
    expect(texts.join("")).not.toContain(secret);
    expect(JSON.stringify(records[0])).not.toContain(secret);
    expect(records[0]?.exception).toMatchObject({ type: "Error", code: "E1", properties: { password: "***" } });
  }
});
