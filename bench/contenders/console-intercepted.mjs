// The calls of console.mjs, taken in by an interception in "replace" mode that writes them to the file itself.
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { open as openConsole } from "./console.mjs";

const SAME = "{message}";
const TIMED = "{time:YYYY-MM-DD HH:mm:ss.SSS} | {level: <8} | {message}";

/** @param {{ work: string, file: string }} task @returns {import("../measure.mjs").Subject} */
export function open({ work, file }) {
  const logger = createLogger();
  const [call = "", as] = work.split("-");
  logger.add(file, {
    durability: as === "line" ? "line" : "gathered",
    ...(as === "json" ? { serialize: "flat" } : { format: as === "timed" ? TIMED : SAME }),
  });
  interceptConsole({ logger });
  return { log: openConsole({ work: call }).log, finish: () => logger.complete() };
}
