import { createLogger, type LogRecord } from "@logbridge/core";
import { expect, test } from "vitest";

/** A sink that takes records, as those of foreign transports do. */
function records(): {
  sink: { needs: { text: false }; write(text: string, record: LogRecord): void };
  got: LogRecord[];
} {
  const got: LogRecord[] = [];
  return { got, sink: { needs: { text: false }, write: (_text, record) => void got.push(record) } };
}

test("a sink that takes records gets the message as it is where no format was asked for", () => {
  const logger = createLogger();
  const { sink, got } = records();
  logger.add(sink);
  logger.info("hello {}", "you");
  expect(got.map(({ message }) => message)).toEqual(["hello you"]);
});

test("it gets the text of an explicit format as its message, without an end of line and without the exception, which it gets itself", () => {
  const logger = createLogger();
  const { sink, got } = records();
  const other = records();
  logger.add(sink, { format: "{level} | {extra[id]} | <red>{message}</red>" });
  logger.add(other.sink);
  const error = new Error("gone");
  logger.bind({ id: 7 }).error("save {}", 1, error);
  expect(got.map(({ message }) => message)).toEqual(["ERROR | 7 | save 1"]);
  expect(got[0]?.exception?.value).toBe(error);
  expect(got[0]?.template).toBe("save {}");
  // Another handler's record is not touched.
  expect(other.got.map(({ message }) => message)).toEqual(["save 1"]);
});

test("a format that is a function, an update, colours and escape count too", () => {
  const logger = createLogger();
  const { sink, got } = records();
  const id = logger.add(sink, { format: ({ level }) => `${level.name}: {message}` });
  logger.info("one");
  logger.handler(id).update({ format: "{message}!", colorize: true });
  logger.info("two");
  logger.handler(id).update({ format: "<red>{message}</red>", escape: "lines" });
  logger.info("a\nb");
  expect(got.map(({ message }) => message)).toEqual(["INFO: one", "two!", "\x1b[31ma\\nb\x1b[0m"]);
});

test("serialize is refused with a reason: the sink's own form is not ours to choose", () => {
  const logger = createLogger();
  for (const serialize of [true, "ecs", () => "line"] as const)
    expect(() => logger.add(records().sink, { serialize })).toThrow(
      /LB1002|option serialize belongs to a sink that prints text/,
    );
  const id = logger.add(records().sink, { serialize: false });
  expect(() => logger.handler(id).update({ serialize: "flat" })).toThrow(/option serialize/);
});

test("a raw record is its message, whatever the format, as everywhere", () => {
  const logger = createLogger();
  for (const format of ["{level}: {message}", () => "{level}: {message}"]) {
    const { sink, got } = records();
    const id = logger.add(sink, { format });
    logger.opt({ raw: true }).info("bare");
    expect(got.map(({ message }) => message)).toEqual(["bare"]);
    void logger.remove(id);
  }
});
