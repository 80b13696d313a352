import { isSpanId, isTraceId } from "../otlp/trace-ids.ts";
import { ownValue } from "../otlp/value.ts";
import type { TraceIds } from "../otlp/value-writer.ts";

/** Where instrumentations and `traceContext` put the ids of a trace. */
const TRACE_ID = "trace_id";
const SPAN_ID = "span_id";
const TRACE_FLAGS = "trace_flags";
/** Semantic conventions: an event's name where a format has no place of its own for it. */
const EVENT_NAME = "otel.event.name";

/** Keys of values that may have a field of their own in OpenTelemetry. */
export const TAKEN_NAMES: readonly string[] = [TRACE_ID, SPAN_ID, TRACE_FLAGS, EVENT_NAME];

/** The name of the event that a record is; it has a field of its own. */
export function eventNameOf(extra: object): string | undefined {
  const name = Object.hasOwn(extra, EVENT_NAME) ? ownValue(extra, EVENT_NAME) : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/**
 * The trace that stands in a record's values: one that another library, another process or the caller has noted.
 *
 * @param known the record's where none is noted, or the same
 */
export function traceIn(extra: object, known: TraceIds | null): TraceIds | null {
  const traceId = Object.hasOwn(extra, TRACE_ID) ? ownValue(extra, TRACE_ID) : undefined;
  if (!isTraceId(traceId)) return known;
  const noted = ownValue(extra, SPAN_ID);
  const spanId = isSpanId(noted) ? noted : undefined;
  if (known?.traceId === traceId && (spanId ?? known.spanId) === known.spanId) return known;
  return { traceId, ...(spanId && { spanId }), traceFlags: flagsOf(ownValue(extra, TRACE_FLAGS)) ?? 0 };
}

/** `"01"` as in the header `traceparent`, or a number. */
function flagsOf(value: unknown): number | null {
  if (typeof value === "string" && /^[0-9a-f]{2}$/i.test(value)) return Number.parseInt(value, 16);
  return typeof value === "number" && value >= 0 && value <= 0xff ? Math.floor(value) : null;
}

/**
 * Which of the record's values stand in fields of their own in OpenTelemetry already.
 *
 * @param trace the record's
 */
export function takenFields(extra: object, trace: TraceIds | null): (key: string, value: unknown) => boolean {
  const isSame = trace !== null && Object.hasOwn(extra, TRACE_ID) && ownValue(extra, TRACE_ID) === trace.traceId;
  return isSame ? (key, value) => isEventName(key, value) || isOfTrace(key, value, trace) : isEventName;
}

function isEventName(key: string, value: unknown): boolean {
  return key === EVENT_NAME && typeof value === "string" && value !== "";
}

function isOfTrace(key: string, value: unknown, { spanId, traceFlags }: TraceIds): boolean {
  if (key === TRACE_ID) return true;
  return key === SPAN_ID ? value === spanId : key === TRACE_FLAGS && flagsOf(value) === traceFlags;
}
