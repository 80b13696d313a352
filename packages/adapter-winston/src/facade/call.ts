import { types } from "node:util";
import { isError } from "@logbridge/core";
import { type Info, LEVEL, put, SPLAT, symbolOf, valueOf } from "../map/info.ts";
import { tokensOf } from "../map/understanding.ts";

/** One call of a winston logger, taken apart. Nothing of the caller's is written on. */
export interface Call {
  readonly level: string;
  readonly message: unknown;
  /** Objects with fields: later ones win. */
  readonly sources: readonly object[];
  readonly splat: readonly unknown[];
  /** What winston takes for the info itself. */
  readonly itself: object | null;
}

/** `logger.info(…)`, and `logger.log(level, …)` without its level. */
export function callOf(level: string, args: readonly unknown[]): Call {
  if (args.length === 1) return single(level, args[0]);
  const [message = "", ...splat] = args;
  const taken = typeof message === "string" ? tokensOf(message) : 0;
  return { level, message, sources: splat.slice(taken).filter(isFields), splat, itself: null };
}

/** `logger.log(…)`. */
export function loggedCall(args: readonly unknown[]): Call {
  const [level, ...rest] = args;
  if (args.length === 1) return typeof level === "object" && level !== null ? infoCall(level) : single("info", level);
  const [first] = rest;
  const name = levelText(level);
  if (rest.length === 1 && typeof first === "object" && first !== null)
    return { ...single(name, first), itself: first };
  return callOf(name, rest);
}

/** No code of the application's runs for what is no name. */
function levelText(level: unknown): string {
  return typeof level === "string" || typeof level === "number" ? String(level) : "info";
}

/** `logger.log(info)` and `logger.write(info)`. */
export function infoCall(info: object): Call {
  const level = types.isProxy(info) ? null : (symbolOf(info, LEVEL) ?? valueOf(info, "level"));
  const name = typeof level === "string" && level !== "" ? level : "info";
  if (!isFields(info)) return single(name, info);
  const splat = symbolOf(info, SPLAT);
  return {
    level: name,
    message: valueOf(info, "message") ?? "",
    sources: [info],
    splat: Array.isArray(splat) ? splat : [],
    itself: info,
  };
}

/** What a stream that is piped to the logger writes: a line, or an info. */
export function writtenCall(chunk: unknown): Call {
  if (typeof chunk === "string") return single("info", chunk.replace(/\r?\n$/, ""));
  if (chunk instanceof Uint8Array) return writtenCall(Buffer.from(chunk).toString());
  return typeof chunk === "object" && chunk !== null ? infoCall(chunk) : single("info", chunk);
}

function single(level: string, value: unknown): Call {
  return isFields(value) && valueOf(value, "message")
    ? { ...infoCall(value), level }
    : {
        level,
        message: value,
        sources: [],
        splat: [],
        itself: isError(value) && value.message ? value : null,
      };
}

function isFields(value: unknown): value is object {
  // What a proxy says it has would be code of the application's.
  return (
    typeof value === "object" && value !== null && !types.isProxy(value) && !Array.isArray(value) && !isError(value)
  );
}

/**
 * The call as winston's info, fresh: with the fields of children and `defaultMeta` before its own.
 *
 * @param context fields from outside of the call
 */
export function infoOfCall(call: Call, context: readonly object[]): Info {
  const info: Info = {};
  for (const source of [...context, ...call.sources].filter(isFields))
    for (const key of Object.keys(source)) {
      const value = valueOf(source, key);
      if (key !== "level" && key !== "message" && value !== undefined) put(info, key, value);
    }
  info["level"] = call.level;
  info["message"] = call.message;
  info[LEVEL] = call.level;
  info[SPLAT] = call.splat;
  return info;
}
