import { type AddOptions, createLogger, type Logger } from "@logbridge/core";
import { onTestFinished } from "vitest";
import { type Receiver, type ReceiverOptions, startReceiver } from "../../../test/otlp-receiver/index.mjs";
import type { OtelSinkOptions } from "../src/options.ts";
import { type OtelSink, otelSink } from "../src/sink.ts";

/** A receiver that goes away with the test. */
export async function receiving(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.close());
  return receiver;
}

/** A logger with a sink, removed with the test, and everything that the sink has told. */
export function logging(
  options: OtelSinkOptions = {},
  handler: AddOptions = {},
): { readonly logger: Logger; readonly sink: OtelSink; readonly told: string[] } {
  const logger = createLogger();
  const sink = otelSink(options);
  const told: string[] = [];
  logger.add(sink, { level: 0, onError: (_kind, _records, error) => void told.push(String(error)), ...handler });
  onTestFinished(async () => {
    await logger.remove();
  });
  return { logger, sink, told };
}

/** Sets variables for the time of a test; all others of OpenTelemetry are unset. */
export function environment(variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith("OTEL_")) delete process.env[name];
  Object.assign(process.env, variables);
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}
