import { platform } from "#platform";
import { processState } from "../state.ts";

/** By a symbol of the process, so that every copy of the package knows the texts of the others; no JSON can bring one. */
const BRAND = Symbol.for("logbridge.raw");

/** Nobody pays for a look at values as long as nobody has marked one. */
const state: { used: boolean } = processState("raw", () => ({ used: false }));

/** A text that was coloured, or holds other control characters, on purpose. */
export class RawText {
  readonly text: string;

  /** @internal Made by `raw()`. */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  /** JSON gets the text as any other. */
  toJSON(): string {
    return this.text;
  }
}

Object.defineProperty(RawText.prototype, BRAND, { value: true });

/**
 * Marks a value whose control characters are meant: as an argument, or as a value in `extra` that the format shows, text handlers pass it
 * on as it is where they show those of other values as escapes. Never mark what comes from outside.
 *
 * @param value the text; anything else as a developer reads it
 * @example
 * logger.info("deployed {}", raw(chalk.green("ok")));
 */
export function raw(value: unknown): RawText {
  state.used = true;
  return new RawText(typeof value === "string" ? value : platform.inspect(value, { oneLine: true }));
}

/** Has anybody marked a value yet? Until then there is none to look for. */
export function isRawUsed(): boolean {
  return state.used;
}

/** The text of a value that `raw()` made, `null` for every other value. Runs nothing of the value's owner. */
export function rawText(value: unknown): string | null {
  if (!state.used || typeof value !== "object" || value === null || platform.isProxy(value)) return null;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || platform.isProxy(prototype)) return null;
  if (Object.getOwnPropertyDescriptor(prototype, BRAND)?.value !== true) return null;
  const text = Object.getOwnPropertyDescriptor(value, "text")?.value as unknown;
  return typeof text === "string" ? text : null;
}
