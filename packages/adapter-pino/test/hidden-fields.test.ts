import { inspect } from "node:util";
import { createLogger, type Logger, type Sink } from "@logbridge/core";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { asPino, fromPinoOptions, pinoSink, pinoSinks, propagateToPino } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

const SECRET = "hunter2";

function moved(options: object): { readonly logger: Logger; readonly stream: Kept } {
  const stream = new Kept();
  const logger = createLogger();
  const { notTaken: _, ...configuration } = fromPinoOptions({ base: null, timestamp: false, ...options }, stream);
  logger.configure(configuration);
  return { logger, stream };
}

describe("a field whose name the line has already is hidden by the paths of its own name", () => {
  const redact = ["token", "user.password", "level", "msg.x"];
  const base = { token: "bound", user: "bound" };
  const sinks: readonly (readonly [string, (stream: Kept) => Sink])[] = [
    ["pinoSink", (stream) => pinoSink(stream, { redact, base })],
    ["pinoSinks", (stream) => only(pinoSinks(pino({ redact }, stream).child(base) as never))],
    ["propagateToPino", (stream) => propagateToPino(pino({ redact }, stream).child(base) as never)],
    ["fromPinoOptions", (stream) => fromPinoOptions({ redact, base }, stream).handlers?.[0]?.sink as Sink],
    [
      "fromPinoOptions with a formatter",
      (stream) =>
        fromPinoOptions({ redact, base, formatters: { log: (one) => one } }, stream).handlers?.[0]?.sink as Sink,
    ],
  ];
  test.each(sinks)("%s", (_name, make) => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(make(stream));
    logger.info("x", { token: SECRET, user: { password: SECRET, id: 1 }, level: SECRET, msg: { x: SECRET } });
    expect(stream.lines.join("")).not.toContain(SECRET);
    expect(only(stream.records)).toMatchObject({ token_: "[Redacted]", user_: { password: "[Redacted]", id: 1 } });
  });

  test("and shown by the serializer of its own name", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(propagateToPino(pino({ serializers: { user: () => "someone" } }, stream).child({ user: 1 }) as never));
    logger.info("x", { user: SECRET });
    expect(only(stream.records)["user_"]).toBe("someone");
  });

  test("and known to formatters by its own name", () => {
    const { logger, stream } = moved({
      base: { token: 1 },
      formatters: { log: ({ token: _, ...rest }: Record<string, unknown>): object => rest },
    });
    logger.info("x", { token: SECRET, a: 1 });
    expect(only(stream.records)).toEqual({ level: 30, token: 1, a: 1, msg: "x" });
  });
});

test.each([["*.password"], ["err.password"]])(
  "what the path %s hides in an error it hides in its causes and inner errors",
  (path) => {
    const { logger, stream } = moved({ redact: [path] });
    const secret = (): Error => Object.assign(new Error("inner"), { password: SECRET });
    logger.opt({ exception: new Error("outer", { cause: secret() }) }).error("x");
    logger.opt({ exception: new AggregateError([secret(), new Error("b", { cause: secret() })], "all") }).error("x");
    expect(stream.lines.join("")).not.toContain(SECRET);
    expect(stream.records[0]).toMatchObject({ err: { cause: { message: "inner", password: "[Redacted]" } } });
  },
);

test("and a child's redaction does so for all handlers", () => {
  const { logger, records } = listener();
  const error = new Error("outer", { cause: Object.assign(new Error("inner"), { password: SECRET }) });
  asPino(logger)
    .child({}, { redact: ["*.password"] })
    .error(error);
  expect(inspect(only(records), { depth: 9 })).not.toContain(SECRET);
  expect(only(records).exception?.message).toBe("outer");
});

describe("a child's functions hide the text too:", () => {
  test("a serializer of the message's key, in text, template and arguments", () => {
    const { logger, records } = listener();
    const mask = (text: unknown): string => String(text).replaceAll(SECRET, "***");
    const child = asPino(logger).child({}, { serializers: { msg: mask } });
    child.info(`pw ${SECRET}`);
    child.info("pw %s", SECRET);
    child.info({ msg: SECRET });
    expect(records.map(({ message }) => message)).toEqual(["pw ***", "pw ***", "***"]);
    expect(JSON.stringify(records)).not.toContain(SECRET);
  });

  test("a formatter that drops a text among the fields", () => {
    const drop = { log: ({ msg: _, ...rest }: Record<string, unknown>): object => rest };
    const { logger, records } = listener();
    asPino(logger)
      .child({}, { formatters: drop } as never)
      .info({ msg: SECRET, a: 1 });
    expect(JSON.stringify(records)).not.toContain(SECRET);
    const { logger: ours, stream } = moved({ formatters: drop });
    asPino(ours).info({ msg: SECRET, a: 1 });
    asPino(ours).info({ a: 2 }, "kept");
    expect(stream.records).toEqual([
      { level: 30, a: 1 },
      { level: 30, a: 2, msg: "kept" },
    ]);
  });
});

test("new records go through the hooks of a logger whose stream is a sink", () => {
  const stream = new Kept();
  const hooks = {
    logMethod(this: object, [object, text]: unknown[], method: (...args: unknown[]) => void) {
      if (text !== "left out") method.call(this, object, "%s!", text);
    },
    streamWrite: (line: string) => line.replaceAll(SECRET, "***"),
  };
  const logger = createLogger();
  logger.add(only(pinoSinks(pino({ hooks } as never, stream) as never)));
  logger.info(`pw ${SECRET}`, { a: 1 });
  logger.info("left out");
  expect(only(stream.records)).toMatchObject({ a: 1, msg: "pw ***!" });
});

test.each(["pw[0", "a..b", "a]", "[", "pw]0[", "a,b", ""])("the path %j, which hides nothing, is refused", (path) => {
  expect(() => pino({ redact: [path] })).toThrow();
  expect(() => fromPinoOptions({ redact: [path] })).toThrow(expect.objectContaining({ code: "LB1574" }));
  expect(() => pinoSink(new Kept(), { redact: [path] })).toThrow(expect.objectContaining({ code: "LB1527" }));
  const face = asPino(createLogger());
  expect(() => face.child({}, { redact: [path] })).toThrow(expect.objectContaining({ code: "LB1572" }));
});

test.each([
  ['a["b.c"].d', { a: { "b.c": { d: SECRET } } }],
  ['["we-ird"]', { "we-ird": SECRET }],
  ["a[0].b", { a: [{ b: SECRET }] }],
  ["a[*]", { a: [SECRET] }],
  [".a", { a: SECRET }],
  ["a.", { a: SECRET }],
  ["a.[0]", { a: [SECRET] }],
  ["a[0]b", { a: [{ b: SECRET }] }],
  ["*.b", { a: { b: SECRET } }],
  ['["a]b"]', { "a]b": SECRET }],
])("the path %s hides what it names", (path, fields) => {
  const { logger, stream } = moved({ redact: [path] });
  logger.info("x", fields);
  expect(stream.lines.join("")).not.toContain(SECRET);
});

describe("what a placeholder shows of an object goes by the paths, however short it is", () => {
  const redact = ["pin", "*.pin"];
  const sinks: readonly (readonly [string, (stream: Kept) => Sink])[] = [
    ["pinoSink", (stream) => pinoSink(stream, { redact })],
    ["pinoSinks", (stream) => only(pinoSinks(pino({ redact }, stream) as never))],
    ["propagateToPino", (stream) => propagateToPino(pino({ redact }, stream) as never)],
    ["fromPinoOptions", (stream) => fromPinoOptions({ redact }, stream).handlers?.[0]?.sink as Sink],
  ];
  test.each(sinks)("%s", (_name, make) => {
    const [stream, native] = [new Kept(), new Kept()];
    const logger = createLogger();
    logger.add(make(stream));
    for (const one of [pino({ redact }, native), asPino(logger)]) {
      one.info("a %s %j %o", "s", { pin: 1 }, { deep: { pin: 2, id: 3 } });
      one.info({ token: SECRET, pin: 4 }, "b %j", { pin: 5, is: true });
    }
    expect(stream.records.map(({ msg }) => msg)).toEqual(native.records.map(({ msg }) => msg));
  });
});

test("a record that was redacted before is so twice, its error included", () => {
  const stream = new Kept();
  const logger = createLogger();
  logger.configure({ redact: ["token"] });
  logger.add(pinoSink(stream, { redact: ["pin"] }));
  const err = Object.assign(new Error("boom"), { token: SECRET });
  asPino(logger).error({ err, token: SECRET }, "a %j", { pin: 1, id: 2 });
  expect(only(stream.records)).toMatchObject({ msg: 'a {"pin":"[Redacted]","id":2}', err: { message: "boom" } });
  expect(stream.lines.join("")).not.toContain(SECRET);
});
