import { createLogger, type LogRecord, memorySink } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { interceptOtel } from "../src/intercept.ts";
import { otelSink } from "../src/sink.ts";
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
    code: false,
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

describe("what other libraries emit passes the handler and the logger", () => {
  /** With and without an interception that hears the same. */
  const listening = [false, true];

  test.each(listening)("redact, patch and the patcher apply, intercepted too: %s", async (isIntercepted) => {
    const receiver = await receiving();
    const logger = createLogger({
      redact: ["**.password"],
      patcher: (record) => void (record.extra["patched"] = "by the logger"),
    });
    onTestFinished(async () => void (await logger.remove()));
    logger.add(otelSink({ url: receiver.url, registerGlobal: true }), {
      level: 0,
      redact: ["**.token"],
      patch: (record) => void (record.extra["handled"] = true),
    });
    const others: string[] = [];
    logger.add((text) => void others.push(text), { level: 0 });
    const interception = isIntercepted ? interceptOtel({ logger }) : null;
    logs.getLogger("theirs").emit({ body: { password: "s1" }, attributes: { password: "s2", deep: { token: "s3" } } });
    await logger.complete();
    interception?.restore();
    expect(receiver.records).toMatchObject([
      {
        scope: { name: "theirs" },
        severityNumber: 0,
        body: { password: "[REDACTED]" },
        attributes: {
          password: "[REDACTED]",
          deep: { token: "[REDACTED]" },
          patched: "by the logger",
          handled: true,
        },
      },
    ]);
    // Other handlers get it by an interception alone.
    expect(others).toHaveLength(isIntercepted ? 1 : 0);
  });

  test.each(listening)("level and filter apply, intercepted too: %s", async (isIntercepted) => {
    const receiver = await receiving();
    const filter = (record: LogRecord): boolean => record.message !== "filtered";
    const { logger } = logging({ url: receiver.url, registerGlobal: true }, { level: "ERROR", filter });
    const interception = isIntercepted ? interceptOtel({ logger }) : null;
    const theirs = logs.getLogger("theirs");
    for (const [severityNumber, body] of [
      [5, "below"],
      [17, "filtered"],
      [17, "sent"],
    ] as const)
      theirs.emit({ severityNumber, body });
    expect([theirs.enabled({ severityNumber: 5 }), theirs.enabled({ severityNumber: 17 })]).toEqual([false, true]);
    expect(await logger.complete()).toMatchObject({ dropped: 0, pending: 0 });
    interception?.restore();
    expect(receiver.records.map(({ body }) => body)).toEqual(["sent"]);
  });

  test("a sink of two handlers sends once, by one that is in force", async () => {
    const receiver = await receiving();
    const logger = createLogger();
    const sink = otelSink({ url: receiver.url, registerGlobal: true });
    const first = logger.add(sink, { level: 0 });
    const second = logger.add(sink, { level: 0, patch: (record) => void (record.message = "second") });
    const theirs = logs.getLogger("theirs");
    theirs.emit({ body: "first" });
    await logger.remove(first);
    theirs.emit({ body: "x" });
    await logger.remove(second);
    theirs.emit({ body: "nobody" });
    expect(receiver.records.map(({ body }) => body)).toEqual(["first", "second"]);
  });

  test("behind a memory sink they wait with all others", async () => {
    const receiver = await receiving();
    const logger = createLogger();
    const memory = memorySink({ target: otelSink({ url: receiver.url, registerGlobal: true }) });
    logger.add(memory, { level: 0 });
    logs.getLogger("theirs").emit({ body: "theirs" });
    expect(memory.size).toBe(1);
    memory.release();
    await logger.remove();
    expect(receiver.records.map(({ body }) => body)).toEqual(["theirs"]);
  });

  test("where no handler is known nothing is registered, and that is said (LB1643)", async () => {
    const receiver = await receiving();
    const logger = createLogger();
    const told: unknown[] = [];
    const sink = otelSink({ url: receiver.url, registerGlobal: true });
    // As the handlers of older copies of core do it.
    logger.add(
      { needs: { text: false }, attach: (fail) => sink.attach?.(fail), write: () => {} },
      {
        onError: (_kind, _records, error) => void told.push(String(error)),
      },
    );
    logs.getLogger("theirs").emit({ body: "x" });
    await sink.close?.();
    expect(told).toEqual([expect.stringContaining("LB1643")]);
    expect(receiver.records).toEqual([]);
    expect(Object.hasOwn(globalThis, Symbol.for("io.opentelemetry.js.api.logs"))).toBe(false);
  });
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
