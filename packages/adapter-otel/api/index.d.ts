// The approved interface of @logbridge/adapter-otel; "npm run api:update" writes it anew.
export {
  type BatchOptions,
  type BridgeProcessor,
  type BridgeProcessorOptions,
  type DeliveryCounts,
  type DeliverySettings,
  type DiagForwarding,
  type DiagLevel,
  type DropReason,
  type ForwardDiagOptions,
  type HeadersOption,
  type HrTime,
  type InterceptOtelOptions,
  type LogRecordLimits,
  type LogRecordProcessorLike,
  type LoggerProviderLike,
  type MeterLike,
  type MeterProviderLike,
  type OtelInterception,
  type OtelSink,
  type OtelSinkOptions,
  type OtelStats,
  type OtelTarget,
  type OtlpProtocol,
  type QueueOptions,
  type ReadableLogRecord,
  type ResourceLike,
  type RetryOptions,
  type ScopeOption,
  type SdkExportResult,
  type SdkLogRecordExporter,
  type SpoolOptions,
  type TraceContextOptions,
  bridgeProcessor,
  forwardDiag,
  interceptOtel,
  module "@logbridge/core",
  otelSink,
  traceContext,
};

// delivery/counters.d.ts
export interface DeliveryCounts {
    readonly sent: number;
    readonly dropped: number;
    readonly pending: number;
    readonly retried: number;
    readonly spooled: number;
    readonly inherited: {
        readonly pending: number;
        readonly dropped: number;
    };
    readonly reasons: Readonly<Record<DropReason, number>>;
}

// delivery/delivery-metrics.d.ts
interface ObservableResult {
    observe(value: number, attributes?: Readonly<Record<string, string>>): void;
}
interface Observable {
    addCallback(callback: (result: ObservableResult) => void): void;
    removeCallback(callback: (result: ObservableResult) => void): void;
}
interface InstrumentOptions {
    readonly description: string;
    readonly unit: string;
}
export interface MeterLike {
    createObservableCounter(name: string, options?: InstrumentOptions): Observable;
    createObservableUpDownCounter(name: string, options?: InstrumentOptions): Observable;
}
export interface MeterProviderLike {
    getMeter(name: string, version?: string): MeterLike;
}

// delivery/delivery-options.d.ts
export interface QueueOptions {
    readonly maxBytes?: number;
    readonly maxRecords?: number;
}
export interface BatchOptions {
    readonly maxRecords?: number;
    readonly maxBytes?: number;
    readonly delayMs?: number;
}
export interface RetryOptions {
    readonly initialMs?: number;
    readonly maxMs?: number;
    readonly deadlineMs?: number;
}
export interface DeliverySettings {
    readonly queue?: QueueOptions;
    readonly batch?: BatchOptions;
    readonly retry?: RetryOptions;
    readonly concurrency?: number;
    readonly exportTimeoutMs?: number;
    readonly flushTimeoutMs?: number;
    readonly exitTimeoutMs?: number;
    readonly meterProvider?: MeterProviderLike;
}

// delivery/drop-reason.d.ts
export type DropReason = "refused" | "rejected" | "overload" | "expired" | "exit" | "closed" | "unreadable";

// delivery/sdk-exporter.d.ts
export interface SdkExportResult {
    readonly code: number;
    readonly error?: Error | undefined;
}
export interface SdkLogRecordExporter {
    export(records: ReadableLogRecord[], done: (result: SdkExportResult) => void): void;
    shutdown?(): Promise<void>;
    forceFlush?(): Promise<void>;
}

// delivery/spool.d.ts
export interface SpoolOptions {
    readonly dir: string;
    readonly maxBytes?: number;
    readonly sync?: "always" | "none";
}

// diag.d.ts
export type DiagLevel = "ERROR" | "WARN" | "INFO" | "DEBUG" | "VERBOSE";
export interface ForwardDiagOptions extends Pick<InterceptOptions, "logger" | "mode" | "name"> {
    readonly level?: DiagLevel;
    readonly perMinute?: number;
}
export interface DiagForwarding extends Interception {
    dropped(): number;
}
export declare function forwardDiag(options?: ForwardDiagOptions): DiagForwarding;

// exporters/request-headers.d.ts
type HeadersGiven = Readonly<Record<string, string>> | null | undefined;
export type HeadersOption = Readonly<Record<string, string>> | (() => HeadersGiven | Promise<HeadersGiven>);

// index.d.ts
declare module "@logbridge/core" {
    interface ForeignSinks {
        readonly otel: OtelTarget;
    }
}

// intercept.d.ts
export interface InterceptOtelOptions extends InterceptOptions {
    readonly provider?: LoggerProviderLike;
}
export interface OtelInterception extends Interception {
    onEmit(record: ReadableLogRecord, context?: api.Context): void;
    enabled(options: {
        readonly severityNumber?: number;
    }): boolean;
    forceFlush(): Promise<void>;
    shutdown(): Promise<void>;
}
export declare function interceptOtel(options?: InterceptOtelOptions): OtelInterception;

// options.d.ts
export type OtlpProtocol = "http/protobuf" | "http/json" | "grpc";
export interface LoggerProviderLike {
    getLogger(name: string, version?: string, options?: object): object;
}
export interface ScopeOption {
    readonly name: string;
    readonly version?: string;
    readonly schemaUrl?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
}
export interface LogRecordLimits {
    readonly attributeCountLimit?: number;
    readonly attributeValueLengthLimit?: number;
}
export interface OtelSinkOptions extends Omit<DeliverySettings, "exportTimeoutMs"> {
    readonly provider?: LoggerProviderLike;
    readonly exporter?: SdkLogRecordExporter;
    readonly protocol?: OtlpProtocol;
    readonly url?: string | URL;
    readonly headers?: HeadersOption;
    readonly timeoutMs?: number;
    readonly compression?: "gzip" | "none";
    readonly certificate?: string | Uint8Array;
    readonly clientKey?: string | Uint8Array;
    readonly clientCertificate?: string | Uint8Array;
    readonly insecure?: boolean;
    readonly resource?: Readonly<Record<string, unknown>> | ResourceLike;
    readonly scope?: string | ScopeOption;
    readonly severity?: Readonly<Record<string, number>>;
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly code?: boolean;
    readonly template?: boolean;
    readonly uid?: boolean;
    readonly logRecordLimits?: LogRecordLimits;
    readonly spool?: SpoolOptions;
    readonly handleSignals?: boolean;
    readonly includeDiag?: boolean;
    readonly registerGlobal?: boolean;
}

// options/resource.d.ts
type Attributes = Readonly<Record<string, unknown>>;
export interface ResourceLike {
    readonly attributes: Attributes;
    readonly schemaUrl?: string | undefined;
    readonly asyncAttributesPending?: boolean;
    waitForAsyncAttributes?(): Promise<void>;
}

// otlp/readable.d.ts
export type HrTime = [number, number];
export interface ReadableLogRecord {
    readonly hrTime: HrTime;
    readonly hrTimeObserved: HrTime;
    readonly spanContext?: {
        readonly traceId: string;
        readonly spanId: string;
        readonly traceFlags: number;
        readonly traceState?: unknown;
    } | undefined;
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

// processor.d.ts
export interface BridgeProcessorOptions extends DeliverySettings {
    readonly exporter: SdkLogRecordExporter;
    readonly spool?: SpoolOptions;
    readonly uid?: boolean;
    readonly handleSignals?: boolean;
    readonly onDropped?: (count: number, reason: DropReason, error: unknown) => void;
}
export interface BridgeProcessor {
    onEmit(record: ReadableLogRecord, context?: unknown): void;
    forceFlush(options?: {
        readonly timeoutMillis?: number;
    }): Promise<void>;
    shutdown(): Promise<void>;
    stats(): DeliveryCounts;
}
export declare function bridgeProcessor(options: BridgeProcessorOptions): BridgeProcessor;

// sink.d.ts
export type OtelStats = DeliveryCounts;
export interface OtelSink extends Sink {
    stats(): OtelStats;
}
export declare function otelSink(options?: OtelSinkOptions): OtelSink;

// sink/processor-provider.d.ts
export interface LogRecordProcessorLike {
    onEmit(record: never, context?: never): void;
    forceFlush(): Promise<void>;
    shutdown(): Promise<void>;
}

// sink/targets.d.ts
export type OtelTarget = LoggerProviderLike | LogRecordProcessorLike | SdkLogRecordExporter;

// trace.d.ts
export interface TraceContextOptions {
    readonly keys?: {
        readonly traceId?: string;
        readonly spanId?: string;
        readonly traceFlags?: string;
    };
}
export declare function traceContext(options?: TraceContextOptions): Patcher;
