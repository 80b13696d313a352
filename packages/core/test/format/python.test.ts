import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillTemplate, parseTemplate } from "../../src/format/template.ts";
import { type Answer, askPython, type Case } from "./python.ts";

const NUMBER_OF_CASES = 20_000;

const oneOf = (choices: string): fc.Arbitrary<string> => fc.constantFrom("", "", ...choices);

/** Mostly well-formed specs: a random text would hardly ever reach the rules behind the syntax. */
const spec = fc
  .tuple(
    fc.constantFrom("", "", "<", ">", "^", "=", "*<", "0>", "é^", "x=", "🙂>"),
    oneOf("+- "),
    fc.constantFrom("", "", "", "z"),
    fc.constantFrom("", "", "#"),
    fc.constantFrom("", "", "0"),
    fc.constantFrom("", "", "1", "7", "12", "25"),
    oneOf(",_"),
    fc.constantFrom("", "", ".0", ".1", ".2", ".5", ".17", ".40"),
    oneOf("bcdeEfFgGnosxX%"),
  )
  .map((parts) => parts.join(""));

const double = fc.oneof(
  fc.double(),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(2, 4, 8, 16, 32, 1024)).map(([a, b]) => a / b),
  fc
    .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -25, max: 25 }))
    .map(([a, b]) => Number(`${a}e${b}`)),
);

const value = fc.oneof(
  double,
  fc.integer(),
  fc.integer({ min: -1200, max: 1200 }),
  fc.bigInt(),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

/** Python has no `-0` among its integers, which `Number.isInteger` counts it to. */
const usable = (item: Case["value"]): boolean => !Object.is(item, -0);

/** Without a spec a number is written as JavaScript writes it. */
const wellFormed: fc.Arbitrary<Case> = fc
  .tuple(spec, value.filter(usable))
  .map(([text, item]) => ({ template: `[{:${text === "" ? ">1" : text}}]`, value: item }));

const broken: fc.Arbitrary<Case> = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        "{",
        "}",
        "{{",
        "}}",
        "{}",
        "{0}",
        "{1}",
        "a",
        "[0]",
        ".",
        "[",
        "]",
        "!s",
        "!",
        ":",
        ">3",
        " ",
        "{:{}}",
        "{0:{0}}",
      ),
      { maxLength: 8 },
    ),
    fc.constantFrom("ab", "5", 5),
  )
  .map(([parts, item]) => ({ template: parts.join(""), value: item }));

function ours({ template, value: item }: Case): Answer {
  try {
    return { text: fillTemplate(parseTemplate(template), [item], null, true).text };
  } catch (error) {
    return { error: String(error) };
  }
}

function disagreements(cases: readonly Case[]): unknown[] | null {
  const answers = askPython(cases);
  if (!answers) return null;
  return cases
    .map((one, index) => ({
      ...one,
      value: typeof one.value === "bigint" ? `${one.value}n` : one.value,
      python: answers[index],
      ours: ours(one),
    }))
    .filter(({ python, ours: own }) =>
      "error" in (python as Answer)
        ? !("error" in own)
        : (python as { text: string }).text !== (own as { text?: string }).text,
    );
}

describe("Python's str.format and ours agree", () => {
  test("on format specs", ({ skip }) => {
    const found = disagreements(fc.sample(wellFormed, { numRuns: NUMBER_OF_CASES }));
    if (!found) return skip("there is no Python 3.11");
    expect(found.slice(0, 20)).toEqual([]);
  });
  test("on what is a template", ({ skip }) => {
    const found = disagreements(fc.sample(broken, { numRuns: NUMBER_OF_CASES }));
    if (!found) return skip("there is no Python 3.11");
    expect(found.slice(0, 20)).toEqual([]);
  });
});
