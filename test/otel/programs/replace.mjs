// In "replace" every processor runs and no exporter has what we take, of a provider that is registered, taken away and followed by another one.
import { bridgeProcessor, interceptOtel, otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { BatchLogRecordProcessor, InMemoryLogRecordExporter, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { captured, logs, providerOf, say } from "../setting.mjs";

const records = captured();
const hiding = {
  onEmit: (record) => void record.setAttribute("password", "***"),
  forceFlush: async () => {},
  shutdown: async () => {},
};
const exporters = [0, 1, 2].map(() => new InMemoryLogRecordExporter());
const [simple, batching, ours] = exporters;
const first = providerOf([hiding, new SimpleLogRecordProcessor({ exporter: simple })]);
const second = providerOf([
  hiding,
  new BatchLogRecordProcessor({ exporter: batching }),
  bridgeProcessor({ exporter: ours }),
]);

const interception = interceptOtel({ mode: "replace" });
const emit = (body) =>
  logs.getLogger("library").emit({ body, attributes: { password: "secret" }, exception: new Error(body) });
logs.setGlobalLoggerProvider(first);
emit("1");
logs.disable();
emit("2");
logs.setGlobalLoggerProvider(second);
emit("3");
logger.add(otelSink({ provider: second }), { level: "ERROR" });
logger.error("own");
interception.restore();
emit("4");
await second.forceFlush();
const exported = exporters.map((one) => one.getFinishedLogRecords().map(({ body }) => body));
say({ records: records.map(({ message, extra, error }) => ({ message, extra, error })), exported });
