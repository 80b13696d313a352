import { SeverityNumber } from "@opentelemetry/api-logs";
import { message, three } from "../work.mjs";
import { globalPipeline } from "./pipeline.mjs";

const INFO = { severityNumber: SeverityNumber.INFO, severityText: "INFO" };

/** The SDK itself; `large`: with batches as large as ours; `text`: without attributes. @param {import("../../measure.mjs").Task} task @returns {import("../../measure.mjs").Subject} */
export function open({ work, file }) {
  const provider = globalPipeline(file, work === "large" ? { maxExportBatchSize: 4_096 } : {});
  const logger = provider.getLogger("bench");
  const { severityNumber, severityText } = INFO;
  const log =
    work === "text"
      ? (/** @type {number} */ index) => logger.emit({ severityNumber, severityText, body: `request ${index} served` })
      : (/** @type {number} */ index) =>
          logger.emit({ severityNumber, severityText, body: message, attributes: three(index) });
  return { log, finish: () => provider.forceFlush() };
}
