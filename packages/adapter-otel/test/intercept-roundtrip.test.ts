import type { LogRecord as OtelRecord } from "@opentelemetry/api-logs";
import type { ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { expect, test } from "vitest";
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
