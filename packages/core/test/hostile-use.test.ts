import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type LogRecord, memorySink, recordFromJSON } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("a log call", () => {
  test("takes a revoked proxy in any place, with any format", () => {
    for (const add of [{ format: "{message} {line}" }, { serialize: true }, { serialize: "flat" }] as const) {
      const logger = createLogger();
      const texts: string[] = [];
      logger.add((text) => texts.push(text), add);
      logger.info(revoked());
      logger.error(revoked(), "m");
      logger.info("m", revoked());
      expect(texts).toHaveLength(3);
    }
  });
  test("takes anything in the place of a level, says so once without showing it, and logs as INFO", () => {
    const { logger, records } = setting();
    const hostile = [
      Object.create(null),
      { password: "hunter2" },
      {
        toString() {
          throw new Error("no");
        },
      },
      revoked(),
      null,
      Symbol("x"),
    ];
    for (const level of hostile) logger.log(level as never, "m");
    expect(records.map(({ level }) => level.name)).toEqual(hostile.map(() => "INFO"));
  });
  test("keeps its record where a lazy value throws; strict throws", () => {
    const { logger, texts } = setting();
    const fails = (): never => {
      throw new Error("not now");
    };
    logger.opt({ lazy: true }).info("a {} b {c}", fails, { c: fails });
    expect(texts).toEqual(["a [threw not now] b [threw not now]\n"]);
    expect(() => setting({ strict: true }).logger.opt({ lazy: true }).info("a {}", fails)).toThrow("not now");
  });
  test("survives a patcher that freezes the record or sets fields to what no record can have", () => {
    const wrong: ((record: LogRecord) => void)[] = [
      (record) => void Object.freeze(record),
      (record) => Object.assign(record, { level: null }),
      (record) => Object.assign(record, { level: "INFO" }),
      (record) => Object.assign(record, { extra: null }),
      (record) => Object.assign(record, { exception: { type: "x", value: 1 } }),
    ];
    for (const patcher of wrong) {
      const { logger } = setting();
      expect(() => logger.patch(patcher).info("m")).not.toThrow();
    }
    const { logger, records } = setting();
    for (const patcher of wrong.slice(1)) logger.patch(patcher).info("m");
    logger.patch((record) => Object.assign(record, { message: undefined, process: null, thread: null })).info("m");
    logger.patch((record) => void (record.exception = new RangeError("far") as never)).info("m");
    expect(records).toHaveLength(wrong.length + 1);
    expect(records.at(-2)).toMatchObject({ message: "undefined", process: { id: process.pid } });
    expect(records.at(-1)?.exception).toMatchObject({ type: "RangeError", message: "far" });
  });
});

describe("what is set up", () => {
  test("is left alone by a configuration that is wrong, levels too", () => {
    const logger = createLogger();
    const wrong = {
      handlers: [{ sink: () => {}, level: "NOPE" }],
      levels: [
        { name: "ZZ", no: 3 },
        { name: "INFO", color: "<red>" },
      ],
    };
    expect(() => logger.configure(wrong)).toThrow("NOPE");
    expect(() => logger.level("ZZ")).toThrow("no such level");
    expect(logger.level("INFO").color).toBe("<bold>");
    expect((logger as unknown as { zz?: unknown }).zz).toBeUndefined();
  });
  test("takes the same levels from every module that wants their types", () => {
    const logger = createLogger();
    logger.withLevels({ notice: { no: 27 } });
    logger.withLevels({ notice: { no: 27, icon: "!" } });
    expect(logger.level("NOTICE")).toMatchObject({ no: 27, icon: "!" });
    expect(() => logger.withLevels({ notice: { no: 28 } })).toThrow("27");
  });
  test("refuses a level whose method would make the logger a promise", () => {
    const logger = createLogger();
    for (const name of ["then", "", "constructor"]) expect(() => logger.level(name, { no: 5 })).toThrow("LB1005");
  });
  test("refuses options that are none, and unknown ones of complete()", async () => {
    const logger = createLogger();
    expect(() => logger.opt(null as never)).toThrow("LB1016");
    await expect(logger.complete({ time: 4 } as never)).rejects.toThrow(/"time".*timeout/);
  });
  test("cannot be changed by a property of a handle that is none", () => {
    const logger = createLogger();
    const handle = logger.handler(logger.add(() => {})) as { redact?: string[]; level: string | number };
    expect(() => {
      handle.redact = ["a"];
    }).toThrow(TypeError);
    handle.level = "ERROR";
    expect(handle.level).toBe(40);
  });
  test("asks activation for records that are emitted", () => {
    const { logger, texts } = setting();
    const source = setting();
    source.logger.forModule("noisy/part").info("m");
    logger.disable("noisy");
    logger.emit(recordFromJSON((source.records[0] as LogRecord).toJSON()));
    expect(texts).toEqual([]);
  });
});

describe("a function that answers what it must not", () => {
  test("is reported where a filter gives a promise, and lets nothing through", () => {
    const errors: unknown[] = [];
    const logger = createLogger();
    const texts: string[] = [];
    const onError = (_: unknown, __: unknown, error: unknown): void => void errors.push(error);
    logger.add((text) => texts.push(text), { filter: async () => false, onError });
    logger.info("m");
    expect(texts).toEqual([]);
    expect(String(errors[0])).toContain("LB1007");
  });
  test("is written as JSON where a serializer gives an object, and reported where it gives no text", () => {
    const errors: unknown[] = [];
    const logger = createLogger();
    const texts: string[] = [];
    const onError = (_: unknown, __: unknown, error: unknown): void => void errors.push(error);
    logger.add((text) => texts.push(text), { serialize: ((record: LogRecord) => ({ m: record.message })) as never });
    logger.add((text) => texts.push(text), { serialize: (async () => "x") as never, onError });
    logger.info("m");
    expect(texts).toEqual(['{"m":"m"}\n']);
    expect(String(errors[0])).toContain("LB1004");
  });
});

describe("what is on its way", () => {
  test("is waited for by complete() when its handler was removed a moment ago", async () => {
    const logger = createLogger();
    const written: string[] = [];
    const id = logger.add(
      async (text) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        written.push(text);
      },
      { format: "{message}" },
    );
    logger.info("x");
    void logger.remove(id);
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(written).toEqual(["x\n"]);
  });
  test("is counted as dropped where the disk takes nothing", async () => {
    if (!existsSync("/dev/full")) return;
    const logger = createLogger();
    logger.add("/dev/full", { durability: "gathered", onError: () => {} });
    logger.info("x");
    expect(await logger.complete()).toMatchObject({ sent: 0, dropped: 1 });
    await logger.remove();
  });
  test("is held on where the first handlers are gone in the turn that brought them", async () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.holdEarly();
    logger.info("early");
    await logger.remove(logger.add(() => {}));
    logger.add((text) => texts.push(text), { format: "{message}" });
    await Promise.resolve();
    expect(texts).toEqual(["early\n"]);
  });
  test("is kept where the function that chooses a buffer throws", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const by = (): never => {
      throw new Error("no key");
    };
    const target = (text: string): number => texts.push(text);
    logger.add(memorySink({ by, target }), { format: "{message}", onError: () => {} });
    logger.info("before");
    logger.error("now");
    expect(texts).toEqual(["before\n", "now\n"]);
  });
  test("leaves at exit also when a listener that runs later logs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-"));
    await program(`import { createLogger, memorySink } from "@logbridge/core";
      const logger = createLogger();
      logger.add(${JSON.stringify(join(folder, "a.log"))}, { durability: "gathered", format: "{message}" });
      logger.add(memorySink({ target: ${JSON.stringify(join(folder, "b.log"))} }), { format: "{message}" });
      process.on("exit", () => logger.info("bye"));
      logger.info("hello");
      process.exit(0);`);
    for (const name of ["a.log", "b.log"]) expect(readFileSync(join(folder, name), "utf8")).toBe("hello\nbye\n");
    rmSync(folder, { recursive: true });
  });

  test("leaves at exit although a listener of somebody else throws that came before", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-"));
    const file = join(folder, "a.log");
    await program(`process.on("exit", () => { throw new Error("not ready"); });
      const { createLogger } = await import("@logbridge/core");
      const logger = createLogger();
      logger.add(${JSON.stringify(file)}, { durability: "gathered", format: "{message}" });
      logger.info("hello");
      process.exit(0);`).catch(() => {});
    expect(readFileSync(file, "utf8")).toBe("hello\n");
    rmSync(folder, { recursive: true });
  });

  test("reaches a sink that keeps something also when a later listener of exit logs", async () => {
    const { stderr } = await program(`import { createLogger } from "@logbridge/core";
      const kept = [];
      const logger = createLogger();
      logger.add({
        write: (text) => void kept.push(text),
        flushSync: () => process._rawDebug(kept.splice(0).join("").trim()),
      }, { format: "{message}" });
      process.on("exit", () => logger.info("bye"));
      logger.info("hello");
      process.exit(0);`);
    expect(stderr.trim().split("\n")).toEqual(["hello", "bye"]);
  });
});

test("a report of a failure cannot be forged by what was logged, nor by a sink's name", async () => {
  const { stderr } = await program(`import { createLogger } from "@logbridge/core";
    const fails = () => { throw new Error("sink"); };
    Object.defineProperty(fails, "name", { value: "a\\x1b[2J\\nlogbridge LB9998: forged" });
    const logger = createLogger();
    logger.add(fails, { format: "{message}" });
    logger.info("m\\nlogbridge LB9999: forged");`);
  expect(stderr).toContain("LB2001");
  expect(stderr).toContain("LB9999");
  expect(stderr).not.toMatch(/^logbridge LB999/m);
  expect(stderr).not.toContain("\x1b");
});

describe("code of the application that logs where it is asked about a record", () => {
  const again = (run: () => void) => ({
    filter: {
      filter: (): boolean => {
        run();
        return true;
      },
    },
    format: {
      format: (): string => {
        run();
        return "{message}";
      },
    },
    serialize: {
      serialize: ({ message }: LogRecord): string => {
        run();
        return message;
      },
    },
    patch: { patch: run },
  });

  test.each(["filter", "format", "serialize", "patch", "patcher"] as const)("is stopped: %s", (where) => {
    const texts: string[] = [];
    const others: string[] = [];
    const logger = createLogger();
    const run = (): void => logger.info("inner");
    if (where === "patcher") logger.configure({ patcher: run });
    logger.add((text) => texts.push(text.trim()), where === "patcher" ? {} : again(run)[where]);
    logger.add((_text, { message }) => others.push(message));
    logger.info("outer");
    logger.info("outer");
    expect(others.filter((text) => text === "outer")).toHaveLength(2);
    expect(texts.filter((text) => text.endsWith("outer"))).toHaveLength(2);
    expect(texts.length).toBeLessThan(50);
    expect(logger.stats().handlers.map(({ failed }) => failed)).toEqual([0, 0]);
  });
});
