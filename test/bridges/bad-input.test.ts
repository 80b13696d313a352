import { Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import log4js from "log4js";
import pino from "pino";
import { expect, test } from "vitest";
import winston from "winston";

// No adapter is imported here: what core says of other libraries' objects is all there is.
const add = (value: unknown): (() => void) => {
  return () => void createLogger().add(value as never);
};

const memory = new InMemoryLogRecordExporter();

test.each([
  ["a winston transport", () => new winston.transports.Console(), /install @logbridge\/adapter-winston/],
  ["a winston logger", () => winston.createLogger({ silent: true }), /propagateToWinston/],
  ["a pino logger", () => pino({ enabled: false }), /propagateToPino/],
  ["a child of a pino logger", () => pino({ enabled: false }).child({ a: 1 }), /propagateToPino/],
  ["a pino destination", () => pino.destination(2), /install @logbridge\/adapter-pino/],
  ["a log4js logger", () => log4js.getLogger("x"), /propagateToLog4js/],
  ["a log4js appender configuration", () => ({ type: "file", filename: "x.log" }), /log4jsSink/],
  ["a provider of OpenTelemetry", () => new LoggerProvider(), /adapter-otel and import it/],
  [
    "a processor of OpenTelemetry",
    () => new SimpleLogRecordProcessor({ exporter: memory }),
    /adapter-otel and import it/,
  ],
  ["an exporter of OpenTelemetry", () => memory, /adapter-otel and import it/],
  ["a console-like logger", () => ({ info() {}, error() {} }), /give a function/],
])("%s without its adapter is an error that says what to use", (_name, make, message) => {
  expect(add(make())).toThrow(message);
  expect(add(make())).toThrow(/LB1405/);
});

test("after the adapter's import the same transport is accepted bare", async () => {
  await import("@logbridge/adapter-winston");
  const logger = createLogger();
  const lines: string[] = [];
  const transport = new winston.transports.Stream({
    stream: new Writable({
      write(chunk, _encoding, callback) {
        lines.push(String(chunk));
        callback();
      },
    }),
  });
  logger.add(transport as never);
  logger.info("bare");
  await logger.complete();
  expect(JSON.parse(lines[0] as string)).toMatchObject({ level: "info", message: "bare" });
});
