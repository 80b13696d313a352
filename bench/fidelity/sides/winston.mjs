import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
import winston from "winston";
import { globalPipeline } from "../../contenders/otel/pipeline.mjs";

/** @param {string} url @returns {import("../side.mjs").Side} */
export function open(url) {
  const provider = globalPipeline(url);
  const logger = winston.createLogger({
    levels: { fatal: 0, error: 1, warn: 2, success: 3, info: 4 },
    level: "info",
    transports: [new OpenTelemetryTransportV3()],
  });
  return {
    log({ id, level, fields, error, structured }) {
      logger.log({ level, message: /** @type {any} */ (structured ?? id), ...fields, ...(error && { error }) });
    },
    end: () => provider.shutdown(),
  };
}
