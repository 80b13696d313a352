import { type AddOptions, createLogger, errorToHand, inspect } from "@logbridge/core";
import { logs, type LogRecord as OtelRecord } from "@opentelemetry/api-logs";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { describe, expect, test } from "vitest";
import { interceptOtel } from "../src/intercept.ts";
import { otelSink } from "../src/sink.ts";
import { exporting, listened, only, TRACED } from "./intercept-support.ts";
import { receiving } from "./sink-support.ts";

/** A record as an exporter sees it, but for the resource, which is its provider's. */
function seen(record: ReadableLogRecord): object {
  const { hrTime, severityNumber, severityText, body, eventName, attributes, instrumentationScope, spanContext } =
    record;
  const { name, version, schemaUrl } = instrumentationScope;
  const scope = { name, version, schemaUrl, attributes: instrumentationScope.attributes };
  return { hrTime, severityNumber, severityText, body, eventName, attributes, scope, spanContext };
}

/** Emits at one provider, takes in, sends out by another one; gives what the two exporters have got. */
function through(record: OtelRecord): { readonly theirs: object; readonly ours: object } {
  const { logger } = listened();
  const [first, second] = [exporting(), exporting()];
  const interception = interceptOtel({ provider: first.provider, logger });
  logger.add(otelSink({ provider: second.provider, code: false }), { level: 0 });
  const options = { schemaUrl: "https://example.org/1", attributes: { part: "billing" } };
  first.provider.getLogger("library", "1.2.3", options).emit(record);
  interception.restore();
  return { theirs: seen(only(first.finished())), ours: seen(only(second.finished())) };
}

test.each<[string, OtelRecord]>([
  [
    "with everything",
    {
      timestamp: [1_700_000_000, 123_456_789],
      severityNumber: 14,
      severityText: "Notice",
      eventName: "disk.full",
      body: { disk: "sda", free: [1, 2.5, null], bytes: new Uint8Array([1, 2]) },
      attributes: { user: "ada", tags: ["a", "b"], nested: { deep: { x: 1 } }, ratio: 0.5, ok: false },
      context: TRACED,
    },
  ],
  ["with a text", { timestamp: [1_700_000_000, 1], severityNumber: 9, severityText: "INFO", body: "x" }],
  ["without a severity", { timestamp: [1_700_000_000, 1], severityNumber: 0, body: "x" }],
  ["with an event alone", { timestamp: [1_700_000_000, 1], eventName: "session.start", attributes: { user: 7 } }],
  ["with a number", { timestamp: [1_700_000_000, 1], severityNumber: 24, severityText: "worst", body: 42 }],
])("a record that came in goes out as it was: %s", (_, record) => {
  const { theirs, ours } = through(record);
  expect(normal(ours)).toEqual(normal(theirs));
});

/** What is not there and what is unset mean the same in OTLP. */
function normal(record: object): object {
  const set = Object.entries(record).filter(
    ([, value]) => value !== undefined && value !== "" && value !== 0 && value !== null,
  );
  return Object.fromEntries(set);
}

test("what was thrown goes out with its class in place of its code, and its causes", () => {
  const thrown = Object.assign(new TypeError("no user", { cause: new Error("db down") }), { code: "E_USER" });
  const { theirs, ours } = through({ body: "failed", exception: thrown });
  expect(theirs).toMatchObject({ attributes: { "exception.type": "E_USER", "exception.message": "no user" } });
  expect(ours).toMatchObject({
    attributes: {
      "exception.type": "TypeError",
      "exception.message": "no user",
      "exception.code": "E_USER",
      "exception.cause": { type: "Error", message: "db down" },
    },
  });
});

test("an error that our own sink has sent comes in with its causes and inner errors", () => {
  const [sender, receiver] = [listened(), listened()];
  const { provider } = exporting();
  const interception = interceptOtel({ provider, logger: receiver.logger, stage: "raw" });
  sender.logger.add(otelSink({ provider }), { level: 0 });
  const cause = new AggregateError([new Error("one"), new RangeError("two")], "both", { cause: new Error("root") });
  sender.logger.error(Object.assign(new TypeError("no user", { cause }), { code: "E_USER", user: 7 }));
  interception.restore();
  expect(only(receiver.records).exception).toMatchObject({
    type: "TypeError",
    message: "no user",
    code: "E_USER",
    properties: { user: 7 },
    cause: { message: "both", errors: [{ message: "one" }, { type: "RangeError" }], cause: { message: "root" } },
  });
  expect(Object.keys(only(receiver.records).extra).filter((key) => key.startsWith("exception."))).toEqual([]);
});

test("nanoseconds arrive at a collector", async () => {
  const receiver = await receiving();
  const { logger } = listened();
  const { provider } = exporting();
  const interception = interceptOtel({ provider, logger });
  logger.add(otelSink({ url: receiver.url }), { level: 0 });
  provider.getLogger("library", "1.2.3").emit({ timestamp: [1_700_000_000, 123_456_789], body: "x", context: TRACED });
  await logger.complete();
  expect(only(receiver.records)).toMatchObject({
    timeUnixNano: 1_700_000_000_123_456_789n,
    scope: { name: "library", version: "1.2.3" },
    traceId: "0af7651916cd43dd8448eb211c80319c",
  });
  interception.restore();
  await logger.remove();
});

const TYPE = "exception.type";
const MESSAGE = "exception.message";
const STACK = "exception.stacktrace";

/** How other languages, and log shippers, write an exception. */
const EXCEPTIONS: Readonly<Record<string, OtelRecord["attributes"] & object>> = {
  python: {
    [TYPE]: "ZeroDivisionError",
    [MESSAGE]: "division by zero",
    [STACK]:
      'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    1/0\nZeroDivisionError: division by zero',
  },
  java: {
    [TYPE]: "java.lang.RuntimeException",
    [MESSAGE]: "outer",
    [STACK]:
      "java.lang.RuntimeException: outer\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: inner\n\tat x.Y.z(Y.java:2)\n\t... 1 more",
  },
  go: {
    [TYPE]: "*errors.errorString",
    [MESSAGE]: "boom",
    [STACK]: "goroutine 1 [running]:\nmain.main()\n\t/tmp/x.go:5",
  },
  inspected: {
    [TYPE]: "Error",
    [MESSAGE]: "outer",
    [STACK]: "Error: outer\n    at f (/a.js:1:2) {\n  [cause]: TypeError: inner\n      at g (/b.js:3:4)\n}",
  },
  firefox: { [TYPE]: "Error", [MESSAGE]: "x", [STACK]: "f@http://localhost/a.js:1:2\n@http://localhost/a.js:9:1" },
  "the SDK, with a code": {
    [TYPE]: "E_USER",
    [MESSAGE]: "no user",
    [STACK]: "TypeError: no user\n    at load (/srv/app/users.js:10:7)",
  },
  "only a type": { [TYPE]: "A" },
  "only a stack": { [STACK]: "foo" },
  "only a message": { [MESSAGE]: "m" },
  "a type that is none": { [TYPE]: 5, [MESSAGE]: "m" },
  "an empty message": { [TYPE]: "A", [MESSAGE]: "" },
  "parts that are none": {
    [TYPE]: "A",
    [MESSAGE]: "m",
    "exception.code": true,
    "exception.cause": "why",
    "exception.errors": [1, 2],
    "exception.properties": "none",
    "exception.escaped": true,
  },
  "parts of ours": {
    [TYPE]: "A",
    [MESSAGE]: "m",
    "exception.code": "E_A",
    "exception.cause": { type: "B", message: "n" },
    "exception.errors": [{ type: "C", message: "o", code: 7 }],
    "exception.properties": { user: 7 },
  },
};

const attributesIn = (record: object): unknown => (record as { readonly attributes: unknown }).attributes;

test.each(Object.entries(EXCEPTIONS))("an exception goes out as it was written: %s", (_, attributes) => {
  const { theirs, ours } = through({ body: "failed", attributes });
  expect(attributesIn(ours)).toEqual(attributesIn(theirs));
  expect(attributesIn(ours)).toEqual(attributes);
});

test.each([
  ["a text", "a text"],
  [7, "7"],
  [{ a: 1 }, "{ a: 1 }"],
] as [unknown, string][])("what was thrown and is no error goes out as a message: %j", (exception, message) => {
  const { ours } = through({ body: "failed", exception } as OtelRecord);
  expect(attributesIn(ours)).toEqual({ [MESSAGE]: message });
});

test("an exception that a patcher has changed, or redaction, goes out as it is now", () => {
  const written = {
    [TYPE]: "Error",
    [MESSAGE]: "card 4111",
    [STACK]: "Error: card 4111\n    at f (/a.js:1:2)\nuser: 4111",
  };
  const properties = { "exception.properties": { card: "4111", shop: 7 } };
  const changes: readonly [AddOptions, string][] = [
    [
      { patch: (record) => void (record.exception = { ...record.exception, message: "card ****" } as never) },
      "card ****",
    ],
    [{ patch: (record) => void (record.exception = new TypeError("another") as never) }, "another"],
    [{ redact: ["**.card"] }, "card [REDACTED]"],
  ];
  for (const [options, message] of changes) {
    const { logger } = listened();
    const [first, second] = [exporting(), exporting()];
    const interception = interceptOtel({ provider: first.provider, logger });
    logger.add(otelSink({ provider: second.provider, code: false }), { level: 0, ...options });
    first.provider.getLogger("library").emit({ body: "x", attributes: { ...written, ...properties } });
    interception.restore();
    const { attributes } = only(second.finished());
    expect(attributes[MESSAGE]).toBe(message);
    expect(attributes[STACK]).not.toContain("user: 4111");
    if (options.redact) expect(attributes["exception.properties"]).toEqual({ card: "[REDACTED]", shop: 7 });
  }
});

describe("paths of redact name the attributes of an exception", () => {
  const secret = "hunter2SECRET";
  const thrown = new TypeError(`denied for ${secret}`);
  const python = {
    [TYPE]: "PermissionError",
    [MESSAGE]: `denied for ${secret}`,
    [STACK]: `Traceback (most recent call last):\n  File "${secret}.py", line 1\nPermissionError: denied for ${secret}`,
  };
  const both = ['["exception.message"]', '["exception.stacktrace"]'];

  test.each<[string, OtelRecord]>([
    ["as texts", { body: "failed", attributes: python }],
    ["as an object", { body: "failed", exception: thrown }],
  ])("%s: neither our outputs nor what goes out again shows them", async (_, record) => {
    for (const [ofLogger, ofHandler] of [
      [both, []],
      [[], both],
      [["nothing.there"], both],
    ]) {
      const logger = createLogger({ redact: ofLogger as string[] });
      const [first, second] = [exporting(), exporting()];
      const outputs: unknown[] = [];
      const options = { level: 0, redact: ofHandler as string[] };
      logger.add(otelSink({ provider: second.provider }), options);
      logger.add((text) => void outputs.push(text), options);
      logger.add((text) => void outputs.push(text), { ...options, serialize: true });
      logger.add(
        {
          write: (_text, { exception }) =>
            void outputs.push(inspect(exception), inspect(exception && errorToHand(exception))),
        },
        options,
      );
      const interception = interceptOtel({ provider: first.provider, logger });
      first.provider.getLogger("library").emit(record);
      interception.restore();
      const { attributes } = only(second.finished());
      expect(outputs).toHaveLength(4);
      expect(inspect([outputs, attributes])).not.toContain(secret);
      expect(String(outputs[0])).not.toContain(secret);
      expect(attributes[MESSAGE]).toBe("[REDACTED]");
      expect(attributes[TYPE]).toMatch(/PermissionError|TypeError/);
      await logger.remove();
    }
  });

  test.each([
    ["the logger's", both, []],
    ["the handler's", [], both],
  ])("without an SDK too, where nobody has written them: %s paths", async (_, ofLogger, ofHandler) => {
    const logger = createLogger({ redact: ofLogger });
    const outputs: unknown[] = [];
    logger.add((text) => void outputs.push(text), { level: 0, redact: ofHandler });
    const interception = interceptOtel({ logger });
    logs.getLogger("library").emit({ body: "failed", exception: thrown });
    logs.getLogger("library").emit({ body: "failed", exception: `thrown ${secret}` } as OtelRecord);
    interception.restore();
    expect(outputs).toHaveLength(2);
    expect(inspect(outputs)).not.toContain(secret);
    await logger.remove();
  });

  test("one of them alone is hidden alone", () => {
    const { logger } = listened();
    const [first, second] = [exporting(), exporting()];
    logger.add(otelSink({ provider: second.provider, code: false }), {
      level: 0,
      redact: ['["exception.stacktrace"]'],
    });
    const interception = interceptOtel({ provider: first.provider, logger });
    first.provider.getLogger("library").emit({ body: "x", attributes: { ...python, [MESSAGE]: "denied" } });
    interception.restore();
    const { attributes } = only(second.finished());
    expect(attributes).toMatchObject({ [TYPE]: "PermissionError", [MESSAGE]: "denied" });
    expect(JSON.stringify(attributes)).not.toContain(secret);
  });
});
