import { createLogger } from "@logbridge/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import {
  BatchLogRecordProcessor,
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { BasicTracerProvider, InMemorySpanExporter } from "@opentelemetry/sdk-trace-node";
import { beforeEach, expect, test } from "vitest";
import "../src/index.ts";
import { environment, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));

// A new one for each test: it is shut down with the sink that it was handed over to.
let memory: InMemoryLogRecordExporter;
beforeEach(() => {
  memory = new InMemoryLogRecordExporter();
});

test.each([
  ["a provider", () => new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: memory })] })],
  ["a processor", () => new SimpleLogRecordProcessor({ exporter: memory })],
  ["a processor that gathers", () => new BatchLogRecordProcessor({ exporter: memory })],
  ["an exporter", () => memory],
])("logger.add(%s) sends there", async (_what, make) => {
  const logger = createLogger();
  logger.add(make());
  logger.forModule("app").info("hello", { a: 1 });
  expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
  expect(memory.getFinishedLogRecords()).toMatchObject([
    { body: "hello", attributes: { a: 1 }, severityNumber: 9, instrumentationScope: { name: "app" } },
  ]);
  await logger.remove();
});

test("an exporter of the SDK gets our delivery: retries, and a partial success that is counted", async () => {
  const receiver = await receiving({ policy: { rejectEach: 1 } });
  const logger = createLogger();
  logger.add(new OTLPLogExporter({ url: receiver.url }), { onError: () => {} });
  for (let index = 0; index < 5; index++) logger.info("x");
  expect(await logger.complete()).toMatchObject({ sent: 4, dropped: 1, pending: 0 });
  await logger.remove();
});

test("what processors change before a record is exported is exported", async () => {
  const next = new SimpleLogRecordProcessor({ exporter: memory });
  const changing = {
    onEmit(record: Parameters<typeof next.onEmit>[0]) {
      record.setBody("changed").setAttributes({ b: 2 }).setSeverityText("W").setSeverityNumber(13).setEventName("e");
      next.onEmit(record);
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
  const logger = createLogger();
  logger.add(changing);
  logger.info("hello");
  await logger.complete();
  expect(memory.getFinishedLogRecords()).toMatchObject([
    { body: "changed", attributes: { b: 2 }, severityText: "W", severityNumber: 13, eventName: "e" },
  ]);
});

test.each([
  ["a provider of spans", new BasicTracerProvider()],
  ["an exporter of spans", new InMemorySpanExporter()],
])("%s is no sink", (_what, value) => {
  expect(() => createLogger().add(value as never)).toThrow(/LB1001|LB1405/);
});
