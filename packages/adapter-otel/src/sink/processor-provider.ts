import * as api from "@opentelemetry/api";
import { resolveResource } from "../options/resource.ts";
import type { OtlpScope } from "../otlp/encoded.ts";
import type { HrTime, ReadableLogRecord } from "../otlp/readable.ts";
import type { OtelLogger, OtelLoggerProvider, OtelLogRecord } from "../providers.ts";
import { traceIn } from "./active-trace.ts";

type Resource = ReadableLogRecord["resource"];
type Scope = ReadableLogRecord["instrumentationScope"];

/** A LogRecordProcessor of either generation of OpenTelemetry's SDK; structural. */
export interface LogRecordProcessorLike {
  onEmit(record: never, context?: never): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What processors may do with a record during `onEmit`. */
class ProcessedRecord {
  hrTime: HrTime;
  hrTimeObserved: HrTime;
  spanContext: api.SpanContext | undefined;
  severityNumber: number | undefined;
  severityText: string | undefined;
  body: unknown;
  eventName: string | undefined;
  droppedAttributesCount = 0;
  readonly attributes: Record<string, unknown>;
  readonly resource: Resource;
  readonly instrumentationScope: Scope;

  constructor(record: OtelLogRecord, context: api.Context, scope: Scope, resource: Resource) {
    this.hrTime = record.timestamp as HrTime;
    this.hrTimeObserved = record.observedTimestamp as HrTime;
    this.spanContext = traceIn(context) ?? undefined;
    this.severityNumber = record.severityNumber;
    this.severityText = record.severityText;
    this.body = record.body;
    this.eventName = record.eventName;
    this.attributes = { ...record.attributes };
    this.resource = resource;
    this.instrumentationScope = scope;
  }

  setAttribute(key: string, value?: unknown): this {
    Object.defineProperty(this.attributes, key, { value, configurable: true, enumerable: true, writable: true });
    return this;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    for (const [key, value] of Object.entries(attributes)) this.setAttribute(key, value);
    return this;
  }

  setBody(body: unknown): this {
    this.body = body;
    return this;
  }

  setEventName(eventName: string): this {
    this.eventName = eventName;
    return this;
  }

  setSeverityNumber(severityNumber: number): this {
    this.severityNumber = severityNumber;
    return this;
  }

  setSeverityText(severityText: string): this {
    this.severityText = severityText;
    return this;
  }
}

/** A LoggerProvider around a single processor, for one that was handed over bare. */
export class ProcessorProvider implements OtelLoggerProvider {
  readonly #processor: {
    onEmit(record: ProcessedRecord, context: api.Context): void;
    forceFlush(): Promise<void>;
  };
  readonly #resource: Resource = resolveResource(undefined).resource;

  constructor(processor: LogRecordProcessorLike) {
    this.#processor = processor as never;
  }

  getLogger(name: string, version?: string, options?: Omit<OtlpScope, "name" | "version">): OtelLogger {
    const scope: Scope = { ...options, name, version };
    return {
      emit: (record) => {
        const context = record.context ?? api.context.active();
        this.#processor.onEmit(new ProcessedRecord(record, context, scope, this.#resource), context);
      },
    };
  }

  forceFlush(): Promise<void> {
    return this.#processor.forceFlush();
  }
}
