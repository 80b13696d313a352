import { createLogger, type LogRecord } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

const FORMAT = "{level.no} {level.icon} {message}";

describe("levels", () => {
  test("L-LVL-4 L-LVL-12 change while the program runs, also for handlers that were added before", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { format: "<level>{level.icon} {message}</level>", colorize: true });
    logger.info("1");
    logger.level("INFO", { color: "<red>", icon: "!" });
    logger.info("2");
    logger.level("LATE", { no: 45 });
    logger.log("LATE", "3");
    expect(texts).toEqual(["\u001b[1mℹ️ 1\u001b[0m\n", "\u001b[31m! 2\u001b[0m\n", "  3\u001b[0m\n"]);
  });
  test("L-LVL-5 L-LVL-6 keep their number; one that is unknown cannot be asked for", () => {
    const logger = createLogger();
    expect(() => logger.level("INFO", { no: 21 })).toThrow(expect.objectContaining({ code: "LB1005" }));
    expect(() => logger.level("INFO", { no: 20 })).toThrow(expect.objectContaining({ code: "LB1005" }));
    expect(() => logger.level("NOPE")).toThrow(/"NOPE".*known are TRACE, DEBUG.*LB1003/);
    expect(() => logger.level("NOPE", { icon: "?" })).toThrow(expect.objectContaining({ code: "LB1005" }));
    expect(logger.level("INFO").no).toBe(20);
  });
  test("L-LVL-7 L-SW-18 may share a number, and no number is turned into a name", () => {
    const { logger, texts } = setting({}, { format: "{level}" });
    logger.level("CUSTOM", { no: 20 });
    logger.log("CUSTOM", "m");
    logger.info("m");
    logger.log(20, "m");
    expect(texts).toEqual(["CUSTOM\n", "INFO\n", "Level 20\n"]);
    expect(logger.level("CUSTOM")).toEqual({ name: "CUSTOM", no: 20, color: "", icon: " " });
  });
  test("L-LVL-8 L-LVL-13 L-SW-17 have a name, a number, a colour and an emoji", () => {
    const { logger, texts } = setting({}, { format: "{level.icon} {level} {message}" });
    const snaky = { name: "SNAKY", no: 38, color: "<yellow>", icon: "🐍" };
    expect(logger.level("SNAKY", { no: 38, color: "<yellow>", icon: "🐍" })).toEqual(snaky);
    expect(logger.level("SNAKY")).toEqual(snaky);
    logger.log("SNAKY", "Here we go!");
    expect(texts).toEqual(["🐍 SNAKY Here we go!\n"]);
  });
  test("L-LVL-9 L-M-2 log() takes a name, or a bare number that belongs to no level", () => {
    const { logger, texts, records } = setting({}, { format: "{level.name}|{level.no}|{message}" });
    logger.log("WARNING", "a {}", 1);
    logger.log(33, "b {name}", { name: "x" });
    expect(texts).toEqual(["WARNING|30|a 1\n", "Level 33|33|b x\n"]);
    expect((records[1] as LogRecord).level).toMatchObject({ name: "Level 33", no: 33, icon: " " });
  });
  test("L-LVL-10 that are built in have the seed's colours and icons", () => {
    const logger = createLogger();
    const names = ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL"];
    expect(names.map((name) => logger.level(name)).map(({ color, icon }) => `${color} ${icon}`)).toEqual([
      "<cyan><bold> ✏️",
      "<blue><bold> 🐞",
      "<bold> ℹ️",
      "<green><bold> ✅",
      "<yellow><bold> ⚠️",
      "<red><bold> ❌",
      "<RED><bold> ☠️",
    ]);
  });
  test("L-LVL-11 show `15 @ Logging...` and, after the icon was changed, `30 /!\\ Updated!`", () => {
    const { logger, texts } = setting({}, { format: FORMAT });
    logger.level("CUSTOM", { no: 15, color: "<blue>", icon: "@" });
    logger.log("CUSTOM", "Logging...");
    logger.level("WARNING", { icon: "/!\\" });
    logger.warning("Updated!");
    expect(texts).toEqual(["15 @ Logging...\n", "30 /!\\ Updated!\n"]);
  });
  test("lend their colour to no bare number, even where one is called like it", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { format: "<level>{message}</level>", colorize: true });
    logger.level("Level 15", { no: 45, color: "<red>" });
    logger.log(15, "a");
    logger.log("Level 15", "b");
    expect(texts).toEqual(["a\u001b[0m\n", "\u001b[31mb\u001b[0m\n"]);
  });
});

class Message {
  readonly a = { b: 1 };
}

describe("messages", () => {
  const message = (...args: unknown[]): string | undefined => {
    const { logger, texts } = setting();
    logger.info(...args);
    return texts[0]?.slice(0, -1);
  };
  test("L-M-3 exception() logs at ERROR with the error's trace", () => {
    const { logger, texts, records } = setting();
    logger.exception(new RangeError("too far"), "failed");
    expect(records[0]?.level.name).toBe("ERROR");
    expect(records[0]?.exception?.type).toBe("RangeError");
    expect(texts[0]).toMatch(/^failed\nRangeError: too far\n {2}[> ] at /);
  });
  test("L-M-4 take a position and a name", () =>
    expect(message("If you're using Python {}, prefer {feature} of course!", 3.6, { feature: "f-strings" })).toBe(
      "If you're using Python 3.6, prefer f-strings of course!",
    ));
  test("L-M-5 with strict have no place for surplus arguments, else lose none", () => {
    const { logger, texts } = setting({ strict: true });
    logger.info("a {}", 1, 2, 3);
    expect(texts).toEqual(["a 1\n"]);
    expect(message("a {}", 1, 2, 3)).toBe("a 1 2 3");
  });
  test("L-M-7 C-14e are filled by the rules of str.format: indexes, attributes, keys, mini-language", () => {
    expect(message("Message with {0} {name}", 2, { name: "placeholders" })).toBe("Message with 2 placeholders");
    class Point {
      x = 0.5;
      y = 0.5;
    }
    expect(message("Message with coordinates: ({point.x:.2f}, {point.y:.2f})", { point: new Point() })).toBe(
      "Message with coordinates: (0.50, 0.50)",
    );
    expect(
      message("{1} {0[1]} {0[2][k]} {n:#010x} {n:,} {r:.1%}", ["a", "b", { k: "v" }], "z", { n: 65_535, r: 0.256 }),
    ).toBe("z b v 0x0000ffff 65,535 25.6%");
  });
  test("C-14d may be any object: it is shown as the console shows it, and its toString() runs only where it is asked for", () => {
    let ran = 0;
    class Late {
      readonly text = "made late";
      toString(): string {
        ran++;
        return this.text;
      }
    }
    const { logger, texts } = setting({}, { level: 20 });
    logger.info(new Late());
    expect(texts[0]).toBe("Late { text: 'made late' }\n");
    expect(ran).toBe(0);
    logger.opt({ lazy: true }).debug("{}", () => String(new Late()));
    expect(ran).toBe(0);
    logger.opt({ lazy: true }).info("{}", () => String(new Late()));
    expect(texts[1]).toBe("made late\n");
    expect(ran).toBe(1);
  });
  test("that are an error or an object alone keep their braces as they are", () => {
    expect(message(new Message())).toBe("Message { a: { b: 1 } }");
    const { logger, texts } = setting({}, { format: "{message}|" });
    logger.error(new Error('bad row {"id": {}}'));
    logger.opt({ colors: true }).info(new Message());
    logger.opt({ record: true }).info(new Message());
    expect(texts[0]).toMatch(/^bad row \{"id": \{\}\}\|/);
    expect(texts.slice(1)).toEqual(["Message { a: { b: 1 } }|\n", "Message { a: { b: 1 } }|\n"]);
  });
  test("L-SW-16 cost nothing where nobody listens: the functions of opt({ lazy: true }) are not called", () => {
    const { logger, texts } = setting({}, { level: 20 });
    let ran = 0;
    const expensive = (): number => ++ran;
    logger.opt({ lazy: true }).debug("Message data: {}", expensive);
    expect(ran).toBe(0);
    logger.opt({ lazy: true }).info("Message data: {}", expensive);
    expect(texts).toEqual(["Message data: 1\n"]);
    expect([logger.isEnabled("DEBUG"), logger.isEnabled("INFO")]).toEqual([false, true]);
  });
  test("read the record with opt({ record: true }): its parts as formats show them, and this call's own values", () => {
    const { logger, texts } = setting();
    const log = logger.opt({ record: true });
    log.info("{record[level]}|{record[level].no}|{record[process]:d}|{record[extra][k]}|{record[level]: <6}|", {
      k: 1,
    });
    expect(texts).toEqual([`INFO|20|${process.pid}|1|INFO  |\n`]);
    const strict = setting({ strict: true }).logger.opt({ record: true });
    expect(() => strict.info("{record}", { record: 1 })).toThrow(TypeError);
  });
});

describe("a format in strict use", () => {
  test("may name a field that a patcher sets; without it the call fails", () => {
    const { logger, texts } = setting({ strict: true }, { format: "{custom} {message}" });
    const log = logger.patch((record) => void Object.assign(record, { custom: "set" }));
    log.info("m");
    expect(texts).toEqual(["set m\n"]);
    const other = createLogger({ strict: true });
    other.add(() => {}, { format: "{custom}", catch: false });
    expect(() => other.info("m")).toThrow(expect.objectContaining({ code: "LB1105" }));
    expect(() => createLogger().add(() => {}, { format: "{custom}" })).toThrow(
      expect.objectContaining({ code: "LB1104" }),
    );
  });
});
