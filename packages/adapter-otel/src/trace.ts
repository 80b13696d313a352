import { inspect, LogbridgeTypeError, type Patcher } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { traceOf } from "./sink/active-trace.ts";

/** Options of `traceContext()`. */
export interface TraceContextOptions {
  /** What the fields are called. Default `{ traceId: "trace_id", spanId: "span_id", traceFlags: "trace_flags" }`. */
  readonly keys?: { readonly traceId?: string; readonly spanId?: string; readonly traceFlags?: string };
}

type Keys = Required<NonNullable<TraceContextOptions["keys"]>>;

const DEFAULT_KEYS: Keys = { traceId: "trace_id", spanId: "span_id", traceFlags: "trace_flags" };

/**
 * A patcher that writes the active trace into each record's `extra`: `trace_id` (32 hexadecimal digits), `span_id` (16), `trace_flags` (two: "01"
 * is a sampled one). Records of other libraries get it too. A record that has a trace already keeps it, and without an active span nothing is written.
 *
 * An `otelSink` needs none of it; it takes the trace itself, and leaves these fields out where they say the same.
 *
 * @throws LogbridgeTypeError LB1656 for a wrong option
 * @example
 * logger.configure({ patcher: traceContext() });
 * logger.configure({ patcher: traceContext({ keys: { traceId: "dd.trace_id", spanId: "dd.span_id" } }) });
 */
export function traceContext(options: TraceContextOptions = {}): Patcher {
  const keys = keysOf(options);
  return (record) => {
    const found = traceOf(record, api.context.active());
    if (found && !Object.hasOwn(record.extra, keys.traceId)) write(record.extra, keys, found);
  };
}

function write(extra: Record<string, unknown>, keys: Keys, { traceId, spanId, traceFlags }: api.SpanContext): void {
  define(extra, keys.traceId, traceId);
  define(extra, keys.spanId, spanId);
  define(extra, keys.traceFlags, traceFlags.toString(16).padStart(2, "0"));
}

function define(extra: Record<string, unknown>, key: string, value: string): void {
  Object.defineProperty(extra, key, { value, configurable: true, enumerable: true, writable: true });
}

function keysOf(options: TraceContextOptions): Keys {
  for (const name of Object.keys(objectOf(options, "options")))
    if (name !== "keys") throw wrong("options", "{ keys }", options);
  const given = objectOf(options.keys === undefined ? {} : options.keys, "option keys");
  for (const [name, key] of Object.entries(given))
    if (!Object.hasOwn(DEFAULT_KEYS, name) || typeof key !== "string" || key === "")
      throw wrong("option keys", "texts for traceId, spanId and traceFlags", given);
  const keys = { ...DEFAULT_KEYS, ...given };
  // One would be written over the other.
  if (new Set(Object.values(keys)).size < Object.keys(keys).length)
    throw wrong("option keys", "three different texts", keys);
  return keys;
}

function objectOf(value: unknown, what: string): object {
  if (typeof value !== "object" || value === null) throw wrong(what, "an object", value);
  return value;
}

function wrong(what: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError("LB1656", `traceContext(): ${what} must be ${allowed}, got ${inspect(value)}`);
}
