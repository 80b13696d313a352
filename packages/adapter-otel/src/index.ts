/// <reference lib="esnext.disposable" preserve="true" />

import { registerSinkAdapter } from "@logbridge/core";
import { isOtelTarget, type OtelTarget, targetSink } from "./sink/targets.ts";

export type { DeliveryCounts } from "./delivery/counters.ts";
export type { MeterLike, MeterProviderLike } from "./delivery/delivery-metrics.ts";
export type { BatchOptions, DeliverySettings, QueueOptions, RetryOptions } from "./delivery/delivery-options.ts";
export type { DropReason } from "./delivery/drop-reason.ts";
export type { SdkExportResult, SdkLogRecordExporter } from "./delivery/sdk-exporter.ts";
export type { SpoolOptions } from "./delivery/spool.ts";
export { type DiagForwarding, type DiagLevel, type ForwardDiagOptions, forwardDiag } from "./diag.ts";
export type { HeadersOption } from "./exporters/request-headers.ts";
export { type InterceptOtelOptions, interceptOtel, type OtelInterception } from "./intercept.ts";
export type { ResourceLike } from "./options/resource.ts";
export type {
  LoggerProviderLike,
  LogRecordLimits,
  OtelSinkOptions,
  OtlpProtocol,
  ScopeOption,
} from "./options.ts";
export type { HrTime, ReadableLogRecord } from "./otlp/readable.ts";
export { type BridgeProcessor, type BridgeProcessorOptions, bridgeProcessor } from "./processor.ts";
export type { LogRecordProcessorLike } from "./sink/processor-provider.ts";
export type { OtelTarget } from "./sink/targets.ts";
export { type OtelSink, type OtelStats, otelSink } from "./sink.ts";
export { type TraceContextOptions, traceContext } from "./trace.ts";

declare module "@logbridge/core" {
  interface ForeignSinks {
    readonly otel: OtelTarget;
  }
}

registerSinkAdapter({ name: "otel", matches: isOtelTarget, toSink: targetSink });
