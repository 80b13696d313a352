import { createLogger } from "@logbridge/core";
import { bound, eight, message, text, three } from "./work.mjs";

/** @param {{ work: string, file: string }} task @returns {import("../measure.mjs").Subject} */
export function open({ work, file }) {
  const logger = createLogger();
  const gathered = { durability: "gathered", serialize: "flat" };
  const options = /** @type {Record<string, object>} */ ({
    "json-gathered": gathered,
    "json-line": { durability: "line", serialize: "flat" },
    "json-eight": gathered,
    "json-bound": gathered,
    text: { durability: "gathered", format: "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {message}" },
    caller: { durability: "gathered", colorize: true },
    tagged: { durability: "gathered", colorize: true },
    handlers: { durability: "gathered", serialize: "flat" },
    handler: { durability: "gathered", serialize: "flat" },
  })[work];
  if (work === "disabled") {
    logger.add(() => {}, { level: "WARNING" });
    return { log: (index) => logger.debug("request served", index) };
  }
  logger.add(file, options);
  if (work === "handlers") for (let more = 1; more < 32; more++) logger.add(() => {}, { level: "ERROR" });
  return { log: callOf(work, logger), finish: () => logger.complete() };
}

/** @param {string} work @param {import("@logbridge/core").Logger} logger @returns {(index: number) => void} */
function callOf(work, logger) {
  switch (work) {
    case "json-eight":
      return (index) => logger.info(eight(index), message);
    case "json-bound": {
      const child = logger.bind(bound);
      return (index) => child.info(three(index), message);
    }
    case "text":
      return () => logger.info(text);
    case "caller":
      return (index) => logger.info("request served by {}", index);
    case "tagged":
      return (index) => logger.info`request served by ${index}`;
    default:
      return (index) => logger.info(three(index), message);
  }
}
