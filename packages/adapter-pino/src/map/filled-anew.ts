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
  return withMessage(record, after + message.slice(before.length));
}

/** The record with another message: it belongs to all handlers, and some of its parts are found at their first use, by itself alone. */
function withMessage(record: LogRecord, message: string): LogRecord {
  return new Proxy(record, {
    get(target, key) {
      const value: unknown = key === "message" ? message : Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
