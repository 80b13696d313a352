// What other libraries emit comes in: where no provider is registered, where one is, and as a processor of one.
import { interceptOtel } from "@logbridge/adapter-otel";
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { apis, captured, inSpan, logs, providerOf, say } from "../setting.mjs";

const how = process.argv[2];
const exporter = new InMemoryLogRecordExporter();
const records = captured();
const early = Object.values(apis).map((one) => one.getLogger("early.library"));
const interception = interceptOtel();
const processors = [new SimpleLogRecordProcessor({ exporter })];
if (how === "as a processor") logs.setGlobalLoggerProvider(providerOf([interception, ...processors]));
if (how === "registered after") logs.setGlobalLoggerProvider(providerOf(processors));
const span = inSpan((ids) => {
  for (const [name, one] of Object.entries(apis))
    one.getLogger(`${name}.library`).emit({
      body: `from ${name}`,
      severityNumber: 13,
      severityText: "WARN",
      timestamp: [1_700_000_000, 123_456_000],
      attributes: { user: { id: 7 } },
    });
  for (const one of early) one.emit({ body: "from early", severityNumber: 9 });
  return ids;
});
interception.restore();
for (const one of Object.values(apis)) one.getLogger("late.library").emit({ body: "after restore()" });
say({ span, apis: Object.keys(apis), records, theirs: exporter.getFinishedLogRecords().map(({ body }) => body) });
