// Through a LoggerProvider of the application: one that we are handed, or the one that is registered, before or after us.
import { otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { BatchLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { inSpan, logs, providerOf, receiver, say } from "../setting.mjs";

const how = process.argv[2];
const provider = providerOf([new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: receiver.url }) })]);
if (how === "registered before") logs.setGlobalLoggerProvider(provider);
logger.add(otelSink(how === "handed over" ? { provider } : {}));
if (how === "registered after") logs.setGlobalLoggerProvider(provider);
const span = inSpan((ids) => {
  logger.success("hello {name}", { name: "world", when: new Date(0), list: [1, new Map([["a", 1]])] });
  return ids;
});
await logger.complete();
say({ span });
await logger.remove();
await provider.shutdown();
