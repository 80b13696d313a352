import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
import winston from "winston";
import { message, three } from "../work.mjs";
import { globalPipeline } from "./pipeline.mjs";

/** @param {import("../../measure.mjs").Task} task @returns {import("../../measure.mjs").Subject} */
export function open({ file }) {
  const provider = globalPipeline(file);
  const logger = winston.createLogger({ transports: [new OpenTelemetryTransportV3()] });
  return { log: (index) => logger.info(message, three(index)), finish: () => provider.forceFlush() };
}
