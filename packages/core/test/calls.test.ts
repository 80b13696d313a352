import vm from "node:vm";
import { createLogger } from "@logbridge/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

describe("call shapes", () => {
  test("L-M-1 one method a level, positional and named values", () => {
    const { logger, records } = setting();
    for (const method of ["trace", "debug", "info", "success", "warning", "error", "critical"] as const)
      logger[method]("Hello {}, you are {age}", "Bob", { age: 42 });
    expect(records.map((record) => record.level.name)).toEqual([
      "TRACE",
      "DEBUG",
      "INFO",
      "SUCCESS",
      "WARNING",
      "ERROR",
      "CRITICAL",
    ]);
    expect(records.every((record) => record.message === "Hello Bob, you are 42")).toBe(true);
    expect(records[0]?.extra).toEqual({ age: 42 });
  });

  test("R-03f warn and fatal are aliases", () => {
    const { logger, records } = setting();
    logger.warn("a");
    logger.fatal("b");
    expect(records.map((record) => record.level.name)).toEqual(["WARNING", "CRITICAL"]);
  });

  test("I-02 all methods come from one factory, work detached, and a custom level gets one too", () => {
    const { logger, records } = setting();
    const { error } = logger;
    error("detached");
    logger.bind({ a: 1 }).level("NOTICE", { no: 27 });
    const { notice } = logger.withLevels({ alarm: { no: 45 } }) as unknown as { notice: (m: string) => void };
    notice("custom");
    expect(records.map((record) => record.level.name)).toEqual(["ERROR", "NOTICE"]);
  });

  test("a tagged template keeps template and values", () => {
    const { logger, records } = setting();
    logger.info`user ${7} logged {in}`;
    expect(records[0]).toMatchObject({ message: "user 7 logged {in}", template: "user {} logged {{in}}", args: [7] });
  });

  test("an Error anywhere is the exception; S-ERR-2 error, object and text in any order", () => {
    const cause = new Error("cause text");
    for (const call of [
      ["what we did", { id: 1 }, cause],
      ["what we did", cause, { id: 1 }],
      [cause, "what we did", { id: 1 }],
      [{ id: 1 }, "what we did", cause],
    ]) {
      const { logger, records } = setting();
      logger.error(...(call as [unknown]));
      expect(records[0]?.message).toBe("what we did");
      expect(records[0]?.exception?.value).toBe(cause);
      expect(records[0]?.extra).toEqual({ id: 1 });
    }
  });

  test("an Error alone gives its message; exception() is ERROR", () => {
    const { logger, records } = setting();
    logger.error(new TypeError("boom"));
    logger.exception(new TypeError("boom"), "while saving {}", "x");
    expect(records[0]).toMatchObject({ message: "boom" });
    expect(records[1]).toMatchObject({
      message: "while saving x",
      level: { name: "ERROR" },
      exception: { type: "TypeError" },
    });
  });

  test("fields first, as pino writes it, and fields alone", () => {
    const { logger, records } = setting();
    logger.info({ userId: 7 }, "login by {userId}");
    logger.info({ a: 1, b: "x" });
    expect(records[0]).toMatchObject({ message: "login by 7", extra: { userId: 7 } });
    expect(records[1]).toMatchObject({ message: "{ a: 1, b: 'x' }", extra: { a: 1, b: "x" } });
  });

  test("one structured value that is no set of fields stays what it is, beside its text", () => {
    const { logger, records } = setting();
    const map = new Map([["{a}", [1]]]);
    for (const value of [[1, { a: 2 }], map]) logger.info(value);
    logger.opt({ colors: true }).info(["<red>no markup</red>"]);
    expect(records.map(({ message, template, args }) => ({ message, template, args }))).toEqual([
      { message: "[ 1, { a: 2 } ]", template: "{}", args: [[1, { a: 2 }]] },
      { message: "Map(1) { '{a}' => [ 1 ] }", template: "{}", args: [map] },
      { message: "[ '<red>no markup</red>' ]", template: "{}", args: [["<red>no markup</red>"]] },
    ]);
  });

  test("S-ERR-4 undefined, null and nothing are one record each", async () => {
    const { logger, texts } = setting();
    await Promise.reject(undefined).catch(logger.error);
    logger.info(null);
    logger.info();
    logger.info(undefined);
    expect(texts).toEqual(["undefined\n", "null\n", "\n", "undefined\n"]);
  });

  test("what no placeholder takes is appended; a placeholder without a value stays as written", () => {
    const { logger, texts } = setting();
    logger.info("a {}", 1, 2, [3]);
    logger.info("a {} {}", 1);
    logger.info("plain", "x", 5n);
    expect(texts).toEqual(["a 1 2 [ 3 ]\n", "a 1 {}\n", "plain x 5n\n"]);
  });

  test("S-FMT-1 a finished text with braces stays to the letter when keyword values come along", () => {
    const { logger, records } = setting();
    logger.debug("row {'id': 4, 'tags': {}}", { table: "t" });
    logger.debug("a lone { brace", { table: "t" });
    logger.debug('{"a":{"b":1}}', { table: "t" });
    expect(records.map((record) => record.message)).toEqual([
      "row {'id': 4, 'tags': {}}",
      "a lone { brace",
      '{"a":{"b":1}}',
    ]);
    expect(records.every((record) => record.extra["table"] === "t")).toBe(true);
    const strict = setting({ strict: true });
    expect(() => strict.logger.debug("row {'id': 4, 'tags': {}}", { table: "t" })).toThrow();
  });

  test("S-FMT-2 angle brackets in messages and fields are text", () => {
    for (const colorize of [true, false]) {
      const logger = createLogger();
      const texts: string[] = [];
      logger.add((text) => void texts.push(text), { format: "{message} {extra[where]}", colorize });
      logger.bind({ where: "<anonymous>" }).info("fetch <url> for {}", 1);
      expect(texts).toEqual(["fetch <url> for 1 <anonymous>\n"]);
    }
  });

  test("printf style is filled as the console would", () => {
    const { logger, records } = setting();
    logger.info("%s has %d items", "cart", 3, { id: 9 });
    expect(records[0]).toMatchObject({ message: "cart has 3 items", extra: { id: 9 } });
  });

  test("strict: errors of the template are thrown, surplus arguments ignored", () => {
    const { logger, texts } = setting({ strict: true });
    logger.info("a {}", 1, 2);
    expect(() => logger.info("{} {}", 1)).toThrow(/LB1102/);
    expect(() => logger.info("{", 1)).toThrow(/LB1101/);
    expect(texts).toEqual(["a 1\n"]);
  });

  test("objects and errors of another realm are what they are", () => {
    const { logger, records } = setting();
    const foreign = vm.runInNewContext("({ error: new TypeError('there'), fields: { a: 1 } })") as {
      error: Error;
      fields: object;
    };
    logger.error("text", foreign.error, foreign.fields);
    expect(records[0]?.exception).toMatchObject({ type: "TypeError", message: "there" });
    expect(records[0]?.extra).toEqual({ a: 1 });
  });

  test("getters of arguments never run, prototypes are not reached", () => {
    const { logger, texts } = setting();
    let ran = 0;
    const trap = {
      get secret() {
        ran++;
        return "x";
      },
      plain: 1,
    };
    logger.info("{0.secret} {0.plain} {0.constructor}", trap);
    logger.info("fields", trap);
    logger.info(trap);
    logger.info("{}", trap);
    expect(ran).toBe(0);
    expect(texts[0]).toBe("{0.secret} 1 {0.constructor}\n");
  });

  test("a call never throws and contains every argument", () => {
    const { logger, texts } = setting();
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean())),
        (message, values) => {
          texts.length = 0;
          logger.info(message, ...values);
          expect(texts).toHaveLength(1);
          if (!message.includes("%") && !/[{}]/.test(message))
            for (const value of values) if (/^[\w ]+$/.test(String(value))) expect(texts[0]).toContain(String(value));
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        fc.anything(),
        (first, second) => {
          expect(() => logger.info(first, second)).not.toThrow();
          expect(() => logger.info("{} {a}", first, second)).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("opt", () => {
  test("lazy values are evaluated once, and only when somebody listens", () => {
    const { logger, texts } = setting({}, { level: 20 });
    let runs = 0;
    const expensive = (): number => ++runs;
    logger.opt({ lazy: true }).debug("{}", expensive);
    expect(runs).toBe(0);
    logger.opt({ lazy: true }).info("{} {k} {k}", expensive, { k: expensive });
    expect(texts).toEqual(["1 2 2\n"]);
  });

  test("raw, colors, record, capture, depth, exception", () => {
    const { logger, texts, records } = setting({}, { caller: true });
    logger.opt({ raw: true }).info("raw\n");
    logger.opt({ colors: true }).info("a <red>b</red> {}", "<green>");
    logger.opt({ record: true }).info("{record[level].name}");
    logger.opt({ capture: false }).info("{dest}", { dest: "extra" });
    const wrapper = (): void => logger.opt({ depth: 1 }).info("deep");
    function caller(): void {
      wrapper();
    }
    caller();
    logger.opt({ exception: "thrown text" }).info("x");
    expect(texts.slice(0, 5)).toEqual(["raw\n", "a b <green>\n", "INFO\n", "extra\n", "deep\n"]);
    expect(records[3]?.extra).toEqual({});
    expect(records[4]?.function).toBe("caller");
    expect(records[5]?.exception).toMatchObject({ type: "string", message: "thrown text" });
  });

  test("what opt() does not know is refused by name", () => {
    const { logger } = setting();
    expect(() => logger.opt({ ansi: true } as never)).toThrow(/"ansi".*LB1002/);
    expect(() => logger.opt({ depth: -1 })).toThrow(/depth.*LB1016/);
    expect(() => logger.opt({ exception: true })).toThrow(/LB1016/);
  });
});

test("of two errors in one call the first is the exception, and the second keeps its stack in the text", () => {
  const { logger, records } = setting();
  logger.error("both", new Error("first"), new TypeError("second"));
  expect(records[0]?.exception?.message).toBe("first");
  expect(records[0]?.message).toMatch(/^both TypeError: second\n {4}at /);
});
