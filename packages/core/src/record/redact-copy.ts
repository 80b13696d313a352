import { readError } from "../format/error-parts.ts";

/** What an object is, for a copy of it. */
export type Shape = "object" | "array" | "error" | "map" | "set";

/** Keys that a copy has of its own, by what it is. */
const OWN_KEYS: Readonly<Record<Shape, readonly PropertyKey[]>> = {
  object: [],
  array: ["length"],
  error: ["name", "message", "stack"],
  map: [],
  set: [],
};

/** True for a key that no path means: a list's length, the free text of an error. */
export function isFixedKey(shape: Shape, key: PropertyKey): boolean {
  return OWN_KEYS[shape].includes(key);
}

/** An object of the same kind and class without content, so that what refers to itself can refer to its copy. */
export function emptyCopy(source: object, shape: Shape): object {
  const prototype = Object.getPrototypeOf(source) as object | null;
  if (shape === "object") return Object.create(prototype) as object;
  return Object.setPrototypeOf(emptyBuiltIn(shape), prototype) as object;
}

function emptyBuiltIn(shape: Exclude<Shape, "object">): object {
  if (shape === "array") return [];
  if (shape === "error") {
    const error = new Error();
    // Before it gets its class: the engine would ask that for the title of a stack.
    define(error, "stack", "", false);
    return error;
  }
  return shape === "map" ? new Map() : new Set();
}

/** Gives a copy the source's own properties, the changed ones with their new values. Getters are copied, not run. */
export function fillCopy(
  copy: object,
  source: object,
  shape: Shape,
  changes: ReadonlyMap<PropertyKey, unknown>,
): object {
  if (shape === "array") (copy as unknown[]).length = (source as readonly unknown[]).length;
  for (const key of Reflect.ownKeys(source)) {
    if (isFixedKey(shape, key)) continue;
    const found = Object.getOwnPropertyDescriptor(source, key) as PropertyDescriptor;
    if (changes.has(key)) define(copy, key, changes.get(key), found.enumerable === true);
    else if ("value" in found) define(copy, key, found.value, found.enumerable === true);
    else Object.defineProperty(copy, key, { ...found, configurable: true });
  }
  // What a prototype holds is hidden by a property that no copy of the copy takes over.
  for (const [key, value] of changes) if (!Object.hasOwn(copy, key)) define(copy, key, value, false);
  if (shape === "error") fillError(copy as Error, source as Error, changes);
  return copy;
}

/** Sets a property whatever the class or a prototype says to it. */
export function define(target: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  // Where there is nothing to say to it, an assignment is ten times as fast.
  if (enumerable && key !== "__proto__" && Object.getPrototypeOf(target) === Object.prototype) {
    (target as Record<PropertyKey, unknown>)[key] = value;
    return;
  }
  Object.defineProperty(target, key, { value, enumerable, configurable: true, writable: true });
}

/** Name, message and stack as they are read: the accessors of some classes work for their own objects alone. */
function fillError(copy: Error, source: Error, changes: ReadonlyMap<PropertyKey, unknown>): void {
  const { type, message, stack, code } = readError(source);
  define(copy, "stack", stack, false);
  const own = Object.getOwnPropertyDescriptor(source, "message");
  if (own || isComputed(source, "message"))
    define(copy, "message", changes.get("message") ?? message, own?.enumerable ?? false);
  const name = Object.getOwnPropertyDescriptor(source, "name");
  if (name && "value" in name) define(copy, "name", changes.get("name") ?? name.value, name.enumerable === true);
  else if (name || isComputed(source, "name")) define(copy, "name", type, false);
  if (code !== undefined && isComputed(source, "code")) define(copy, "code", code, false);
}

function isComputed(source: object, key: string): boolean {
  for (let at: object | null = source; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return !("value" in found);
  }
  return false;
}
