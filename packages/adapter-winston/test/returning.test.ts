import { Writable } from "node:stream";
import { createLogger, type Logger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { asWinston, fromWinstonOptions, interceptWinston, winstonSink, winstonSinks } from "../src/index.ts";
import { LEVEL, MESSAGE, MemoryTransport, ours, theirs } from "./setting.ts";

const { align, colorize, combine, errors, json, label, logstash, metadata, ms, printf, simple, splat, timestamp } =
  winston.format;

const cause = Object.assign(new RangeError("no space"), { code: "ENOSPC", config: { a: 1 } });
const stack = "TypeError: disk full\n    at save (/app/save.js:1:1)";

/** Calls of every form; each has an error or an object of its own, since winston writes on them. */
function calls(logger: winston.Logger): void {
  const fresh = (): Error => Object.assign(new TypeError("disk full", { cause }), { disk: "/dev/sda", stack });
  logger.info("hi");
  logger.warn("order %s of %d paid", "A7", 3, { currency: "EUR" });
  logger.info("100%", { nested: { b: 1, a: [1, { z: 1 }] } });
  logger.error("save failed:", fresh());
  logger.error("save failed %s", "twice", fresh());
  logger.error(fresh() as never);
  logger.log("error", fresh() as never);
  logger.log({ level: "info", message: "an info", a: 1, exceptional: true });
  logger.log("info", { a: 2 } as never);
  logger.info({ a: 3 } as never);
  logger.info({ message: "in an object", a: 4 } as never);
  logger.info("with a message", { message: "of its own", level: "error" });
  logger.child({ requestId: "r1" }).info("of a child", { a: 5 });
  logger.child({ requestId: "r1" }).error(fresh() as never);
  logger.info("%o %j %%", { deep: [1] }, { a: 6 });
  logger.debug("too low");
  logger.info("");
}

const stamp = winston.format((info) => Object.assign(info, { timestamp: "then" }))();
const FORMATS: Record<string, () => winston.Logform.Format | undefined> = {
  none: () => undefined,
  "label with message": () => combine(label({ label: "svc", message: true }), json()),
  "metadata()": () => combine(metadata(), json()),
  "logstash()": () => combine(stamp, logstash()),
  "splat() and simple()": () => combine(splat(), simple()),
  "colorize(), align() and printf()": () =>
    combine(
      colorize(),
      align(),
      printf((info) => `${info.level}: ${String(info.message)} ${String(info["disk"])}`),
    ),
  "errors({ stack, cause })": () => combine(errors({ stack: true, cause: true }), stamp, json()),
  "a replacer": () => json({ replacer: (key, value) => (key === "disk" ? "•" : value) }),
  "an uncopied whole": () => printf((info) => Object.keys(info).sort().join(",")),
};

/** A facade makes infos as winston does from 3.3 on; before, the message of an object was appended without a space and children were others. */
const isOlder = ((): boolean => {
  const { logger, lines } = theirs();
  logger.info("a", { message: "b" });
  return !lines.join().includes("a b");
})();

describe.each(Object.entries(FORMATS))("a record that returns to winston's own outputs: %s", (_name, formatOf) => {
  const options = (): winston.LoggerOptions => {
    const format = formatOf();
    return { level: "info", defaultMeta: { service: "shop" }, ...(format && { format }) };
  };
  const native = theirs(options());
  calls(native.logger);

  test("intercepted in replace mode and hosted: winston's own lines", async () => {
    const legacy = theirs(options());
    const logger = createLogger();
    const interception = interceptWinston(legacy.logger, { logger, mode: "replace" });
    for (const sink of winstonSinks(legacy.logger)) logger.add(sink, { level: 0 });
    calls(legacy.logger);
    await logger.complete();
    interception.restore();
    expect(legacy.lines).toEqual(native.lines);
  });

  test.skipIf(isOlder)("moved, and called through the facade: winston's own lines", async () => {
    const { lines, logger: old } = theirs();
    const [transport] = old.transports;
    old.remove(transport as winston.transport);
    const logger = createLogger();
    const { notTaken, ...configuration } = fromWinstonOptions({ ...options(), transports: [transport] });
    expect(notTaken).toEqual([]);
    logger.configure(configuration);
    calls(asWinston(logger));
    await logger.complete();
    expect(lines).toEqual(native.lines);
  });
});

describe("a record that was changed on its way goes the ordinary way", () => {
  const run = (change: (logger: Logger) => { logger: Logger; options?: object }): string[] => {
    const legacy = theirs({ format: combine(label({ label: "svc" }), json()) });
    const { logger, options = {} } = change(createLogger());
    const interception = interceptWinston(legacy.logger, { logger, mode: "replace" });
    for (const sink of winstonSinks(legacy.logger)) logger.add(sink, options);
    legacy.logger.info("login", { password: "hunter2", user: { password: "hunter2" } });
    legacy.logger.error("failed", Object.assign(new Error("boom"), { password: "hunter2" }));
    interception.restore();
    return legacy.lines;
  };

  test.each<[string, Parameters<typeof run>[0]]>([
    ["a handler's redact", (logger) => ({ logger, options: { redact: ["**.password"] } })],
    [
      "the logger's redact",
      (logger) => {
        logger.configure({ redact: ["**.password"] });
        return { logger };
      },
    ],
  ])("%s", (_name, change) => {
    const lines = run(change);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain("hunter2");
  });

  test("a patcher, a handler's format", () => {
    const patched = run((logger) => ({ logger: logger.patch((record) => void (record.message = "patched")) }));
    expect(JSON.parse(patched[0] as string)).toMatchObject({ message: "patched" });
    const formatted = run((logger) => ({ logger, options: { format: "<{message}>" } }));
    expect(JSON.parse(formatted[0] as string)).toMatchObject({ message: "<login>" });
  });

  test("a redaction covers values that winston's formats alone see", () => {
    const legacy = theirs({ format: printf((info) => JSON.stringify([info, info[Symbol.for("splat")]])) });
    const logger = createLogger();
    const interception = interceptWinston(legacy.logger, { logger, mode: "replace" });
    for (const sink of winstonSinks(legacy.logger)) logger.add(sink, { redact: ["**.password"] });
    legacy.logger.info("a", "b", { password: "hunter2" });
    legacy.logger.info("a", { password: "hunter2" });
    legacy.logger.info("a %s", { password: "hunter2" });
    interception.restore();
    expect(legacy.lines).toHaveLength(3);
    expect(legacy.lines.join()).not.toContain("hunter2");
  });

  test("a facade's redaction covers what winston's info would have had", () => {
    const transport = new MemoryTransport({
      format: printf((info) => JSON.stringify([info, info[Symbol.for("splat")]])),
    });
    const logger = createLogger();
    logger.add(winstonSink(transport), { redact: ["**.password"] });
    const facade = asWinston(logger);
    const secret = { password: "hunter2" };
    facade.info("a", secret);
    facade.info("a %s", secret);
    facade.info("a", [secret]);
    facade.info("a", "b", secret);
    facade.info(secret as never);
    facade.log("info", secret as never);
    facade.error("a", Object.assign(new Error("x"), secret));
    facade.error("a", new Error("x"), Object.assign(new Error("y"), secret));
    facade.error("a", new Error("x", { cause: Object.assign(new Error("y"), secret) }));
    facade.error(Object.assign(new Error("x"), secret) as never);
    expect(transport.infos).toHaveLength(10);
    expect(transport.texts().join()).not.toContain("hunter2");
  });
});

test("bound values are added, and the format still runs on the call as it was", () => {
  const legacy = theirs({ format: combine(label({ label: "svc", message: true }), json()) });
  const logger = createLogger();
  const interception = interceptWinston(legacy.logger, { logger: logger.bind({ requestId: "r1" }), mode: "replace" });
  for (const sink of winstonSinks(legacy.logger)) logger.add(sink);
  legacy.logger.info("hi", { a: 1 });
  interception.restore();
  expect(legacy.lines.map((line) => JSON.parse(line))).toEqual([
    { level: "info", message: "[svc] hi", a: 1, requestId: "r1" },
  ]);
});

test("each transport has an info of its own, with winston's fields, and a transport's format runs on it as in winston", () => {
  const spoil = winston.format((info) => Object.assign(info, { spoiled: true, message: "spoiled" }))();
  const make = (): [MemoryTransport, MemoryTransport] => [
    new MemoryTransport({ format: spoil }),
    new MemoryTransport({ format: printf((info) => `${info.level}|${String(info.message)}`) }),
  ];
  const format = combine(colorize(), timestamp({ format: () => "now" }), ms(), json());
  const [nativeFirst, nativeSecond] = make();
  winston.createLogger({ format, transports: [nativeFirst, nativeSecond] }).info("hi", { a: 1 });
  const [first, second] = make();
  const legacy = winston.createLogger({ format, transports: [first, second] });
  const logger = createLogger();
  const interception = interceptWinston(legacy, { logger, mode: "replace" });
  for (const sink of winstonSinks(legacy)) logger.add(sink);
  legacy.info("hi", { a: 1 });
  interception.restore();
  expect(second.texts()).toEqual(nativeSecond.texts());
  expect(first.infos[0]?.[LEVEL]).toBe(nativeFirst.infos[0]?.[LEVEL]);
  expect(first.infos[0]?.level).toBe(nativeFirst.infos[0]?.level);
  expect(first.infos).toHaveLength(1);
});

test("a facade's own format runs once, also for the transports that were added to it", () => {
  const facade = asWinston(createLogger());
  facade.format = combine(label({ label: "svc", message: true }), json());
  const transport = new MemoryTransport();
  facade.level = "info";
  facade.add(transport as never);
  facade.info("hi");
  expect(transport.infos.map((info) => info[MESSAGE])).toEqual(['{"level":"info","message":"[svc] hi"}']);
});

describe("whose sinks a record goes to", () => {
  test("to those of its own logger alone; a record of ours to all; one of a logger that is not hosted to all", () => {
    const [app, access, other] = [theirs(), theirs(), theirs()];
    const logger = createLogger();
    const interception = interceptWinston(winston, { logger, mode: "replace" });
    for (const one of [app, access]) for (const sink of winstonSinks(one.logger)) logger.add(sink, { level: 0 });
    app.logger.info("order paid");
    access.logger.child({ a: 1 }).info("GET /");
    logger.info("ours");
    other.logger.info("other");
    interception.restore();
    const messages = (lines: readonly string[]): string[] =>
      lines.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages(app.lines)).toEqual(["order paid", "ours", "other"]);
    expect(messages(access.lines)).toEqual(["GET /", "ours", "other"]);
  });

  test("when its own sinks are removed, it goes to the others", async () => {
    const [app, access] = [theirs(), theirs()];
    const logger = createLogger();
    const interception = interceptWinston(winston, { logger, mode: "replace" });
    const [own] = winstonSinks(app.logger).map((sink) => logger.add(sink, { level: 0 }));
    for (const sink of winstonSinks(access.logger)) logger.add(sink, { level: 0 });
    await logger.remove(own);
    app.logger.info("x");
    interception.restore();
    expect([app.lines.length, access.lines.length]).toEqual([0, 1]);
  });
});

describe("the logger's level and silent count for its sinks", () => {
  test("the level that it had before an interception follows ours, and one that is set later", () => {
    const legacy = theirs({ level: "info" });
    const logger = createLogger();
    const all = ours();
    const interception = interceptWinston(legacy.logger, { logger, mode: "replace" });
    for (const sink of winstonSinks(legacy.logger)) logger.add(sink, { level: 0 });
    legacy.logger.debug("no");
    logger.debug("no");
    logger.info("yes");
    expect(legacy.lines).toHaveLength(1);
    legacy.logger.level = "debug";
    legacy.logger.debug("yes");
    logger.add({ write: () => {} }, { level: 20 });
    legacy.logger.debug("yes");
    expect(legacy.lines).toHaveLength(3);
    interception.restore();
    expect(legacy.logger.level).toBe("debug");
    expect(all.records).toEqual([]);
  });

  test("a transport's own level decides instead", () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const legacy = winston.createLogger({
      level: "error",
      transports: [new winston.transports.Stream({ stream, level: "debug" })],
    });
    const logger = createLogger();
    for (const sink of winstonSinks(legacy)) logger.add(sink, { level: 0 });
    logger.debug("yes");
    logger.trace("no");
    expect(lines).toHaveLength(1);
  });

  test("a silent logger's sinks write nothing while it is silent", () => {
    const legacy = theirs({ silent: true });
    const logger = createLogger();
    for (const sink of winstonSinks(legacy.logger)) logger.add(sink);
    logger.info("no");
    legacy.logger.silent = false;
    logger.info("yes");
    expect(legacy.lines).toHaveLength(1);
  });
});
