import { expect, test } from "vitest";
import { type Circumstances, overflowing } from "./stack-overflow.ts";

const all: Circumstances[] = [];
for (const format of ["text", "json", "flat", "logfmt"] as const)
  for (const mode of ["tee", "replace"] as const)
    for (const earlier of [0, 1, 2, 5]) all.push({ format, mode, earlier });

test.each(all)("a stack overflow that was caught is logged: $format, $mode, $earlier calls before", async (one) => {
  const { code, stdout } = await overflowing(one);
  expect(stdout.trim().split("\n").at(-1)).toBe("alive");
  expect(code).toBe(0);
});
