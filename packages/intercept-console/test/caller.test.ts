import { afterAll, beforeAll, expect, test } from "vitest";
import { Programs } from "./support/streams.ts";

let programs: Programs;
const { BUN_JSC_useTailCalls: withoutTailCalls } = process.env;

beforeAll(() => {
  // As users run Bun: its engine makes calls without a frame of the function that returns them.
  delete process.env["BUN_JSC_useTailCalls"];
  programs = new Programs();
});

afterAll(() => {
  if (withoutTailCalls !== undefined) process.env["BUN_JSC_useTailCalls"] = withoutTailCalls;
  programs.remove();
});

test.each(["tee", "replace"])("the caller is the line of the call, by each method: %s", (mode) => {
  const { records } = programs.run(`interceptConsole({ logger, mode: "${mode}" });
console.log("log");
console.warn("%s", "warn");
function named() {
  console.error("in a function", { id: 7 });
  return 1;
}
named();
console.table([1]);
console.count();
console.dir({});
console.assert(false, "assert");
console.trace("trace");
console.group("group");`);
  expect(records.map(({ line }) => line)).toEqual([3, 4, 6, 10, 11, 12, 13, 14, 15]);
  for (const { file } of records) expect(file).toMatch(/^program\d+\.mjs$/);
});
