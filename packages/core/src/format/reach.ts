import { platform } from "#platform";

/** Stands for a value that is not there. */
export const MISSING: unique symbol = Symbol("missing");

/**
 * One step into a value: an own enumerable data property, an entry of a Map, a code point of a text.
 * No getter or trap runs, no prototype is reached.
 *
 * @returns `MISSING` where there is no such thing
 * @example
 * reach({ id: 7 }, "id"); // 7
 */
export function reach(value: unknown, key: string | number): unknown {
  if (typeof value === "string") return typeof key === "number" ? ([...value][key] ?? MISSING) : MISSING;
  if (value === null || (typeof value !== "object" && typeof value !== "function") || platform.isProxy(value))
    return MISSING;
  if (value instanceof Map) return entryOf(value, key);
  const found = Object.getOwnPropertyDescriptor(value, key);
  return found?.enumerable && "value" in found ? found.value : MISSING;
}

/** Methods of `Map` itself: those of a subclass are code of the user. */
function entryOf(map: ReadonlyMap<unknown, unknown>, key: string | number): unknown {
  return Map.prototype.has.call(map, key) ? Map.prototype.get.call(map, key) : MISSING;
}

/** Several steps, one after the other. */
export function reachAll(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const key of path) {
    if (at === MISSING) return MISSING;
    at = reach(at, key);
  }
  return at;
}
