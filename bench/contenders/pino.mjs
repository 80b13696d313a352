import { pino } from "pino";
import { bound, eight, message, three } from "./work.mjs";

/** @param {{ work: string, file: string }} task @returns {import("../measure.mjs").Subject} */
export function open({ work, file }) {
  // Its best setting for a file: synchronous, in pieces of 1 KiB, the rest at exit. For lines that survive a kill: no pieces.
  const destination = pino.destination({ dest: file, sync: true, minLength: work === "json-line" ? 0 : 1024 });
  process.on("exit", () => destination.flushSync());
  const logger = pino({}, destination);
  const finish = () => destination.flushSync();
  if (work === "json-eight") return { log: (index) => logger.info(eight(index), message), finish };
  if (work === "json-bound") {
    const child = logger.child(bound);
    return { log: (index) => child.info(three(index), message), finish };
  }
  return { log: (index) => logger.info(three(index), message), finish };
}
