import { platform } from "#platform";
import { LogbridgeError } from "../../diagnostics.ts";
import type { Bench } from "../bench.ts";
import { pause } from "../pause.ts";
import { INTERCEPT, type Scenario } from "../scenario.ts";
import { printed } from "./outputs.ts";

/** Time for what comes back in a later turn. */
const ROUND_MS = 60;

async function expectOnce(bench: Bench, expected: readonly string[]): Promise<void> {
  await bench.arrived();
  await pause(ROUND_MS);
  await bench.arrived();
  bench.exam.same("ring", bench.listen().messages(), expected, "what a plain sink in the ring gets");
}

/** Closes the ring with the adapter's own sink. `false`: it has none, and a function that logs through `log` closes it. */
function closeRing(bench: Bench, later: boolean): boolean {
  const { closeRing: close } = bench.subject;
  if (close && !later) {
    close.call(bench.subject);
    bench.setLevel(0);
    return true;
  }
  const log = bench.need("log");
  bench.logger.add(
    async (_text, record) => {
      if (later) await pause(0);
      log(bench.foreignCall({ severity: record.level.no, message: record.message }));
    },
    { level: 0, needs: { text: false } },
  );
  return false;
}

function ringCase(mode: "tee" | "replace"): Scenario {
  return {
    name: `in a ring, ${mode} mode, each record arrives once`,
    group: "ring",
    explanation:
      "During a migration both directions are open at once; a record that comes back to where it came from multiplies until the disk is full.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ mode });
      const own = closeRing(bench, false);
      bench.say({ severity: 30, message: "from there" });
      bench.logger.warning("from here");
      await expectOnce(bench, ["from there", "from here"]);
      bench.exam.same("ring", printed(bench, "from here"), 1, "how often the library prints what our logger said");
      if (own)
        bench.exam.same(
          "ring",
          printed(bench, "from there"),
          1,
          "how often the library prints what it was told itself",
        );
    },
  };
}

export const rings: readonly Scenario[] = [
  ringCase("tee"),
  ringCase("replace"),
  {
    name: "in a ring that closes in a later turn each record arrives once",
    group: "ring",
    explanation:
      "Most targets are asynchronous: when the record comes back, no call of ours is on the stack to tell it by.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      // Without an asynchronous context only the breaker is left, which needs evidence and so lets some through.
      if (platform.createContextStore() === null) return;
      await bench.make({ mode: "replace" });
      closeRing(bench, true);
      bench.logger.warning("from here");
      await expectOnce(bench, ["from here"]);
    },
  },
  {
    name: "in a ring each record reaches the foreign logger and a plain sink once",
    group: "ring",
    explanation: "A record that comes back through an interception multiplies until the disk is full.",
    verbs: ["propagate"],
    steps: async (bench) => {
      bench.listen();
      const { closeRing: close } = await bench.make();
      if (close === false) return;
      if (!close)
        throw new LogbridgeError(
          "LB1455",
          "harness.make(): this case needs closeRing, which intercepts the foreign logger into the same logger; give false where the adapter has no interception",
        );
      close.call(bench.subject);
      bench.say({ severity: 30, message: "from here" });
      await expectOnce(bench, ["from here"]);
      const got = (await bench.read()).map((one) => one.message);
      bench.exam.same("ring", got, ["from here"], "what the foreign logger gets");
      if (!bench.subject.log) return;
      bench.subject.log(bench.foreignCall({ severity: 30, message: "from there" }));
      await expectOnce(bench, ["from here", "from there"]);
      const after = (await bench.read()).map((one) => one.message);
      bench.exam.same("ring", after, ["from here", "from there"], "what the foreign logger gets");
    },
  },
];
