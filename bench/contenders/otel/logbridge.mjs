import { otelSink } from "@logbridge/adapter-otel";
import { createLogger } from "@logbridge/core";
import { message, three } from "../work.mjs";

/** `code` and `tagged`: with the caller of each record. @param {import("../../measure.mjs").Task} task @returns {import("../../measure.mjs").Subject} */
export function open({ work, file }) {
  const logger = createLogger();
  logger.add(otelSink({ protocol: "http/protobuf", url: file, code: work !== "plain" }));
  const log =
    work === "tagged"
      ? (/** @type {number} */ index) => logger.info`request ${index} served`
      : (/** @type {number} */ index) => logger.info(three(index), message);
  return { log, finish: () => logger.complete() };
}
