import { OpenTelemetryTransport } from "@loglayer/transport-opentelemetry";
import { LogLayer } from "loglayer";
import { message, three } from "../work.mjs";
import { globalPipeline } from "./pipeline.mjs";

/** @param {import("../../measure.mjs").Task} task @returns {import("../../measure.mjs").Subject} */
export function open({ file }) {
  const provider = globalPipeline(file);
  const logger = new LogLayer({ transport: new OpenTelemetryTransport({}) });
  return {
    log: (index) => logger.withMetadata(three(index)).info(message),
    finish: () => provider.forceFlush(),
  };
}
