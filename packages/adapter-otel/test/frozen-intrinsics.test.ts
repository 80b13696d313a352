import { expect, test } from "vitest";
import { runProgram } from "./child-program.ts";

test("where Error is frozen an SDK that comes later exports, and is listened to", async () => {
  const { out, err } = await runProgram("frozen-error.mjs");
  expect(JSON.parse(out)).toEqual({ heard: ["early", "sdk"], exported: ["sdk"] });
  expect(err).not.toContain("LB1659");
});

test("where there are no stacks either, nobody stands in before it, which is said once (LB1659)", async () => {
  const { out, err } = await runProgram("frozen-error.mjs", "0");
  expect(JSON.parse(out)).toEqual({ heard: ["sdk"], exported: ["sdk"] });
  expect(err.match(/LB1659/g)).toHaveLength(1);
});
