// Where nobody has registered a provider, ours takes what libraries emit through either API.
import { otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { apis, inSpan, receiver, say } from "../setting.mjs";

logger.add(otelSink({ url: receiver.url, registerGlobal: true }));
const span = inSpan((ids) => {
  logger.info("from ours");
  for (const [name, one] of Object.entries(apis))
    one.getLogger(`${name}.library`).emit({ body: `from ${name}`, severityNumber: 9 });
  return ids;
});
await logger.complete();
say({ span, apis: Object.keys(apis) });
await logger.remove();
