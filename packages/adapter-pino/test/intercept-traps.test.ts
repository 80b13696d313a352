import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { interceptPino, propagateToPino } from "../src/index.ts";
import { folder, Kept, linesOf, listener, only } from "./support.ts";

type Any = Record<string, (...values: unknown[]) => void>;

function intercepted(options: object, levels: Readonly<Record<string, number>> = {}) {
  const heard = listener();
  for (const [name, no] of Object.entries(levels)) heard.logger.level(name, { no });
  const stream = new Kept();
  const theirs = pino({ level: "trace", ...options } as never, stream);
  const interception = interceptPino(theirs, { logger: heard.logger });
  onTestFinished(() => interception.restore());
  return { ...heard, stream, theirs, any: theirs as unknown as Any };
}

describe("what pino says", () => {
  test("with percent signs is not filled twice, in any direction", () => {
    const { theirs, records, logger, stream } = intercepted({});
    theirs.info("100% of %s and %%", "50%d");
    theirs.info({ a: 1 }, "100%");
    const back = new Kept();
    logger.add(propagateToPino(pino({}, back)));
    theirs.info("%s", "%s {} %d");
    expect(records.map(({ message }) => message)).toEqual(stream.records.map(({ msg }) => msg));
    expect(records[2]?.message).toBe("%s {} %d");
    expect(only(back.records)["msg"]).toBe("%s {} %d");
  });

  test("with a key that a child binds anew has the last value, as a reader of the line finds it", () => {
    const { theirs, records, stream } = intercepted({});
    const child = theirs.child({ id: 1, a: 1 }).child({ id: 2, name: "one" }).child({ id: 3, name: "two" });
    child.info({ id: 4 }, "own");
    child.info("bound");
    expect(records.map(({ extra, name }) => [extra, name])).toEqual([
      [{ id: 4, a: 1 }, "two"],
      [{ id: 3, a: 1 }, "two"],
    ]);
    expect(stream.records.map(({ id }) => id)).toEqual([4, 3]);
  });

  test("under keys that mean something to us stays a field", () => {
    const { theirs, records } = intercepted({});
    const fields = { level: "x", time: 1, pid: 2, hostname: "h", message: "m", error: "e", exception: true, extra: 1 };
    theirs.info({ ...fields, err: "no error", msg: "field" }, "text");
    expect(only(records)).toMatchObject({ message: "text", level: { name: "INFO" }, exception: null });
    expect(only(records).extra).toEqual({ ...fields, err: "no error", msg: "field" });
  });

  test("after bindings were added to a logger has them", () => {
    const { theirs, records } = intercepted({});
    theirs.info("before");
    theirs.setBindings({ late: true });
    theirs.info("after");
    expect(records.map(({ extra }) => extra)).toEqual([{}, { late: true }]);
  });

  test("through a logMethod hook arrives as the hook made it", () => {
    const { theirs, records } = intercepted({
      hooks: {
        logMethod(this: object, [text, fields]: [string, object], method: (...values: unknown[]) => void) {
          method.call(this, fields ?? {}, `hooked ${text}`);
        },
      },
    });
    (theirs as unknown as Any)["info"]?.("text", { id: 1 });
    theirs.child({ part: 1 }).warn("child");
    expect(records.map(({ message, extra }) => [message, extra])).toEqual([
      ["hooked text", { id: 1 }],
      ["hooked child", { part: 1 }],
    ]);
  });

  test("with mixin, nested key, prefix and formatters at once is what the line says", () => {
    const { theirs, records, stream } = intercepted({
      mixin: () => ({ mixed: 1 }),
      nestedKey: "payload",
      msgPrefix: "[a] ",
      messageKey: "message",
      formatters: {
        log: (object: object) => ({ ...object, formatted: true }),
        level: (label: string) => ({ severity: label }),
      },
      redact: ["password", "*.token"],
      serializers: { user: ({ id }: { id: number }) => id },
    });
    theirs.error({ password: "hunter2", user: { id: 7, token: "hunter2" }, card: { token: "hunter2" } }, "text");
    expect(only(records)).toMatchObject({
      message: "[a] text",
      level: { name: "ERROR" },
      extra: { mixed: 1, formatted: true, user: 7, password: "[Redacted]", card: { token: "[Redacted]" } },
    });
    expect(only(stream.records)["payload"]).toEqual(only(records).extra);
    expect(JSON.stringify(records)).not.toContain("hunter2");
  });

  test.each(["tee", "replace"] as const)("as fatal is on disk at once where it is written at all (%s)", (mode) => {
    const dest = join(folder(), "out.log");
    const stream = pino.destination({ dest, sync: true, minLength: 4096 });
    const theirs = pino({}, stream);
    const { logger, records } = listener();
    const interception = interceptPino(theirs, { logger, mode, level: 0 });
    theirs.info("gathered");
    theirs.fatal("the end");
    interception.restore();
    theirs.fatal("afterwards");
    expect(records.map(({ message }) => message)).toEqual(["gathered", "the end"]);
    expect(linesOf(dest).map(({ msg }) => msg)).toEqual(
      mode === "tee" ? ["gathered", "the end", "afterwards"] : ["afterwards"],
    );
  });
});

describe("a level that crosses", () => {
  test("by its name is ours of that name, whatever its number", () => {
    const { any, records } = intercepted(
      { customLevels: { notice: 31, audit: 45, other: 47 } },
      { NOTICE: 23, AUDIT: 42 },
    );
    any["notice"]?.("one");
    any["audit"]?.("two");
    any["other"]?.("three");
    expect(records.map(({ level }) => [level.name, level.no])).toEqual([
      ["NOTICE", 23],
      ["AUDIT", 42],
      ["OTHER", 37],
    ]);
  });

  test("comes back to the logger's own name and number", () => {
    const { any, records, logger } = intercepted({ customLevels: { notice: 31 } }, { NOTICE: 23 });
    const back = new Kept();
    logger.add(propagateToPino(pino({ level: "trace", customLevels: { notice: 33 } } as never, back)), { level: 0 });
    any["notice"]?.("one");
    expect(only(records).level.no).toBe(23);
    expect(only(back.records)["level"]).toBe(33);
  });

  test("is followed by our number of it: nothing that we want is held back", async () => {
    const logger = createLogger();
    const seen: string[] = [];
    logger.level("NOTICE", { no: 28 });
    const id = logger.add((_text, record) => void seen.push(record.message), { level: 27 });
    const theirs = pino({ level: "error", customLevels: { notice: 31 } } as never, new Kept());
    const child = theirs.child({});
    const own = theirs.child({}, { level: "fatal" });
    const interception = interceptPino(theirs, { logger, mode: "replace" });
    for (const one of [theirs, child, own] as unknown as Any[]) {
      one["info"]?.("info");
      one["notice"]?.("notice");
    }
    logger.handler(id).level = 5;
    child.trace("trace");
    interception.restore();
    expect(seen).toEqual(["notice", "notice", "trace"]);
    expect([theirs.level, child.level, own.level]).toEqual(["error", "error", "fatal"]);
  });

  test('among levels that are compared the other way ("DESC") keeps its meaning', () => {
    const { any, records } = intercepted({
      levelComparison: "DESC",
      customLevels: { error: 1, warn: 2, info: 3, debug: 4 },
      useOnlyCustomLevels: true,
      level: "debug",
    });
    for (const label of ["debug", "info", "warn", "error"]) any[label]?.(label);
    expect(records.map(({ level }) => level.name)).toEqual(["DEBUG", "INFO", "WARNING", "ERROR"]);
  });
});

test("values that JSON has no word for arrive as the line has them, at stage raw as they are", () => {
  const given = { when: new Date(0), map: new Map([[1, 2]]), none: Number.NaN, big: 7n };
  const theirs = pino({}, new Kept());
  const [formatted, raw] = [listener(), listener()];
  const made = [
    interceptPino(theirs, { logger: formatted.logger }),
    interceptPino(theirs, { logger: raw.logger, stage: "raw" }),
  ];
  theirs.info(given, "text");
  for (const interception of made) interception.restore();
  expect(only(formatted.records).extra).toEqual({ when: "1970-01-01T00:00:00.000Z", map: {}, none: null, big: 7 });
  expect(only(raw.records).extra).toEqual(given);
});

test("name may be a function, of the very logger that was called", () => {
  const { logger, records } = listener();
  const theirs = pino({}, new Kept());
  const name = (one: unknown): string => String((one as pino.Logger).bindings()["module"]);
  const interception = interceptPino(theirs, { logger, name });
  theirs.child({ module: "jobs" }).info("text");
  interception.restore();
  expect(only(records).name).toBe("jobs");
});
