import { createLogger, type Logger } from "@logbridge/core";
import { type FastifyBaseLogger, fastify } from "fastify";
import pino, { type LoggerOptions, type Logger as PinoTen } from "pino";
import pino7 from "pino-7";
import { describe, expect, test } from "vitest";
import { asPino, interceptPino, pinoSink, pinoSinks } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

/** A logger of pino in "replace", whose stream is a sink of our logger. */
function returned(options: LoggerOptions, make: typeof pino = pino) {
  const stream = new Kept();
  const theirs = make({ timestamp: () => ',"time":1700000000000', ...options }, stream);
  const logger = createLogger();
  const interception = interceptPino(theirs, { logger, mode: "replace" });
  for (const sink of pinoSinks(theirs)) logger.add(sink, { level: 0 });
  return { stream, theirs, logger, interception };
}

const OPTIONS: readonly [string, LoggerOptions][] = [
  [
    "serializers",
    {
      serializers: {
        res: (r: { statusCode: number }) => ({ code: r.statusCode }),
        user: (u?: { email?: string }) => u?.email?.split("@")[1],
      },
    },
  ],
  ["a prefix", { msgPrefix: "[P] " }],
  ["a mixin", { mixin: () => ({ n: 1 }) }],
  [
    "formatters",
    {
      formatters: { log: (object) => ({ ...object, wrapped: { ...object } }), level: (label) => ({ severity: label }) },
    },
  ],
  ["a nested key and redaction", { nestedKey: "payload", redact: ["user.email", "msg"] }],
  ["a hook", { hooks: { streamWrite: (line: string) => line.replace("}", ',"hooked":true}') } }],
];

describe.each([
  ["10", pino],
  ["7", pino7 as unknown as typeof pino],
] as const)("what pino %s has said itself returns to its stream", (_, make) => {
  test.each(OPTIONS)("byte by byte, with %s", (_name, options) => {
    const { stream, theirs, interception } = returned(options, make);
    const native = new Kept();
    const error = Object.assign(new RangeError("short"), { code: "E" });
    const alone = make({ timestamp: () => ',"time":1700000000000', ...options }, native);
    const say = (one: PinoTen): void => {
      one.info({ res: { statusCode: 200 }, user: { email: "a@x.org" }, when: new Date(0) }, "hi %s", "you");
      one.child({ part: 1 }).warn({ a: 1 });
      one.info("text");
      one.error(error);
      one.error({ error });
    };
    say(theirs);
    say(alone);
    interception.restore();
    expect(stream.lines).toEqual(native.lines);
  });
});

test("Fastify's lines are those that it writes without us", async () => {
  const serializers = {
    res: (r: { statusCode: number }) => ({ code: r.statusCode }),
    user: (u?: { email?: string }) => u?.email?.split("@")[1],
  };
  const lines = async (isReturned: boolean): Promise<object[]> => {
    const stream = new Kept();
    const theirs = pino({ serializers, base: undefined as never }, stream);
    const logger = createLogger();
    const interception = isReturned ? interceptPino(theirs, { logger, mode: "replace" }) : null;
    if (isReturned) for (const sink of pinoSinks(theirs)) logger.add(sink);
    const app = fastify({ loggerInstance: theirs as FastifyBaseLogger });
    app.get("/", async (request) => {
      request.log.info({ user: { email: "a@x.org" } }, "in");
      throw new Error("failed");
    });
    await app.inject("/");
    await app.close();
    interception?.restore();
    return stream.records.map(({ time: _, responseTime: _ms, ...rest }) => rest);
  };
  const ours = await lines(true);
  expect(ours).toEqual(await lines(false));
  expect(ours).toMatchObject([{}, { user: "x.org" }, { err: {} }, { res: { code: 500 } }]);
});

describe("what was changed since is written anew", () => {
  const CHANGES: readonly [string, (logger: Logger) => Logger, string][] = [
    ["the message", (one) => one.patch((record) => void (record.message = "masked")), "masked"],
    [
      "a field",
      (one) => one.patch((record) => void ((record.extra as Record<string, unknown>)["a"] = "masked")),
      "masked",
    ],
    [
      "a field deep in",
      (one) => one.patch((record) => void ((record.extra["deep"] as Record<string, unknown>)["b"] = "masked")),
      "masked",
    ],
    [
      "an error in place",
      (one) => one.patch((record) => void Object.assign(record.exception?.value as object, { token: "masked" })),
      "masked",
    ],
    ["the exception", (one) => one.patch((record) => void (record.exception = null)), "text"],
    ["what is bound", (one) => one.bind({ by: "masked" }) as never, "masked"],
  ];
  test.each(CHANGES)("%s", (_name, change, shown) => {
    const stream = new Kept();
    const theirs = pino({ msgPrefix: "[P] ", mixin: () => ({ n: 1 }) }, stream);
    const logger = createLogger();
    for (const sink of pinoSinks(theirs)) logger.add(sink);
    const interception = interceptPino(theirs, { logger: change(logger), mode: "replace" });
    theirs.error({ a: 1, deep: { b: 2 }, err: Object.assign(new Error("x"), { token: "hunter2" }) }, "text");
    interception.restore();
    expect(only(stream.lines)).toContain(shown);
    expect(only(stream.lines)).not.toContain("[P] [P]");
  });

  test("a handler's redact", () => {
    const stream = new Kept();
    const theirs = pino({}, stream);
    const logger = createLogger();
    for (const sink of pinoSinks(theirs)) logger.add(sink, { redact: ["**.token"] });
    const interception = interceptPino(theirs, { logger, mode: "replace" });
    theirs.error({ token: "hunter2" }, "is hunter2");
    theirs.error({ err: Object.assign(new Error("x"), { token: "hunter2" }) });
    interception.restore();
    expect(stream.lines).toHaveLength(2);
    expect(stream.lines.join("")).not.toContain("hunter2");
  });

  test("a handler's format", () => {
    const stream = new Kept();
    const theirs = pino({}, stream);
    const logger = createLogger();
    for (const sink of pinoSinks(theirs)) logger.add(sink, { format: "<{message}>" });
    const interception = interceptPino(theirs, { logger, mode: "replace" });
    theirs.info("text");
    interception.restore();
    expect(only(stream.records)["msg"]).toBe("<text>");
  });
});

describe("loggers with streams of their own", () => {
  test("get their own records alone, a redacted one too; new ones go to all", () => {
    const [first, second] = [new Kept(), new Kept()];
    const [app, access] = [pino({ name: "app" }, first), pino({ name: "access" }, second)];
    const logger = createLogger();
    for (const one of [app, access]) for (const sink of pinoSinks(one)) logger.add(sink, { redact: ["token"] });
    const interception = interceptPino(pino, { logger, mode: "replace" });
    app.info("order paid");
    access.child({ a: 1 }).info("GET /");
    app.info({ token: "hunter2" }, "secret");
    pino({ name: "third" }, new Kept()).info("of nobody");
    interception.restore();
    logger.info("new");
    const said = (kept: Kept): unknown[] => kept.records.map(({ msg }) => msg);
    expect(said(first)).toEqual(["order paid", "secret", "of nobody", "new"]);
    expect(said(second)).toEqual(["GET /", "of nobody", "new"]);
    expect(first.lines.join("")).not.toContain("hunter2");
  });

  test("whose sink was removed give their records to the others again", async () => {
    const second = new Kept();
    const [app, access] = [pino({}, new Kept()), pino({}, second)];
    const logger = createLogger();
    const [sink] = pinoSinks(app);
    const id = logger.add(sink as never);
    for (const other of pinoSinks(access)) logger.add(other);
    const interception = interceptPino(app, { logger, mode: "replace" });
    app.info("one");
    await logger.remove(id);
    app.info("two");
    interception.restore();
    expect(second.records.map(({ msg }) => msg)).toEqual(["two"]);
  });
});

describe("a logger's level", () => {
  test("is kept by its sinks while it follows ours, children's too; another that is set counts from then on", () => {
    const { stream, theirs, logger, interception } = returned({ level: "info" });
    const child = theirs.child({}, { level: "debug" });
    theirs.debug("below");
    theirs.child({}).debug("below");
    child.debug("the child's own");
    logger.debug("below");
    logger.info("new");
    theirs.level = "debug";
    theirs.debug("set");
    logger.debug("set too");
    interception.restore();
    expect(theirs.level).toBe("debug");
    expect(stream.records.map(({ msg }) => msg)).toEqual(["the child's own", "new", "set", "set too"]);
  });

  test("silent writes nothing, and a level that is compared the other way counts as such", () => {
    const silent = returned({ level: "silent" });
    silent.theirs.fatal("x");
    silent.logger.critical("x");
    silent.interception.restore();
    expect(silent.stream.lines).toEqual([]);
    expect(silent.theirs.level).toBe("silent");
    const stream = new Kept();
    const theirs = pino(
      { levelComparison: "DESC", customLevels: { low: 50, high: 10 }, useOnlyCustomLevels: true, level: "high" },
      stream,
    );
    const logger = createLogger();
    for (const sink of pinoSinks(theirs as never)) logger.add(sink, { level: 0 });
    logger.level("LOW", { no: 10 });
    logger.level("HIGH", { no: 50 });
    logger.log("LOW", "below");
    logger.log("HIGH", "above");
    expect(stream.records.map(({ msg }) => msg)).toEqual(["above"]);
  });

  test("set meanwhile stays, also where ours moves after that", () => {
    const { stream, theirs, logger, interception } = returned({ level: "info" });
    theirs.level = "error";
    const id = logger.add(() => {}, { level: "INFO" });
    logger.remove(id);
    theirs.warn("below");
    theirs.error("above");
    interception.restore();
    expect(stream.records.map(({ msg }) => msg)).toEqual(["above"]);
    expect(theirs.level).toBe("error");
  });
});

test("new records have what the logger's mixin gives, by its strategy", () => {
  const stream = new Kept();
  const theirs = pino(
    {
      mixin: (_object, level) => ({ at: level, a: "mixed" }),
      mixinMergeStrategy: (given, mixed) => ({ ...given, ...mixed }),
    },
    stream,
  );
  const logger = createLogger();
  for (const sink of pinoSinks(theirs)) logger.add(sink);
  logger.info("text", { a: 1 });
  expect(only(stream.records)).toMatchObject({ at: 30, a: "mixed", msg: "text" });
});

test("a record without a text has no message in any line, and one that was patched in has", () => {
  const stream = new Kept();
  const theirs = pino({}, stream);
  const { logger, records } = listener();
  for (const sink of pinoSinks(theirs)) logger.add(sink);
  asPino(logger).info({ a: 1 });
  asPino(logger).error({ error: new Error("x") });
  asPino(logger.patch((record) => void (record.message = "patched")) as Logger).info({ a: 1 });
  expect(stream.records.map((line) => "msg" in line)).toEqual([false, false, true]);
  expect(records[0]?.message).toBe("{ a: 1 }");
});

test("a record without a text has none where a handler hides something either", () => {
  const stream = new Kept();
  const logger = createLogger();
  logger.add(pinoSink(stream), { redact: ["password"] });
  asPino(logger).info({ password: "hunter2" });
  asPino(logger).info({ password: "hunter2" }, "as hunter2");
  expect(stream.records.map(({ msg }) => msg)).toEqual([undefined, "as [REDACTED]"]);
  expect(stream.lines.join("")).not.toContain("hunter2");
});
