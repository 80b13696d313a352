import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeControls, escapeLines } from "../../src/format/escape.ts";

describe("escapeControls", () => {
  test("shows what would move the cursor, ring, or reorder text", () => {
    expect(escapeControls("\x1b[2Ja\rb\x07\x00\x7f\x9b\u2028\u202e\u2069")).toBe(
      "\\x1b[2Ja\\rb\\x07\\x00\\x7f\\x9b\\u2028\\u202e\\u2069",
    );
  });
  test("keeps tabs, newlines and every printable text", () =>
    expect(escapeControls("a\tb\n– é 漢字 👋 \\x1b")).toBe("a\tb\n– é 漢字 👋 \\x1b"));
  test("leaves no control character in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const kept = [...escapeControls(text)].filter((char) => /\p{Cc}/u.test(char) && char !== "\n" && char !== "\t");
        return kept.length === 0;
      }),
    );
  });
});

describe("escapeLines", () => {
  test("makes one line of many", () => expect(escapeLines("a\nb\n")).toBe("a\\nb\\n"));
});
