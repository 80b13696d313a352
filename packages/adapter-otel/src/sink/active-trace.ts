import type { LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { runtime } from "#runtime";
import { arrivalOf } from "../origin-mark.ts";

const PROCESS_ID = runtime.processAttributes()["process.pid"];

/** The span that is active in this context; `null`: none, or one without valid ids. */
export function traceIn(context: api.Context): api.SpanContext | null {
  if (context === api.ROOT_CONTEXT) return null;
  const span = api.trace.getSpanContext(context);
  return span !== undefined && api.isSpanContextValid(span) ? span : null;
}

/** The span that a record belongs to: its own where it came in, else the active one, unless it was made in another process. */
export function traceOf(record: LogRecord, active: api.Context): api.SpanContext | null {
  const arrival = arrivalOf(record);
  if (arrival) return arrival.trace ?? null;
  return isOfOtherProcess(record) ? null : traceIn(active);
}

function isOfOtherProcess({ process }: LogRecord): boolean {
  return PROCESS_ID !== undefined && process.id !== PROCESS_ID;
}
