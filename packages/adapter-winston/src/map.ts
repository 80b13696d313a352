import { types } from "node:util";
import { errorToHand, givenName, isError, isPlainObject, type LogRecord, toPlain } from "@logbridge/core";
import { type Exception, errorCopy, stackOf } from "./map/error-copy.ts";
import { copied, DEEPEST, freeKey, type Info, LEVEL, put, valueOf } from "./map/info.ts";
import { placeError } from "./map/placed-error.ts";
import { objectMessage } from "./map/printed-object.ts";

/** Names that winston, its formats and its transports read for themselves: fields of these names get a trailing underscore. */
export const RESERVED: ReadonlySet<string> = new Set(["level", "message", "timestamp", "stack", "splat", "__proto__"]);

/**
 * A record as winston's info: fresh for each receiver, since formats and transports write on it.
 *
 * @param level the level's name on their side
 * @param defaultMeta what winston's logger adds to each record; our fields win
 * @param formatted a format of the application's runs on it: what that hides by name or in an object must stand where it stands in winston
 */
export function infoOf(record: LogRecord, level: string, defaultMeta: object | null, formatted: boolean): Info {
  const info: Info = { level, message: (formatted && objectMessage(record)) || record.message };
  if (defaultMeta) putAll(info, defaultMeta, record.extra);
  putAll(info, record.extra, null);
  // `format.timestamp()` keeps a time that is there.
  info["timestamp"] = record.time.toISOString();
  info[LEVEL] = level;
  const name = givenName(record);
  if (name !== null && !Object.hasOwn(info, "label")) info["label"] = name;
  const { exception } = record;
  if (exception) putException(info, exception, formatted);
  return info;
}

/** Transports look for an own Error or for a stack at the top: each finds its own. */
function putException(info: Info, exception: Exception, formatted: boolean): void {
  const key = freeKey("err", info);
  if (!isError(exception.value)) {
    put(info, key, copied(errorToHand(exception)));
    return;
  }
  const error = errorCopy(exception);
  placeError(error);
  put(info, key, error);
  info["stack"] = stackOf(exception);
  if (!formatted) return;
  for (const [name, value] of Object.entries(exception.properties ?? {}))
    if (!(Object.hasOwn(info, name) || RESERVED.has(name) || name === "exception")) put(info, name, copied(value));
}

/** Copies own data properties under names that are free, and no getter's result. */
function putAll(target: Info, fields: object, hiddenBy: object | null): void {
  for (const key of Object.keys(fields)) {
    if (hiddenBy && Object.hasOwn(hiddenBy, key)) continue;
    const value = valueOf(fields, key);
    if (value === undefined) continue;
    const name = RESERVED.has(key) ? freeKey(`${key}_`, target) : key;
    // A record with `exception: true` is only for the transports that handle uncaught errors.
    put(target, name === "exception" && value === true ? freeKey("exception_", target) : name, copied(value));
  }
}

/** The line of a transport that brings no format: JSON with its keys in order, as winston's own default. */
export function defaultLine(info: Info): string {
  return JSON.stringify(ordered(toPlain(withErrorData(info))));
}

/** The line that winston's own default makes of one of its own infos, where an error is what JSON makes of it. */
export function winstonLine(info: Info): string {
  try {
    return JSON.stringify(sorted(info, 0));
  } catch {
    // A `toJSON` of the application's has thrown.
    return defaultLine(info);
  }
}

function sorted(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => sorted(one, depth + 1));
  // What says itself how it is written.
  if (!isError(value) && !isPlainObject(value)) return value;
  const parts: Info = {};
  for (const key of Object.keys(value).sort()) put(parts, key, sorted(valueOf(value, key), depth + 1));
  return parts;
}

/** An error that we have put there says itself what JSON shows of it. */
function withErrorData(info: Info): Info {
  const shown: Info = { ...info };
  for (const key of Object.keys(info)) {
    const value = info[key];
    const own = isError(value) ? Object.getOwnPropertyDescriptor(value, "toJSON")?.value : undefined;
    if (typeof own === "function") shown[key] = own.call(value);
  }
  return shown;
}

function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const sorted: Info = {};
  for (const key of Object.keys(value).sort()) put(sorted, key, ordered((value as Info)[key]));
  return sorted;
}
