import type { PatchedProperty } from "./delivered.ts";

/**
 * Notes what properties are before an adapter patches them, for `Subject.patched`.
 *
 * @param target the foreign object; keys that it only inherits are noted as absent
 * @example
 * const patched = describeProperties(theirs, "info", "error");
 * const interception = interceptTheirs(theirs, { logger });
 * return { subject: interception, patched, restore: () => interception.restore() };
 */
export function describeProperties(target: object, ...keys: readonly PropertyKey[]): readonly PatchedProperty[] {
  return keys.map((key) => [target, key, Object.getOwnPropertyDescriptor(target, key)]);
}
