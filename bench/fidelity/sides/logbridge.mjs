import { otelSink } from "@logbridge/adapter-otel";
import { createLogger } from "@logbridge/core";
import { SCOPE } from "../records.mjs";

/** @param {string} url @returns {import("../side.mjs").Side} */
export function open(url) {
  const logger = createLogger().forModule(SCOPE);
  logger.add(otelSink({ protocol: "http/protobuf", url }), { level: "TRACE" });
  /** @type {Record<string, string>} */
  const levels = { info: "INFO", error: "ERROR", fatal: "CRITICAL", success: "SUCCESS" };
  return {
    log({ id, level, fields, error, structured }) {
      const name = levels[level] ?? level;
      if (structured) logger.log(name, "{}", structured);
      else if (error) logger.log(name, id, error, fields ?? {});
      else logger.log(name, id, fields ?? {});
    },
    end: async () => void (await logger.remove()),
  };
}
