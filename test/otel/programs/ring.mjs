// In and out by one provider: each record once on each side.
import { interceptOtel, otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { captured, providerOf, say } from "../setting.mjs";

const exporter = new InMemoryLogRecordExporter();
const interception = interceptOtel();
const provider = providerOf([interception, new SimpleLogRecordProcessor({ exporter })]);
const records = captured();
logger.add(otelSink({ provider }));
logger.info("from ours");
provider.getLogger("their.library").emit({ body: "from theirs", severityNumber: 9 });
await logger.complete();
say({
  ours: records.map(({ message }) => message),
  theirs: exporter.getFinishedLogRecords().map(({ body }) => body),
});
