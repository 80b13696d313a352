import { text, three } from "./work.mjs";

/** Prints; its stdout is the file. @param {{ work: string }} task @returns {import("../measure.mjs").Subject} */
export function open({ work }) {
  const [call] = work.split("-");
  if (call === "percent") return { log: (index) => console.log("request %s served in time by %s", index, "worker-7") };
  if (call === "object") return { log: (index) => console.log("request served", three(index)) };
  // The line that the contender "logbridge" writes.
  if (work === "line") return { log: () => console.log(`2026-11-25 20:48:18.123 | INFO     | ${text}`) };
  return { log: () => console.log(text) };
}
