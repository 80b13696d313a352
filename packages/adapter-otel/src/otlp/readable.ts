/** The hrtime of OpenTelemetry: seconds since 1970, and nanoseconds of that second. */
export type HrTime = [number, number];

/** What the exporters of OpenTelemetry's SDK take, of both generations; structural, so that every copy's is accepted. */
export interface ReadableLogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?:
    | { readonly traceId: string; readonly spanId: string; readonly traceFlags: number; readonly traceState?: unknown }
    | undefined;
  readonly severityText?: string | undefined;
  readonly severityNumber?: number | undefined;
  readonly body?: unknown;
  readonly eventName?: string | undefined;
  readonly resource: {
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly schemaUrl?: string | undefined;
  };
  readonly instrumentationScope: {
    readonly name: string;
    readonly version?: string | undefined;
    readonly schemaUrl?: string | undefined;
    readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly droppedAttributesCount: number;
}
