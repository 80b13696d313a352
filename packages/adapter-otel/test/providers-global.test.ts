import * as api from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));
afterEach(() => {
  api.context.disable();
  logs.disable();
});

test("registerGlobal: what other libraries emit is sent too, with all it has", async () => {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const receiver = await receiving();
  const { logger } = logging({ url: receiver.url, registerGlobal: true, resource: { "service.name": "shop" } });
  const span = new BasicTracerProvider().getTracer("test").startSpan("request");
  const theirs = logs.getLogger("their-library", "1.2", { schemaUrl: "https://s" });
  expect(theirs.enabled()).toBe(true);
  api.context.with(api.trace.setSpan(api.context.active(), span), () =>
    theirs.emit({
      timestamp: [1_700_000_000, 123_456_789],
      observedTimestamp: [1_700_000_001, 1],
      severityNumber: SeverityNumber.WARN2,
      severityText: "warn",
      body: { structured: [1, "two"] },
      eventName: "order.paid",
      attributes: { a: 1, "exception.type": "Theirs" },
      exception: new RangeError("out"),
    }),
  );
  logger.info("ours");
  expect(await logger.complete()).toMatchObject({ dropped: 0, pending: 0 });
  const { traceId, spanId } = span.spanContext();
  expect(receiver.records).toMatchObject([
    {
      resource: { attributes: { "service.name": "shop" } },
      scope: { name: "their-library", version: "1.2", schemaUrl: "https://s" },
      timeUnixNano: 1_700_000_000_123_456_789n,
      observedTimeUnixNano: 1_700_000_001_000_000_001n,
      severityNumber: 14,
      severityText: "warn",
      body: { structured: [1, "two"] },
      eventName: "order.paid",
      attributes: { a: 1, "exception.type": "Theirs", "exception.message": "out" },
      traceId,
      spanId,
    },
    { body: "ours" },
  ]);
});

test("options about records apply to what others emit: attributes, uid, limits", async () => {
  const receiver = await receiving();
  const logRecordLimits = { attributeCountLimit: 3, attributeValueLengthLimit: 4 };
  const options = {
    url: receiver.url,
    registerGlobal: true,
    attributes: { team: "abcdefg" },
    uid: true,
    logRecordLimits,
  };
  const { logger } = logging(options);
  logs.getLogger("theirs").emit({ body: "x", attributes: { a: "123456", b: 2 }, exception: "thrown text" });
  await logger.complete();
  expect(receiver.records).toMatchObject([
    {
      attributes: { "exception.message": "thro", team: "abcd", "log.record.uid": expect.any(String) as string },
      droppedAttributesCount: 2,
    },
  ]);
});

test("it is taken out with the sink, and what is emitted then goes nowhere", async () => {
  const receiver = await receiving();
  const { logger } = logging({ url: receiver.url, registerGlobal: true });
  const theirs = logs.getLogger("theirs");
  theirs.emit({ body: "heard" });
  await logger.remove();
  theirs.emit({ body: "not heard" });
  logs.getLogger("theirs").emit({ body: "not heard" });
  expect(receiver.records.map(({ body }) => body)).toEqual(["heard"]);
});

test("a provider of the application goes before it, now or later, and that is said (LB1639)", async () => {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  const receiver = await receiving();
  const { told } = logging({ url: receiver.url, registerGlobal: true });
  expect(told).toEqual([]);
  logs.setGlobalLoggerProvider(provider);
  logs.getLogger("theirs").emit({ body: "theirs" });
  expect(exporter.getFinishedLogRecords()).toMatchObject([{ body: "theirs" }]);
  const { told: toldNow } = logging({ url: receiver.url, registerGlobal: true });
  expect(toldNow).toEqual([expect.stringContaining("LB1639")]);
  expect(told).toEqual([expect.stringContaining("LB1639")]);
});

test("an automatic sink never sends through a provider of ours", async () => {
  const receiver = await receiving();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
  logging({ url: receiver.url, registerGlobal: true });
  const { logger } = logging({ code: false });
  logger.info("once");
  await logger.complete();
  expect(receiver.records.map(({ body }) => body)).toEqual(["once"]);
});
