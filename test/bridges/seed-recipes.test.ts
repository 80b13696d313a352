import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { interceptLog4js, log4jsSink, propagateToLog4js } from "@logbridge/adapter-log4js";
import { interceptPino, pinoSink, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSink, winstonSinks } from "@logbridge/adapter-winston";
import { consoleSink, createLogger, type Interception, type Logger, type LogRecord, type Sink } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import log4js from "log4js";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { program } from "./program.ts";
import { recording, setting, silently } from "./setting.ts";

const undo: (() => void)[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-recipes-"));
  log4js.configure({
    appenders: { memory: { type: "recording" } },
    categories: { default: { appenders: ["memory"], level: "trace", enableCallStack: true } },
  });
});
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
  recording.reset();
  rmSync(folder, { recursive: true, force: true });
});

const taken = (interception: Interception): void => void undo.push(() => interception.restore());
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** A winston transport that keeps the infos it is given. */
class Kept extends Transport {
  readonly infos: Record<PropertyKey, unknown>[] = [];
  override log(info: Record<PropertyKey, unknown>, next: () => void): void {
    this.infos.push(info);
    next();
  }
}

/** A stream that keeps its lines. */
function lines(): { readonly stream: Writable; readonly all: string[] } {
  const all: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      all.push(...String(chunk).split("\n").filter(Boolean));
      done();
    },
  });
  return { stream, all };
}

/** The three directions of one library. */
interface Library {
  sink(): { readonly sink: Sink; readonly got: () => string[] };
  logger(): { readonly propagate: Sink; readonly got: () => string[]; say(message: string): void };
  intercept(logger: Logger): Interception;
}

const recorded = (): string[] => recording.replay().map((event) => String(event.data[0]));

const LIBRARIES: Readonly<Record<string, Library>> = {
  winston: {
    sink() {
      const kept = new Kept();
      return { sink: winstonSink(kept), got: () => kept.infos.map((info) => String(info["message"])) };
    },
    logger() {
      const kept = new Kept();
      const theirs = winston.createLogger({ transports: [kept] });
      return {
        propagate: propagateToWinston(theirs),
        got: () => kept.infos.map((info) => String(info["message"])),
        say: (message) => void theirs.info(message),
      };
    },
    intercept: (logger) => interceptWinston(winston, { logger }),
  },
  pino: {
    sink() {
      const { stream, all } = lines();
      return { sink: pinoSink(stream), got: () => all.map((line) => (JSON.parse(line) as { msg: string }).msg) };
    },
    logger() {
      const { stream, all } = lines();
      const theirs = pino({}, stream);
      return {
        propagate: propagateToPino(theirs),
        got: () => all.map((line) => (JSON.parse(line) as { msg: string }).msg),
        say: (message) => theirs.info(message),
      };
    },
    intercept: (logger) => interceptPino(pino, { logger }),
  },
  log4js: {
    sink() {
      const got: string[] = [];
      return {
        sink: log4jsSink((event: { readonly data: readonly unknown[] }) => void got.push(String(event.data[0]))),
        got: () => got,
      };
    },
    logger() {
      const theirs = log4js.getLogger("recipes");
      return { propagate: propagateToLog4js(theirs), got: recorded, say: (message) => theirs.info(message) };
    },
    intercept: (logger) => interceptLog4js(log4js, { logger }),
  },
};

describe("entirely compatible", () => {
  test.each(Object.keys(LIBRARIES))(
    "L-PROM-7 with %s: its output as a sink, records to it, its records to us",
    async (name) => {
      const library = LIBRARIES[name] as Library;
      const outward = createLogger();
      const { sink, got } = library.sink();
      const theirs = library.logger();
      outward.add(sink);
      outward.add(theirs.propagate);
      outward.info("from us");
      await outward.complete();
      expect(got()).toEqual(["from us"]);
      expect(theirs.got()).toEqual(["from us"]);
      const { logger, texts } = setting();
      taken(library.intercept(logger));
      theirs.say("from them");
      expect(texts()).toEqual(["from them"]);
      expect(theirs.got()).toEqual(["from us", "from them"]);
    },
  );

  test("L-PROM-7 with the console: as a sink, and its calls to us", () =>
    silently(async () => {
      const { logger, texts, records } = setting();
      logger.add(consoleSink(), { format: "{message}" });
      taken(interceptConsole({ logger }));
      logger.info("from us");
      console.error("from %s", "them");
      await logger.complete();
      expect(texts()).toEqual(["from us", "from them"]);
      expect(records.map(({ level }) => level.name)).toEqual(["INFO", "ERROR"]);
    }));
});

describe("handler as sink", () => {
  test("L-ADD-SINK-6 L-SW-7 outputs of other libraries are added as they stand, with the constructor call of their README", async () => {
    const logger = createLogger();
    const destination = pino.destination({ dest: join(folder, "pino.log"), sync: true });
    logger.add(new winston.transports.File({ filename: join(folder, "winston.log") }));
    logger.add(destination);
    // Its type is not among those of add(): any object with a type would be.
    logger.add({ type: "file", filename: join(folder, "log4js.log"), layout: { type: "basic" } } as never);
    logger.info("order {id} paid", { id: 7 });
    await logger.complete();
    await logger.remove();
    expect(JSON.parse(read("winston.log"))).toMatchObject({ level: "info", message: "order 7 paid", id: 7 });
    expect(JSON.parse(read("pino.log"))).toMatchObject({ level: 30, msg: "order 7 paid", id: 7 });
    expect(read("log4js.log")).toMatch(/\[INFO\] .* - order 7 paid \{ id: 7 \}\n$/);
  });

  test("L-SW-7 the outputs of a logger in use move with its format, and its calls and ours write the same lines", async () => {
    const { stream, all } = lines();
    const { combine, printf, label } = winston.format;
    const legacy = winston.createLogger({
      format: combine(
        label({ label: "shop" }),
        printf((info) => `${String(info["label"])} ${info.level}: ${String(info.message)}`),
      ),
      transports: [new winston.transports.Stream({ stream })],
    });
    const logger = createLogger();
    for (const sink of winstonSinks(legacy)) logger.add(sink);
    legacy.warn("disk is full");
    logger.warning("disk is full");
    await logger.complete();
    expect(all).toEqual(["shop warn: disk is full", "shop warn: disk is full"]);
  });

  test("L-ADD-SINK-11 each output gets what its own library hands it", async () => {
    const logger = createLogger();
    const kept = new Kept();
    const { stream, all } = lines();
    const events: {
      readonly level: { isGreaterThanOrEqualTo(other: string): boolean };
      readonly startTime: Date;
      readonly categoryName: string;
      readonly data: readonly unknown[];
      serialise?(): string;
    }[] = [];
    logger.add(winstonSink(kept));
    logger.add(pinoSink(stream));
    logger.add(log4jsSink((event) => void events.push(event as never)));
    const error = new RangeError("too much", { cause: new Error("limit is 10") });
    logger.forModule("billing").opt({ exception: error }).error("charge of {amount} failed", { amount: 12 });
    await logger.complete();
    const [info] = kept.infos;
    expect(info).toMatchObject({ level: "error", message: "charge of 12 failed", amount: 12, label: "billing" });
    expect(info?.[Symbol.for("level")]).toBe("error");
    expect(JSON.parse(String(info?.[Symbol.for("message")]))).toMatchObject({ message: "charge of 12 failed" });
    expect(info?.["err"]).toBeInstanceOf(RangeError);
    const line = JSON.parse(String(all[0])) as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 50,
      pid: process.pid,
      name: "billing",
      msg: "charge of 12 failed",
      amount: 12,
    });
    expect(line["err"]).toMatchObject({ type: "RangeError", message: "too much", cause: { message: "limit is 10" } });
    expect(typeof line["time"]).toBe("number");
    const [event] = events;
    expect(event?.categoryName).toBe("billing");
    expect(event?.startTime).toBeInstanceOf(Date);
    expect(event?.level.isGreaterThanOrEqualTo("ERROR")).toBe(true);
    expect(event?.data).toEqual(["charge of 12 failed", { amount: 12 }, expect.any(RangeError)]);
    expect(event?.serialise?.()).toContain("charge of 12 failed");
  });

  test("L-ADD-SINK-17 stream handlers of other libraries on stderr, with format {message}, print the bare message", async () => {
    const ended = await program(`
      import { log4jsSink } from "@logbridge/adapter-log4js";
      import { winstonSink } from "@logbridge/adapter-winston";
      import { createLogger } from "@logbridge/core";
      import winston from "winston";
      const logger = createLogger();
      const bare = winston.format.printf((info) => info.message);
      logger.add(new winston.transports.Stream({ stream: process.stderr, format: bare }), { format: "{message}" });
      logger.add({ type: "stderr", layout: { type: "messagePassThrough" } }, { format: "{message}" });
      logger.info("hello, 100%");
      await logger.complete();
    `);
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "hello, 100%\nhello, 100%\n" });
  });
});

describe("propagation", () => {
  test("L-BR-2 records go out to the foreign logger of the record's name", async () => {
    const logger = createLogger();
    logger.add(propagateToLog4js(log4js));
    const kept = new Kept();
    logger.add(propagateToWinston(winston.createLogger({ transports: [kept] })));
    const { stream, all } = lines();
    logger.add(propagateToPino(pino({}, stream)));
    logger.forModule("shop.orders").info("one");
    logger.forModule("shop.stock").info("two");
    await logger.complete();
    const events = recording.replay();
    expect(events.map((event) => [event.categoryName, event.data[0]])).toEqual([
      ["shop.orders", "one"],
      ["shop.stock", "two"],
    ]);
    expect(kept.infos.map((info) => info["label"])).toEqual(["shop.orders", "shop.stock"]);
    expect(all.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(["shop.orders", "shop.stock"]);
  });

  test("L-BR-3 the text is the bare message; the other side adds its own format", async () => {
    log4js.configure({
      appenders: {
        file: {
          type: "fileSync",
          filename: join(folder, "theirs.log"),
          layout: { type: "pattern", pattern: "%p %c: %m" },
        },
      },
      categories: { default: { appenders: ["file"], level: "trace" } },
    });
    const { stream, all } = lines();
    const theirs = winston.createLogger({
      format: winston.format.printf((info) => `<${info.level}> ${String(info.message)}`),
      transports: [new winston.transports.Stream({ stream })],
    });
    const logger = createLogger();
    logger.add(propagateToLog4js(log4js.getLogger("app")), { format: "{message}" });
    logger.add(propagateToWinston(theirs), { format: "{message}" });
    logger.warning("{} is full", "disk");
    await logger.complete();
    expect(read("theirs.log")).toBe("WARN app: disk is full\n");
    expect(all).toEqual(["<warn> disk is full"]);
  });

  test("C-14h braces for a foreign logger, with the caller right", async () => {
    const log = createLogger();
    log.add(propagateToLog4js(log4js.getLogger("main")));
    const main = (): void => log.debug("Hello, {}", "world!");
    main();
    await log.complete();
    const [event] = recording.replay() as unknown as readonly {
      readonly data: unknown[];
      readonly fileName: string;
      readonly functionName: string;
    }[];
    expect(event?.data).toEqual(["Hello, world!"]);
    expect(event?.fileName).toBe(fileURLToPath(import.meta.url));
    expect(event?.functionName).toBe("main");
  });
});

/** What the interceptions of all three libraries bring in, in one logger. */
function intercepted(): {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly kept: Kept;
  readonly theirs: { readonly winston: winston.Logger; readonly pino: pino.Logger; readonly log4js: log4js.Logger };
} {
  const { logger, records } = setting();
  const kept = new Kept();
  taken(interceptWinston(winston, { logger }));
  taken(interceptPino(pino, { logger }));
  taken(interceptLog4js(log4js, { logger }));
  return {
    logger,
    records,
    kept,
    theirs: {
      winston: winston.createLogger({
        level: "silly",
        format: winston.format.combine(winston.format.splat(), winston.format.json()),
        transports: [kept],
      }),
      pino: pino({ level: "trace" }, lines().stream),
      log4js: log4js.getLogger("main"),
    },
  };
}

describe("interception", () => {
  test("L-BR-4 everything that goes through a foreign library comes in, whichever of its loggers says it", () => {
    const { records, theirs } = intercepted();
    winston.configure({ transports: [new Kept()] });
    undo.push(() => winston.clear());
    theirs.winston.info("an own logger");
    theirs.winston.child({ part: 1 }).info("its child");
    winston.info("the default logger");
    theirs.pino.child({ part: 2 }).info("a child of pino");
    pino({}, lines().stream).info("another pino");
    log4js.getLogger("a.b").info("a category");
    expect(records.map(({ message, origin }) => `${origin?.name}: ${message}`)).toEqual([
      "winston: an own logger",
      "winston: its child",
      "winston: the default logger",
      "pino: a child of pino",
      "pino: another pino",
      "log4js: a category",
    ]);
  });

  test("L-BR-5 a level that we have under that name is taken by name, another one by its number", () => {
    const { logger, records } = intercepted();
    logger.level("NOTICE", { no: 23 });
    const levels = { crit: 0, notice: 1, info: 2, chatty: 3 };
    const theirs = winston.createLogger({ levels, level: "chatty", transports: [new Kept()] });
    const say = (level: string): void => void theirs.log(level, level);
    for (const level of ["notice", "info"]) say(level);
    pino({ customLevels: { notice: 31, audit: 37 } }, lines().stream).notice("notice");
    log4js.levels.addLevels({ AUDIT: { value: 27_000, colour: "blue" } });
    log4js.getLogger("main").log("AUDIT", "audit");
    expect(records.map(({ level }) => [level.name, level.no])).toEqual([
      ["NOTICE", 23],
      ["INFO", 20],
      ["NOTICE", 23],
      ["AUDIT", 27],
    ]);
  });

  test("L-BR-7 the exception of the foreign record comes along, with its stack and cause", () => {
    const { records, theirs } = intercepted();
    const error = new TypeError("no such order", { cause: new Error("row is missing") });
    theirs.winston.error("failed", error);
    theirs.winston.error(error);
    theirs.pino.error(error, "failed");
    theirs.log4js.error("failed", error);
    expect(records).toHaveLength(4);
    for (const { exception } of records) {
      expect(exception?.type).toBe("TypeError");
      expect(exception?.value).toHaveProperty("message", "no such order");
      expect(exception?.stack.length).toBeGreaterThan(0);
      expect(exception?.cause?.value).toHaveProperty("message", "row is missing");
    }
  });

  test("L-BR-8 an interception takes all levels that the library prints; the thresholds are those of our handlers", () => {
    const { logger, records, theirs } = intercepted();
    const serious: string[] = [];
    logger.add((text) => void serious.push(text.trimEnd()), { level: "ERROR", format: "{message}" });
    const all = [
      ...["silly", "debug", "info", "warn", "error"].map(
        (level) => () => void theirs.winston.log(level, `winston ${level}`),
      ),
      ...(["trace", "debug", "info", "warn", "error", "fatal"] as const).map(
        (level) => () => theirs.pino[level](`pino ${level}`),
      ),
      ...(["trace", "debug", "info", "warn", "error", "fatal"] as const).map(
        (level) => () => theirs.log4js[level](`log4js ${level}`),
      ),
    ];
    for (const say of all) say();
    expect(records).toHaveLength(all.length);
    expect(serious).toEqual(["winston error", "pino error", "pino fatal", "log4js error", "log4js fatal"]);
  });

  test("L-BR-9 the older form with a fixed depth and the bare number names the wrong caller; an interception the right one", () => {
    const old = createLogger();
    const seen: LogRecord[] = [];
    const keep: Sink = { needs: { text: false, caller: true }, write: (_text, record) => void seen.push(record) };
    old.add(keep, { level: 0 });
    const numbers: Readonly<Record<string, number>> = { info: 20 };
    const handler = new (class extends Transport {
      override log(info: { level: string; message: string }, next: () => void): void {
        old.opt({ depth: 6 }).log(numbers[info.level] ?? 0, info.message);
        next();
      }
    })();
    const theirs = winston.createLogger({ transports: [handler] });
    const logger = createLogger();
    logger.add(keep, { level: 0 });
    taken(interceptWinston(theirs, { logger }));
    const caller = (): unknown => theirs.info("hello");
    caller();
    const [interceptedRecord, oldRecord] = [seen.find(({ origin }) => origin), seen.find(({ origin }) => !origin)];
    const here = fileURLToPath(import.meta.url);
    expect(oldRecord?.message).toBe("hello");
    expect(oldRecord?.level.name).not.toBe("INFO");
    expect(oldRecord?.file?.path).not.toBe(here);
    expect(oldRecord?.function).not.toBe("caller");
    expect(interceptedRecord?.level.name).toBe("INFO");
    expect(interceptedRecord?.file?.path).toBe(here);
    expect(interceptedRecord?.function).toBe("caller");
  });
});

describe("styles of messages", () => {
  test("C-14c the style of the lines is ours, that of each message its library's", () => {
    const { logger, theirs } = intercepted();
    const got: string[] = [];
    logger.add((text) => void got.push(text.trimEnd()), { format: "{level: <7} {message}" });
    theirs.winston.info("%s has %d items", "cart", 3);
    theirs.pino.info("%s has %d items", "cart", 3);
    theirs.log4js.info("%s has %d items", "cart", 3);
    theirs.pino.info("100% of {braces} stay");
    theirs.log4js.info("100% of {braces} stay");
    expect(got).toEqual([
      ...Array(3).fill("INFO    cart has 3 items"),
      ...Array(2).fill("INFO    100% of {braces} stay"),
    ]);
  });

  test("C-24a the application uses braces although its libraries use percent signs: decided at each call", () =>
    silently(async () => {
      const { logger, records, theirs } = intercepted();
      taken(interceptConsole({ logger }));
      logger.info("{} of {total}", 1, { total: 2 });
      theirs.pino.info("%d of %d", 1, 2);
      logger.info("%d stays as it is, {:.2f} does not", 0.5);
      console.log("%d of {total}", 1);
      expect(records.map(({ message }) => message)).toEqual([
        "1 of 2",
        "1 of 2",
        "%d stays as it is, 0.50 does not",
        "1 of {total}",
      ]);
    }));
});
