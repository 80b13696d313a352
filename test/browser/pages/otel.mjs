// The console of a page to a collector, whose address is in `globalThis.collector`.
import { otelSink } from "@logbridge/adapter-otel";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";

const { collector, protocol, leaves, patienceMs = 10_000 } = globalThis;
const logger = createLogger();
logger.add(otelSink({ url: collector, protocol, resource: { "service.name": "shop-page" } }));
interceptConsole({ logger, mode: "tee", uncaught: true });
console.warn("cart of %s has %d items", "ada", 3, { cart: 7 });
console.error("checkout failed", new TypeError("no card"));
if (leaves) globalThis.done = true;
else {
  reportError(new RangeError("nobody caught it"));
  globalThis.done = await logger.complete({ timeout: patienceMs });
}
