import { isError, type LogRecord } from "@logbridge/core";
import { writeValue } from "../otlp/value.ts";
import type { ValueWriter } from "../otlp/value-writer.ts";

interface BodyWriter extends ValueWriter {
  body(): void;
}

/** The message; where that is nothing but one structured value, the value itself. */
export function writeBody(record: LogRecord, writer: BodyWriter): void {
  if (!isOneValue(record)) {
    writer.body();
    writer.string(record.message);
    return;
  }
  const value = record.args[0];
  if (value === undefined) return;
  writer.body();
  writeValue(value, writer);
}

function isOneValue({ template, message, args, origin }: LogRecord): boolean {
  if (args.length !== 1) return false;
  const value = args[0];
  // A body that is no text, shown as the message; a patcher may have given another one.
  if (origin?.name === "otel") return template === message && typeof value !== "string";
  return template === "{}" && typeof value === "object" && value !== null && !isError(value);
}
