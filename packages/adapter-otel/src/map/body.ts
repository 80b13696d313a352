import { consoleText, inspect, isError, type LogRecord } from "@logbridge/core";
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

/** What a patcher has made of the message is what it says: it may have hidden something. */
function isOneValue({ template, message, args, origin }: LogRecord): boolean {
  if (args.length !== 1) return false;
  const value = args[0];
  const isText = template === message;
  // A body that is no text, shown as the message.
  if (origin?.name === "otel") return isText && typeof value !== "string";
  if (typeof value !== "object" || value === null || isError(value)) return false;
  // Consoles have a way of their own to show a value.
  return isText
    ? isShown(value, message) || consoleText([value]) === message
    : template === "{}" && isShown(value, message);
}

function isShown(value: object, message: string): boolean {
  return inspect(value) === message;
}
