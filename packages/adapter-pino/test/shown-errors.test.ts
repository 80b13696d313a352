import pino, { type LoggerOptions } from "pino";
import { describe, expect, test } from "vitest";
import { asPino, interceptPino } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

const SECRET = "hunter2";

const deep = (value: unknown): unknown =>
  value && typeof value === "object"
    ? Object.fromEntries(
        Object.keys(value).map((key) => [
          key,
          key === "password" ? "••" : deep((value as Record<string, unknown>)[key]),
        ]),
      )
    : value;
const secret = (cause?: unknown): Error =>
  Object.assign(new TypeError("failed", cause === undefined ? {} : { cause }), { password: SECRET });

function heard(options: LoggerOptions, given: object): ReturnType<typeof listener>["records"][number] {
  const { logger, records } = listener();
  const theirs = pino(options, new Kept());
  using _ = interceptPino(theirs, { logger });
  theirs.error(given, "text");
  return only(records);
}

/** All that a sink could show of a record. */
function shown(record: ReturnType<typeof heard>): string {
  const seen: unknown[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.includes(value)) return void seen.push(value);
    seen.push(value);
    for (const key of Reflect.ownKeys(value)) walk(Object.getOwnPropertyDescriptor(value, key)?.value);
  };
  walk([record.exception, record.extra, record.message]);
  return seen.filter((one) => typeof one === "string").join("\n");
}

const HIDING: readonly [string, LoggerOptions][] = [
  ["formatters.log", { formatters: { log: deep as never } }],
  ["a wildcard", { redact: ["*.password", "*.*.password", "*.*.*.password"] }],
  [
    "paths",
    {
      redact: [
        "err.password",
        "error.password",
        "err.cause.password",
        "err.aggregateErrors[*].password",
        "error.cause.password",
        "error.errors[*].password",
      ],
    },
  ],
  ["a hook", { hooks: { streamWrite: (line: string) => line.replaceAll(SECRET, "••") } }],
  ["a serializer", { serializers: { err: deep as never, error: deep as never } }],
];

describe.each(HIDING)("what %s hides of an error is in no record", (_, options) => {
  test.each<[string, object]>([
    ["an error", secret()],
    ["as err", { err: secret() }],
    ["as error", { error: secret() }],
    ["in a cause", new Error("outer", { cause: secret() })],
    ["in a cause, as error", { error: new Error("outer", { cause: secret() }) }],
    ["in a cause of its own", secret(secret())],
    ["among several", new AggregateError([secret()], "many")],
    ["among several, as error", { error: new AggregateError([secret()], "many") }],
  ])("%s", (_name, given) => {
    expect(shown(heard(options, given))).not.toContain(SECRET);
  });
});

describe.each<[string, LoggerOptions]>([
  ["nothing", {}],
  ["a wildcard", { redact: ["*.password"] }],
  ["a path", { redact: ["err.password", "error.password"] }],
  ["a formatter that leaves errors alone", { formatters: { log: (object) => ({ ...object, more: 1 }) } }],
  ["a serializer that shows all", { serializers: { err: (error: Error) => pino.stdSerializers.err(error) } }],
  ["a hook that changes other things", { hooks: { streamWrite: (line: string) => line.replace('"msg"', '"msg" ') } }],
])("where %s hides nothing of an error it is the object itself", (_, options) => {
  const cause = new RangeError("why");
  test.each<[string, object, Error]>([
    ["with a cause", ...twice(new TypeError("boom", { cause }))],
    ["with properties", ...twice(Object.assign(new TypeError("boom"), { code: "E1", more: { a: [1, null] } }))],
    ["of several", ...twice(new AggregateError([new RangeError("one")], "many"))],
  ])("%s", (_name, given, error) => {
    expect(heard(options, given).exception?.value).toBe(error);
    if (!options.serializers) expect(heard(options, { error }).exception?.value).toBe(error);
  });
});

function twice(error: Error): [Error, Error] {
  return [error, error];
}

test("causes whose properties nothing hides keep their class behind a wildcard", () => {
  const cause = Object.assign(new RangeError("why"), { code: "ECONNREFUSED", errno: -111 });
  const error = new TypeError("boom", { cause });
  expect(heard({ redact: ["*.password"] }, { err: error }).exception?.cause?.value).toBe(cause);
});

test("a facade's error is the object itself where the serializer of a child shows all of it, else what that shows", () => {
  const { logger, records } = listener();
  const error = Object.assign(new TypeError("boom"), { code: "E1" });
  const shows = (serializer: (value: Error) => unknown): void =>
    asPino(logger)
      .child({}, { serializers: { err: serializer as never } })
      .error(error);
  shows((value) => pino.stdSerializers.err(value));
  shows((value) => ({ ...pino.stdSerializers.err(value), code: "••" }));
  expect(records[0]?.exception?.value).toBe(error);
  expect(records[1]?.exception).toMatchObject({ message: "boom", code: "••" });
});
