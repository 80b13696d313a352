import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

const FORMAT = "{level} in '{function}' - {message}";

describe("opt({ exception })", () => {
  test("L-OPT-1 adds the error to the record at any level", () => {
    const { logger, records, texts } = setting();
    const error = new RangeError("division by zero");
    const methods = ["trace", "debug", "info", "success", "warning", "error", "critical"] as const;
    for (const method of methods) logger.opt({ exception: error })[method]("Exception logged:");
    expect(records.map((record) => record.level.name.toLowerCase())).toEqual(methods);
    expect(records.every((record) => record.exception?.value === error)).toBe(true);
    expect(texts).toHaveLength(7);
    for (const text of texts) {
      expect(text).toMatch(/^Exception logged:\n/);
      expect(text).toContain("RangeError: division by zero");
      expect(text).toContain("opt.test.ts");
    }
  });

  test("L-OPT-2 true is refused and says what to write: JavaScript has no current error", () => {
    const { logger, records } = setting();
    try {
      throw new RangeError("division by zero");
    } catch (error) {
      expect(() => logger.opt({ exception: true })).toThrow(/give the error: opt\(\{ exception: err \}\)/);
      expect(() => logger.opt({ exception: true })).toThrow(expect.objectContaining({ code: "LB1016" }));
      logger.opt({ exception: error }).debug("Exception logged with debug level:");
    }
    expect(records[0]).toMatchObject({ level: { name: "DEBUG" }, exception: { type: "RangeError" } });
  });

  test("L-OPT-4 a falsy value adds nothing", () => {
    const { logger, records, texts } = setting();
    for (const exception of [false, null, undefined, 0, 0n, "", Number.NaN]) logger.opt({ exception }).error("m");
    expect(records.map((record) => record.exception)).toEqual(Array.from({ length: 7 }, () => null));
    expect(texts).toEqual(Array.from({ length: 7 }, () => "m\n"));
  });
});

describe("opt({ record })", () => {
  test("L-OPT-5 lets the message read the record: its line, its thread and every other part", () => {
    const { logger, texts, records } = setting({}, { caller: true });
    logger.opt({ record: true }).info("Current line is: {record[line]}");
    logger.opt({ record: true }).info("Display values from the record (eg. {record[thread]})");
    logger.opt({ record: true }).info("{record[level].no} {record[function]} {record[extra][user]}", { user: "ann" });
    const { line, thread } = records[0] ?? {};
    expect(line).toBeGreaterThan(0);
    expect(texts.slice(0, 2)).toEqual([
      `Current line is: ${line}\n`,
      `Display values from the record (eg. ${thread?.id})\n`,
    ]);
    const plain = setting();
    plain.logger.info("{record[line]}", { user: "ann" });
    expect(plain.texts).toEqual(["{record[line]}\n"]);
  });
});

describe("opt({ lazy })", () => {
  test("L-OPT-6 L-OPT-7 calls functions, positional and named, only if some handler takes the level", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { level: "ERROR", format: "{message}" });
    const low = logger.add((text) => texts.push(text), { level: "INFO", format: "{message}" });
    const called: string[] = [];
    const value = (name: string) => (): string => {
      called.push(name);
      return name;
    };
    const lazy = logger.opt({ lazy: true });
    lazy.debug("{} {named}", value("a"), { named: value("b") });
    expect(called).toEqual([]);
    lazy.info("{} {named} {named}", value("c"), { named: value("d") });
    expect(called.sort()).toEqual(["c", "d"]);
    void logger.remove(low);
    lazy.info("{}", value("e"));
    expect(called).toHaveLength(2);
    expect(texts).toEqual(["c d d\n"]);
    lazy.error("{0}", value("f"));
    expect(texts[1]).toBe("f\n");
  });

  test("L-OPT-16 shows what the function gives: `If sink <= DEBUG: …`", () => {
    const { logger, texts } = setting({}, { level: 10 });
    const factorial = (n: bigint): bigint => (n <= 1n ? 1n : n * factorial(n - 1n));
    logger.opt({ lazy: true }).debug("If sink <= DEBUG: {x}", { x: () => factorial(32n) });
    expect(texts).toEqual(["If sink <= DEBUG: 263130836933693530167218012160000000\n"]);
  });
});

describe("opt({ colors })", () => {
  test("L-OPT-8 reads the markup of this message, and of no other", () => {
    const logger = createLogger();
    const coloured: string[] = [];
    const plain: string[] = [];
    logger.add((text) => coloured.push(text), { colorize: true, format: "{message}" });
    logger.add((text) => plain.push(text), { colorize: false, format: "{level} - {message}" });
    logger.opt({ colors: true }).warning("We got a <red>BIG</red> problem");
    logger.warning("We got a <red>BIG</red> problem");
    expect(coloured).toEqual(["We got a \u001b[31mBIG\u001b[0m problem\n", "We got a <red>BIG</red> problem\n"]);
    expect(plain).toEqual(["WARNING - We got a BIG problem\n", "WARNING - We got a <red>BIG</red> problem\n"]);
  });
});

describe("opt({ raw })", () => {
  test("L-OPT-9 sends the message without the format of any handler, and without a newline", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { format: FORMAT });
    logger.add((text) => texts.push(text), { format: () => "never seen\n" });
    logger.opt({ raw: true }).debug("No formatting\n");
    logger.opt({ raw: true }).debug("no newline {}", "either");
    expect(texts).toEqual(["No formatting\n", "No formatting\n", "no newline either", "no newline either"]);
  });
});

test("a message that a patcher has changed is what raw handlers show too, without the colours of the former one", () => {
  const logger = createLogger();
  const texts: string[] = [];
  for (const colorize of [true, false]) logger.add((text) => texts.push(text), { colorize });
  const log = logger.opt({ raw: true, colors: true });
  log.info("<red>a</red>|");
  log.patch((record) => void (record.message = "patched|")).info("<red>a</red>|");
  expect(texts).toEqual(["\u001b[31ma\u001b[0m|", "a|", "patched|", "patched|"]);
});

describe("opt({ capture })", () => {
  test("L-OPT-10 false: named values fill the message and stay out of extra", () => {
    const { logger, records, texts } = setting();
    logger.bind({ bound: 1 }).opt({ capture: false }).info("Displayed but not captured: {value}", { value: 123 });
    logger.info("Captured: {value}", { value: 123 });
    expect(texts).toEqual(["Displayed but not captured: 123\n", "Captured: 123\n"]);
    expect(records.map(({ extra }) => extra)).toEqual([{ bound: 1 }, { value: 123 }]);
  });
});

describe("opt()", () => {
  test("L-OPT-13 called again sets everything that it does not name to its default", () => {
    const { logger, texts, records } = setting({}, { format: FORMAT });
    const first = logger.opt({ raw: true, capture: false, lazy: true, colors: true, exception: new Error("gone") });
    first.opt({ colors: true }).info("<red>{x}</red>", { x: 1 });
    first.opt().info("<red>{x}</red>", { x: () => 2 });
    expect(texts[0]).toMatch(/^INFO in '.*' - 1\n$/);
    expect(texts[1]).toMatch(/^INFO in '.*' - <red>.*=> 2|^INFO in '.*' - <red>\[Function: x\]<\/red>\n$/);
    expect(records.map(({ exception }) => exception)).toEqual([null, null]);
    expect(records[0]?.extra).toEqual({ x: 1 });
    expect(Object.keys(records[1]?.extra ?? {})).toEqual(["x"]);
  });

  test("L-OPT-14 gives a logger and leaves the one it was called on as it was", () => {
    const { logger, texts } = setting();
    const bound = logger.bind({ a: 1 });
    const raw = bound.opt({ raw: true });
    expect(raw).not.toBe(bound);
    raw.info("1|");
    bound.info("2");
    raw.info("3|");
    logger.info("4");
    expect(texts).toEqual(["1|", "2\n", "3|", "4\n"]);
  });

  test("L-OPT-17 depth 1 in wrapped(), called by func(): the record's function is func", async () => {
    const { stdout } = await program(
      [
        'import { createLogger } from "@logbridge/core";',
        "const logger = createLogger();",
        `logger.add(process.stdout, { format: ${JSON.stringify(`${FORMAT} {line}`)} });`,
        "function wrapped() {",
        '  logger.opt({ depth: 1 }).info("Get parent context");',
        "}",
        "function func() {",
        "  wrapped();",
        "}",
        "func();",
      ].join("\n"),
    );
    expect(stdout).toBe("INFO in 'func' - Get parent context 8\n");
  });
});
