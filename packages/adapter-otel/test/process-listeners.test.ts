import { createLogger } from "@logbridge/core";
import { InMemoryLogRecordExporter } from "@opentelemetry/sdk-logs";
import { expect, test } from "vitest";
import { bridgeProcessor } from "../src/processor.ts";
import { otelSink } from "../src/sink.ts";

test("many sinks and processors listen to the end of the process by one listener each, and by none once all have left", async () => {
  const count = (): number[] => ["beforeExit", "exit"].map((event) => process.listenerCount(event));
  const before = count();
  const loggers = Array.from({ length: 15 }, () => {
    const logger = createLogger();
    logger.add(otelSink({ exporter: new InMemoryLogRecordExporter() }));
    return logger;
  });
  const processors = Array.from({ length: 15 }, () => bridgeProcessor({ exporter: new InMemoryLogRecordExporter() }));
  const [beforeExit = 0, exit = 0] = count();
  expect(beforeExit - (before[0] ?? 0)).toBe(1);
  expect(exit - (before[1] ?? 0)).toBeLessThanOrEqual(2);
  await Promise.all([...loggers.map((logger) => logger.remove()), ...processors.map((one) => one.shutdown())]);
  expect(process.listenerCount("beforeExit")).toBe(before[0]);
});
