import { readyPattern } from "../ready-pattern.ts";
import { replaceCharacters } from "./pieces.ts";
import { toPlain } from "./plain.ts";
import { inspect, textOf } from "./value.ts";

const NOT_ASCII = readyPattern(/[^\x20-\x7e]/gu);

/** What may stand behind `!`: text, source, JSON, source in ASCII. */
export type Conversion = "s" | "r" | "j" | "a";

/** A value after `!s`, `!r`, `!a` or `!j`. */
export function converted(value: unknown, conversion: Conversion | null): unknown {
  if (conversion === null) return value;
  if (conversion === "s") return textOf(value);
  if (conversion === "j") return JSON.stringify(toPlain(value));
  const shown = inspect(value);
  return conversion === "r" ? shown : replaceCharacters(shown, NOT_ASCII, escaped);
}

function escaped(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
