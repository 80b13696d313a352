import { text } from "./work.mjs";

/** Prints the line that the text contender writes; its stdout is the file. @returns {import("../measure.mjs").Subject} */
export function open() {
  return { log: () => console.log(`2026-11-25 20:48:18.123 | INFO     | ${text}`) };
}
