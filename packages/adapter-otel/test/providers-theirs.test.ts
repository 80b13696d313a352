import { createLogger } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { interceptOtel, otelSink } from "../src/index.ts";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));
afterEach(() => {
  api.context.disable();
  logs.disable();
});

interface Theirs {
  readonly provider: LoggerProvider;
  readonly exporter: InMemoryLogRecordExporter;
}

function theirs(...processors: LogRecordProcessor[]): Theirs {
  const exporter = new InMemoryLogRecordExporter();
  return {
    exporter,
    provider: new LoggerProvider({ processors: [...processors, new SimpleLogRecordProcessor({ exporter })] }),
  };
}

describe("through a provider of the application", () => {
  test("a record has what it has, once, under its name", async () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider });
    logger.forModule("shop/cart").info("paid {amount}", { amount: 3, when: new Date(0), bytes: new Uint8Array([1]) });
    logger.error("failed", new TypeError("no stock"));
    expect(await logger.complete()).toEqual({ sent: 2, dropped: 0, pending: 0 });
    const [paid, failed] = exporter.getFinishedLogRecords();
    expect(exporter.getFinishedLogRecords()).toHaveLength(2);
    expect(paid).toMatchObject({
      severityNumber: 9,
      severityText: "INFO",
      body: "paid 3",
      instrumentationScope: { name: "shop/cart" },
      attributes: { amount: 3, when: "1970-01-01T00:00:00.000Z", bytes: new Uint8Array([1]) },
    });
    expect(paid?.hrTimeObserved).toEqual(paid?.hrTime);
    expect(paid?.attributes["code.file.path"]).toMatch(/providers-theirs\.test\.ts$/);
    expect(failed?.attributes).toMatchObject({ "exception.type": "TypeError", "exception.message": "no stock" });
  });

  test("a trace of which no span is known stays among the attributes: the SDK takes none without", () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider, code: false });
    const ids = { trace_id: "0af7651916cd43dd8448eb211c80319c", trace_flags: "01" };
    logger.info("x", ids);
    expect(exporter.getFinishedLogRecords()[0]).toMatchObject({ spanContext: undefined, attributes: ids });
  });

  test("no value is lost for a key that the SDK does not keep, whatever the other keys are", () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider, code: false });
    const within = { constructor: 1, constructor_: 2, ["__proto__"]: 3, __proto___: 4 };
    logger.bind({ "": 1, _: 2, __: 3, n: within }).info("x");
    logger.bind({ _: 2, "": 1 }).info("y");
    const [first, second] = exporter.getFinishedLogRecords();
    expect(Object.values(first?.attributes ?? {})).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(first?.attributes).toMatchObject({ _: 1, __: 2, ___: 3 });
    expect(Object.values(first?.attributes["n"] as object).sort()).toEqual([1, 2, 3, 4]);
    expect(second?.attributes).toEqual({ _: 2, __: 1 });
  });

  test("what redact hides of a place or an exception that came in is not written anew under another name", () => {
    const { provider, exporter } = theirs();
    const foreign = theirs().provider;
    const paths = ['["code.filepath"]', '["exception.message"]', '["exception.stacktrace"]'];
    const { logger } = logging({ provider }, { redact: paths });
    const interception = interceptOtel({ provider: foreign, logger });
    const texts = { "exception.message": "hunter2", "exception.stacktrace": "T: hunter2\n    at f (/a.js:1:1)" };
    const attributes = { "code.filepath": "/home/hunter2/a.js", "code.lineno": 1, "exception.type": "T", ...texts };
    foreign.getLogger("lib").emit({ body: "x", attributes });
    interception.restore();
    const out = exporter.getFinishedLogRecords()[0]?.attributes ?? {};
    expect(JSON.stringify(out)).not.toContain("hunter2");
    expect(out).toMatchObject({ "code.filepath": "[REDACTED]", "code.lineno": 1, "exception.type": "T" });
    expect(Object.keys(out)).not.toContain("code.file.path");
  });

  test.each(["", "unknown"])("a record keeps the scope that it came with, also one named %j", (name) => {
    const { provider, exporter } = theirs();
    const foreign = theirs().provider;
    const { logger } = logging({ provider });
    const interception = interceptOtel({ provider: foreign, logger });
    const scope = { version: "9.9", schemaUrl: "https://a.example/1", attributes: { q: 1 } };
    foreign.getLogger(name, scope.version, scope).emit({ body: "kept" });
    interception.restore();
    const { instrumentationScope } = exporter.getFinishedLogRecords()[0] as ReadableLogRecord;
    expect(instrumentationScope).toMatchObject({ name: "unknown", version: "9.9", schemaUrl: "https://a.example/1" });
    expect((instrumentationScope as { attributes?: object }).attributes).toEqual({ q: 1 });
  });

  test("a record has its nanoseconds", async () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider });
    logger
      .patch((record) => {
        record.micros = 1_700_000_000_123_456 + 0.25;
      })
      .info("x");
    expect(exporter.getFinishedLogRecords()[0]?.hrTime).toEqual([1_700_000_000, 123_456_250]);
  });

  test("its trace is that of the call, and that of none is none", async () => {
    api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider });
    const span = new BasicTracerProvider().getTracer("test").startSpan("request");
    api.context.with(api.trace.setSpan(api.context.active(), span), () => logger.info("inside"));
    logger.info("outside");
    const [inside, outside] = exporter.getFinishedLogRecords();
    expect(inside?.spanContext).toEqual(span.spanContext());
    expect(outside?.spanContext).toBeUndefined();
  });

  test("ids that stand in the record's values become its trace", () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider });
    const ids = { trace_id: "0af7651916cd43dd8448eb211c80319c", span_id: "b7ad6b7169203331", trace_flags: "01" };
    logger.info("from a line", ids);
    expect(exporter.getFinishedLogRecords()[0]?.spanContext).toMatchObject({
      traceId: ids.trace_id,
      spanId: ids.span_id,
      traceFlags: 1,
    });
  });

  test("options about the record apply", () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({
      provider,
      code: false,
      severity: { INFO: 11 },
      attributes: { team: "a" },
      scope: "app",
    });
    logger.info("x");
    expect(exporter.getFinishedLogRecords()[0]).toMatchObject({
      severityNumber: 11,
      attributes: { team: "a" },
      instrumentationScope: { name: "app" },
    });
  });

  test("keys that the SDK would lose, or drop the whole attribute for, get an underscore", () => {
    const { provider, exporter } = theirs();
    const { logger } = logging({ provider, code: false });
    const hostile = JSON.parse(
      '{"__proto__":1,"":2,"constructor":3,"map":{"__proto__":4,"constructor":5,"":6}}',
    ) as object;
    logger.info("x", hostile);
    const { attributes } = exporter.getFinishedLogRecords()[0] as { attributes: Record<string, unknown> };
    expect(JSON.parse(JSON.stringify(attributes))).toEqual({
      __proto___: 1,
      _: 2,
      constructor: 3,
      map: { __proto___: 4, constructor_: 5, "": 6 },
    });
  });

  test("a provider that throws costs nobody else the record, and is reported", async () => {
    const throwing: LogRecordProcessor = {
      onEmit() {
        throw new Error("processor broken");
      },
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    const { provider } = theirs(throwing);
    const { logger, told } = logging({ provider });
    const kept: string[] = [];
    logger.add((text) => void kept.push(text), { format: "{message}" });
    logger.info("x");
    expect(kept).toEqual(["x\n"]);
    expect(told).toEqual([expect.stringContaining("processor broken")]);
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 1, pending: 0 });
  });

  test("complete() is true: it waits for forceFlush, and what that has not confirmed is pending (LB1638)", async () => {
    let confirm: (error?: Error) => void = () => {};
    let waits = true;
    const processor: LogRecordProcessor = {
      onEmit: () => {},
      forceFlush: () =>
        new Promise((resolve, reject) => {
          confirm = (error) => (error ? reject(error) : resolve());
          if (!waits) confirm();
        }),
      shutdown: () => Promise.resolve(),
    };
    const { logger, told } = logging({
      provider: new LoggerProvider({ processors: [processor] }),
      flushTimeoutMs: 30_000,
    });
    logger.info("x");
    let settled = false;
    const first = logger.complete().finally(() => {
      settled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(settled).toBe(false);
    confirm(new Error("collector is down"));
    expect(await first).toEqual({ sent: 0, dropped: 0, pending: 1 });
    expect(told).toEqual([expect.stringMatching(/forceFlush\(\) failed: .*collector is down.*LB1638/)]);
    const second = logger.complete();
    await new Promise((resolve) => setTimeout(resolve, 20));
    waits = false;
    confirm();
    expect(await second).toEqual({ sent: 1, dropped: 0, pending: 0 });
  });

  test("flushes that come while one runs share one more", async () => {
    let flushes = 0;
    const processor: LogRecordProcessor = {
      onEmit: () => {},
      forceFlush: async () => {
        flushes++;
        await new Promise((resolve) => setTimeout(resolve, 10));
      },
      shutdown: () => Promise.resolve(),
    };
    const { logger } = logging({ provider: new LoggerProvider({ processors: [processor] }) });
    logger.info("x");
    const all = await Promise.all([logger.complete(), logger.complete(), logger.complete()]);
    expect(flushes).toBe(2);
    expect(all.at(-1)).toEqual({ sent: 1, dropped: 0, pending: 0 });
  });

  test("a provider that never answers a flush does not hold it up", async () => {
    const processor: LogRecordProcessor = {
      onEmit: () => {},
      forceFlush: () => new Promise(() => {}),
      shutdown: () => Promise.resolve(),
    };
    const { logger, told } = logging({ provider: new LoggerProvider({ processors: [processor] }), flushTimeoutMs: 30 });
    logger.info("x");
    expect(await logger.complete()).toMatchObject({ pending: 1 });
    expect(told.join()).toContain("LB1638");
  });

  test("removing the sink shuts nothing of the application down", async () => {
    const { provider, exporter } = theirs();
    const logger = createLogger();
    const id = logger.add(otelSink({ provider }));
    await logger.remove(id);
    provider.getLogger("theirs").emit({ body: "still there" });
    expect(exporter.getFinishedLogRecords()).toHaveLength(1);
  });

  test("a proxy sends to what is registered later; until then records are lost, and that is said (LB1635)", async () => {
    const { logger, told } = logging({ provider: logs.getLoggerProvider() });
    logger.info("too early");
    expect(told).toEqual([expect.stringContaining("LB1635")]);
    const { provider, exporter } = theirs();
    logs.setGlobalLoggerProvider(provider);
    logger.info("in time");
    expect(exporter.getFinishedLogRecords()).toMatchObject([{ body: "in time" }]);
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 1, pending: 0 });
  });

  test("what comes after the provider was shut down is lost, counted and said (LB1646)", async () => {
    const { provider } = theirs();
    const { logger, told } = logging({ provider });
    logger.info("in time");
    await logger.complete();
    await provider.shutdown();
    logger.info("too late");
    expect(told).toEqual([expect.stringContaining("LB1646")]);
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 1, pending: 0 });
  });

  test.each([
    ["explicit", true],
    ["found", false],
  ])("a provider with two loggers of ours (%s) gets each record of each once", (_how, explicit) => {
    const { provider, exporter } = theirs();
    logs.setGlobalLoggerProvider(provider);
    const options = explicit ? { provider } : {};
    const one = logging(options);
    const other = logging(options);
    one.logger.info("one");
    other.logger.info("other");
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["one", "other"]);
  });
});

describe("without options", () => {
  test("records go through the registered provider from the moment on at which there is one, and never twice", async () => {
    const receiver = await receiving();
    environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
    const { logger, sink } = logging();
    logger.info("by ourselves");
    const { provider, exporter } = theirs();
    logs.setGlobalLoggerProvider(provider);
    logger.info("through theirs");
    expect(await logger.complete()).toEqual({ sent: 2, dropped: 0, pending: 0 });
    expect(receiver.records.map(({ body }) => body)).toEqual(["by ourselves"]);
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["through theirs"]);
    expect(sink.stats()).toMatchObject({ sent: 2 });
    logs.disable();
    logger.info("by ourselves again");
    await logger.complete();
    expect(receiver.records.map(({ body }) => body)).toEqual(["by ourselves", "by ourselves again"]);
  });

  test("any option about sending says that we send ourselves", async () => {
    const receiver = await receiving();
    const { provider, exporter } = theirs();
    logs.setGlobalLoggerProvider(provider);
    const { logger } = logging({ url: receiver.url });
    logger.info("x");
    await logger.complete();
    expect(receiver.records).toHaveLength(1);
    expect(exporter.getFinishedLogRecords()).toEqual([]);
  });
});
