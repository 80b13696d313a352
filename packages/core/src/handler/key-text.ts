import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPromised } from "../promised.ts";
import { hashOf } from "./key-hash.ts";

/** What a function gives as the key of a record; `null` and `undefined`: it has none. */
export type KeyValue = string | number | bigint | boolean | null | undefined;

/** The text of a value that can be a key, `null` for every other value. Runs no code of the value's owner. */
export function keyText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? String(value) : null;
}

/**
 * The text of what a function of the application gave as a key; `null` for none.
 *
 * @throws LogbridgeTypeError LB1062 for what cannot be one
 */
export function givenKey(value: unknown, option: string): string | null {
  if (value === null || value === undefined) return null;
  const text = keyText(value);
  if (text !== null) return text;
  const given = isPromised(value) ? "a promise: an async function has no effect here" : shown(value);
  throw new LogbridgeTypeError(
    "LB1062",
    `${option}: the function must give a text, a number, true or false, or null for none, got ${given}`,
  );
}

const LONGEST_KEY = 400;
const SHOWN_OF_LONG_KEY = 200;

/** A key that may be remembered: of a long text the beginning and a hash, copied, so that nothing keeps the long one alive. */
export function rememberedKey(text: string): string {
  if (text.length <= LONGEST_KEY) return text;
  return `${Array.from(text.slice(0, SHOWN_OF_LONG_KEY)).join("")}… (${text.length} characters, ${hashOf(text, 0).toString(16)})`;
}
