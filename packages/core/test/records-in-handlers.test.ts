import { createLogger, type LogRecord } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

const START = Date.UTC(2024, 0, 2, 3, 4, 5, 678);

describe("the parts of a record", () => {
  test("L-REC-1 elapsed is the time since the start, in milliseconds", () => {
    let now = START + 1500.25;
    const { logger, records, texts } = setting({ startedAt: START, clock: () => now }, { format: "{elapsed}" });
    logger.info("x");
    now = START + 60_000;
    logger.info("y");
    expect(records.map(({ elapsed }) => elapsed)).toEqual([1500.25, 60_000]);
    expect(texts).toEqual(["1500.25\n", "60000\n"]);
  });

  test("L-REC-1 elapsed of the ready-made logger counts from the start of the program", async () => {
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      logger.remove(0);
      const seen = [];
      logger.add((text, record) => void seen.push(record.elapsed, record.time.getTime()));
      logger.info("a");
      await new Promise((resolve) => setTimeout(resolve, 30));
      logger.info("b");
      console.log(JSON.stringify(seen));
    `);
    const [first, firstTime, second, secondTime] = JSON.parse(stdout) as [number, number, number, number];
    expect(first).toBeGreaterThanOrEqual(0);
    expect(second).toBeGreaterThan(first);
    expect(Math.abs(second - first - (secondTime - firstTime))).toBeLessThan(2);
  });

  test("L-REC-11 process: the id is shown by {process}, and it has a name", () => {
    const { logger, records, texts } = setting({}, { format: "{process}|{process.id}|{process.name}" });
    logger.info("x");
    const { id, name } = (records[0] as LogRecord).process;
    expect(id).toBe(process.pid);
    expect(name).not.toBe("");
    expect(texts).toEqual([`${id}|${id}|${name}\n`]);
  });

  test("L-REC-12 thread: id and name of the thread that logs", () => {
    const { logger, texts } = setting({}, { format: "{thread}|{thread.id}|{thread.name}" });
    logger.info("x");
    expect(texts).toEqual(["0|0|main\n"]);
  });

  test("L-REC-13 time is that of the call, in the local zone with its offset", async () => {
    const source = `
      import { createLogger } from "@logbridge/core";
      const logger = createLogger({ clock: () => ${START} });
      logger.add(process.stdout, { format: "{time:YYYY-MM-DD HH:mm:ss.SSS Z}" });
      logger.info("x");
    `;
    const local = await program(source, { env: { TZ: "Asia/Kolkata" } });
    expect(local.stdout).toBe("2024-01-02 08:34:05.678 +05:30\n");
    const { logger, records } = setting();
    const before = Date.now();
    logger.info("x");
    const { time } = records[0] as LogRecord;
    expect(time).toBeInstanceOf(Date);
    expect(time.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(time.getTime()).toBeLessThanOrEqual(Date.now() + 1);
  });

  test("L-REC-15 values given by name in a call are added to extra", () => {
    const { logger, records } = setting();
    logger.bind({ user: "ann" }).info("{count} items", { count: 3, unused: [1] });
    expect(records[0]).toMatchObject({ message: "3 items" });
    expect(records[0]?.extra).toEqual({ user: "ann", count: 3, unused: [1] });
  });

  test("L-REC-17 every key of the record can stand in a format, with its attributes and directives", () => {
    const logger = createLogger({ clock: () => START, startedAt: START - 250, timeZone: "UTC" });
    const texts: string[] = [];
    let seen: LogRecord | null = null;
    const fields = [
      "elapsed",
      "extra",
      "extra[user]",
      "file",
      "file.name",
      "file.path",
      "function",
      "level",
      "level.name",
      "level.no",
      "level.icon",
      "level: >9",
      "line",
      "message",
      "module",
      "name",
      "process",
      "process.name",
      "thread",
      "thread.name",
      "time:YYYY-MM-DD HH:mm",
      "exception",
    ];
    logger.add(
      (text, record) => {
        texts.push(text);
        seen = record;
      },
      { format: fields.map((field) => `{${field}}`).join("|") },
    );
    function caller(): void {
      logger.forModule("shop/cart").warning("low", { user: "ann" });
    }
    caller();
    const record = seen as unknown as LogRecord;
    expect(texts[0]?.trimEnd().split("|")).toEqual([
      "250",
      "{ user: 'ann' }",
      "ann",
      "records-in-handlers.test.ts",
      "records-in-handlers.test.ts",
      import.meta.filename,
      "caller",
      "WARNING",
      "WARNING",
      "30",
      "⚠️",
      "  WARNING",
      String(record.line),
      "low",
      "records-in-handlers.test",
      "shop/cart",
      String(process.pid),
      record.process.name,
      "0",
      "main",
      "2024-01-02 03:04",
      "",
    ]);
  });

  test("I-04 a record holds elapsed, exception, extra, file, function, level, line, message, module, name, process, thread and time", () => {
    const { logger, records } = setting({}, { caller: true });
    logger.error("m", new Error("e"));
    const record = records[0] as LogRecord;
    expect(record).toMatchObject({
      elapsed: expect.any(Number),
      exception: { type: "Error", value: expect.any(Error) },
      extra: {},
      file: { name: "records-in-handlers.test.ts", path: import.meta.filename },
      function: expect.any(String),
      level: { name: "ERROR", no: 40, icon: "❌" },
      line: expect.any(Number),
      message: "m",
      module: "records-in-handlers.test",
      name: expect.stringMatching(/test\/records-in-handlers\.test$/),
      process: { id: process.pid, name: expect.any(String) },
      thread: { id: 0, name: "main" },
      time: expect.any(Date),
    });
  });

  test("I-05 extra is made of the core's values, then the logger's own, and later ones win", () => {
    const { logger, records } = setting();
    const bound = logger.bind({ b: "logger", c: "logger" });
    logger.configure({ extra: { a: "core", b: "core" } });
    bound.info("x");
    bound.info("y", { c: "call" });
    expect(records.map(({ extra }) => extra)).toEqual([
      { a: "core", b: "logger", c: "logger" },
      { a: "core", b: "logger", c: "call" },
    ]);
  });
});

describe("{exception} in a format", () => {
  const options = { backtrace: false, diagnose: false };

  test("L-EXC-3 shows the trace, and nothing where there is none; a format that is a text ends in it by itself", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const explicit: string[] = [];
    logger.add((text) => texts.push(text), { format: "{message}", ...options });
    logger.add((text) => explicit.push(text), { format: () => "[{exception}] {message}\n", ...options });
    logger.info("fine");
    logger.error("failed", new RangeError("too far"));
    expect([texts[0], explicit[0]]).toEqual(["fine\n", "[] fine\n"]);
    expect(texts[1]).toMatch(/^failed\nRangeError: too far\n {4}at .*records-in-handlers\.test\.ts:\d+:\d+\)?\n/);
    expect(explicit[1]).toMatch(/^\[RangeError: too far\n {4}at .*\n\] failed\n$/s);
  });
});

describe("the way of a record through the handlers", () => {
  test("I-06 a sink that adds or removes handlers does not disturb the delivery of the record at hand", () => {
    const logger = createLogger();
    const got: string[] = [];
    const listen = (name: string, act?: () => void): number =>
      logger.add(
        (text) => {
          got.push(`${name} ${text.trim()}`);
          act?.();
        },
        { format: "{message}" },
      );
    let acted = false;
    listen("first", () => {
      if (acted) return;
      acted = true;
      void logger.remove(second);
      listen("added");
    });
    const second = listen("second");
    listen("third");
    logger.info("1");
    expect(got.splice(0)).toEqual(["first 1", "second 1", "third 1"]);
    logger.info("2");
    expect(got).toEqual(["first 2", "third 2", "added 2"]);
  });

  test("I-07 each handler gets the same record and makes a text of its own, with the level's colour, raw and markup", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const records: LogRecord[] = [];
    for (const [format, colorize] of [
      ["<level>{message}</level>", true],
      ["<level>{message}</level>", false],
      ["{level} {message}", true],
    ] as const)
      logger.add(
        (text, record) => {
          texts.push(text);
          records.push(record);
        },
        { format, colorize },
      );
    const colours = logger.opt({ colors: true });
    colours.error("a <green>b</green>");
    expect(new Set(records).size).toBe(1);
    const [bold, red, green, off] = ["\u001b[1m", "\u001b[31m", "\u001b[32m", "\u001b[0m"];
    expect(texts.splice(0)).toEqual([
      `${red}${bold}a ${green}b${off}${red}${bold}${off}\n`,
      "a b\n",
      `ERROR a ${green}b${off}\n`,
    ]);
    logger.opt({ raw: true }).error("raw");
    expect(texts).toEqual(["raw", "raw", "raw"]);
  });
});
