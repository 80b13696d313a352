import { types } from "node:util";
import { isError } from "@logbridge/core";
import { data } from "../propagate/winston-logger.ts";
import { DEEPEST, type Info, MESSAGE, put, valueOf } from "./info.ts";

/**
 * The info as its line shows it: a format such as `json({ replacer })` hides values in the line alone. The info itself where the line
 * is no JSON, or shows what the info has.
 *
 * @param given the keys before the format ran: what it has added later than the line is in none; `null`: nobody knows
 */
export function shownBy(info: Info, given: readonly string[] | null): Info {
  const line = parsed(info[MESSAGE]);
  if (!line) return info;
  const nested = line["@fields"];
  const fields = isObject(nested) ? nested : line;
  const keys = Object.keys(info);
  // A line of another make says nothing of what it lacks.
  const isWhole = keys.some(
    (key) => (given !== null || (key !== "level" && key !== "message")) && Object.hasOwn(fields, key),
  );
  const isGiven = (key: string): boolean => given === null || given.includes(key);
  const changes = new Map<string, unknown>();
  for (const key of keys) {
    if (key === "level") continue;
    const own = valueOf(info, key);
    if (Object.hasOwn(fields, key)) {
      const shown = shownValue(own, fields[key], 0);
      if (!Object.is(shown, own)) changes.set(key, shown);
    } else if (isWhole && isGiven(key) && isPrintable(own) && !(nested && key === "message"))
      changes.set(key, undefined);
  }
  const text = line["@message"];
  if (typeof text === "string" && !Object.hasOwn(info, "message")) changes.set("message", text);
  return changes.size === 0 ? info : changed(info, changes);
}

function parsed(line: unknown): Info | null {
  if (typeof line !== "string" || !line.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Info {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function changed(info: Info, changes: ReadonlyMap<string, unknown>): Info {
  const seen: Info = isError(info) ? { message: info.message, stack: info.stack, cause: valueOf(info, "cause") } : {};
  for (const key of Object.keys(info)) put(seen, key, valueOf(info, key));
  for (const key of Object.getOwnPropertySymbols(info)) seen[key] = info[key];
  for (const [key, value] of changes)
    if (value === undefined) delete seen[key];
    else put(seen, key, value);
  return seen;
}

/** JSON leaves such values out. */
function isPrintable(value: unknown): boolean {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}

/** The own value where JSON shows it as it is, else what is shown. */
function shownValue(own: unknown, shown: unknown, depth: number): unknown {
  if (Object.is(own, shown)) return own;
  if (typeof own === "number") return own === shown || (shown === null && !Number.isFinite(own)) ? own : shown;
  if (typeof own === "bigint") return String(own) === String(shown) || Number(own) === shown ? own : shown;
  if (typeof own !== "object" || own === null || types.isProxy(own) || depth > DEEPEST) return shown;
  if (shown === "[Circular]") return own;
  if (types.isDate(own)) return shown === dateText(own) ? own : shown;
  if (own instanceof URL) return shown === own.href ? own : shown;
  if (ArrayBuffer.isView(own)) return bytesOf(own, shown) ? own : shown;
  if (!isError(own) && typeof data(own, "toJSON") === "function") return shown;
  return typeof shown === "object" && shown !== null && Array.isArray(own) === Array.isArray(shown)
    ? shownParts(own, shown as Info, depth)
    : shown;
}

function dateText(date: Date): string | null {
  return Number.isNaN(Date.prototype.getTime.call(date)) ? null : Date.prototype.toISOString.call(date);
}

/** JSON shows bytes as an object, winston before its replacer as the list of a Buffer. */
function bytesOf(own: ArrayBufferView, shown: unknown): boolean {
  const bytes = Buffer.from(own.buffer, own.byteOffset, own.byteLength);
  return typeof shown === "object" || shown === bytes.toString("base64");
}

function shownParts(own: object, shown: Info, depth: number): unknown {
  const parts: Info = {};
  let same = true;
  for (const key of Object.keys(own)) {
    const value = valueOf(own, key);
    if (!Object.hasOwn(shown, key)) {
      if (isPrintable(value)) same = false;
      continue;
    }
    const part = shownValue(value, shown[key], depth + 1);
    if (!Object.is(part, value)) same = false;
    put(parts, key, part);
  }
  for (const key of Object.keys(shown)) if (!Object.hasOwn(own, key)) same = false;
  if (same) return own;
  return Array.isArray(own) ? shown : { ...shown, ...parts };
}
