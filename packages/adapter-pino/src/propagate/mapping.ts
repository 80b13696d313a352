import { errorToHand, isError, toPlain } from "@logbridge/core";
import { serialized } from "../map/application-functions.ts";
import type { Mapping } from "../map/merge-object.ts";
import { parsed } from "../map/parsed.ts";
import { put } from "../map/put.ts";
import { CENSOR } from "../map/redaction.ts";
import { type PinoLogger, part, serializersOf, textStringifierOf } from "../map/their-logger.ts";

/** The keys that a line has before the fields of its call and its bindings. */
function keysOf(logger: PinoLogger, time: string): string[] {
  const [start = '{"level":0'] = Object.values((part(logger, "lsCache") ?? {}) as Record<number, string>);
  const text = part(logger, "messageKey");
  return [...Object.keys(parsed(`,${start.slice(1)}${time}`)), "level", typeof text === "string" ? text : "msg"];
}

/** pino before 9.10 looks for serializers in objects that inherit, and takes what those inherit for some. */
function inheritedKeys(logger: PinoLogger): string[] {
  const found = [part(logger, "serializers"), part(logger, "stringifiers")];
  return found.some((one) => typeof one === "object" && one !== null && "hasOwnProperty" in one)
    ? Object.getOwnPropertyNames(Object.prototype)
    : [];
}

/** The names that fields cannot have with this logger, and its ways to show values. */
export function mappingOf(logger: PinoLogger, time: string): Mapping {
  const nested = part(logger, "nestedKey");
  const error = part(logger, "errorKey");
  const bindings = parsed(String(part(logger, "chindings") ?? ""));
  const isNested = typeof nested === "string" && nested !== "";
  const taken = isNested ? [] : [...keysOf(logger, time), ...Object.keys(bindings)];
  const serializers = serializersOf(logger);
  return {
    reserved: new Set(["__proto__", ...inheritedKeys(logger), ...taken]),
    errorKey: typeof error === "string" ? error : "err",
    bound: isNested ? {} : bindings,
    hidden: (key, value) => hiddenBy(logger, key, value),
    valueOf: (key, value) => (Object.hasOwn(serializers, key) || isPlainValue(value) ? value : toPlain(value)),
    errorOf: (exception) => {
      const error = errorToHand(exception);
      return isError(error) ? extensible(error) : toPlain(error);
    },
  };
}

/** A field that a line shows by another name goes by the serializer and the redaction of its own. */
function hiddenBy(logger: PinoLogger, key: string, value: unknown): unknown {
  const serializer = serializersOf(logger)[key];
  const shown = serializer && Object.hasOwn(serializersOf(logger), key) ? serialized(key, serializer, value) : value;
  const redact = textStringifierOf(logger);
  if (!redact || shown === undefined) return shown;
  const alone: Record<string, unknown> = {};
  put(alone, key, toPlain(shown));
  const before = JSON.stringify(alone);
  try {
    const text = String(redact(alone, JSON.stringify));
    return text === before ? shown : parsed(`,${text.slice(1, -1)}`)[key];
  } catch {
    return CENSOR;
  }
}

/** What JSON has a word for. */
function isPlainValue(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** pino's serializer marks an error while it reads it, which a frozen one does not let it do. */
function extensible(error: Error): Error {
  if (Object.isExtensible(error)) return error;
  return Object.create(Object.getPrototypeOf(error) as object, Object.getOwnPropertyDescriptors(error)) as Error;
}
