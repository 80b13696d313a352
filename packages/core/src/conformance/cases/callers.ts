import { LogbridgeError } from "../../diagnostics.ts";
import { createLogger } from "../../logger/create.ts";
import { Arrivals } from "../arrivals.ts";
import type { Bench } from "../bench.ts";
import type { Delivered } from "../delivered.ts";
import { INWARD, OUTWARD, type Scenario } from "../scenario.ts";

/** The caller as our own logger sees it. What it shows of this line is what must arrive for the same line. */
function expectCaller(bench: Bench, actual: Delivered["caller"], expected: Delivered["caller"]): void {
  bench.exam.same("caller.file", actual?.file, expected?.file, "the caller's file");
  bench.exam.same("caller.line", actual?.line, expected?.line, "the caller's line");
}

export const callers: readonly Scenario[] = [
  {
    name: "the caller arrives with file and line",
    group: "caller",
    explanation: "A line that leads into the logger's own files, or the adapter's, costs the time that it was to save.",
    verbs: OUTWARD,
    steps: async (bench) => {
      const reference = createLogger();
      const seen = new Arrivals(true);
      reference.add(seen, { level: 0 });
      await bench.make();
      for (const log of [bench.logger, reference]) log.info("here");
      const got = await bench.single("one call");
      expectCaller(bench, got.caller, seen.all[0]?.caller);
    },
  },
  {
    name: "the caller of the library comes in with file and line",
    group: "caller",
    explanation: "Every foreign record would otherwise seem to come from the library or the adapter.",
    verbs: INWARD,
    steps: async (bench) => {
      const reference = createLogger();
      const seen = new Arrivals(true);
      reference.add(seen, { level: 0 });
      await bench.make();
      // The harness calls `mark` in the arguments of its call, so the frame above `mark` is the line.
      const above = reference.opt({ depth: 1 });
      const mark = <Value>(value?: Value): Value => {
        above.info("here");
        return value as Value;
      };
      bench.need("log")(bench.foreignCall({ message: "here" }, mark));
      const got = await bench.single("one call");
      const expected = seen.all[0]?.caller;
      if (!expected)
        throw new LogbridgeError(
          "LB1455",
          "harness: log(call) must use call.mark(call.message) on the line of the library's call, so that the line is known",
        );
      expectCaller(bench, got.caller, expected);
    },
  },
];
