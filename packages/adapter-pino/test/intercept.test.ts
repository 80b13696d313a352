import { join } from "node:path";
import { createLogger, openPort, logger as shared } from "@logbridge/core";
import { type LoggerOptions, pino, stdTimeFunctions } from "pino";
import { afterEach, describe, expect, test, vi } from "vitest";
import { interceptPino, propagateToPino } from "../src/index.ts";
import { folder, Kept, linesOf, listener, only } from "./support.ts";

type Options = NonNullable<Parameters<typeof interceptPino>[1]>;

/** A logger of theirs that is listened to, what it writes, and what arrives. */
function listened(options: LoggerOptions = {}, more: Options = {}) {
  const stream = new Kept();
  const theirs = pino(options, stream);
  const { logger, records } = listener(true);
  const interception = interceptPino(theirs, { logger, ...more });
  restores.push(() => interception.restore());
  return { stream, theirs, records, logger, interception };
}

const restores: (() => void)[] = [];
afterEach(() => {
  for (const restore of restores.splice(0)) restore();
});

describe.each(["tee", "replace"] as const)("in %s mode", (mode) => {
  test.each([
    ["epochTime", stdTimeFunctions.epochTime],
    ["unixTime", stdTimeFunctions.unixTime],
    ["isoTime", stdTimeFunctions.isoTime],
    ["isoTimeNano", stdTimeFunctions.isoTimeNano],
    ["one in microseconds", () => `,"time":${Date.now() * 1000}`],
    ["one in nanoseconds", () => `,"time":"${Date.now()}000000"`],
    ["one under another key, with an offset", () => ',"@timestamp":"2024-02-29T12:00:00.123+02:00"'],
  ])("S-TIM-3: the record's time is the line's, whatever the clock: %s", (_, timestamp) => {
    let chunk = "";
    const clock = (): string => {
      chunk = timestamp();
      return chunk;
    };
    const { theirs, records } = listened({ timestamp: clock }, { mode });
    theirs.info("x");
    const value: unknown = Object.values(JSON.parse(`{${chunk.slice(1)}}`) as object)[0];
    const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    const expected =
      typeof number === "string"
        ? Date.parse(number)
        : [1000, 1, 1e-3, 1e-6].map((scale) => (number as number) * scale).find((ms) => ms > 1e12 && ms < 1e13);
    expect(Math.abs(only(records).micros / 1000 - (expected as number))).toBeLessThan(1);
    expect(only(records).extra).toEqual({});
  });

  test.each([
    ["none", () => ""],
    ["one that counts from the start", () => `,"time":${performance.now()}`],
    ["one in words", () => ',"time":"tea time"'],
  ])("a clock that tells no time of day leaves the record that of the call: %s", (_, timestamp) => {
    const { theirs, records } = listened({ timestamp }, { mode });
    const before = Date.now();
    theirs.info("x");
    expect(only(records).micros / 1000).toBeGreaterThanOrEqual(before - 1);
    expect(only(records).micros / 1000).toBeLessThanOrEqual(Date.now() + 1);
  });

  test("S-INT-4: the text arrives under any message key, and a field of the usual name is a field", () => {
    const { theirs, records } = listened({ messageKey: "message" }, { mode });
    theirs.info({ msg: "field" }, "text");
    expect(only(records)).toMatchObject({ message: "text", extra: { msg: "field" } });
  });

  test("S-INT-5: the level is the call's, however the line names it", () => {
    const { theirs, records } = listened(
      { level: "trace", formatters: { level: (label) => ({ severity: label.toUpperCase() }) } },
      { mode },
    );
    for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) theirs[level](level);
    expect(records.map(({ level }) => level.name)).toEqual(["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]);
    expect(records.map(({ origin }) => origin?.level)).toEqual(
      [10, 20, 30, 40, 50, 60].map((no, at) => ({
        no,
        name: ["trace", "debug", "info", "warn", "error", "fatal"][at],
      })),
    );
    expect(records.every(({ extra }) => Object.keys(extra).length === 0)).toBe(true);
  });

  test("S-INT-6: a child's bindings arrive as the serializer shows them", () => {
    const { theirs, records } = listened({ serializers: { user: (user: { id: number }) => user.id } }, { mode });
    theirs.child({ user: { id: 123, secret: 1 } }).info("x");
    expect(only(records).extra).toEqual({ user: 123 });
  });

  test("each line is written by the library alone, or not at all", () => {
    const { theirs, stream, records } = listened({}, { mode });
    theirs.info({ a: 1 }, "one");
    theirs.child({ b: 2 }).child({ c: 3 }).warn("two");
    theirs.fatal("three");
    expect(records.map(({ message }) => message)).toEqual(["one", "two", "three"]);
    expect(stream.lines).toHaveLength(mode === "tee" ? 3 : 0);
  });
});

describe("what arrives", () => {
  test("is what the line says: fields, nested keys, bindings, prefix, mixin and formatters", () => {
    let calls = 0;
    const { theirs, stream, records } = listened({
      name: "jobs",
      nestedKey: "payload",
      mixin: () => ({ n: ++calls }),
      formatters: { log: ({ host, ...fields }) => ({ ...fields, machine: host }) },
    });
    theirs.child({ job: 7 }, { msgPrefix: "job: " }).info({ host: "h", when: new Date(0) }, "done %d", 3);
    const record = only(records);
    expect(record).toMatchObject({ message: "job: done 3", name: "jobs" });
    expect(record.extra).toEqual({ job: 7, n: 1, machine: "h", when: "1970-01-01T00:00:00.000Z" });
    expect(calls).toBe(1);
    expect(only(stream.records)["payload"]).toEqual({ n: 1, machine: "h", when: "1970-01-01T00:00:00.000Z" });
  });

  test("keeps fields that are named like the line's own parts", () => {
    const { theirs, records } = listened({ base: { app: "shop" } });
    theirs.info({ level: "x", time: "then", pid: 1, name: "Ada", app: "own", msg: "field" }, 'text ,"msg":"no"');
    expect(only(records).message).toBe('text ,"msg":"no"');
    expect(only(records).extra).toEqual({ level: "x", time: "then", pid: 1, name: "Ada", app: "own", msg: "field" });
  });

  test.each([
    ["a field of the message key", { msg: "in the field", a: 1 }, undefined, "in the field", { a: 1 }],
    ["fields alone", { a: 1 }, undefined, "{ a: 1 }", { a: 1 }],
    ["a text that is no string", { a: 1 }, { b: 2 }, "{ b: 2 }", { a: 1 }],
    ["an empty text", { a: 1 }, "", "", { a: 1 }],
  ])("has a message: %s", (_, fields, text, message, extra) => {
    const { theirs, records } = listened({ base: null });
    if (text === undefined) theirs.info(fields);
    else theirs.info(fields, text as string);
    expect(only(records).message).toBe(message);
    expect(only(records).extra).toEqual(extra);
  });

  test("has the error itself, with its causes, wherever it was given", () => {
    const error = Object.assign(new RangeError("broken", { cause: new Error("deep") }), { code: "E1" });
    const { theirs, records } = listened();
    theirs.error(error);
    theirs.error({ err: error, a: 1 }, "text");
    theirs.error({ error }, "text");
    theirs.error({ reason: error }, "text");
    expect(records.map(({ exception }) => exception?.value)).toEqual([error, error, error, error]);
    expect(records.every(({ exception }) => exception?.value === error)).toBe(true);
    expect(records[0]).toMatchObject({
      message: "broken",
      extra: {},
      exception: { code: "E1", cause: { message: "deep" } },
    });
    expect(records[1]?.extra).toEqual({ a: 1 });
  });

  test.each<[string, LoggerOptions, object]>([
    ["a path", { redact: ["err.config.token"] }, { config: { token: "[Redacted]", url: "/" } }],
    ["a wildcard", { redact: ["*.config"] }, { config: "[Redacted]" }],
    ["a serializer", { serializers: { err: ({ message, stack }: Error) => ({ type: "E", message, stack }) } }, {}],
    [
      "a formatter",
      { formatters: { log: ({ err, ...rest }) => ({ ...rest, err: new Error((err as Error).message) }) } },
      {},
    ],
  ])("has no part of an error that the logger hides by %s", (_, options, properties) => {
    const { theirs, records } = listened(options);
    theirs.error(Object.assign(new Error("failed"), { config: { token: "hunter2", url: "/" } }));
    const record = only(records);
    expect(JSON.stringify(record)).not.toContain("hunter2");
    expect(record.exception).toMatchObject({ message: "failed" });
    expect(record.exception?.stack.length).toBeGreaterThan(0);
    expect(record.exception?.properties ?? {}).toEqual(properties);
  });

  test("has no error that the logger leaves out, and the text that it hides is hidden", () => {
    const { theirs, records } = listened({ redact: { paths: ["err", "msg"], remove: true } });
    theirs.error(new Error("hunter2"), "hunter2");
    expect(only(records).exception).toBeNull();
    expect(JSON.stringify(records)).not.toContain("hunter2");
    const shown = listened({ redact: ["msg"] });
    shown.theirs.info("hunter2");
    expect(only(shown.records).message).toBe("[Redacted]");
  });

  test("at stage raw is what was given, before anything was hidden", () => {
    const { theirs, stream, records } = listened(
      { redact: ["password", "msg"], serializers: { user: () => "x" } },
      { stage: "raw" },
    );
    const user = { id: 1 };
    const error = new Error("e");
    theirs.child({ part: 1 }).info({ password: "hunter2", user, err: error }, "text");
    expect(only(records)).toMatchObject({
      message: "text",
      extra: { password: "hunter2", user, part: 1 },
      exception: { value: error },
    });
    expect(only(stream.lines)).not.toContain("hunter2");
  });

  test("has the caller's line: by any method, of a child, detached", () => {
    const { theirs, records } = listened();
    const line = Number(/:(\d+):\d+\)?$/.exec(new Error("here").stack?.split("\n")[1] ?? "")?.[1]);
    theirs.info("one");
    theirs.child({}).child({}).warn({ a: 1 }, "two");
    theirs.fatal("three");
    const { error } = { error: theirs.error.bind(theirs) };
    error("four");
    expect(records.map((record) => record.line)).toEqual([line + 1, line + 2, line + 3, line + 5]);
    expect(records.every((record) => record.file?.name === "intercept.test.ts")).toBe(true);
  });

  test("carries the line for who asks, and not in its JSON", () => {
    const { theirs, stream, records } = listened();
    theirs.info("x");
    expect(`${only(records).origin?.line}\n`).toBe(only(stream.lines));
    expect(Object.keys(only(records).origin ?? {})).toEqual(["name", "level"]);
  });
});

describe("which loggers", () => {
  test("all of the process: made before and after, and their children", () => {
    const [before, after] = [new Kept(), new Kept()];
    const old = pino({}, before);
    const child = old.child({ part: 1 }, { level: "trace" });
    const { logger, records } = listener();
    const interception = interceptPino(pino, { logger });
    const made = pino({}, after);
    for (const one of [old, child, made, made.child({})]) one.info("x");
    interception.restore();
    for (const one of [old, child, made]) one.info("y");
    expect(records).toHaveLength(4);
    expect(before.lines.length + after.lines.length).toBe(7);
  });

  test("one, or one child, and what is made of it: not its parent, siblings or strangers", () => {
    const root = pino({}, new Kept());
    const child = root.child({ part: 1 });
    const { logger, records } = listener();
    const interception = interceptPino(child, { logger, mode: "replace", level: "INFO" });
    root.info("root");
    root.child({}).info("sibling");
    pino({}, new Kept()).info("stranger");
    child.info("child");
    child.child({}).info("grandchild");
    interception.restore();
    expect(records.map(({ message }) => message)).toEqual(["child", "grandchild"]);
  });

  test("the module's namespace is taken for the function, and the global logger by default", async () => {
    const seen: string[] = [];
    const id = shared.add((text) => void seen.push(text), { format: "{message}" });
    const interception = interceptPino(await import("pino"));
    pino({}, new Kept()).info("x");
    interception.restore();
    await shared.remove(id);
    expect(seen).toEqual(["x\n"]);
  });
});

describe("levels", () => {
  test("in replace mode one logger follows ours, with children that have none of their own, and comes back", () => {
    const theirs = pino({ level: "warn" }, new Kept());
    const child = theirs.child({});
    const methods = Object.getOwnPropertyDescriptors(theirs);
    const logger = createLogger();
    const seen: string[] = [];
    const interception = interceptPino(theirs, { logger, mode: "replace" });
    expect(theirs.level).toBe("silent");
    const id = logger.add((text) => void seen.push(text), { level: "DEBUG", format: "{level} {message}" });
    expect(theirs.level).toBe("debug");
    child.debug("one");
    logger.handler(id).level = "ERROR";
    expect(theirs.isLevelEnabled("warn")).toBe(false);
    interception.restore();
    expect(theirs.level).toBe("warn");
    expect(Object.getOwnPropertyDescriptors(theirs)).toEqual(methods);
    expect(seen).toEqual(["DEBUG one\n"]);
  });

  test("two that follow one logger get what each wants, and end in any order", () => {
    const theirs = pino({ level: "warn" }, new Kept());
    const [one, two] = [createLogger(), createLogger()];
    one.add(() => {}, { level: "ERROR" });
    two.add(() => {}, { level: "DEBUG" });
    const first = interceptPino(theirs, { logger: one, level: "follow" });
    const second = interceptPino(theirs, { logger: two, level: "follow" });
    expect(theirs.level).toBe("debug");
    first.restore();
    expect(theirs.level).toBe("debug");
    second.restore();
    expect(theirs.level).toBe("warn");
  });

  test("that the application sets meanwhile stay", () => {
    const theirs = pino({ level: "warn" }, new Kept());
    const { logger } = listener();
    const interception = interceptPino(theirs, { logger, mode: "replace" });
    theirs.level = "error";
    interception.restore();
    expect(theirs.level).toBe("error");
  });
});

describe("beside others", () => {
  test("a wrapper over the logger's methods goes on working after restore()", () => {
    const { theirs, records, interception } = listened();
    const { info } = theirs;
    const wrapped: unknown[] = [];
    theirs.info = function (this: unknown, ...args: unknown[]) {
      wrapped.push(args);
      return (info as (...args: unknown[]) => void).apply(this, args);
    } as never;
    theirs.info("one");
    interception.restore();
    theirs.info("two");
    expect(wrapped).toHaveLength(2);
    expect(records.map(({ message }) => message)).toEqual(["one"]);
  });

  test("two in replace mode, of two copies of this package, silence one line once and leave the stream as it was", async () => {
    const stream = new Kept();
    const theirs = pino({}, stream);
    const symbol = Object.getOwnPropertySymbols(theirs).find(
      ({ description }) => description === "pino.stream",
    ) as symbol;
    const before = Object.getOwnPropertyDescriptor(theirs, symbol);
    vi.resetModules();
    const copy = await import("../src/index.ts");
    expect(copy.interceptPino).not.toBe(interceptPino);
    const [one, two] = [listener(), listener()];
    const first = interceptPino(pino, { logger: one.logger, mode: "replace" });
    const second = copy.interceptPino(pino as never, { logger: two.logger as never, mode: "replace" });
    theirs.info("a");
    expect(Object.getOwnPropertyDescriptor(theirs, symbol)).toEqual(before);
    first.restore();
    theirs.info("b");
    second.restore();
    theirs.info("c");
    expect([one.records.length, two.records.length, stream.lines.length]).toEqual([1, 2, 1]);
    expect(Object.getOwnPropertyDescriptor(theirs, symbol)).toEqual(before);
  });

  test("a line that somebody asks for and does not write costs the next one nothing", () => {
    const { theirs, stream, records } = listened({}, { mode: "replace" });
    const symbolOf = (name: string): symbol => {
      for (let at: object | null = theirs; at; at = Object.getPrototypeOf(at) as object | null)
        for (const symbol of Object.getOwnPropertySymbols(at)) if (symbol.description === name) return symbol;
      throw new Error(name);
    };
    const { [symbolOf("pino.asJson")]: asJson } = theirs as unknown as Record<symbol, (...args: unknown[]) => string>;
    asJson?.call(theirs, {}, "asked for", 30, ',"time":1700000000000');
    for (const restore of restores.splice(0)) restore();
    theirs.info("next");
    expect(records.map(({ message }) => message)).toEqual(["asked for"]);
    expect(stream.lines).toHaveLength(1);
  });

  test("what a stream of this process prints meanwhile is pino's output, and no record of the console", () => {
    const { logger, records } = listener();
    const port = openPort({ name: "console", packages: [], mode: "tee", output: true }, { logger }, logger);
    const print = (text: string): boolean =>
      port.deliver(
        { target: console, level: { name: "INFO", no: 20 }, message: text, origin: { name: "console" } },
        print as never,
      );
    const answers: boolean[] = [];
    const theirs = pino({}, { write: (line: string) => void answers.push(print(line)) });
    const interception = interceptPino(theirs, { logger });
    theirs.info("x");
    interception.restore();
    port.close();
    expect(answers).toEqual([false]);
    expect(records.map(({ origin }) => origin?.name)).toEqual(["pino"]);
  });

  test("a stream with metadata finds in tee mode what it found without us", () => {
    const seen: unknown[] = [];
    const stream = {
      [Symbol.for("pino.metadata")]: true,
      write(this: Record<string, unknown>, line: string) {
        seen.push({
          level: this["lastLevel"],
          object: this["lastObj"],
          text: this["lastMsg"],
          time: typeof this["lastTime"],
          line: line.length,
        });
      },
    };
    const theirs = pino({}, stream);
    const { logger } = listener();
    const object = { a: 1 };
    const interception = interceptPino(theirs, { logger });
    theirs.info(object, "x");
    interception.restore();
    theirs.info(object, "x");
    expect(seen[0]).toEqual(seen[1]);
  });

  test("core, pino, intercepted, core: each record once at a plain sink and in pino's file, in tee and replace", async () => {
    for (const mode of ["tee", "replace"] as const) {
      const dest = join(folder(), "out.log");
      const theirs = pino(pino.destination({ dest, sync: true }));
      const { logger, records } = listener();
      const interception = interceptPino(pino, { logger, mode });
      logger.add(propagateToPino(theirs));
      theirs.info("from pino");
      logger.info("from here");
      await logger.complete();
      interception.restore();
      expect(records.map(({ message }) => message)).toEqual(["from pino", "from here"]);
      expect(linesOf(dest).map(({ msg }) => msg)).toEqual(["from pino", "from here"]);
    }
  });
});

describe("what cannot be intercepted", () => {
  test.each([
    ["nothing", undefined, {}, /LB1523/],
    ["a stream", pino.destination(1), {}, /LB1523/],
    ["another function", () => {}, {}, /LB1523/],
    ["a pino of another kind", Object.assign(() => {}, { version: "4.7.0" }), {}, /pino 4\.7\.0.*LB1521/],
    ["an unknown option", pino, { modus: "tee" }, /modus.*LB1002/],
    ["an unknown level", pino, { level: "LOUD" }, /LOUD.*LB1003/],
    ["levels of all loggers", pino, { level: "follow" }, /follow.*LB1528/],
  ])("is refused: %s", (_, target, options, message) => {
    expect(() => interceptPino(target as never, options as never)).toThrow(message);
  });
});
