import { readyPattern } from "../ready-pattern.ts";
import { replaceCharacters } from "./pieces.ts";

// C0 and C1 controls but tab and newline, line separators, the controls that reorder text, and halves of a character that stand alone:
// each could forge what a reader sees. Pairs of surrogates are looked at again.
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  readyPattern(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/);
// Most texts are one line of ASCII, which is found out soonest by looking at four characters at a time; and a pattern that finds
// nothing leaves no trace in `RegExp`, which would cost more than the search in a short text.
const UNUSUAL = readyPattern(/^(?!(?:[ -~][ -~][ -~][ -~])*[ -~]{0,3}$)/);
// It keeps a note for each step, so long texts are looked at one by one.
const UNUSUAL_IN_LONG = readyPattern(/[^ -~]/);
const LONG = 1000;
const DELETE = 0x7f;
// With the flag u, the class of surrogates holds those that are no pair.
const ALL_CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  readyPattern(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu);

/**
 * Control characters as visible escapes; tab and newline stay.
 *
 * @example
 * escapeControls("a\x1b[2J"); // "a\\x1b[2J"
 */
export function escapeControls(text: string): string {
  return isUsual(text) || !CONTROLS.test(text) ? text : replaceCharacters(text, ALL_CONTROLS, visible);
}

/**
 * Is this a text that every format shows as it is: one line, without control characters?
 *
 * For adapters: what they have found to be so need not be looked through again (`Inbound.harmless`).
 *
 * @returns `false` also for some that are, those with emoji
 * @example
 * isHarmless("request served"); // true
 * isHarmless("a\x1b[2J"); // false
 */
export function isHarmless(text: string): boolean {
  return isUsual(text) || !(CONTROLS.test(text) || text.includes("\n"));
}

function isUsual(text: string): boolean {
  if (text.length > LONG) return !UNUSUAL_IN_LONG.test(text);
  // Asked for a character, the engine joins the pieces of a text that was put together; asked for a pattern, it takes twice as long.
  return text.charCodeAt(0) < DELETE && !UNUSUAL.test(text);
}

function visible(char: string): string {
  if (char === "\r") return "\\r";
  const code = char.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * Newlines as `\n`, so that one record is one line.
 *
 * @example
 * escapeLines("a\nb"); // "a\\nb"
 */
export function escapeLines(text: string): string {
  return text.includes("\n") ? text.replaceAll("\n", "\\n") : text;
}
