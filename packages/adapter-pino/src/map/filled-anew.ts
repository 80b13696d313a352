import type { LogRecord } from "@logbridge/core";
import { fillPercent, jsonText } from "./percent-text.ts";

/**
 * A record of a facade whose placeholders are filled anew: an object in its text stands there without what a logger hides in it, be that as
 * short as it may. The record itself where there is none, or where somebody has changed the text.
 *
 * @param json an object in a text, as the logger shows it
 */
export function filledAnew(record: LogRecord, json: (value: unknown) => string): LogRecord {
  const { origin, template, args, message } = record;
  if (origin?.name !== "pino" || !args.some((value) => typeof value === "object" && value !== null)) return record;
  const before = fillPercent(template, args, jsonText).text;
  const after = fillPercent(template, args, json).text;
  if (before === after || !message.startsWith(before)) return record;
  // The record belongs to all handlers.
  const copy = record._copy();
  copy.message = after + message.slice(before.length);
  return copy;
}
