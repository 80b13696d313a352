import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeControls, escapeLines, isHarmless } from "../../src/format/escape.ts";

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

describe("escapeControls finds a control character", () => {
  const controls = ["\x00", "\r", "\x1b", "\x7f", "\x9b", "\u061c", "\u200e", "\u2028", "\u202e", "\u2066", "\ud800"];
  const wide = "…";

  /** By its rule, character by character. */
  function expected(text: string): string {
    return [...text]
      .map((char) => {
        if (!controls.includes(char)) return char;
        const code = char.charCodeAt(0);
        if (char === "\r") return "\\r";
        return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
      })
      .join("");
  }

  test("at every place of texts of every length", () => {
    for (let length = 1; length <= 13; length++)
      for (let at = 0; at < length; at++)
        for (const control of controls)
          for (const before of ["a", wide]) {
            const text = before.repeat(at) + control + "b".repeat(length - at - 1);
            expect(escapeControls(text)).toBe(expected(text));
          }
  });

  test.each([999, 1000, 1001, 10_000])("in a text of %d characters, first, in the middle and last", (length) => {
    for (const at of [0, 1, length >> 1, length - 2, length - 1])
      for (const control of controls) {
        const text = "a".repeat(at) + control + "b".repeat(length - at - 1);
        expect(escapeControls(text)).toBe(expected(text));
      }
    const usual = "a".repeat(length);
    expect(escapeControls(usual)).toBe(usual);
  });

  test("in a text that was put together of others, and in one that is empty", () => {
    let text = "";
    for (let at = 0; at < 40; at++) text += at === 31 ? "served \x1b[2J" : `request ${at} `;
    expect(escapeControls(text)).toBe(expected(text));
    expect(escapeControls("")).toBe("");
  });

  test("in a text of many megabytes, which neither a pattern nor its memory is too small for", () => {
    const text = "a".repeat(5_000_000);
    expect(escapeControls(text)).toBe(text);
    expect(escapeControls(`${text}\x1b`).endsWith("a\\x1b")).toBe(true);
  });
});

describe("escapeLines", () => {
  test("makes one line of many", () => expect(escapeLines("a\nb\n")).toBe("a\\nb\\n"));
});

describe("isHarmless", () => {
  test("holds for no text that is shown otherwise", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(isHarmless(text));
        return escapeLines(escapeControls(text)) === text;
      }),
    );
    for (const text of [
      "a\nb",
      "\r",
      "\x1b[0m",
      "\u202e",
      "\u2028",
      "\ud800",
      `${"a".repeat(2000)}\n`,
      `${"é".repeat(2000)}\x7f`,
    ])
      expect(isHarmless(text), JSON.stringify(text)).toBe(false);
  });
  test("holds for the texts of most languages, empty and long ones too", () => {
    for (const text of ["", "a", "a\tb", "GET /orders 200", "– é 漢字", "a".repeat(2000), "é".repeat(2000)])
      expect(isHarmless(text), text).toBe(true);
  });
});
