import { otelSink } from "@logbridge/adapter-otel";
import { createLogger } from "@logbridge/core";

// Longer than any row takes: what is shown is what arrives, not how soon.
const PATIENCE_MS = 90_000;

/** @param {import("../program.mjs").Plan} plan @returns {import("../program.mjs").Pipeline} */
export function open({ protocol, url, spool, ending }) {
  const logger = createLogger();
  const sink = otelSink({
    protocol: /** @type {import("@logbridge/adapter-otel").OtlpProtocol} */ (protocol),
    url,
    code: false,
    flushTimeoutMs: PATIENCE_MS,
    exitTimeoutMs: 10_000,
    handleSignals: ending === "handledSIGTERM",
    ...(spool !== null && { spool: { dir: spool } }),
  });
  logger.add(sink);
  return {
    log: (index, text) => logger.info({ i: index }, text),
    complete: () => logger.complete({ timeout: PATIENCE_MS }),
    stats: () => sink.stats(),
  };
}
