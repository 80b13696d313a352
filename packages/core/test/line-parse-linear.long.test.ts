import { expect, test } from "vitest";
import type { LinePreset } from "../src/index.ts";
import { telling } from "./support/lines.ts";

const PRESETS: readonly LinePreset[] = ["brackets", "prefix", "json", "logfmt"];

/** Lines of one mebibyte that make an expression with nested repetition take minutes. */
const LONG: readonly (readonly [string, string])[] = [
  ["spaces", " ".repeat(1_048_576)],
  ["a word", "a".repeat(1_048_576)],
  ["a path", "a.".repeat(524_288)],
  ["a namespace", "a:".repeat(524_288)],
  ["open brackets", "[".repeat(1_048_576)],
  ["groups", "[a]".repeat(349_525)],
  ["times", "12:00:00 ".repeat(116_508)],
  ["a time and a path", `12:00:00 INFO ${"a.".repeat(524_288)}`],
  ["a level and spaces", `[ERROR]${" ".repeat(1_048_576)}`],
  ["a level, spaces and no end", `12:00:00 ERROR ${"a ".repeat(524_288)}`],
  ["marks", "✖ ".repeat(524_288)],
  ["dashes", "- ".repeat(524_288)],
  ["colours", "\u001b[31m".repeat(209_715)],
  ["a colour without an end", `\u001b[${"3;".repeat(524_288)}`],
  ["pairs", "a=b ".repeat(262_144)],
  ["one pair and a word", `level=${"a".repeat(1_048_576)}`],
  ["an open quote", `msg="${"\\\\".repeat(524_288)}`],
  ["an open JSON string", `{"${"\\\\".repeat(524_288)}}`],
  [
    "JSON with a long stack",
    JSON.stringify({ level: 50, msg: "x", stack: `${"a".repeat(500_000)}\n${" at x\n".repeat(80_000)}` }),
  ],
  [
    "JSON with many keys",
    `{"level":30,"msg":"a",${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join(",")}}`,
  ],
];

test.each(LONG)("every preset takes a mebibyte of %s in its stride", (_what, line) => {
  for (const preset of PRESETS) {
    const { tell, records } = telling({ parse: preset });
    tell(line);
    expect(records).toHaveLength(1);
  }
});
