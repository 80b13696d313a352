import type { Delivered } from "../delivered.ts";
import { pause } from "../pause.ts";
import { INWARD, OUTWARD, type Scenario } from "../scenario.ts";

/** A time long ago that no clock shows by accident, with milliseconds that rounding to seconds would lose. */
const LONG_AGO = Date.UTC(2021, 4, 6, 7, 8, 9, 123);
const STEP_MS = 61_001;
const LATE_MS = 30;

function isNear(actual: number | undefined, from: number, to: number = from): boolean {
  return actual !== undefined && actual >= from - 1 && actual <= to + 1;
}

function dateText(ms: number | undefined): string {
  return ms === undefined
    ? "nothing"
    : Number.isFinite(ms) && Math.abs(ms) < 8.64e15
      ? new Date(ms).toISOString()
      : String(ms);
}

export const time: readonly Scenario[] = [
  {
    name: "the time of the call arrives, however late the target runs",
    group: "time",
    explanation:
      "A target that stamps records itself orders events by its own delays; after a stall all of them seem to have happened at once.",
    verbs: OUTWARD,
    steps: async (bench) => {
      let calls = 0;
      let now = LONG_AGO;
      bench.open({ clock: () => now });
      await bench.make({ target: "slow" });
      for (; calls < 3; calls++) {
        now = LONG_AGO + calls * STEP_MS;
        bench.say({ message: `call ${calls}` });
      }
      now = LONG_AGO + 1000 * STEP_MS;
      const all = await bench.arrivedLater(3);
      bench.exam.same(
        "order",
        all.map((one) => one.message),
        ["call 0", "call 1", "call 2"],
        "three calls",
      );
      all.forEach(({ timeMs }: Delivered, index) => {
        const expected = LONG_AGO + index * STEP_MS;
        bench.exam.holds(
          "time",
          isNear(timeMs, expected),
          `call ${index} was at ${dateText(expected)} and arrived as ${dateText(timeMs)}`,
        );
      });
    },
  },
  {
    name: "a record comes in with the time of the call",
    group: "time",
    explanation:
      "Records from several loggers meet in one place; only the time of the call puts them in the order in which things happened.",
    verbs: INWARD,
    steps: async (bench) => {
      await bench.make();
      const before = Date.now();
      bench.say({ message: "now" });
      const after = Date.now();
      await pause(LATE_MS);
      const { timeMs } = await bench.single("one call");
      const about = `the call was between ${dateText(before)} and ${dateText(after)}, the record says ${dateText(timeMs)}`;
      bench.exam.holds("time", isNear(timeMs, before, after), about);
    },
  },
];
