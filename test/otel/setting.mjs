// What every program starts with: a tracer of this generation's SDK, the logs APIs that are there, and where the collector's stand-in listens.
import { logger } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import * as oldApi from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider } from "@opentelemetry/sdk-logs";
import { TracerProvider } from "@opentelemetry/sdk-trace";

api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
api.trace.setGlobalTracerProvider(new TracerProvider());

/** `{ url, grpcUrl, endpoint }` of the receiver. */
export const receiver = JSON.parse(process.env.RECEIVER ?? "{}");

/** The logs API of this generation's SDK. */
export const logs = api.logs ?? oldApi.logs;

/** The logs APIs that a library of this generation, or of the one before, may use. */
export const apis = api.logs ? { inside: api.logs, package: oldApi.logs } : { package: oldApi.logs };

/** @param {readonly object[]} processors */
export const providerOf = (processors) =>
  new LoggerProvider({ resource: resourceFromAttributes({ "service.name": "theirs" }), processors });

/**
 * Runs work in a span.
 * @template T
 * @param {(ids: { traceId: string, spanId: string }) => T} work
 */
export const inSpan = (work) =>
  api.trace.getTracer("program").startActiveSpan("work", (span) => {
    const { traceId, spanId } = span.spanContext();
    const result = work({ traceId, spanId });
    span.end();
    return result;
  });

/** The records of our logger from now on, as plain data. @returns {object[]} */
export function captured() {
  const records = [];
  const take = ({ message, name, level, extra, exception, origin, micros }) =>
    records.push({ message, name, level: level.name, extra, error: exception?.type, origin: origin?.name, micros });
  logger.add({ needs: { text: false }, write: (_text, record) => void take(record) }, { level: 0 });
  return records;
}

/** Tells whoever has started this process what happened in it. @param {object} said */
export const say = (said) => process.stdout.write(JSON.stringify(said));

logger.remove();
