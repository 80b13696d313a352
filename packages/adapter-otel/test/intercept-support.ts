import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { onTestFinished } from "vitest";

/** A logger, and the records that have arrived at its handlers, with the span that was active there. */
export interface Listened {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly spans: (string | undefined)[];
}

export function listened(level: string | number = 0): Listened {
  const logger = createLogger();
  const records: LogRecord[] = [];
  const spans: (string | undefined)[] = [];
  const write = (_text: string, record: LogRecord): void => {
    records.push(record);
    spans.push(api.trace.getSpanContext(api.context.active())?.spanId);
  };
  logger.add({ needs: { text: false, caller: true }, write }, { level });
  return { logger, records, spans };
}

/** The only one of a list. */
export function only<T>(list: readonly T[]): T {
  if (list.length !== 1) throw new Error(`expected one, got ${list.length}`);
  return list[0] as T;
}

/** A provider of the SDK, and what its exporter has got. */
export function exporting(...before: readonly LogRecordProcessor[]): {
  readonly provider: LoggerProvider;
  readonly bodies: () => unknown[];
  readonly finished: () => ReadableLogRecord[];
} {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [...before, new SimpleLogRecordProcessor({ exporter })] });
  return {
    provider,
    bodies: () => exporter.getFinishedLogRecords().map(({ body }) => body),
    finished: () => exporter.getFinishedLogRecords(),
  };
}

/** Runs a test with a context manager. */
export function withContexts(): void {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  onTestFinished(() => api.context.disable());
}

export const SPAN: api.SpanContext = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: api.TraceFlags.SAMPLED,
};

export const TRACED: api.Context = api.trace.setSpanContext(api.ROOT_CONTEXT, SPAN);
