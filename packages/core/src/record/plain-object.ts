import { platform } from "#platform";
import type { Fields } from "./context.ts";

/** `{ … }` of any realm, and objects without a prototype. Proxies are not: their traps are code of the user. */
export function isPlainObject(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null || platform.isProxy(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"))
  );
}
