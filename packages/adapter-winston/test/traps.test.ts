import { EventEmitter } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import { afterAll, describe, expect, test } from "vitest";
import winston from "winston";
import DailyRotateFile from "winston-daily-rotate-file";
import type Transport from "winston-transport";
import {
  asWinston,
  fromWinstonOptions,
  interceptWinston,
  logbridgeTransport,
  propagateToWinston,
  winstonSink,
  winstonSinks,
} from "../src/index.ts";
import { type Info, LEVEL, MESSAGE, MemoryTransport, ours, run, settle, theirs } from "./setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-winston-traps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lines(prefix: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .filter((line) => line !== "");
}

describe("daily-rotate-file", () => {
  test("calls back before its file has the line, and complete() waits for the file: 10,000 of 10,000", async () => {
    const logger = createLogger();
    const { write } = Writable.prototype;
    logger.add(winstonSink(new DailyRotateFile({ dirname: folder, filename: "complete-%DATE%.log" })));
    for (let n = 0; n < 10_000; n++) logger.info(`record ${n}`);
    expect(await logger.complete()).toMatchObject({ sent: 10_000, pending: 0, dropped: 0 });
    expect(lines("complete-")).toHaveLength(10_000);
    logger.info("one more");
    await logger.complete();
    expect(lines("complete-")).toHaveLength(10_001);
    expect(Writable.prototype.write).toBe(write);
    await logger.remove();
  });

  test("its second finish is the true one: remove() waits for it", async () => {
    const logger = createLogger();
    logger.add(winstonSink(new DailyRotateFile({ dirname: folder, filename: "remove-%DATE%.log" })));
    for (let n = 0; n < 10_000; n++) logger.info(`record ${n}`);
    await logger.remove();
    expect(lines("remove-")).toHaveLength(10_000);
  });

  test("a rotation by size in the middle: what goes to the new file is awaited, too", async () => {
    const logger = createLogger();
    logger.add(winstonSink(new DailyRotateFile({ dirname: folder, filename: "size-%DATE%.log", maxSize: "2k" })));
    for (let n = 0; n < 200; n++) {
      logger.info(`record ${n} ${"x".repeat(100)}`);
      // Natively a rotation destroys what waits for the old file.
      await logger.complete();
    }
    expect(lines("size-")).toHaveLength(200);
    expect(readdirSync(folder).filter((name) => name.startsWith("size-")).length).toBeGreaterThan(5);
    await logger.remove();
  });
});

test("an own name of an error's class is in the JSON, as under winston itself", () => {
  class StorageError extends Error {
    override name = "StorageError";
  }
  const logger = createLogger();
  const transport = new MemoryTransport({ format: winston.format.json() });
  logger.add(winstonSink(transport));
  logger.error("save failed", new StorageError("disk"));
  expect(JSON.parse(String(transport.infos[0]?.[MESSAGE]))).toMatchObject({
    err: { name: "StorageError", type: "StorageError", message: "disk" },
  });
});

describe("Http", () => {
  /** A server that is slow to answer; it gives the bodies that it has answered. */
  async function slowServer(status = 200): Promise<{ server: Server; port: number; bodies: unknown[] }> {
    const bodies: unknown[] = [];
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => {
        text += String(chunk);
      });
      request.on("end", () =>
        setTimeout(() => {
          bodies.push(JSON.parse(text));
          response.writeHead(status).end();
        }, 20),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { server, port: (server.address() as AddressInfo).port, bodies };
  }

  test.each([[false], [true]])(
    "calls back before the answer, and complete() waits for it (batch: %s)",
    async (batch) => {
      const { server, port, bodies } = await slowServer();
      const logger = createLogger();
      const http = new winston.transports.Http({ host: "127.0.0.1", port, batch, batchInterval: 30, batchCount: 4 });
      logger.add(winstonSink(http));
      for (let n = 0; n < 10; n++) logger.info({ n }, `record ${n}`);
      expect(await logger.complete()).toMatchObject({ sent: 10, pending: 0 });
      expect(bodies.flat()).toHaveLength(10);
      expect((bodies.flat() as Info[]).map((info) => info["n"]).sort((a, b) => Number(a) - Number(b))).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);
      await logger.remove();
      expect(Object.hasOwn(http, "_doRequest")).toBe(false);
      server.close();
    },
  );

  test("an answer that is no success is a failure, told by its handler", async () => {
    const { server, port } = await slowServer(500);
    const logger = createLogger();
    const failures: unknown[] = [];
    logger.add(winstonSink(new winston.transports.Http({ host: "127.0.0.1", port })), {
      onError: (_kind, _records, error) => void failures.push(error),
    });
    logger.info("refused");
    await logger.complete();
    expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining("500") })]);
    server.close();
  });
});

describe("a transport with a flush() of its own", () => {
  class Gathering extends MemoryTransport {
    readonly held: Info[] = [];
    override log(info: Info, next: () => void): void {
      this.held.push(info);
      next();
    }
    send(): void {
      this.infos.push(...this.held.splice(0));
    }
  }

  test("complete() calls it and awaits a promise, a callback or neither", async () => {
    class Promising extends Gathering {
      async flush(): Promise<void> {
        await settle(5);
        this.send();
      }
    }
    class Calling extends Gathering {
      flush(done: () => void): void {
        setTimeout(() => {
          this.send();
          done();
        }, 5);
      }
    }
    class Defaulting extends Gathering {
      flush(done: () => void = () => {}): void {
        setTimeout(() => {
          this.send();
          done();
        }, 5);
      }
    }
    class Plain extends Gathering {
      flush(): void {
        this.send();
      }
    }
    for (const transport of [new Promising(), new Calling(), new Defaulting(), new Plain()]) {
      const logger = createLogger();
      logger.add(winstonSink(transport));
      logger.info("held");
      await logger.complete();
      expect(transport.infos.map((info) => info.message)).toEqual(["held"]);
    }
  });

  test("one that fails is told, and the others have written", async () => {
    class Failing extends Gathering {
      async flush(): Promise<void> {
        throw new Error("no route");
      }
    }
    const logger = createLogger();
    const failures: unknown[] = [];
    const other = new MemoryTransport();
    logger.add(winstonSink(new Failing()), { onError: (_kind, _records, error) => void failures.push(error) });
    logger.add(winstonSink(other));
    logger.info("x");
    await logger.complete();
    expect(failures).toEqual([expect.objectContaining({ message: "no route" })]);
    expect(other.infos).toHaveLength(1);
  });
});

describe("the end of a transport", () => {
  test("an end() of its own that says nothing is not waited for", async () => {
    const transport = new MemoryTransport();
    let ended = 0;
    (transport as unknown as { end: () => void }).end = () => void ended++;
    const logger = createLogger();
    const failures: unknown[] = [];
    logger.add(winstonSink(transport), { onError: (_kind, _records, error) => void failures.push(error) });
    logger.info("x");
    const since = Date.now();
    await logger.remove();
    expect(ended).toBe(1);
    expect(Date.now() - since).toBeLessThan(2000);
    expect(failures).toEqual([]);
  });

  test("one that keeps the process alive lets it go when it is removed", () => {
    expect(run("alive.ts")).toEqual({ written: ["alive"], closed: 1 });
  });
});

test("a transport that refuses a level it has never heard of gets the nearest of npm's", async () => {
  const known = new Set(Object.keys(winston.config.npm.levels));
  class Strict extends MemoryTransport {
    override log(info: Info, next: (error?: Error) => void): void {
      if (known.has(info.level)) super.log(info, next);
      else next(new Error(`Cannot log unknown syslog level: ${info.level}`));
    }
  }
  const transport = new Strict();
  const logger = createLogger();
  logger.add(winstonSink(transport), { onError: () => {} });
  for (const name of ["INFO", "SUCCESS", "CRITICAL"]) logger.log(name, name);
  expect(await logger.complete()).toMatchObject({ sent: 3, dropped: 0 });
  expect(transport.infos.map((info) => [info.level, info[LEVEL]])).toEqual([
    ["info", "info"],
    ["info", "info"],
    ["error", "error"],
  ]);
});

describe("what a transport does with what it gets", () => {
  test("each has an info of its own: one that changes it changes nobody else's, and one that keeps it keeps it as it is", async () => {
    class Changing extends MemoryTransport {
      override log(info: Info, next: () => void): void {
        for (const key of Object.keys(info)) (info as Record<string, unknown>)[key] = "changed";
        super.log(info, next);
      }
    }
    const logger = createLogger();
    const kept = new MemoryTransport();
    const fields = { deep: { a: 1 } };
    logger.add(winstonSink(new Changing()));
    logger.add(winstonSink(kept));
    const { logger: legacy } = theirs({ transports: [new Changing(), new Changing()] });
    for (const sink of winstonSinks(legacy)) logger.add(sink);
    logger.info("one", fields);
    logger.info("two", fields);
    await logger.complete();
    expect(kept.infos.map((info) => [info.message, info["deep"]])).toEqual([
      ["one", { a: 1 }],
      ["two", { a: 1 }],
    ]);
    expect(kept.infos[0]).not.toBe(kept.infos[1]);
    expect(fields).toEqual({ deep: { a: 1 } });
  });

  test("handleExceptions of a hosted transport catches nothing, and ordinary records reach it", () => {
    const listeners = process.listenerCount("uncaughtException");
    const transport = new MemoryTransport({ handleExceptions: true, handleRejections: true });
    const logger = createLogger();
    logger.add(winstonSink(transport));
    logger.info({ exception: true }, "ordinary");
    expect(process.listenerCount("uncaughtException")).toBe(listeners);
    expect(transport.infos).toEqual([expect.objectContaining({ message: "ordinary", exception_: true })]);
  });

  test("keys that winston, logform or JSON have a use for arrive, and replace nothing", () => {
    const transport = new MemoryTransport();
    const logger = createLogger();
    logger.add(winstonSink(transport));
    const keys = ["level", "message", "msg", "time", "timestamp", "error", "stack", "splat", "label", "ms", "meta"];
    logger.forModule("shop").info(Object.fromEntries(keys.map((key) => [key, `value of ${key}`])), "the text");
    const line = JSON.parse(String(transport.infos[0]?.[MESSAGE])) as Record<string, unknown>;
    expect(line).toMatchObject({ level: "info", message: "the text" });
    for (const key of keys) expect(line[key] === `value of ${key}` || line[`${key}_`] === `value of ${key}`).toBe(true);
    expect(Date.parse(String(line["timestamp"]))).toBeGreaterThan(0);
  });

  test("% in texts, in both directions and through both", async () => {
    const texts = ["100%", "100% sure %s", "%d%%", "50 %j", "%c"];
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({
      format: winston.format.combine(winston.format.splat(), winston.format.json()),
      transports: [transport],
    });
    const { logger, records } = ours();
    logger.add(propagateToWinston(legacy), { level: 0 });
    const interception = interceptWinston(legacy, { logger });
    for (const text of texts) logger.info({ rate: 5 }, text);
    for (const text of texts) legacy.info(text);
    await logger.complete();
    interception.restore();
    expect(transport.infos.map((info) => info.message)).toEqual([...texts, ...texts]);
    expect(records.map((record) => record.message)).toEqual([...texts, ...texts]);
    expect(records.slice(0, 5).map((record) => record.extra["rate"])).toEqual([5, 5, 5, 5, 5]);
  });
});

describe("a second copy of winston", () => {
  const require = createRequire(import.meta.url);
  /** Loads winston and what it is made of anew. */
  function fresh(): typeof winston {
    const saved = { ...require.cache };
    for (const path of Object.keys(require.cache)) if (/node_modules/.test(path)) delete require.cache[path];
    try {
      return require("winston") as typeof winston;
    } finally {
      for (const path of Object.keys(require.cache)) if (/node_modules/.test(path)) delete require.cache[path];
      Object.assign(require.cache, saved);
    }
  }

  test("every direction takes its objects", async () => {
    const copy = fresh();
    expect(copy.Logger).not.toBe(winston.Logger);
    const { logger, records } = ours();
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const transport = new copy.transports.Stream({ stream });
    logger.add(transport as never);
    logger.info("hosted");
    const both = [copy, winston].map((one) =>
      one.createLogger({ transports: [new one.transports.Stream({ stream })] }),
    );
    const interception = interceptWinston(copy, { logger });
    for (const one of both) one.info("intercepted");
    interception.restore();
    for (const one of both) one.add(logbridgeTransport({ logger })).info("by our transport");
    expect(fromWinstonOptions({ transports: [transport] }).handlers).toHaveLength(1);
    asWinston(logger).add(new copy.transports.Stream({ stream }) as never);
    await logger.complete();
    expect(records.map((record) => record.message)).toEqual([
      "hosted",
      "intercepted",
      "by our transport",
      "by our transport",
    ]);
  });
});

describe("exceptions and rejections of an intercepted logger", () => {
  test.each(["exceptions", "rejections"])(
    "%s.handle(): the Error comes in, and the process ends as without us",
    (kind) => {
      expect(run("handled.ts", kind)).toEqual({
        level: "ERROR",
        text: `${kind === "exceptions" ? "uncaughtException" : "unhandledRejection"}: broken`,
        error: "broken",
        cause: "inner",
        marked: true,
        printed: 1,
      });
    },
  );

  test("profiles, timers and containers", () => {
    const { logger, records } = ours();
    const container = new winston.Container({ transports: [new MemoryTransport()] });
    const interception = interceptWinston(winston, { logger });
    const legacy = container.add("shop", { defaultMeta: { app: "shop" }, transports: [new MemoryTransport()] });
    legacy.profile("job");
    legacy.profile("job", { message: "done", id: 1 });
    const timer = legacy.child({ part: 2 }).startTimer();
    timer.done({ message: "timed" });
    container.get("shop").info("from the container");
    interception.restore();
    container.close();
    expect(records.map((record) => record.message)).toEqual(["done", "timed", "from the container"]);
    expect(records[0]?.extra).toMatchObject({ id: 1, durationMs: expect.any(Number) });
    expect(records[1]?.extra).toMatchObject({ durationMs: expect.any(Number) });
  });
});

test("a transport is an emitter of any kind: events of unknown shape are failures and nothing else", async () => {
  const transport = new MemoryTransport();
  const logger = createLogger();
  const failures: unknown[] = [];
  logger.add(winstonSink(transport), { onError: (_kind, _records, error) => void failures.push(error) });
  for (const value of [undefined, null, "text", new EventEmitter()]) (transport as Transport).emit("error", value);
  logger.info("goes on");
  await logger.complete();
  expect(transport.infos).toHaveLength(1);
  expect(failures).toHaveLength(4);
});

test("a transport of a living logger can be added again and again, and that logger keeps it", async () => {
  const { logger: legacy, lines } = theirs();
  const [transport] = legacy.transports;
  const { logger } = ours();
  for (let round = 0; round < 3; round++) {
    const ids = [logger.add(transport as never), logger.add(transport as never)];
    logger.info(`round ${round}`);
    await logger.complete();
    for (const id of ids) await logger.remove(id);
    expect(legacy.transports).toEqual([transport]);
  }
  legacy.info("still theirs");
  await settle();
  expect(lines).toHaveLength(7);
});
