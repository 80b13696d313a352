import { SeverityNumber } from "@opentelemetry/api-logs";
import { message, three } from "../work.mjs";
import { placeAbove, placeByText } from "./call-place.mjs";
import { globalPipeline } from "./pipeline.mjs";

const INFO = { severityNumber: SeverityNumber.INFO, severityText: "INFO" };

/**
 * The SDK itself. `large`: with batches as large as ours; `code`: with the place of each call among the attributes,
 * from the text of a stack; `code-by-site`: the same in the cheapest way there is; `text`: without
 * attributes; `placed-text`: with that place alone, known beforehand.
 *
 * @param {import("../../measure.mjs").Task} task @returns {import("../../measure.mjs").Subject}
 */
export function open({ work, file }) {
  const provider = globalPipeline(file, work === "large" ? { maxExportBatchSize: 8_192 } : {});
  const log = works(provider.getLogger("bench"))[work];
  if (!log) throw new Error(`the SDK has no work ${work}`);
  return { log, finish: () => provider.forceFlush() };
}

/** @param {import("@opentelemetry/api-logs").Logger} logger @returns {Record<string, (index: number) => void>} */
function works(logger) {
  const { severityNumber, severityText } = INFO;
  /** @param {number} index */
  const plain = (index) => logger.emit({ severityNumber, severityText, body: message, attributes: three(index) });
  /** What an application has that wants its records to say where they were made. @param {(logs: Function) => import("./call-place.mjs").Place} placeOf */
  const placed = (placeOf) => {
    /** @param {string} body @param {import("@opentelemetry/api-logs").LogAttributes} attributes */
    const info = (body, attributes) => {
      const place = placeOf(info);
      attributes["code.function.name"] = place["code.function.name"];
      attributes["code.file.path"] = place["code.file.path"];
      attributes["code.line.number"] = place["code.line.number"];
      attributes["code.column.number"] = place["code.column.number"];
      logger.emit({ severityNumber, severityText, body, attributes });
    };
    return info;
  };
  const byText = placed(placeByText);
  const bySite = placed(placeAbove);
  const here = () => placeAbove(here);
  const place = here();
  return {
    plain,
    large: plain,
    code: (index) => byText(message, three(index)),
    "code-by-site": (index) => bySite(message, three(index)),
    text: (index) => logger.emit({ severityNumber, severityText, body: `request ${index} served` }),
    "placed-text": (index) =>
      logger.emit({ severityNumber, severityText, body: `request ${index} served`, attributes: place }),
  };
}
