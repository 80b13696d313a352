import { nearestLevel } from "../../bridge/levels.ts";
import type { Bench } from "../bench.ts";
import type { Delivered } from "../delivered.ts";
import { INWARD, OUTWARD, type Scenario } from "../scenario.ts";

const SEVEN: readonly (readonly [name: string, no: number])[] = [
  ["TRACE", 5],
  ["DEBUG", 10],
  ["INFO", 20],
  ["SUCCESS", 25],
  ["WARNING", 30],
  ["ERROR", 40],
  ["CRITICAL", 50],
];
/** Between INFO and WARNING, and no level of any library. */
const CUSTOM = { name: "AUDIT", no: 27 };

/** The severity that a level on the other side has, by its name or number. */
function severityOf(bench: Bench, { level, levelNo }: Delivered): number | undefined {
  const levels = Object.entries(bench.need("levels"));
  const named = levels.find(([name]) => level !== undefined && name.toLowerCase() === level.toLowerCase());
  return (named ?? levels.find(([name]) => name === String(levelNo)))?.[1];
}

async function expectOutward(bench: Bench, sent: readonly (readonly [name: string, no: number])[]): Promise<void> {
  const set = Object.entries(bench.need("levels")).map(([name, no]) => ({ name, no }));
  for (const [name, no] of sent)
    bench.say({ ...(name === String(no) ? { severity: no } : { level: name }), message: `at ${name}` });
  const all = await bench.arrived();
  bench.exam.same(
    "order",
    all.map((one) => one.message),
    sent.map(([name]) => `at ${name}`),
    "one record at each level",
  );
  sent.forEach(([name, no], index) => {
    const got = all[index] as Delivered;
    const known = set.find((one) => one.name.toUpperCase() === name);
    const expected = nearestLevel({ name: known ? name : "", no }, set)?.no;
    const about = `${name} (${no}) arrived as ${got.level ?? got.levelNo}; it must be the level of that name, else the nearest that is not more severe`;
    bench.exam.same("level", severityOf(bench, got), expected, about);
    if (known) bench.exam.same("level", (got.level ?? name).toUpperCase(), name, about);
  });
}

export const levels: readonly Scenario[] = [
  {
    name: "each of the seven levels arrives as the nearest that the other side has",
    group: "level",
    explanation:
      "A level that arrives too high wakes people at night, one that arrives too low is filtered away and lost.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      await expectOutward(bench, SEVEN);
    },
  },
  {
    name: "a custom level arrives by its name where the other side knows it",
    group: "level",
    explanation: "Levels of an application's own carry meaning (audit, notice) that a severity alone does not.",
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.logger.level(CUSTOM.name, { no: CUSTOM.no });
      await bench.make({ customLevel: CUSTOM });
      await expectOutward(bench, [[CUSTOM.name, CUSTOM.no]]);
    },
  },
  {
    name: "a custom level that the other side does not know arrives as the nearest that is not more severe",
    group: "level",
    explanation: "A foreign logger drops, or throws at, a level that it does not know; then the record is lost.",
    verbs: OUTWARD,
    steps: async (bench) => {
      bench.logger.level(CUSTOM.name, { no: CUSTOM.no });
      await bench.make();
      await expectOutward(bench, [[CUSTOM.name, CUSTOM.no]]);
    },
  },
  {
    name: "a level that is only a number arrives as the nearest that is not more severe",
    group: "level",
    explanation: "logger.log(35, …) is a level too, and so is one below all that the other side knows.",
    verbs: OUTWARD,
    steps: async (bench) => {
      await bench.make();
      await expectOutward(bench, [
        ["35", 35],
        ["1", 1],
        ["99", 99],
      ]);
    },
  },
  {
    name: "each level of the library comes in with its severity",
    group: "level",
    explanation:
      "Filters and alerts on our side go by the number; a library's own scale (0 is worst, 5000 is least) means nothing there.",
    verbs: INWARD,
    steps: async (bench) => {
      await bench.make();
      const expected = Object.entries(bench.need("levels"));
      for (const [name] of expected) bench.say({ level: name, message: `at ${name}` });
      const all = await bench.arrived();
      bench.exam.same(
        "order",
        all.map((one) => one.message),
        expected.map(([name]) => `at ${name}`),
        "one record at each level",
      );
      expected.forEach(([name, no], index) => {
        const got = all[index] as Delivered;
        bench.exam.same("level", got.levelNo, no, `their level "${name}"`);
        const standard = SEVEN.find(([, severity]) => severity === no)?.[0];
        const named = got.level === standard || got.level === name.toUpperCase();
        bench.exam.holds(
          "level",
          named,
          `their level "${name}" (${no}) is named ${got.level}; it must be ${standard ?? name.toUpperCase()} or keep its name`,
        );
      });
    },
  },
  {
    name: "a custom level of the library comes in with its name and severity",
    group: "level",
    explanation: "Legacy code bases have levels of their own; after the migration they must still be told apart.",
    verbs: INWARD,
    steps: async (bench) => {
      bench.logger.level(CUSTOM.name, { no: CUSTOM.no });
      const { levels: theirs } = await bench.make({ customLevel: CUSTOM });
      // A library with a closed set (a console) has no custom levels: nothing to carry.
      const name = Object.keys(theirs ?? {}).find((one) => one.toUpperCase() === CUSTOM.name);
      if (name === undefined) return;
      bench.say({ level: name, message: "custom" });
      const got = await bench.single(`a call at their level "${name}"`);
      bench.exam.same(
        "level",
        { level: got.level, levelNo: got.levelNo },
        { level: CUSTOM.name, levelNo: CUSTOM.no },
        "the custom level",
      );
    },
  },
];
