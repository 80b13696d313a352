import { createLogger, type Logger, type LoggerOptions, type LogRecord } from "@logbridge/core";
import { describeRecord, type MapOptions } from "../src/map.ts";
import { JsonWriter } from "../src/otlp/json-writer.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { TraceIds } from "../src/otlp/value-writer.ts";
import { type DecodedRecord, decoded, encodedJson, plain, plainMap } from "./official-messages.ts";

/** The record of one call. */
export function recordOf(log: (logger: Logger) => void, options: LoggerOptions & { caller?: boolean } = {}): LogRecord {
  const { caller = false, ...rest } = options;
  const logger = createLogger(rest);
  let taken: LogRecord | undefined;
  logger.add({ needs: { text: false, caller }, write: (_text, record) => void (taken = record) }, { level: 0 });
  log(logger);
  return taken as LogRecord;
}

/** A record as a receiver has it. */
export interface Received extends Omit<DecodedRecord, "body" | "attributes" | "traceId" | "spanId"> {
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId: string | null;
  readonly spanId: string | null;
}

/** Sends the record by protobuf and by JSON, which must be the same message. */
export function received(
  record: LogRecord,
  options: MapOptions = {},
  trace: TraceIds | null = null,
  loggerName: string | null = null,
): Received {
  const { message: bytes } = describeRecord(record, options, new ProtobufWriter(), trace, loggerName);
  // An id is another one each time.
  if (!options.uid) {
    const json = encodedJson(describeRecord(record, options, new JsonWriter(), trace, loggerName));
    if (!Buffer.from(json).equals(bytes)) throw new Error("JSON and protobuf differ");
  }
  const { body, attributes = [], traceId, spanId, ...rest } = decoded(bytes);
  return { ...rest, body: plain(body), attributes: plainMap(attributes), traceId: hex(traceId), spanId: hex(spanId) };
}

function hex(base64: string | undefined): string | null {
  return base64 === undefined ? null : Buffer.from(base64, "base64").toString("hex");
}
