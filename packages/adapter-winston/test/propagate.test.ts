import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { interceptWinston, propagateToWinston, winstonSink } from "../src/index.ts";
import { MemoryTransport, ours, SlowTransport, settle, theirs } from "./setting.ts";

const { combine, errors, json, printf, splat, timestamp } = winston.format;

function leading(legacy: winston.Logger) {
  const logger = createLogger();
  const failures: unknown[] = [];
  logger.add(propagateToWinston(legacy), { level: 0, onError: (_kind, _records, error) => void failures.push(error) });
  return { logger, failures };
}

describe("propagateToWinston", () => {
  test("goes through the logger's formats, default metadata and child bindings; our fields win", async () => {
    const { logger: legacy, lines } = theirs({
      defaultMeta: { service: "shop", user: "nobody" },
      format: combine(errors({ stack: true }), timestamp(), json()),
    });
    const { logger } = leading(legacy.child({ request: 4 }));
    const before = Date.now();
    logger.bind({ user: "ada" }).warning("order {} sent", 17);
    await logger.complete();
    const line = JSON.parse(lines[0] as string) as Record<string, string>;
    expect(line).toMatchObject({ level: "warn", message: "order 17 sent", service: "shop", user: "ada", request: 4 });
    expect(Math.abs(Date.parse(line["timestamp"] as string) - before)).toBeLessThan(50);
  });

  test.each([
    ["with splat()", combine(splat(), json())],
    ["without", json()],
  ])("S-PRO-1 a field called message does not touch the text, %s", async (_name, format) => {
    const { logger: legacy, lines } = theirs({ format });
    const { logger } = leading(legacy);
    logger.info("order sent", { message: "by mail" });
    await logger.complete();
    expect(JSON.parse(lines[0] as string)).toMatchObject({ message: "order sent", message_: "by mail" });
  });

  test("% and {} are not read again", async () => {
    const { logger: legacy, lines } = theirs({
      format: combine(
        splat(),
        printf((info) => String(info.message)),
      ),
    });
    const { logger } = leading(legacy);
    logger.info("100 % of {}, %s", "50 %d");
    logger.info("100 %s {nothing}");
    await logger.complete();
    expect(lines[1]).toBe("100 %s {nothing}");
    expect(lines[0]).toContain("50 %d");
  });

  test("S-PRO-2 the caller's object is not changed, and may be frozen", async () => {
    const { logger: legacy } = theirs({ format: combine(timestamp(), json()) });
    const { logger } = leading(legacy);
    const row = Object.freeze({ id: 1 });
    logger.info("save", row);
    logger.info(row);
    await logger.complete();
    expect(Reflect.ownKeys(row)).toEqual(["id"]);
  });

  test("levels cross to the nearest that the logger has; a level that came from winston goes back exactly", async () => {
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({ level: "silly", transports: [transport] });
    const { logger } = leading(legacy);
    for (const name of ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL"]) logger.log(name, name);
    expect(transport.infos.map((info) => info.level)).toEqual([
      "silly",
      "debug",
      "info",
      "info",
      "warn",
      "error",
      "error",
    ]);
    const source = winston.createLogger({ level: "silly", transports: [new MemoryTransport()] });
    const interception = interceptWinston(source, { logger });
    for (const name of Object.keys(winston.config.npm.levels)) source.log(name, name);
    interception.restore();
    expect(transport.infos.slice(7).map((info) => info.level)).toEqual(Object.keys(winston.config.npm.levels));
  });

  test("complete() waits for a slow transport behind the logger, in a burst", async () => {
    const slow = new SlowTransport(2);
    const { logger } = leading(winston.createLogger({ transports: [slow] }));
    for (let n = 0; n < 100; n++) logger.info(`record ${n}`);
    await logger.complete();
    expect(slow.infos.map((info) => info.message)).toEqual(Array.from({ length: 100 }, (_, n) => `record ${n}`));
  });

  test("a logger that was ended is told once, and what follows is counted", async () => {
    const legacy = winston.createLogger({ transports: [new MemoryTransport()] });
    const { logger, failures } = leading(legacy);
    legacy.end();
    logger.info("one");
    logger.info("two");
    expect((await logger.complete()).dropped).toBe(2);
    expect(failures).toEqual([expect.objectContaining({ code: "LB1515" })]);
  });

  test("remove() leaves the logger as it was", async () => {
    const transport = new MemoryTransport();
    const legacy = winston.createLogger({ transports: [transport] });
    const listeners = legacy.listenerCount("drain");
    const { logger } = leading(legacy);
    logger.info("ours");
    await logger.remove();
    expect(legacy.listenerCount("drain")).toBe(listeners);
    expect(Object.hasOwn(transport, "_write")).toBe(false);
    legacy.info("theirs");
    expect(transport.infos).toHaveLength(2);
  });

  test("another value is refused", () => {
    expect(() => propagateToWinston({} as never)).toThrow(expect.objectContaining({ code: "LB1510" }));
  });
});

describe("a ring", () => {
  test.each(["tee", "replace"] as const)(
    "core → winston → intercepted → core, %s: each record once at a plain sink and in winston",
    async (mode) => {
      const { logger, texts } = ours();
      const { logger: legacy, lines } = theirs({ format: printf((info) => String(info.message)) });
      logger.add(propagateToWinston(legacy), { level: 0 });
      const interception = interceptWinston(legacy, { logger, mode });
      logger.info("from here");
      legacy.info("from there");
      legacy.child({}).info("from a child");
      await logger.complete();
      await settle();
      interception.restore();
      expect(texts()).toEqual(["from here", "from there", "from a child"]);
      expect(lines).toEqual(["from here", "from there", "from a child"]);
    },
  );

  test("through a transport that logs to an intercepted logger, now and later", async () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs();
    const relay = new (class extends MemoryTransport {
      override log(info: never, next: () => void): void {
        legacy.info((info as { message: string }).message);
        setTimeout(() => legacy.info((info as { message: string }).message), 1);
        next();
      }
    })();
    logger.add(winstonSink(relay), { level: 0 });
    const interception = interceptWinston(legacy, { logger });
    logger.info("seed");
    await settle(60);
    interception.restore();
    expect(texts()).toEqual(["seed"]);
  });
});
