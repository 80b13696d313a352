import { createLogger, type Logger } from "@logbridge/core";
import pino, { type LoggerOptions } from "pino";
import pino7 from "pino-7";
import { describe, expect, test } from "vitest";
import { asPino, fromPinoOptions, pinoSink, pinoSinks, propagateToPino } from "../src/index.ts";
import { folder, Kept, linesOf, only } from "./support.ts";

const SECRET = "hunter2";

type Target = readonly [what: string, make: (options: LoggerOptions, stream: Kept) => Logger];

const moved = (options: LoggerOptions, stream: Kept): Logger => {
  const logger = createLogger();
  const { notTaken: _, ...configuration } = fromPinoOptions(options as never, stream as never);
  logger.configure(configuration);
  return logger;
};
const hosted = (options: LoggerOptions, stream: Kept): Logger => {
  const logger = createLogger();
  logger.add(pinoSink(stream, options as never));
  return logger;
};
const loggers = (options: LoggerOptions, stream: Kept): Logger => {
  const logger = createLogger();
  for (const sink of pinoSinks(pino(options, stream))) logger.add(sink);
  return logger;
};
const old = (options: LoggerOptions, stream: Kept): Logger => {
  const logger = createLogger();
  for (const sink of pinoSinks((pino7 as unknown as typeof pino)(options, stream))) logger.add(sink);
  return logger;
};
const propagated = (options: LoggerOptions, stream: Kept): Logger => {
  const logger = createLogger();
  logger.add(propagateToPino(pino(options, stream)));
  return logger;
};
const TARGETS: readonly Target[] = [
  ["fromPinoOptions", moved],
  ["pinoSink", hosted],
  ["pinoSinks", loggers],
  ["pinoSinks of pino 7", old],
  ["propagateToPino", propagated],
];

describe.each(TARGETS)("what redact hides stands in no message: %s", (_, make) => {
  test.each<[string, LoggerOptions["redact"] & object, (logger: Logger) => void, string]>([
    ["a template", ["password"], (one) => one.info("login {password}", { password: SECRET }), "login [Redacted]"],
    ["a short value", ["pin"], (one) => one.info("pin {pin}, 1 of 1", { pin: 1 }), "pin [Redacted], 1 of 1"],
    ["a value of the text", ["user.password"], (one) => one.info("in {}", { user: { password: SECRET } }), "Redacted"],
    ["a wildcard", ["*.password"], (one) => one.info("u {u}", { u: { password: SECRET } }), "Redacted"],
    ["a list", ["users[*].key"], (one) => one.info("u {users}", { users: [{ key: SECRET }] }), "Redacted"],
    ["a key in brackets", ['["x-y"]'], (one) => asPino(one).info({ "x-y": SECRET }, `is ${SECRET}`), "is [Redacted]"],
    ["a censor", { paths: ["a"], censor: "••" }, (one) => one.info("is {a}", { a: SECRET }), "is ••"],
    ["removal", { paths: ["a"], remove: true }, (one) => one.info("is {a}.", { a: SECRET }), "is ."],
    [
      "a face's text",
      ["password"],
      (one) => asPino(one).info("u %j", { password: SECRET }),
      'u {"password":"[Redacted]"}',
    ],
    ["a face's fields", ["password"], (one) => asPino(one).info({ password: SECRET }, `as ${SECRET}`), "as [Redacted]"],
    [
      "an error",
      ["err.token"],
      (one) => asPino(one).error(Object.assign(new Error("x"), { token: SECRET }), `e ${SECRET}`),
      "e [Redacted]",
    ],
  ])("%s", (_name, redact, log, message) => {
    const stream = new Kept();
    log(make({ redact } as LoggerOptions, stream));
    expect(only(stream.lines)).not.toContain(SECRET);
    expect(only(stream.records)["msg"]).toContain(message);
  });

  test("and what it does not hide is as it was", () => {
    const stream = new Kept();
    const logger = make({ redact: ["password"] }, stream);
    logger.info("hello {name} {}", 1, { name: "[REDACTED] eve" });
    logger.info("plain");
    expect(stream.records.map(({ msg }) => msg)).toEqual(["hello [REDACTED] eve 1", "plain"]);
  });

  test("a call without a text has no message, as with pino", () => {
    const stream = new Kept();
    asPino(make({ redact: ["password"] }, stream)).info({ password: SECRET });
    expect(only(stream.records)).toMatchObject({ password: "[Redacted]" });
    expect(only(stream.records)).not.toHaveProperty("msg");
  });
});

test("a file that is written by our own sink hides short values of templates too", async () => {
  const path = `${folder()}/out.log`;
  const logger = createLogger();
  const { notTaken: _, ...configuration } = fromPinoOptions({ redact: ["pin"] }, path);
  logger.configure(configuration);
  logger.info("pin {pin}", { pin: 17 });
  await logger.complete();
  expect(only(linesOf(path))).toMatchObject({ msg: "pin [Redacted]", pin: "[Redacted]" });
  await logger.remove();
});
