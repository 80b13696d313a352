import * as api from "@opentelemetry/api";

/** The key by which the SDK's instrumentations know that a request is telemetry's own. Equal names give equal keys. */
const SUPPRESSED = api.createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Runs `work` so that the requests it makes become no spans, and belong to no trace.
 *
 * @example
 * const response = await withoutTracing(() => post(request));
 */
export function withoutTracing<T>(work: () => T): T {
  return api.context.with(api.ROOT_CONTEXT.setValue(SUPPRESSED, true), work);
}
