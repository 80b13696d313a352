import { createLogger, type Logger } from "@logbridge/core";
import { logs } from "@opentelemetry/api-logs";
import { InMemoryLogRecordExporter, LoggerProvider, type LogRecordExporter } from "@opentelemetry/sdk-logs";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { interceptOtel } from "../src/intercept.ts";
import { bridgeProcessor } from "../src/processor.ts";
import { otelSink } from "../src/sink.ts";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));

/** How an exporter of somebody else logs what it does. */
type Speaking = (logger: Logger) => void | Promise<void>;

const WAYS: readonly (readonly [string, Speaking])[] = [
  ["by the logs API", () => logs.getLogger("exporter").emit({ body: "exported" })],
  ["by the logger", (logger) => void logger.info("exported")],
  [
    "later, by a timer",
    (logger) => new Promise((resolve) => setTimeout(() => resolve(void logger.info("exported")), 5)),
  ],
  [
    "after an await",
    async (logger) => {
      await null;
      logger.info("exported");
    },
  ],
];

class SpeakingExporter implements LogRecordExporter {
  readonly bodies: unknown[] = [];
  /** What it has logged so far. */
  readonly spoken: Promise<void>[] = [];
  readonly #speak: () => void | Promise<void>;

  constructor(speak: () => void | Promise<void>) {
    this.#speak = speak;
  }

  export(records: Parameters<LogRecordExporter["export"]>[0], done: (result: { code: number }) => void): void {
    this.bodies.push(...records.map(({ body }) => body));
    this.spoken.push(Promise.resolve(this.#speak()));
    done({ code: 0 });
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** Lets everything happen that one export may set off. */
async function settle(logger: Logger, exporter: SpeakingExporter): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await Promise.all(exporter.spoken);
    await logger.complete();
  }
}

describe.each(WAYS)("an exporter that logs while it exports, %s", (_, speak) => {
  test("does not feed itself as otelSink's exporter", async () => {
    const other: unknown[] = [];
    const exporter = new SpeakingExporter(() => speak(logger));
    const { logger, sink } = logging({ exporter, batch: { delayMs: 1 } });
    logger.add({ write: (text) => void other.push(text) });
    const intercept = interceptOtel({ logger });
    onTestFinished(() => intercept.restore());
    logger.info("seed");
    await settle(logger, exporter);
    expect(exporter.bodies).toEqual(["seed"]);
    expect(sink.stats()).toMatchObject({ sent: 1, pending: 0, dropped: 0 });
    expect(other.length, "other sinks have what it says").toBe(2);
  });

  test("does not feed itself through a provider with bridgeProcessor, what libraries emit being heard", async () => {
    const logger = createLogger();
    onTestFinished(async () => void (await logger.remove()));
    const exporter = new SpeakingExporter(() => speak(logger));
    const provider = new LoggerProvider({ processors: [bridgeProcessor({ exporter, batch: { delayMs: 1 } })] });
    logs.setGlobalLoggerProvider(provider);
    onTestFinished(async () => {
      logs.disable();
      await provider.shutdown();
    });
    logger.add(otelSink());
    const intercept = interceptOtel({ logger, provider });
    onTestFinished(() => intercept.restore());
    logger.info("seed");
    logs.getLogger("library").emit({ body: "from a library" });
    await settle(logger, exporter);
    await provider.forceFlush();
    expect(exporter.bodies.sort()).toEqual(["from a library", "seed"]);
  });
});

test("a function for headers that logs does not feed the collector", async () => {
  const receiver = await receiving();
  const { logger } = logging({
    url: receiver.url,
    headers: () => {
      logger.debug("asked for a token");
      return {};
    },
  });
  logger.info("seed");
  for (let round = 0; round < 3; round++) await logger.complete();
  expect(receiver.records.map(({ body }) => body)).toEqual(["seed"]);
});

test("what an application logs beside an export is sent", async () => {
  const exporter = new InMemoryLogRecordExporter();
  const slow: LogRecordExporter = {
    export: (records, done) => void setTimeout(() => exporter.export(records, done), 30),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const { logger } = logging({ exporter: slow, batch: { delayMs: 1 } });
  logger.info("one");
  await new Promise((resolve) => setTimeout(resolve, 10));
  logger.info("two");
  await logger.complete();
  logger.info("three");
  await logger.complete();
  expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["one", "two", "three"]);
});
