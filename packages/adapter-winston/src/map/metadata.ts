import { types } from "node:util";
import { type Info, put } from "./info.ts";

/**
 * The application's own metadata as it stands now. winston reads it for each record, so that a getter in `defaultMeta` gives the request's
 * identifier; one that throws gives nothing.
 *
 * @param meta what was given as `defaultMeta` or to `child()`
 * @returns the same object where there is nothing to run
 */
export function currentMeta(meta: object): object;
export function currentMeta(meta: object | null): object | null;
export function currentMeta(meta: object | null): object | null {
  if (meta === null || types.isProxy(meta)) return meta;
  const parts = Object.entries(Object.getOwnPropertyDescriptors(meta)).filter(([, part]) => part.enumerable);
  if (parts.every(([, part]) => "value" in part)) return meta;
  const current: Info = {};
  for (const [key, part] of parts) {
    try {
      put(current, key, part.get ? part.get.call(meta) : part.value);
    } catch {
      // As if it were not there: a record is not to be lost by it.
    }
  }
  return current;
}
