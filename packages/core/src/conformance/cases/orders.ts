import { ALL, type Scenario } from "../scenario.ts";

const MANY = 1000;

/** Which numbers are missing, doubled or out of place, in a few words: a list of 1,000 texts helps nobody. */
export function disorder(actual: readonly (string | undefined)[], expected: readonly string[]): string | null {
  if (actual.length === expected.length && actual.every((text, index) => text === expected[index])) return null;
  const missing = expected.filter((text) => !actual.includes(text));
  const doubled = expected.filter((text) => actual.indexOf(text) !== actual.lastIndexOf(text));
  const at = expected.findIndex((text, index) => actual[index] !== text);
  return `${expected.length} records were logged and ${actual.length} arrived; missing ${list(missing)}, doubled ${list(doubled)}, first difference at ${at}: expected ${expected[at]}, got ${actual[at] ?? "nothing"}`;
}

function list(texts: readonly string[]): string {
  return texts.length === 0
    ? "none"
    : `${texts.length} (${texts.slice(0, 3).join(", ")}${texts.length > 3 ? ", …" : ""})`;
}

export function numbered(count: number, word = "record"): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index}`);
}

export const orders: readonly Scenario[] = [
  {
    name: "1,000 records arrive, each once, in the order in which they were logged",
    group: "order",
    explanation: "A lost line is a lost fact, a doubled one a wrong count, and a wrong order a wrong story.",
    verbs: ALL,
    steps: async (bench) => {
      await bench.make();
      const expected = numbered(MANY);
      for (const message of expected) bench.say({ message });
      const all = await bench.arrived();
      const wrong = disorder(
        all.map((one) => one.message),
        expected,
      );
      bench.exam.holds("order", wrong === null, wrong ?? "");
    },
  },
];
