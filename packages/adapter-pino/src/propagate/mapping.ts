import { errorToHand, isError, toPlain } from "@logbridge/core";
import type { Mapping } from "../map/merge-object.ts";
import { type PinoLogger, part, serializersOf } from "../map/their-logger.ts";

/** The keys that a line has before the fields of its call. */
function keysOf(logger: PinoLogger, time: string): string[] {
  const [start = '{"level":0'] = Object.values((part(logger, "lsCache") ?? {}) as Record<number, string>);
  const text = part(logger, "messageKey");
  try {
    const keys = Object.keys(JSON.parse(`${start}${time}${String(part(logger, "chindings") ?? "")}}`) as object);
    return [...keys, typeof text === "string" ? text : "msg"];
  } catch {
    return ["level", "time", "msg"];
  }
}

/** The names that fields cannot have with this logger, and its ways to show values. */
export function mappingOf(logger: PinoLogger, time: string): Mapping {
  const nested = part(logger, "nestedKey");
  const error = part(logger, "errorKey");
  const taken = typeof nested === "string" && nested !== "" ? [] : keysOf(logger, time);
  const serializers = serializersOf(logger);
  return {
    reserved: new Set(["__proto__", ...taken]),
    errorKey: typeof error === "string" ? error : "err",
    valueOf: (key, value) => (serializers[key] || isPlainValue(value) ? value : toPlain(value)),
    errorOf: (exception) => {
      const error = errorToHand(exception);
      return isError(error) ? extensible(error) : toPlain(error);
    },
  };
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
