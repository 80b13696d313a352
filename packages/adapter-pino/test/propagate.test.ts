import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { type LoggerOptions, pino, stdTimeFunctions } from "pino";
import { describe, expect, test } from "vitest";
import { interceptPino, pinoSinks, propagateToPino } from "../src/index.ts";
import { folder, Kept, linesOf, listener, only } from "./support.ts";

const AT = Date.UTC(2021, 4, 6, 7, 8, 9, 123);

/** A logger of theirs, what it writes, and one of ours that leads there, with a clock that stands. */
function pair(options: LoggerOptions = {}) {
  const stream = new Kept();
  const theirs = pino({ base: null, ...options }, stream);
  const logger = createLogger({ clock: () => AT });
  logger.add(propagateToPino(theirs), { level: 0 });
  return { stream, theirs, logger };
}

describe("the time", () => {
  test.each([
    ["epochTime", stdTimeFunctions.epochTime, AT],
    ["unixTime", stdTimeFunctions.unixTime, Math.round(AT / 1000)],
    ["isoTime", stdTimeFunctions.isoTime, "2021-05-06T07:08:09.123Z"],
    ["isoTimeNano", stdTimeFunctions.isoTimeNano, "2021-05-06T07:08:09.123000000Z"],
    ["under another key", () => `,"at":${Date.now()}`, AT],
  ])("is the record's, in the form of the logger's own clock: %s", (_, timestamp, expected) => {
    const { stream, logger } = pair({ timestamp });
    logger.info("x");
    const { time, at } = only(stream.records);
    expect(time ?? at).toBe(expected);
    expect(only(stream.lines).match(/"(?:time|at)":/g)).toHaveLength(1);
  });

  test("is left out where the logger has none, and left to a clock of a form of its own", () => {
    const none = pair({ timestamp: false });
    none.logger.info("x");
    expect(only(none.stream.lines)).toBe('{"level":30,"msg":"x"}\n');
    const own = pair({ timestamp: () => ',"time":"tea time"' });
    own.logger.info("x");
    expect(only(own.stream.records)["time"]).toBe("tea time");
  });
});

describe("the level", () => {
  test("SUCCESS is 35, by the logger's own formatter and hook, under its own level", () => {
    const methods: number[] = [];
    const { stream, theirs, logger } = pair({
      formatters: { level: (label, number) => ({ severity: `${label} ${number}` }) },
      hooks: {
        logMethod(args, method, level) {
          methods.push(level);
          method.apply(this, args);
        },
      },
      msgPrefix: "shop: ",
    });
    logger.success("one");
    theirs.level = "warn";
    logger.success("two");
    expect(only(stream.records)).toMatchObject({ severity: "success 35", msg: "shop: one" });
    expect(methods).toEqual([35]);
    expect(Object.keys(theirs.levels.values)).not.toContain("success");
  });

  test("S-LEV-1: custom levels go in by name and number, and out by name to a logger that has the name", () => {
    const { logger, records } = listener();
    const source = pino({ customLevels: { notice: 35, critical: 57 } }, new Kept());
    const interception = interceptPino(source, { logger });
    const other = new Kept();
    logger.add(propagateToPino(pino({ customLevels: { notice: 32, critical: 70 } }, other)), { level: 0 });
    const plain = new Kept();
    logger.add(propagateToPino(pino({}, plain)), { level: 0 });
    source.notice("one");
    source.critical("two");
    interception.restore();
    expect(records.map(({ level }) => [level.name, level.no])).toEqual([
      ["NOTICE", 25],
      ["CRITICAL", 50],
    ]);
    expect(other.records.map(({ level }) => level)).toEqual([32, 70]);
    expect(plain.records.map(({ level }) => level)).toEqual([35, 60]);
  });

  test("of a record whose level a patcher has changed is the changed one", () => {
    const { logger } = listener();
    const source = pino({}, new Kept());
    const changed = logger.patch((record) => {
      record.level = { name: "ERROR", no: 40, icon: "" };
    });
    const interception = interceptPino(source, { logger: changed as never });
    const out = new Kept();
    logger.add(propagateToPino(pino({}, out)));
    source.info("x");
    interception.restore();
    expect(only(out.records)["level"]).toBe(50);
  });

  test("that the logger has no place for keeps its name beside", () => {
    const { stream, logger } = pair();
    logger.level("AUDIT", { no: 33 });
    logger.log("AUDIT", "x");
    expect(only(stream.records)).toMatchObject({ level: 40, levelName: "AUDIT" });
  });
});

describe("fields", () => {
  test("keep their values under names that the line has not", () => {
    const { stream, logger } = pair({ base: { app: "shop" }, messageKey: "message" });
    logger.info("text", { level: 1, time: 2, message: 3, msg: 4, app: 5 });
    expect(only(stream.records)).toMatchObject({
      level_: 1,
      time_: 2,
      message_: 3,
      msg: 4,
      app_: 5,
      app: "shop",
      message: "text",
    });
  });

  test("pass the logger's serializers, redaction, mixin and child bindings", () => {
    const stream = new Kept();
    let calls = 0;
    const theirs = pino(
      {
        base: null,
        redact: ["password"],
        serializers: { user: (user: { id: number }) => user.id },
        mixin: () => ({ n: ++calls }),
      },
      stream,
    ).child({ part: "a" });
    const logger = createLogger();
    logger.add(propagateToPino(theirs));
    logger.info("x", { password: "hunter2", user: { id: 7, secret: 1 } });
    expect(only(stream.records)).toMatchObject({ part: "a", password: "[Redacted]", user: 7, n: 1 });
  });

  test("S-PRO-2: of the caller are unchanged, frozen ones and frozen errors too", () => {
    const { stream, logger } = pair({ mixin: () => ({ n: 1 }) });
    const row = Object.freeze({ id: 1 });
    const error = Object.freeze(new Error("broken"));
    logger.info("save", row);
    logger.error("failed", error, row);
    expect(Reflect.ownKeys(row)).toEqual(["id"]);
    expect(stream.records[0]).toMatchObject({ id: 1, n: 1 });
    expect(stream.records[1]).toMatchObject({ id: 1, err: { type: "Error", message: "broken" } });
  });

  test("that JSON has no word for do not lose the line", () => {
    const { stream, logger } = pair();
    logger.info("odd", { big: 2n ** 70n, map: new Map([["a", 1]]), when: new Date(0) });
    expect(only(stream.records)).toMatchObject({
      big: String(2n ** 70n),
      map: { a: 1 },
      when: "1970-01-01T00:00:00.000Z",
    });
  });
});

test("a text with directives is not filled again", () => {
  const { stream, logger } = pair();
  logger.info({ a: 1 }, "100 % of %s and %j");
  expect(only(stream.records)["msg"]).toBe("100 % of %s and %j");
});

test("complete() resolves when the logger's file has everything", async () => {
  const dest = join(folder(), "out.log");
  const theirs = pino(pino.destination({ dest, sync: false, minLength: 4096 }));
  const logger = createLogger();
  logger.add(propagateToPino(theirs));
  for (let index = 0; index < 5000; index++) logger.info("line");
  await logger.complete();
  expect(linesOf(dest)).toHaveLength(5000);
});

test("nothing is left on the logger, and no event is sent", () => {
  const { theirs, logger } = pair();
  const before = Object.getOwnPropertyDescriptors(theirs);
  const events: string[] = [];
  theirs.on("level-change", (label) => void events.push(label));
  const { _events, _eventsCount, ...own } = Object.getOwnPropertyDescriptors(theirs) as Record<string, unknown>;
  for (const level of ["TRACE", "SUCCESS", "CRITICAL"]) logger.log(level, "x");
  const { _events: e, _eventsCount: c, ...after } = Object.getOwnPropertyDescriptors(theirs) as Record<string, unknown>;
  expect(after).toEqual(own);
  expect(Reflect.ownKeys(before).length).toBeGreaterThan(0);
  expect(events).toEqual([]);
});

test("what is no logger is refused", () => {
  expect(() => propagateToPino(pino.destination(1) as never)).toThrow(/LB1520/);
  expect(() => propagateToPino(undefined as never)).toThrow(/LB1520/);
});

describe("bindings that a record has already", () => {
  test("are not written twice: what was captured from a logger goes back to its stream as it came", () => {
    const stream = new Kept();
    const theirs = pino({ name: "shop", base: { pid: process.pid, app: "a", deep: { b: [1] } } }, stream);
    const child = theirs.child({ area: "jobs" });
    const logger = createLogger();
    const interception = interceptPino(child, { logger, mode: "replace" });
    logger.add(propagateToPino(child));
    for (const sink of pinoSinks(child)) logger.add(sink);
    child.info({ id: 1 }, "captured");
    interception.restore();
    const [line] = stream.records;
    expect(stream.records.length).toBeGreaterThan(0);
    expect(line).toMatchObject({ app: "a", deep: { b: [1] }, area: "jobs", id: 1, name: "shop", msg: "captured" });
    for (const one of stream.records) expect(Object.keys(one).filter((key) => key.endsWith("_"))).toEqual([]);
  });

  test("keep another value under a name with an underscore, also after setBindings()", () => {
    const stream = new Kept();
    const theirs = pino({ base: undefined } as never, stream).child({ area: "jobs" });
    const logger = createLogger();
    logger.add(propagateToPino(theirs));
    logger.info("one", { area: "other" });
    theirs.setBindings({ late: 1 });
    logger.info("two", { area: "jobs", late: 2 });
    expect(stream.records).toMatchObject([
      { area: "jobs", area_: "other" },
      { area: "jobs", late: 1, late_: 2 },
    ]);
    expect(stream.records[1]).not.toHaveProperty("area_");
  });
});
