import type { Bench } from "../bench.ts";
import { INTERCEPT, INWARD, OUTWARD, type Scenario } from "../scenario.ts";

const SECRET = "hunter2-do-not-show";

/** How many of the library's own outputs contain a text. */
export function printed(bench: Bench, text: string): number {
  return bench
    .need("original")()
    .filter((line) => line.includes(text)).length;
}

/** Times, counters and process ids differ from call to call. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, "#");
}

export const outputs: readonly Scenario[] = [
  {
    name: "every way into the library brings each record in once",
    group: "loggers",
    explanation:
      "Applications make loggers before and after the interception, and children of both; one that is missed is a hole, one that is taken twice doubles lines.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make();
      const ways = { "log()": bench.need("log"), ...bench.need("ways") };
      const names = Object.keys(ways);
      for (const [name, log] of Object.entries(ways)) log(bench.foreignCall({ message: `by ${name}` }));
      const got = (await bench.arrived()).map((one) => one.message);
      for (const name of names)
        bench.exam.same(
          "order",
          got.filter((message) => message === `by ${name}`).length,
          1,
          `records that came in by ${name}`,
        );
      bench.exam.same("order", got.length, names.length, "records in all");
    },
  },
  {
    name: "in tee mode the library's own outputs receive what they did without us",
    group: "output",
    explanation: "Listening must not silence or change a running service: its files and dashboards are still in use.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      const { restore } = await bench.make({ mode: "tee" });
      const call = (): void => bench.say({ severity: 30, message: "still printed", fields: { user: "ada" } });
      call();
      await bench.arrived();
      const together = bench.need("original")().map(withoutNumbers);
      restore?.call(bench.subject);
      call();
      await bench.arrived();
      const alone = bench.need("original")().map(withoutNumbers).slice(together.length);
      bench.exam.same("order", bench.listen().all.length, 1, "records that came in");
      bench.exam.same("order", together, alone, "the library's own outputs with the interception, and without");
    },
  },
  {
    name: "in replace mode the library's own outputs are silent and the record comes in",
    group: "output",
    explanation: "On the day on which our handlers take over, a line that both print is doubled in every search.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ mode: "replace" });
      bench.say({ severity: 30, message: "taken over" });
      const got = await bench.single("one call in replace mode");
      bench.exam.same("message", got.message, "taken over", "the message");
      bench.exam.same("order", printed(bench, "taken over"), 0, "how often the library printed it itself");
    },
  },
  {
    name: "a handler of ours that throws is not felt by those who call the library",
    group: "output",
    explanation: "The legacy code never asked for us: a full disk on our side must not become an exception on its.",
    verbs: INWARD,
    steps: async (bench) => {
      bench.logger.add(
        () => {
          throw new Error("disk full");
        },
        { level: 0, onError: () => {} },
      );
      await bench.make();
      let thrown: unknown = null;
      try {
        bench.say({ severity: 40, message: "through all that" });
      } catch (error) {
        thrown = error;
      }
      bench.exam.holds("order", thrown === null, `the call threw ${String(thrown)}`);
      const got = await bench.single("one call beside a handler that throws");
      bench.exam.same("message", got.message, "through all that", "the message at the other handler");
    },
  },
  {
    name: "what the library's configuration hides stays hidden",
    group: "redaction",
    explanation:
      "The password that their format removes must not turn up in our files because we looked before the format ran.",
    verbs: INTERCEPT,
    steps: async (bench) => {
      await bench.make({ redact: ["password"] });
      if (bench.need("redacts") === false) return;
      bench.say({ message: "login", fields: { user: "ada", password: SECRET } });
      const got = await bench.single("one call with a field that the library hides");
      bench.exam.same("fields", got.fields?.["user"], "ada", "the field beside it");
      const shown = bench.listen().texts.filter((text) => text.includes(SECRET));
      bench.exam.same("fields", shown, [], "records in which the secret can be read");
    },
  },
  {
    name: "a call below our threshold makes no record, and the threshold can move",
    group: "threshold",
    explanation:
      "Debug calls of a busy service cost nothing while nobody wants them, and must be there at once when somebody does.",
    verbs: INWARD,
    steps: async (bench) => {
      await bench.make();
      const severities = Object.values(bench.need("levels"));
      // A library with one level only has nothing that is high enough.
      const graded = Math.min(...severities) < Math.max(...severities);
      bench.setLevel(40);
      bench.say({ severity: 20, message: "too low" });
      if (graded) bench.say({ severity: 40, message: "high enough" });
      bench.setLevel(0);
      bench.say({ severity: 20, message: "wanted now" });
      const got = (await bench.arrived()).map((one) => one.message);
      bench.exam.same(
        "order",
        got,
        graded ? ["high enough", "wanted now"] : ["wanted now"],
        "threshold at 40, then at 0",
      );
    },
  },
  {
    name: "a record below the handler's level is not passed on",
    group: "threshold",
    explanation: "The level given to add() is the user's word on what the other side gets.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      bench.setLevel(40);
      bench.say({ severity: 30, message: "too low" });
      bench.say({ severity: 40, message: "high enough" });
      const got = (await bench.arrived()).map((one) => one.message);
      bench.exam.same("order", got, ["high enough"], "the handler's level at 40");
    },
  },
];
