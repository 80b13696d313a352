import { mergeFields } from "@logbridge/core";
import type { Context, SpanContext } from "@opentelemetry/api";
import type { OtlpScope } from "../otlp/encoded.ts";
import type { HrTime, ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLogRecord } from "../providers.ts";
import { hasTexts, textAttributes, textsIn, textsOf } from "./exception-texts.ts";
import { hrTimeOf } from "./time-input.ts";

/** A record of OpenTelemetry, however it was got hold of. */
export interface Emitted {
  readonly time: HrTime | null;
  readonly observed: HrTime | null;
  readonly severityNumber: number | undefined;
  readonly severityText: string | undefined;
  readonly body: unknown;
  /** A copy of the emitter's. */
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

/** What is given under a name may be anything: libraries without types emit, too. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A copy, which nobody else changes. What cannot be read costs the record its attributes, and nobody the record. */
function attributesOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  try {
    return mergeFields(value as Readonly<Record<string, unknown>>);
  } catch {
    return {};
  }
}

/**
 * From what processors get.
 *
 * @param thrown what the emitter gave as exception, where nobody has hidden anything of it; the SDK keeps only its texts
 */
export function fromProcessor(record: ReadableLogRecord, context: Context, thrown: unknown): Emitted {
  return {
    // The SDK makes no time of what is none: `[NaN, NaN]`.
    time: hrTimeOf(record.hrTime),
    observed: hrTimeOf(record.hrTimeObserved),
    severityNumber: numberOf(record.severityNumber),
    severityText: textOf(record.severityText),
    body: record.body,
    attributes: attributesOf(record.attributes),
    eventName: textOf(record.eventName),
    scope: record.instrumentationScope,
    context,
    trace: record.spanContext as SpanContext | undefined,
    thrown,
    dropped: numberOf(record.droppedAttributesCount) ?? 0,
  };
}

/** From what `Logger.emit` gets. */
export function fromCall(record: OtelLogRecord, scope: OtlpScope, context: Context): Emitted {
  const attributes = attributesOf(fieldOf(record, "attributes"));
  const exception = fieldOf(record, "exception");
  const isTold = exception !== undefined && exception !== null && hasTexts(textsIn(attributes));
  return {
    time: hrTimeOf(fieldOf(record, "timestamp")),
    observed: hrTimeOf(fieldOf(record, "observedTimestamp")),
    severityNumber: numberOf(fieldOf(record, "severityNumber")),
    severityText: textOf(fieldOf(record, "severityText")),
    body: fieldOf(record, "body"),
    attributes: isTold ? withTextsOf(exception, attributes) : attributes,
    eventName: textOf(fieldOf(record, "eventName")),
    scope,
    context,
    trace: undefined,
    thrown: isTold ? undefined : exception,
    dropped: 0,
  };
}

/** As the SDK reads it, but for one thing: a field that throws is one that is not there. */
function fieldOf(record: OtelLogRecord, name: keyof OtelLogRecord): unknown {
  try {
    return record[name];
  } catch {
    return undefined;
  }
}

/** As the SDK does it: what the emitter says of its exception by attributes goes before what that says itself. */
function withTextsOf(exception: unknown, attributes: Emitted["attributes"]): Record<string, unknown> {
  return mergeFields(textAttributes(textsOf(exception)), attributes);
}
