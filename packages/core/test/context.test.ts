import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

describe("context", () => {
  test("L-BIND-1 bind() gives a logger whose records carry the values; its parent stays", () => {
    const { logger, records } = setting();
    const bound = logger.bind({ a: 1 });
    bound.bind({ b: 2 }).info("x");
    logger.info("y");
    expect(records.map((record) => record.extra)).toEqual([{ a: 1, b: 2 }, {}]);
  });

  test("C-09c a bound logger has all methods of the logger", () => {
    const { logger, records } = setting();
    const bound = logger.bind({ a: 1 });
    bound.success("x");
    bound.log("WARNING", "y");
    bound.exception(new Error("z"));
    bound.opt({ raw: true }).info("r");
    expect(records.map((record) => [record.level.name, record.extra["a"]])).toEqual([
      ["SUCCESS", 1],
      ["WARNING", 1],
      ["ERROR", 1],
      ["INFO", 1],
    ]);
  });

  test("L-CTX-1 C-10a contextualize() holds for everything inside, across await, through any logger", async () => {
    const { logger, records } = setting();
    const other = createLogger();
    const foreign: unknown[] = [];
    other.add((_text, record) => void foreign.push(record.extra), { format: "{message}" });
    const task = (id: number): Promise<void> =>
      logger.contextualize({ id }, async () => {
        await new Promise((resolve) => setTimeout(resolve, id === 1 ? 40 : 1));
        logger.info("inside");
        other.info("inside");
      });
    await Promise.all([task(1), task(2)]);
    logger.info("outside");
    expect(records.map((record) => record.extra)).toEqual([{ id: 2 }, { id: 1 }, {}]);
    expect(foreign).toEqual([{ id: 2 }, { id: 1 }]);
  });

  test("contextualize in its other forms: wrapped, and entered until disposed", () => {
    const { logger, records } = setting();
    const wrapped = logger.contextualize.wrap({ w: 1 }, (n: number) => logger.info(`n ${n}`));
    wrapped(1);
    const entered = logger.contextualize({ e: 1 });
    logger.info("entered");
    entered.end();
    logger.info("left");
    expect(records.map((record) => record.extra)).toEqual([{ w: 1 }, { e: 1 }, {}]);
    expect(() => logger.contextualize(5 as never)).toThrow(/LB1017/);
  });

  test("extra merges: configure, contextualize, bind, the call; later wins", () => {
    const { logger, records } = setting();
    logger.configure({ extra: { x: "configured", a: 1 } });
    logger.contextualize({ x: "context", b: 2 }, () =>
      logger.bind({ x: "bound", c: 3 }).info("m", { x: "call", d: 4 }),
    );
    expect(records[0]?.extra).toEqual({ x: "call", a: 1, b: 2, c: 3, d: 4 });
  });

  test("L-PATCH-1 a patcher changes each record first; its return value is not used; they run from the oldest", () => {
    const { logger, records } = setting();
    logger.configure({ patcher: (record) => void (record.extra["order"] = ["configured"]) });
    logger
      .patch((record) => (record.extra["order"] as string[]).push("first"))
      .patch((record) => {
        (record.extra["order"] as string[]).push("second");
        record.message = record.message.toUpperCase();
      })
      .info("quiet");
    expect(records[0]).toMatchObject({ message: "QUIET", extra: { order: ["configured", "first", "second"] } });
  });

  test("keys such as __proto__ stay data", () => {
    const { logger, records } = setting();
    logger
      .bind(JSON.parse('{"__proto__":{"polluted":1}}') as object)
      .info("x", JSON.parse('{"__proto__":{"y":1},"constructor":2}'));
    const extra = records[0]?.extra as Record<string, unknown>;
    expect(Object.getPrototypeOf(extra)).toBe(Object.prototype);
    expect(Object.keys(extra)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("enable and disable by name, parents ending at / . and :", () => {
    const { logger, texts } = setting();
    for (const name of ["express/lib/router", "app.db", "knex:query"]) {
      const parent = name.split(/[/.:]/)[0] as string;
      logger.disable(parent);
      logger.forModule(name).info("no");
      logger.forModule(`${parent}x`).info("other");
      logger.enable(name);
      logger.forModule(name).info("yes");
    }
    expect(texts).toEqual(["other\n", "yes\n", "other\n", "yes\n", "other\n", "yes\n"]);
  });
});

describe("levels", () => {
  test("L-LVL-1 seven levels with their numbers", () => {
    const { logger, records } = setting();
    for (const method of ["trace", "debug", "info", "success", "warning", "error", "critical"] as const)
      logger[method]("x");
    expect(records.map((record) => record.level.no)).toEqual([5, 10, 20, 25, 30, 40, 50]);
  });

  test("L-LVL-2 level(name) gives name, no, color, icon", () => {
    const { logger } = setting();
    expect(logger.level("ERROR")).toEqual({ name: "ERROR", no: 40, color: "<red><bold>", icon: "❌" });
    expect(() => logger.level("NOPE")).toThrow(/LB1003/);
  });

  test("L-LVL-3 level(name, options) adds a level; name and no are required, colour and icon are empty by default", () => {
    const { logger, records } = setting();
    expect(logger.level("snakY", { no: 38 })).toEqual({ name: "snakY", no: 38, color: "", icon: " " });
    logger.log("snakY", "Here we go!");
    expect(records[0]?.level).toMatchObject({ name: "snakY", no: 38 });
    expect(() => logger.level("other", { color: "<red>" })).toThrow(/LB1005/);
    expect(() => logger.level("other", { no: -1 })).toThrow(/LB1005/);
    expect(() => logger.level("other", { no: 1, color: "<foo>" })).toThrow(/<foo>/);
    expect(() => logger.level("ERROR", { no: 41 })).toThrow(/cannot be given again/);
  });

  test("log() by number is a severity without a name; an unknown name is logged as INFO and said once", () => {
    const { logger, records } = setting();
    logger.log(33, "x");
    logger.log("NOPE", "y");
    expect(records.map((record) => record.level.name)).toEqual(["Level 33", "INFO"]);
  });
});
