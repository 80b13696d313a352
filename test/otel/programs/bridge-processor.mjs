// Our processor in a LoggerProvider of the application, with an exporter of the SDK behind it.
import { bridgeProcessor } from "@logbridge/adapter-otel";
import { inSpan, providerOf, receiver, say } from "../setting.mjs";

const COUNT = 5_000;
const [package_, url] =
  process.argv[2] === "grpc"
    ? ["exporter-logs-otlp-grpc", receiver.grpcUrl]
    : ["exporter-logs-otlp-proto", receiver.url];
const { OTLPLogExporter } = await import(`@opentelemetry/${package_}`);
const processor = bridgeProcessor({ exporter: new OTLPLogExporter({ url }) });
const provider = providerOf([processor]);
const theirs = provider.getLogger("their.library", "1.0.0");
const span = inSpan((ids) => {
  // More than the queue of the SDK's own processor holds.
  for (let i = 0; i < COUNT; i++) theirs.emit({ body: `record ${i}`, severityNumber: 9, attributes: { i } });
  return ids;
});
await provider.forceFlush();
const { sent, dropped, pending } = processor.stats();
say({ span, count: COUNT, stats: { sent, dropped, pending } });
await provider.shutdown();
