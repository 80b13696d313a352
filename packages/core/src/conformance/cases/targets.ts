import type { Bench } from "../bench.ts";
import { OUTWARD, type Scenario } from "../scenario.ts";
import { disorder, numbered } from "./orders.ts";

const FEW = 5;
const STUCK_MS = 200;
/** Far above `STUCK_MS`: only a `complete()` that ignores its timeout needs it. */
const PATIENCE_MS = 5000;

/** Logs to the target and to a plain sink beside it, which must notice nothing. */
function sayFew(bench: Bench): string[] {
  const expected = numbered(FEW);
  for (const message of expected) {
    let thrown: unknown = null;
    try {
      bench.say({ message });
    } catch (error) {
      thrown = error;
    }
    bench.exam.holds("order", thrown === null, `the logging call threw ${String(thrown)} into the application`);
  }
  const wrong = disorder(bench.listen().messages(), expected);
  bench.exam.holds("order", wrong === null, `the plain sink beside the target: ${wrong}`);
  return expected;
}

/** Removes the handlers of the adapter, not our plain sink. */
async function removeTheirs(bench: Bench): Promise<void> {
  await Promise.all(bench.counts().map(({ id }) => bench.logger.remove(id)));
}

/** What is counted as sent must have arrived: less may be claimed, never more. */
async function expectTruth(bench: Bench): Promise<void> {
  const arrived = (await bench.read()).length;
  for (const { sent, dropped, pending } of bench.counts()) {
    const counted = `sent ${sent}, dropped ${dropped}, pending ${pending}, of ${FEW} records of which ${arrived} arrived`;
    bench.exam.holds("flush", sent <= arrived, `more is counted as sent than arrived: ${counted}`);
    bench.exam.holds("flush", sent + dropped + pending >= FEW, `records are not accounted for: ${counted}`);
  }
}

export const targets: readonly Scenario[] = [
  {
    name: "a target that throws disturbs neither the application nor other handlers",
    group: "target",
    explanation:
      "Logging must not be what brings the service down, and the failure of one target is when the others are needed.",
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.listen();
      await bench.make({ target: "throws" });
      sayFew(bench);
      await bench.logger.complete({ timeout: PATIENCE_MS });
      await expectTruth(bench);
    },
  },
  {
    name: "a target that throws once gets the records that follow",
    group: "target",
    explanation:
      "Disks fill and are cleared, servers restart; an adapter that gives up after the first failure is silent until the next deployment.",
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.listen();
      await bench.make({ target: "recovers" });
      const expected = sayFew(bench).slice(1);
      const got = (await bench.arrived()).map((one) => one.message);
      const wrong = disorder(
        got.filter((message) => message !== "record 0"),
        expected,
      );
      bench.exam.holds("order", wrong === null, `after the first record, at which the target threw: ${wrong}`);
      await expectTruth(bench);
    },
  },
  {
    name: "a target that answers late gets everything, in order, and complete() waits for it or counts it as pending",
    group: "target",
    explanation:
      "Deployments wait for complete() and then end the process; what is still under way is lost, and somebody must know.",
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.listen();
      await bench.make({ target: "slow" });
      const expected = sayFew(bench);
      const { pending } = await bench.logger.complete();
      const soon = (await bench.read()).length;
      const about = `right after complete() ${soon} of ${FEW} had arrived, and ${pending} were counted as pending`;
      bench.exam.holds("flush", soon + pending >= FEW, about);
      const all = await bench.arrivedLater(FEW);
      const wrong = disorder(
        all.map((one) => one.message),
        expected,
      );
      bench.exam.holds("order", wrong === null, `in the end: ${wrong}`);
    },
  },
  {
    name: "a target that never answers is counted as pending, and complete() keeps to its timeout",
    group: "target",
    explanation:
      'A process that cannot end because a log server hangs is a second outage; one that says "all sent" hides the first.',
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.listen();
      await bench.make({ target: "stuck" });
      sayFew(bench);
      const since = Date.now();
      const { pending, dropped } = await bench.logger.complete({ timeout: STUCK_MS });
      bench.exam.holds(
        "flush",
        Date.now() - since < PATIENCE_MS,
        `complete({ timeout: ${STUCK_MS} }) took ${Date.now() - since} ms`,
      );
      bench.exam.holds(
        "flush",
        pending + dropped > 0,
        "complete() counts nothing as pending though the target has not answered",
      );
      await expectTruth(bench);
    },
  },
  {
    name: "a target that changes what it is given changes it for nobody else",
    group: "objects",
    explanation:
      "Transports shift arguments, rename fields and add their own; what they do must not reach other handlers, nor the application.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make({ target: "meddles" });
      const plain = bench.listen();
      const fields = { user: "ada", step: 1 };
      bench.say({ message: "to {}", args: ["all"], fields });
      await bench.arrived();
      const { message, args, fields: seen } = plain.all[0] ?? {};
      bench.exam.same(
        "fields",
        { message, seen },
        { message: "to all", seen: { user: "ada", step: 1 } },
        "what a handler after the target gets",
      );
      bench.exam.same("order", args?.length, 1, "how many arguments a handler after the target gets");
      bench.exam.same("fields", fields, { user: "ada", step: 1 }, "the application's own object");
    },
  },
  {
    name: "remove() ends the handler when everything under way has arrived",
    group: "flush",
    explanation: "A handler is replaced while the service runs; what it still holds must not go with it.",
    verbs: ["sink"],
    steps: async (bench) => {
      bench.listen();
      await bench.make({ target: "slow" });
      const expected = sayFew(bench);
      await removeTheirs(bench);
      const wrong = disorder(
        (await bench.read()).map((one) => one.message),
        expected,
      );
      bench.exam.holds("flush", wrong === null, `right after remove(): ${wrong}`);
    },
  },
  {
    name: "remove() leaves the foreign logger open",
    group: "flush",
    explanation: "The logger belongs to the application; its other users go on logging when our handler is gone.",
    verbs: ["propagate"],
    steps: async (bench) => {
      bench.listen();
      const { log } = await bench.make();
      bench.say({ severity: 40, message: "ours" });
      await removeTheirs(bench);
      log?.call(bench.subject, bench.foreignCall({ severity: 40, message: "theirs" }));
      const expected = log ? ["ours", "theirs"] : ["ours"];
      const got = (await bench.arrivedLater(expected.length)).map((one) => one.message);
      bench.exam.same("order", got, expected, "what the foreign logger gets before and after remove()");
    },
  },
  {
    name: "when complete() resolves everything has arrived",
    group: "flush",
    explanation: "complete() is the one promise on which tests, deployments and serverless functions build.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      const expected = numbered(200);
      for (const message of expected) bench.say({ message });
      const { pending } = await bench.logger.complete();
      const wrong = disorder(
        (await bench.read()).map((one) => one.message),
        expected,
      );
      bench.exam.holds("flush", wrong === null, `right after complete(): ${wrong}`);
      bench.exam.same("flush", pending, 0, "what complete() counts as pending");
    },
  },
];
