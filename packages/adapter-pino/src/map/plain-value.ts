import { toPlain } from "@logbridge/core";
import { put } from "./put.ts";

/** A value as pino's JSON has it: no function, no symbol, and `null` for a number that JSON has no word for. */
export function plainValue(value: unknown): unknown {
  return isLeftOut(value) ? undefined : fitted(value, toPlain(value));
}

function fitted(given: unknown, plain: unknown): unknown {
  if (typeof given === "number") return Number.isFinite(given) ? plain : null;
  if (typeof given !== "object" || given === null || typeof plain !== "object" || plain === null) return plain;
  if ("toJSON" in given) return plain;
  const target = plain as Record<string, unknown>;
  for (const key of Object.keys(target)) {
    const found = Object.getOwnPropertyDescriptor(given, key);
    if (!found || !("value" in found)) continue;
    const { value } = found;
    if (!isLeftOut(value)) put(target, key, fitted(value, target[key]));
    else if (Array.isArray(target)) put(target, key, null);
    else delete target[key];
  }
  return plain;
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === "function" || typeof value === "symbol";
}
