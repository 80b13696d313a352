import type { Context, SpanContext } from "@opentelemetry/api";
import type { OtlpScope } from "../otlp/encoded.ts";
import type { HrTime, ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLogRecord } from "../providers.ts";
import { hrTimeOf } from "./time-input.ts";

/** A record of OpenTelemetry, however it was got hold of. */
export interface Emitted {
  readonly time: HrTime | null;
  readonly observed: HrTime | null;
  readonly severityNumber: number | undefined;
  readonly severityText: string | undefined;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly eventName: string | undefined;
  readonly scope: OtlpScope;
  readonly context: Context;
  /** As the SDK found it; `undefined`: the context tells. */
  readonly trace: SpanContext | undefined;
  /** What was thrown, where the very object is at hand. */
  readonly thrown: unknown;
  readonly dropped: number;
}

/**
 * From what processors get.
 *
 * @param thrown what the emitter gave as exception; the SDK keeps only its texts
 */
export function fromProcessor(record: ReadableLogRecord, context: Context, thrown: unknown): Emitted {
  return {
    // The SDK makes no time of what is none: `[NaN, NaN]`.
    time: hrTimeOf(record.hrTime),
    observed: hrTimeOf(record.hrTimeObserved),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: record.body,
    attributes: record.attributes,
    eventName: record.eventName,
    scope: record.instrumentationScope,
    context,
    trace: record.spanContext as SpanContext | undefined,
    thrown,
    dropped: record.droppedAttributesCount,
  };
}

/** From what `Logger.emit` gets. */
export function fromCall(record: OtelLogRecord, scope: OtlpScope, context: Context): Emitted {
  return {
    time: hrTimeOf(record.timestamp),
    observed: hrTimeOf(record.observedTimestamp),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: record.body,
    attributes: record.attributes ?? {},
    eventName: record.eventName,
    scope,
    context,
    trace: undefined,
    thrown: record.exception,
    dropped: 0,
  };
}
