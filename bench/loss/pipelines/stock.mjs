// OpenTelemetry's own SDK with its defaults.
import { OTLPLogExporter as GrpcExporter } from "@opentelemetry/exporter-logs-otlp-grpc";
import { OTLPLogExporter as JsonExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtoExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";

/** @type {Record<string, new (options: { url: string }) => import("@opentelemetry/sdk-logs").LogRecordExporter>} */
const EXPORTERS = { "http/protobuf": ProtoExporter, "http/json": JsonExporter, grpc: GrpcExporter };

/** @param {import("../program.mjs").Plan} plan @returns {import("../program.mjs").Pipeline} */
export function open({ protocol, url, ending }) {
  const Exporter = EXPORTERS[protocol];
  if (!Exporter) throw new Error(`no exporter for ${protocol}`);
  const provider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter: new Exporter({ url }) })],
  });
  const logger = provider.getLogger("loss");
  if (ending === "handledSIGTERM") process.once("SIGTERM", () => provider.shutdown().finally(() => process.exit()));
  return {
    log: (index, text) => logger.emit({ severityNumber: 9, body: text, attributes: { i: index } }),
    complete: () => provider.shutdown(),
    stats: () => null,
  };
}
