import { platform } from "#platform";
import { KEEP, plainBuiltIn } from "../format/built-ins.ts";
import { methodOf } from "../format/plain.ts";
import type { HiddenLeaves } from "./redact-leaves.ts";

const DEEPEST = 20;
const MOST_ITEMS = 10_000;

type JSONMethod = NonNullable<ReturnType<typeof methodOf>>;

/** The method by which an object says what JSON gets of it; `null` where it has none. */
export function jsonMethodOf(value: object): JSONMethod | null {
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && !("toJSON" in value);
  return isPlain ? null : methodOf(value, "toJSON");
}

/**
 * What a `toJSON` method gives without what was hidden in its object. The object's private parts are in no copy of it, so where the
 * copy cannot answer, the object itself is asked, and the hidden values are searched in what it says.
 */
export function redactedJSON(
  toJSON: JSONMethod,
  copy: object,
  original: object,
  key: string,
  leaves: HiddenLeaves,
): unknown {
  let given: unknown;
  try {
    given = toJSON.call(copy, key);
  } catch (error) {
    if (copy === original) throw error;
    given = toJSON.call(original, key);
  }
  if (given === copy || leaves.isEmpty) return given;
  return withoutLeaves(given, leaves, { above: [], left: MOST_ITEMS });
}

function withoutLeaves(
  value: unknown,
  leaves: HiddenLeaves,
  walk: { readonly above: object[]; left: number },
): unknown {
  if (typeof value === "string") return leaves.hide(value);
  if (typeof value === "number" || typeof value === "bigint") {
    const hidden = leaves.hide(String(value));
    return hidden === String(value) ? value : hidden;
  }
  if (typeof value !== "object" || value === null || platform.isProxy(value)) return value;
  const isList = Array.isArray(value);
  if (!isList && plainBuiltIn(value) !== KEEP) return value;
  if (walk.above.includes(value)) return "[Circular]";
  if (walk.above.length >= DEEPEST || --walk.left < 0) return "[…]";
  walk.above.push(value);
  const copy = isList ? [] : (Object.create(Object.getPrototypeOf(value) as object | null) as object);
  for (const key of Object.keys(value)) {
    const found = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
    const shown = "value" in found ? { ...found, value: withoutLeaves(found.value, leaves, walk) } : found;
    Object.defineProperty(copy, key, shown);
  }
  walk.above.pop();
  return copy;
}
