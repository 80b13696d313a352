import { EventEmitter } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { createLogger } from "@logbridge/core";
import { afterAll, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { interceptWinston, winstonSink, winstonSinks } from "../src/index.ts";
import { StreamTarget } from "../src/sink/stream-target.ts";
import { type Info, LEVEL, MESSAGE, MemoryTransport, run, SlowTransport, settle, theirs } from "./setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-winston-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Its own file: the older ones do not have it on the module.
const LegacyTransportStream = createRequire(__filename)("winston-transport/legacy") as new (options: object) => object;
const { colorize, combine, json, printf, splat } = winston.format;

/** A logger of ours with one transport, and what went wrong. */
function hosting(transport: Parameters<typeof winstonSink>[0], options?: Parameters<typeof winstonSink>[1]) {
  const logger = createLogger();
  const failures: unknown[] = [];
  const sink = winstonSink(transport, options);
  logger.add(sink, { level: 0, onError: (_kind, _records, error) => void failures.push(error) });
  return { logger, failures, sink };
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").trimEnd().split("\n");
}

describe("what a transport gets", () => {
  test("the seven levels and custom ones by name, in a complete table", () => {
    const transport = new MemoryTransport();
    const { logger } = hosting(transport);
    logger.level("AUDIT", { no: 27 });
    for (const name of ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL", "AUDIT"])
      logger.log(name, name);
    logger.log(33, "a number");
    expect(transport.infos.map((info) => info.level)).toEqual([
      "silly",
      "debug",
      "info",
      "success",
      "warn",
      "error",
      "critical",
      "audit",
      "warn",
    ]);
    const { levels } = transport as unknown as { levels: Record<string, number> };
    expect(levels).toMatchObject(winston.config.npm.levels);
    const ranks = ["critical", "error", "warn", "audit", "success", "info"].map((name) => levels[name] as number);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  test("S-SWI-2 the bare name of the level, whatever a sibling's format does to it", () => {
    const logger = createLogger();
    const plain = new MemoryTransport();
    logger.add(winstonSink(new MemoryTransport({ format: combine(colorize(), json()) })));
    logger.add(winstonSink(plain), { colorize: true });
    logger.error("bare");
    expect(plain.infos[0]).toMatchObject({ level: "error", [LEVEL]: "error" });
  });

  test("S-SWI-1 a transport's own format sees a text and a stack for an Error", () => {
    const transport = new MemoryTransport({ format: printf((info) => `${info.level}: ${String(info.message)}`) });
    const { logger } = hosting(transport);
    logger.error(new Error("disk full"));
    expect(transport.texts()).toEqual(["error: disk full"]);
    expect(transport.infos[0]?.["stack"]).toMatch(/^Error: disk full\n +at /);
  });

  test("without a format it prints JSON, errors with code and causes included", () => {
    const transport = new MemoryTransport();
    const { logger } = hosting(transport);
    const error = Object.assign(new TypeError("broken", { cause: new Error("inner") }), { code: "E_BROKEN" });
    logger.bind({ user: 7 }).error("failed", error);
    const line = JSON.parse(transport.texts()[0] as string) as Record<string, unknown>;
    expect(line).toMatchObject({ level: "error", message: "failed", user: 7 });
    expect(line["err"]).toMatchObject({ type: "TypeError", message: "broken", code: "E_BROKEN" });
    expect(JSON.stringify(line)).toContain("inner");
  });

  test("winston's own json() shows class, code and causes of an error", () => {
    const transport = new MemoryTransport({ format: json() });
    const { logger } = hosting(transport);
    logger.error("failed", Object.assign(new TypeError("broken", { cause: new Error("inner") }), { code: "E_BROKEN" }));
    expect(JSON.parse(transport.texts()[0] as string)).toMatchObject({
      err: { type: "TypeError", code: "E_BROKEN", cause: { message: "inner" } },
    });
    expect(transport.infos[0]?.["err"]).toBeInstanceOf(TypeError);
  });

  test("reserved names survive under another, and exception: true does not lose the record", () => {
    const transport = new MemoryTransport();
    const { logger } = hosting(transport);
    logger.info({ level: 1, message: 2, timestamp: 3, stack: 4, splat: 5, exception: true }, "text");
    expect(transport.infos[0]).toMatchObject({
      level: "info",
      message: "text",
      level_: 1,
      message_: 2,
      timestamp_: 3,
      stack_: 4,
      splat_: 5,
      exception_: true,
    });
  });

  test("S-TIM-2 the time of the call, however late the transport is", async () => {
    const transport = new SlowTransport(5);
    const { logger } = hosting(transport);
    const calls: (readonly [number, number])[] = [];
    for (let n = 0; n < 20; n++) {
      const before = Date.now();
      logger.info(`call ${n}`);
      calls.push([before, Date.now()]);
      await settle(1);
    }
    await logger.complete();
    transport.infos.forEach((info, n) => {
      const [before, after] = calls[n] as readonly [number, number];
      const time = Date.parse(info["timestamp"] as string);
      expect(time).toBeGreaterThanOrEqual(before - 1);
      expect(time).toBeLessThanOrEqual(after + 1);
    });
    expect(transport.infos).toHaveLength(20);
  });

  test("S-PRO-2 nothing of the caller's: a format that writes on what it gets changes no object of the application", () => {
    const masking = winston.format((info) => {
      (info["user"] as { password: string }).password = "***";
      return Object.assign(info, { seen: true });
    });
    const transport = new MemoryTransport({ format: combine(masking(), json()) });
    const { logger } = hosting(transport, { format: masking() });
    const fields = { user: Object.freeze({ id: 1, password: "hunter2" }) };
    logger.info("save", fields);
    expect(fields).toEqual({ user: { id: 1, password: "hunter2" } });
    expect(transport.infos[0]?.["user"]).toEqual({ id: 1, password: "***" });
  });

  test("format, levels and defaultMeta of the logger that it came from", () => {
    const transport = new MemoryTransport();
    const format = combine(
      splat(),
      printf((info) => `${info["app"]} ${info.level} ${String(info.message)}`),
    );
    const { logger } = hosting(transport, {
      format,
      levels: winston.config.syslog.levels,
      defaultMeta: { app: "shop" },
    });
    logger.success("100 %s sold");
    logger.critical("fire");
    expect(transport.texts()).toEqual(["shop notice 100 %s sold", "shop crit fire"]);
  });

  test("a format that drops the record, and one that does not know the level", () => {
    const dropping = new MemoryTransport({ format: winston.format((info) => (info["probe"] ? false : info))() });
    const one = hosting(dropping);
    one.logger.info({ probe: true }, "dropped");
    one.logger.info("kept");
    expect(dropping.infos.map((info) => info.message)).toEqual(["kept"]);
    const coloured = new MemoryTransport({
      format: combine(
        colorize(),
        printf((info) => `${info.level} ${String(info.message)}`),
      ),
    });
    const { logger, failures } = hosting(coloured);
    logger.success("done");
    logger.critical("fire");
    expect(failures).toEqual([]);
    expect(coloured.texts().map((text) => stripVTControlCharacters(text))).toEqual(["info done", "error fire"]);
  });

  test("a transport's own level decides beside the handler's", () => {
    const transport = new MemoryTransport({ level: "success" });
    const { logger } = hosting(transport);
    logger.info("below");
    logger.success("at");
    logger.warning("above");
    expect(transport.infos.map((info) => info.message)).toEqual(["at", "above"]);
  });
});

describe("real transports", () => {
  test("File: 10,000 records are on disk when complete() resolves, and remove() closes it", async () => {
    const file = join(folder, "burst.log");
    const { logger } = hosting(new winston.transports.File({ filename: file }));
    for (let n = 0; n < 10_000; n++) logger.info(`record ${n}`);
    expect(await logger.complete()).toMatchObject({ pending: 0, dropped: 0 });
    expect(linesOf(file).map((line) => (JSON.parse(line) as Info).message)).toEqual(
      Array.from({ length: 10_000 }, (_, n) => `record ${n}`),
    );
    logger.info("last");
    await logger.remove();
    expect(linesOf(file)).toHaveLength(10_001);
  });

  test("Stream: complete() waits for the stream behind it", async () => {
    const taken: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        setTimeout(() => {
          taken.push(String(chunk));
          done();
        }, 2);
      },
    });
    const { logger } = hosting(new winston.transports.Stream({ stream }));
    for (let n = 0; n < 20; n++) logger.info(`record ${n}`);
    await logger.complete();
    expect(taken).toHaveLength(20);
    const since = Date.now();
    await logger.remove();
    expect(Date.now() - since).toBeLessThan(1000);
  });

  test("a bare transport, given to add()", async () => {
    const logger = createLogger();
    const transport = new MemoryTransport();
    logger.add(transport);
    logger.info("bare");
    expect(transport.infos.map((info) => info.message)).toEqual(["bare"]);
  });

  test("a promise of a transport: what was logged before is delivered in order", async () => {
    const transport = new MemoryTransport();
    const { logger } = hosting(settle(5).then(() => transport));
    logger.info("early");
    expect(logger.stats().handlers[0]).toMatchObject({ pending: 1 });
    await logger.complete();
    logger.info("late");
    await logger.complete();
    expect(transport.infos.map((info) => info.message)).toEqual(["early", "late"]);
  });

  test("a promise that fails is reported, and its records are counted as dropped", async () => {
    const { logger, failures } = hosting(Promise.reject(new Error("no such host")));
    logger.info("early");
    const { dropped, pending } = await logger.complete();
    expect(failures).toEqual([expect.objectContaining({ message: "no such host" })]);
    expect({ dropped, pending }).toEqual({ dropped: 1, pending: 0 });
  });

  test("a transport of winston 2, alone and in winston's own wrapper", async () => {
    class Old extends EventEmitter {
      readonly name = "old";
      readonly level = "info";
      readonly got: string[] = [];
      log(level: string, message: string, meta: Info, callback: () => void): void {
        setTimeout(() => {
          this.got.push(`${level} ${message} ${String(meta["user"])}`);
          callback();
        }, 2);
      }
    }
    const { error } = console;
    console.error = () => {};
    try {
      for (const wrap of [false, true]) {
        const old = new Old();
        const { logger } = hosting(wrap ? (new LegacyTransportStream({ transport: old }) as never) : old);
        logger.debug("below its level");
        logger.warning({ user: 7 }, "old");
        await logger.complete();
        expect(old.got).toEqual(["warn old 7"]);
      }
    } finally {
      console.error = error;
    }
  });

  test("File with maxsize is warned of when it is added, on stderr", () => {
    expect(run("maxsize.ts", folder)).toEqual({ warned: 1 });
  });
});

describe("a transport that is slow, stuck or broken", () => {
  test("S-SWI-4 complete() resolves when every call of log() has called back, again and again", async () => {
    const transport = new SlowTransport(3);
    const { logger } = hosting(transport);
    for (let round = 1; round <= 50; round++) {
      logger.info(`round ${round}`);
      await logger.complete();
      expect(transport.infos).toHaveLength(round);
    }
  });

  test("a burst into a slow transport is delivered whole: a batch is done when its last record is", async () => {
    const transport = new SlowTransport(2);
    const { logger } = hosting(transport);
    for (let n = 0; n < 200; n++) logger.info(`record ${n}`);
    await logger.complete();
    expect(transport.infos.map((info) => info.message)).toEqual(Array.from({ length: 200 }, (_, n) => `record ${n}`));
  });

  test("one stuck transport stops no other, and complete() says what is pending", async () => {
    const stuck = new (class extends Transport {
      override log(): void {}
    })();
    const other = new MemoryTransport();
    const { logger } = hosting(stuck);
    logger.add(winstonSink(other));
    for (let n = 0; n < 100; n++) logger.info(`record ${n}`);
    expect(other.infos).toHaveLength(100);
    expect((await logger.complete({ timeout: 30 })).pending).toBe(100);
  });

  test("a transport that throws, calls back with an error or throws in its format loses that record and no other", async () => {
    const got: string[] = [];
    const failing = new (class extends Transport {
      override log(info: Info, next: (error?: Error) => void): void {
        if (info.message === "throws") throw new Error("thrown");
        if (info.message === "fails") {
          next(new Error("failed"));
          return;
        }
        setTimeout(() => {
          got.push(info.message);
          next();
        }, 1);
      }
    })({
      format: winston.format((info) => {
        if (info.message === "unformatted") throw new Error("format");
        return info;
      })(),
    });
    const { logger, failures } = hosting(failing);
    for (const message of ["a", "throws", "b", "unformatted", "c", "fails", "d"]) logger.info(message);
    const { dropped, sent } = await logger.complete();
    expect(got).toEqual(["a", "b", "c", "d"]);
    expect(failures.map((error) => (error as Error).message)).toEqual(["thrown", "format", "failed"]);
    expect({ dropped, sent }).toEqual({ dropped: 3, sent: 4 });
  });

  test("warn events are failures, too; events after the end do not end the process", async () => {
    const transport = new MemoryTransport();
    const { logger, failures } = hosting(transport);
    transport.emit("warn", new Error("cannot connect"));
    transport.emit("error", new Error("gone"));
    await logger.remove();
    transport.emit("error", new Error("late"));
    expect(failures.map((error) => (error as Error).message)).toEqual(["cannot connect", "gone", "late"]);
  });

  test("a transport that somebody else has ended is told once, and what follows is counted", async () => {
    const transport = new MemoryTransport();
    const { logger, failures } = hosting(transport);
    transport.end();
    logger.info("one");
    logger.info("two");
    expect((await logger.complete()).dropped).toBe(2);
    expect(failures).toEqual([expect.objectContaining({ code: "LB1515" })]);
  });
});

describe("a transport of a living winston logger", () => {
  test("its parent stays, that logger's level does not count, and remove() does not end it", async () => {
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({ level: "error", transports: [transport] });
    const logger = createLogger();
    logger.add(winstonSink(transport), { level: 0 });
    logger.debug("ours");
    expect((transport as unknown as { parent: unknown }).parent).toBe(legacy);
    await logger.remove();
    legacy.error("theirs");
    legacy.info("below their level");
    expect(transport.infos.map((info) => info.message)).toEqual(["ours", "theirs"]);
    expect(Object.hasOwn(transport, "_write")).toBe(false);
    expect(Object.hasOwn(transport, "_writev")).toBe(false);
  });

  test.each(["tee", "replace"] as const)(
    "S-SWI-3 intercepted (%s) and hosted: each transport writes each record once",
    async (mode) => {
      let count = 0;
      const numbered = winston.format((info) => Object.assign(info, { n: ++count }));
      const transports = [new MemoryTransport(), new MemoryTransport()];
      const legacy = winston.createLogger({
        defaultMeta: { app: "shop" },
        format: combine(numbered(), json()),
        transports,
      });
      const logger = createLogger();
      for (const sink of winstonSinks(legacy)) logger.add(sink, { level: 0 });
      const interception = interceptWinston(legacy, { logger, mode });
      legacy.info("x");
      logger.info("y");
      await logger.complete();
      interception.restore();
      for (const { infos } of transports)
        expect(infos.map((info) => `${info.message} ${String(info["app"])}`)).toEqual(["x shop", "y shop"]);
      if (mode === "tee") for (const { infos } of transports) expect(infos.map((info) => info["n"])).toEqual([1, 2]);
    },
  );

  test("winstonSinks() gives what only handles uncaught errors, and other records do not reach it", () => {
    const transport = new MemoryTransport();
    const { logger: legacy } = theirs({ exceptionHandlers: [transport] as never });
    const sinks = winstonSinks(legacy);
    expect(sinks).toHaveLength(2);
    const logger = createLogger();
    for (const sink of sinks) logger.add(sink, { level: 0 });
    logger.error("x");
    expect(transport.infos).toEqual([]);
    legacy.exceptions.unhandle();
  });

  test("texts of the formatted line", () => {
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({
      format: printf((info) => `<${String(info.message)}>`),
      transports: [transport],
    });
    const logger = createLogger();
    for (const sink of winstonSinks(legacy)) logger.add(sink);
    logger.info("line");
    expect(transport.infos[0]?.[MESSAGE]).toBe("<line>");
  });
});

describe("bad input", () => {
  test.each([[42], [null], [{}], [winston.createLogger()], [process.stdout]])(
    "winstonSink(%#) says what it takes",
    (value) => {
      expect(() => winstonSink(value as never)).toThrow(expect.objectContaining({ code: "LB1510" }));
    },
  );

  test("options are checked", () => {
    const transport = new MemoryTransport();
    expect(() => winstonSink(transport, { formats: 1 } as never)).toThrow(expect.objectContaining({ code: "LB1002" }));
    expect(() => winstonSink(transport, { format: {} } as never)).toThrow(expect.objectContaining({ code: "LB1513" }));
    expect(() => winstonSink(transport, { levels: { a: "b" } } as never)).toThrow(
      expect.objectContaining({ code: "LB1513" }),
    );
    expect(() => winstonSinks({} as never)).toThrow(expect.objectContaining({ code: "LB1510" }));
  });

  test("add(winstonLogger) names propagateToWinston", () => {
    expect(() => createLogger().add(winston.createLogger() as never)).toThrow(/propagateToWinston/);
  });
});

describe("an async log()", () => {
  test("one that rejects loses its record and no other, and nothing is left unhandled", async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", listener);
    class Rejecting extends Transport {
      override async log(info: Info, next: () => void): Promise<void> {
        await null;
        if (info.message === "bad") throw new Error("no");
        next();
      }
    }
    const failures: unknown[] = [];
    const sink = winstonSink(new Rejecting());
    const logger = createLogger();
    logger.add(sink);
    sink.attach?.((error) => failures.push(error));
    for (const message of ["a", "bad", "b"]) logger.info(message);
    await logger.complete();
    await settle();
    process.removeListener("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
    expect(failures.map(String)).toEqual(["Error: no"]);
    expect(sink.dropped?.()).toBe(1);
  });

  test("one without a callback is done when its promise is", async () => {
    const done: string[] = [];
    class Plain extends Transport {
      override async log(info: Info): Promise<void> {
        await settle(5);
        done.push(info.message);
      }
    }
    const logger = createLogger();
    logger.add(winstonSink(new Plain()));
    logger.info("a");
    logger.info("b");
    await logger.complete();
    expect(done).toEqual(["a", "b"]);
  });
});

test("a host knows about how much an info holds, by its text", () => {
  const target = new StreamTarget(new MemoryTransport() as never, undefined);
  expect(target.weightOf({ level: "info", message: "12345" })).toBe(5);
  expect(target.weightOf({ level: "info", message: "12345", [MESSAGE]: "1234567" })).toBe(7);
  expect(target.weightOf({ level: "info", message: {} })).toBe(0);
});
