import { readyPattern } from "../ready-pattern.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLORS = readyPattern(/\u001b\[[0-9;]*m/g);

/** The text without the escape sequences of colours. */
export function withoutColors(text: string): string {
  return text.includes("\u001b") ? text.replace(COLORS, "") : text;
}
