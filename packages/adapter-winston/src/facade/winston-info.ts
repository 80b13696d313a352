import { types } from "node:util";
import { isError } from "@logbridge/core";
import { copied, type Info, LEVEL, put, SPLAT, valueOf } from "../map/info.ts";
import { freshInfo } from "../map/remembered.ts";
import { tokensOf, type Understood } from "../map/understanding.ts";
import { data } from "../propagate/winston-logger.ts";
import type { Call } from "./call.ts";

/**
 * The info that winston's own `log()` would have made of a call. `null` where it has values that a record knows nothing of, and that a
 * redaction would therefore pass by.
 *
 * @param context fields of children and defaults, the outermost first
 * @param said what the record says
 */
export function winstonInfo(call: Call, context: readonly object[], { fields, error }: Understood): Info | null {
  if (fields["exception"] === true || fields["rejection"] === true) return null;
  if ([call.message, call.itself, ...call.splat].some((one) => !isKnown(one, call, error?.value))) return null;
  const info = call.itself ? itself(call.itself, context) : spoken(call, context);
  info["level"] = info[LEVEL] = call.level;
  return info;
}

function isKnown(value: unknown, { message, splat, sources, itself }: Call, error: unknown): boolean {
  if (typeof value !== "object" || value === null || value === error || sources.includes(value)) return true;
  if (types.isProxy(value) || Array.isArray(value) || isError(value)) return false;
  if (value === message || value === itself) return true;
  return typeof message === "string" && splat.indexOf(value) < tokensOf(message);
}

function itself(value: object, context: readonly object[]): Info {
  const own = freshInfo(value as Info);
  if (context.length === 0) return own;
  const info = merged(context);
  // A child copies an error to an ordinary info.
  Object.assign(info, own);
  if (isError(own)) Object.assign(info, { stack: own.stack, message: own.message, cause: valueOf(own, "cause") });
  return info;
}

function spoken({ message, splat }: Call, context: readonly object[]): Info {
  const info = merged(context);
  const [meta] = splat;
  const joins =
    typeof meta === "object" && meta !== null && !(typeof message === "string" && /%[scdjifoO%]/.test(message));
  if (joins) addFields(info, meta);
  if (splat.length > 0) info[SPLAT] = splat.map((one) => copied(one));
  info["message"] = isError(message) ? message : copied(message);
  if (!joins) return info;
  const [appended, stack, cause] = ["message", "stack", "cause"].map((key) =>
    key === "stack" && isError(meta) ? meta.stack : data(meta, key),
  );
  if (appended) info["message"] = `${String(message)} ${String(appended)}`;
  if (stack) info["stack"] = stack;
  if (cause) info["cause"] = cause;
  return info;
}

function merged(context: readonly object[]): Info {
  const info: Info = {};
  for (const one of context) addFields(info, one);
  return info;
}

function addFields(info: Info, fields: object): void {
  for (const key of Object.keys(fields)) put(info, key, copied(valueOf(fields, key)));
}
