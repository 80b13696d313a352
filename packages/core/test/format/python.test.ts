import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillTemplate, parseTemplate } from "../../src/format/template.ts";
import { type Answer, askPython, type Case, type Value } from "./python.ts";

const NUMBER_OF_CASES = 10_000;
/** `FORMAT_SEED=… npx vitest run …` gives the cases of a failure again. */
const SEED = Number(process.env["FORMAT_SEED"] ?? Date.now() % 2 ** 31);

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
    oneOf("bcdeEfFgGnosxX%q"),
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

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("", "天", "👋🌍", "é", "e\u0301", "👩‍👩‍👧", "\u200b", "{}", "<red>"),
);

/** Python has no `-0` among its integers, which `Number.isInteger` counts it to. */
const value: fc.Arbitrary<Value> = fc
  .oneof(
    double,
    fc.integer(),
    fc.integer({ min: -1200, max: 1200 }),
    fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }),
    fc.bigInt(),
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    text,
  )
  .filter((item) => !Object.is(item, -0));

/** Without a spec a number is written as JavaScript writes it. */
const wellFormed: fc.Arbitrary<Case> = fc
  .tuple(spec, value)
  .map(([shape, item]) => ({ template: `[{:${shape === "" ? ">1" : shape}}]`, args: [item], named: {} }));

/** Each of them may become the width of another, so none is a large number: Python would pad to it, in the digits of any script. */
const maybeWidth: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 25 }),
  fc.bigInt({ min: 0n, max: 20n }),
  fc.integer({ min: -999, max: 999 }).map((eighths) => eighths / 8),
  text.filter((item) => !/\p{Nd}/u.test(item)),
);

/** Widths, precisions and fills that are values too; positions, names and conversions of texts. */
const nested: fc.Arbitrary<Case> = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        "{:{}}",
        "{:>{}}",
        "{:{}.{}}",
        "{0:>{1}}",
        "{0:{1}}",
        "{a:{w}}",
        "{a:*^{w}.{p}}",
        "{a:{f}<{w}}",
        "{a:{w}{t}}",
        "{a:{w}{t}}{{}}",
        "{t!s:>{w}}",
        "{t!s:.1}",
        "{f!s:^5}|",
        "{a:{w:{p}}}",
        "{nobody}",
        " – ",
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.array(maybeWidth, { maxLength: 4 }),
    value,
    fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom<Value>("", "7", "x", -1, 5n)),
    fc.constantFrom<Value>(0, 1, 2, 5, "", "3", 2n),
    fc.constantFrom("*", " ", "🙂", "<", "0", "", "ab"),
    fc.constantFrom("d", "s", "x", "f", "", "q", "e"),
  )
  // Without a spec a number is written as JavaScript writes it; an empty one may come of empty values.
  .filter(([, , a, w]) => typeof a === "string" || w !== "")
  .filter(([, args]) => args.every((item) => item !== ""))
  .map(([parts, args, a, w, p, f, t]) => ({ template: parts.join(""), args, named: { a, w, p, f, t } }));

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
    fc.constantFrom<Value>("ab", "5", 5),
  )
  .map(([parts, item]) => ({ template: parts.join(""), args: [item], named: {} }));

function ours({ template, args, named }: Case): Answer {
  try {
    return { text: fillTemplate(parseTemplate(template), args, named, true).text };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Texts must be the same; an error must be met by an error. */
function agrees(python: Answer, own: Answer): boolean {
  return "error" in python ? "error" in own : "text" in own && own.text === python.text;
}

function disagreements(kind: fc.Arbitrary<Case>): unknown[] | null {
  const cases = fc.sample(kind, { numRuns: NUMBER_OF_CASES, seed: SEED });
  const answers = askPython(cases);
  if (!answers) return null;
  const readable = (item: Value): unknown => (typeof item === "bigint" ? `${item}n` : item);
  return cases.flatMap((one, index) => {
    const python = answers[index] as Answer;
    const own = ours(one);
    if (agrees(python, own)) return [];
    const named = Object.entries(one.named).map(([key, item]) => [key, readable(item)]);
    return [
      { template: one.template, args: one.args.map(readable), named: Object.fromEntries(named), python, ours: own },
    ];
  });
}

describe(`Python's str.format and ours agree (FORMAT_SEED=${SEED})`, () => {
  test.for([
    ["format specs", wellFormed],
    ["several values and specs that have fields", nested],
    ["what is a template", broken],
  ] as const)("on %s", ([, kind], { skip }) => {
    const found = disagreements(kind);
    if (!found) return skip("there is no Python 3.11");
    expect(found.slice(0, 20)).toEqual([]);
  });
});
