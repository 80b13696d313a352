import { test } from "vitest";
import { type Circumstances, expectLogged } from "./stack-overflow.ts";

// Where the engine would have to compile something just there, it ends the process.
test.each<Circumstances>([
  { format: "text", mode: "tee", earlier: 2 },
  { format: "flat", mode: "tee", earlier: 1 },
])("a stack overflow that was caught is logged: $format, $mode, $earlier calls before", expectLogged);
