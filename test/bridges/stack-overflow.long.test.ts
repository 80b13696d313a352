import { test } from "vitest";
import { type Circumstances, expectLogged } from "./stack-overflow.ts";

const all: Circumstances[] = [];
for (const format of ["text", "json", "flat", "logfmt"] as const)
  for (const mode of ["tee", "replace"] as const)
    for (const earlier of [0, 1, 2, 5]) all.push({ format, mode, earlier });

test.each(all)("a stack overflow that was caught is logged: $format, $mode, $earlier calls before", expectLogged);
