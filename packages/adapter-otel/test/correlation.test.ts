import { createLogger, type Logger, type LogRecord, memorySink, recordFromJSON } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ReceivedRecord } from "../../../test/otlp-receiver/record.mjs";
import { otelSink } from "../src/sink.ts";
import { traceContext } from "../src/trace.ts";
import { exporting, only, withContexts } from "./intercept-support.ts";
import { receiving } from "./sink-support.ts";

interface FinishedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
}

afterEach(() => void vi.useRealTimers());

/** A real span of 5 ms, ended when this is over. */
function inSpan(work: () => void): FinishedSpan {
  const exporter = new InMemorySpanExporter();
  const tracer = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer("app");
  const span = tracer.startSpan("request");
  api.context.with(api.trace.setSpan(api.context.active(), span), work);
  const busyUntil = performance.now() + 5;
  while (performance.now() < busyUntil);
  span.end();
  const { startTime, endTime } = only(exporter.getFinishedSpans());
  return { ...span.spanContext(), start: nanos(startTime), end: nanos(endTime) };
}

function nanos([seconds, rest]: readonly [number, number]): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}

function expectWithin(received: ReceivedRecord, { traceId, spanId, start, end }: FinishedSpan): void {
  expect([received.traceId, received.spanId]).toEqual([traceId, spanId]);
  // The span counts by a clock of its own, which may be a millisecond off.
  expect(received.timeUnixNano).toBeGreaterThanOrEqual(start - 1_000_000n);
  expect(received.timeUnixNano).toBeLessThanOrEqual(end + 1_000_000n);
}

/** The clock a second on: what is delivered now is late. */
function aSecondLater(): void {
  vi.useFakeTimers({ now: Date.now() + 1_000, toFake: ["Date"] });
}

/** A sink that sends to a receiver in this process, and the one record that it got. */
async function sent(prepare: (logger: Logger, sink: ReturnType<typeof otelSink>) => FinishedSpan) {
  withContexts();
  const receiver = await receiving();
  const logger = createLogger();
  const span = prepare(logger, otelSink({ url: receiver.url }));
  await logger.complete();
  const record = only(receiver.records.filter(({ body }) => body === "saved"));
  await logger.remove();
  return { record, span };
}

test("S-OTL-2: a record that was held for the first handler has the time and the trace of its call", async () => {
  const { record, span } = await sent((logger, sink) => {
    const hold = logger.holdEarly();
    const within = inSpan(() => logger.info("saved"));
    aSecondLater();
    logger.add(sink);
    hold.release();
    return within;
  });
  expectWithin(record, span);
});

test("S-OTL-2: a record that was kept in memory until it mattered has the time and the trace of its call", async () => {
  const { record, span } = await sent((logger, sink) => {
    logger.add(memorySink({ target: sink }), { level: 0 });
    const within = inSpan(() => logger.debug("saved"));
    aSecondLater();
    logger.error("now it matters");
    return within;
  });
  expectWithin(record, span);
});

test("S-OTL-2: a record that waits in the sink's own queue has the time and the trace of its call", async () => {
  const { record, span } = await sent((logger, sink) => {
    logger.add(sink);
    const within = inSpan(() => logger.info("saved"));
    aSecondLater();
    return within;
  });
  expectWithin(record, span);
});

test("a record that is sent through the application's provider is in the span of its call, and one outside is in none", () => {
  withContexts();
  const { provider, finished } = exporting();
  const logger = createLogger();
  logger.add(otelSink({ provider }));
  const span = inSpan(() => logger.info("saved"));
  logger.info("outside");
  expect(finished().map(({ spanContext }) => spanContext?.spanId)).toEqual([span.spanId, undefined]);
});

describe("a record of another process", () => {
  const TRACE_ID = "1af7651916cd43dd8448eb211c80319c";
  const OTHERS = { trace_id: TRACE_ID, span_id: "c7ad6b7169203331", trace_flags: "01" };

  /** As it comes out of a sink, and of a patcher, while another span is active here. */
  function emitted(extra: object, process: { readonly id: number; readonly name: string }): unknown {
    withContexts();
    const { provider, finished } = exporting();
    const logger = createLogger({ patcher: traceContext() });
    const records: LogRecord[] = [];
    logger.add(otelSink({ provider }));
    logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) });
    const data = { ...only(recordsOf((one) => one.info("there", extra))).toJSON(), process };
    inSpan(() => logger.emit(recordFromJSON(data)));
    const { spanContext, attributes } = only(finished());
    return { sent: spanContext?.traceId, attribute: attributes["trace_id"], patched: only(records).extra["trace_id"] };
  }

  test("keeps the trace that it brings, for sinks and patchers alike", () => {
    const expected = { sent: TRACE_ID, attribute: undefined, patched: TRACE_ID };
    expect(emitted(OTHERS, { id: process.pid + 1, name: "worker" })).toEqual(expected);
    expect(emitted(OTHERS, { id: process.pid, name: "node" })).toEqual(expected);
  });

  test("without one is in none", () => {
    expect(emitted({}, { id: process.pid + 1, name: "worker" })).toEqual({
      sent: undefined,
      attribute: undefined,
      patched: undefined,
    });
  });
});

function recordsOf(log: (logger: Logger) => void): LogRecord[] {
  const logger = createLogger();
  const records: LogRecord[] = [];
  logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) });
  log(logger);
  return records;
}
