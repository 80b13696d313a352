import { OpenTelemetryTransport } from "@loglayer/transport-opentelemetry";
import { LogLayer } from "loglayer";
import { stdSerializers } from "pino";
import { globalPipeline } from "../../contenders/otel/pipeline.mjs";

/** @param {string} url @returns {import("../side.mjs").Side} */
export function open(url) {
  const provider = globalPipeline(url);
  const logger = new LogLayer({ transport: new OpenTelemetryTransport({}), errorSerializer: stdSerializers.err });
  return {
    log({ id, level, fields, error, structured }) {
      // It has no levels of one's own.
      if (level === "success") return;
      const one = fields ? logger.withMetadata(fields) : logger;
      const built = error ? one.withError(error) : one;
      built[level](/** @type {any} */ (structured ?? id));
    },
    end: () => provider.shutdown(),
  };
}
