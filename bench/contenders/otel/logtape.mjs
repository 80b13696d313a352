import { configure, getLogger } from "@logtape/logtape";
import { getOpenTelemetrySink } from "@logtape/otel";
import { message, three } from "../work.mjs";
import { globalPipeline } from "./pipeline.mjs";

/** @param {import("../../measure.mjs").Task} task @returns {Promise<import("../../measure.mjs").Subject>} */
export async function open({ file }) {
  const loggerProvider = globalPipeline(file);
  await configure({
    sinks: { otel: getOpenTelemetrySink({ loggerProvider }) },
    loggers: [
      { category: ["bench"], sinks: ["otel"], lowestLevel: "info" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "fatal" },
    ],
  });
  const logger = getLogger(["bench"]);
  return { log: (index) => logger.info(message, three(index)), finish: () => loggerProvider.forceFlush() };
}
