// A span for every request that a server of this process takes, below the one that the caller names in `traceparent`.
// In a service of your own this is what @opentelemetry/instrumentation-http does.
import { Server } from "node:http";
import { context, propagation, SpanKind, trace } from "@opentelemetry/api";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

new NodeTracerProvider().register();
const tracer = trace.getTracer("http");
const { emit } = Server.prototype;

Server.prototype.emit = function emitInSpan(event, ...args) {
  if (event !== "request") return emit.call(this, event, ...args);
  const [request, response] = args;
  const caller = propagation.extract(context.active(), request.headers);
  return tracer.startActiveSpan(`${request.method} ${request.url}`, { kind: SpanKind.SERVER }, caller, (span) => {
    response.once("close", () => span.end());
    return emit.call(this, event, request, response);
  });
};
