// What the contenders have in common that go through OpenTelemetry's SDK.
import { logs } from "@opentelemetry/api-logs";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";

/** Room for a burst: with its default of 2,048 the SDK would drop most of it. */
export const ROOM = { maxQueueSize: 16_384 };

/**
 * The SDK's pipeline to OTLP over HTTP with protobuf, with its defaults but for that room, as the global one.
 * @param {string} url
 * @param {{ maxExportBatchSize?: number }} [batches]
 */
export function globalPipeline(url, batches = {}) {
  const exporter = new OTLPLogExporter({ url });
  const processor = new BatchLogRecordProcessor({ exporter, ...ROOM, ...batches });
  const provider = new LoggerProvider({ processors: [processor] });
  logs.setGlobalLoggerProvider(provider);
  return provider;
}
