// Our own way out, over the protocol that is asked for.
import { otelSink } from "@logbridge/adapter-otel";
import { logger } from "@logbridge/core";
import { inSpan, receiver, say } from "../setting.mjs";

const protocol = process.argv[2];
const sink = otelSink({
  protocol,
  url: protocol === "grpc" ? receiver.grpcUrl : receiver.url,
  resource: { "service.name": "ours" },
});
logger.add(sink);
const span = inSpan((ids) => {
  logger.info("hello {name}", { name: "world", big: 2n ** 60n });
  logger.error("bad", new TypeError("outer", { cause: new Error("inner") }));
  return ids;
});
say({ span, completed: await logger.complete(), stats: sink.stats() });
await logger.remove();
