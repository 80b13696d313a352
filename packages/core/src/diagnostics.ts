import { platform } from "#platform";
import { readyPattern } from "./ready-pattern.ts";

/** An error that a user of the library can act on. `code` has its explanation in `docs/codes.md`. */
export class LogbridgeError extends Error {
  override readonly name: string = "LogbridgeError";
  readonly code: string;
  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(`${message} [${code}]`, options);
    this.code = code;
  }
}

/** The same for a value of a wrong type, so that `instanceof TypeError` says what JavaScript developers expect. */
export class LogbridgeTypeError extends TypeError {
  override readonly name: string = "LogbridgeTypeError";
  readonly code: string;
  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(`${message} [${code}]`, options);
    this.code = code;
  }
}

/**
 * Says one thing on the raw stderr: a report that must not travel through a sink, an interception or a patched console.
 *
 * @param code the code with an anchor in `docs/codes.md`
 * @param message what happened, in one or more lines
 */
export function report(code: string, message: string): void {
  platform.writeStderr(`logbridge ${code}: ${message}\n`);
}

const MOST_SAID = 1_000;

/** Says a thing once per key, for warnings that would otherwise repeat with every record. */
export function reportOnce(seen: Set<string>, key: string, code: string, message: string): void {
  // Keys may come from outside: what is said a thousand times is said.
  if (seen.has(key) || seen.size >= MOST_SAID) return;
  seen.add(key);
  report(code, message);
}

/** Terminals obey some of these, and others reorder the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = readyPattern(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g);

function inspected(value: unknown): string {
  try {
    return platform.inspect(value, { oneLine: true, depth: 0 });
  } catch {
    return "[Unreadable]";
  }
}

/**
 * What a function of the application threw, in a message. It may repeat a record that nobody has redacted yet.
 *
 * @param redacts values are hidden in this logger
 */
export function thrownText(thrown: unknown, redacts: boolean): string {
  return redacts ? `what it threw (${typeof thrown}) is not shown where values are redacted` : shown(thrown);
}

const LONGEST_SHOWN = 120;

/** A value named in an error message: short, on one line, and never running code of its owner. */
export function shown(value: unknown): string {
  const quoted = typeof value === "string" ? JSON.stringify(value.slice(0, LONGEST_SHOWN)) : inspected(value);
  const text = quoted
    .slice(0, 2 * LONGEST_SHOWN)
    .replace(CONTROLS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 3)}...` : text;
}
