import type { TraceIds } from "./value-writer.ts";

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

/** Is it a text of 32 hexadecimal digits that are not all zero? */
export function isTraceId(value: unknown): value is string {
  return typeof value === "string" && TRACE_ID.test(value);
}

/** Is it a text of 16 hexadecimal digits that are not all zero? */
export function isSpanId(value: unknown): value is string {
  return typeof value === "string" && SPAN_ID.test(value);
}

/** The last ids that were valid: many records of one span follow each other. */
let knownTraceId: string | null = null;
let knownSpanId: string | null = null;

/** What OTLP can hold of a span context; a receiver refuses a whole request for one id of a wrong length. `null`: no trace. */
export function validTrace(trace: TraceIds | null | undefined): TraceIds | null {
  if (!trace) return null;
  const { traceId, spanId, traceFlags } = trace;
  const isKnown = traceId === knownTraceId && spanId === knownSpanId;
  if (!isKnown && !isTraceId(traceId)) return null;
  if (!isKnown && !isSpanId(spanId)) return { traceId, traceFlags: traceFlags & 0xff };
  knownTraceId = traceId;
  knownSpanId = spanId as string;
  return traceFlags === (traceFlags & 0xff) ? trace : { traceId, spanId, traceFlags: traceFlags & 0xff };
}
