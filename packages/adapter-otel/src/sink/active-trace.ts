import * as api from "@opentelemetry/api";

/** The span that is active in this context; `null`: none, or one without valid ids. */
export function traceIn(context: api.Context): api.SpanContext | null {
  const span = api.trace.getSpanContext(context);
  return span !== undefined && api.isSpanContextValid(span) ? span : null;
}
