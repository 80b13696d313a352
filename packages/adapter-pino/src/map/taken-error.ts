import { isError } from "@logbridge/core";
import { dataOf, put } from "./put.ts";
import { type PinoLogger, part, serializersOf, textKey } from "./their-logger.ts";
import type { Understood } from "./written.ts";

/** Does the logger redact something at or below this key? A path that begins with `*` is kept under a symbol. */
export function isHidden(logger: PinoLogger, key: string): boolean {
  const hidden = part(logger, "stringifiers") as object | undefined;
  if (!hidden) return false;
  return (
    Object.hasOwn(hidden, key) ||
    Object.getOwnPropertySymbols(hidden).some(({ description }) => description === "pino.wildcardFirst")
  );
}

/** The error among the fields of a call, with its key: pino's own key first. */
export function givenError(
  logger: PinoLogger,
  object: unknown,
): { readonly key: string; readonly value: unknown } | null {
  const given = objectOf(object);
  for (const key of new Set([textKey(logger, "errorKey", "err"), "err", "error", ...Object.keys(given)])) {
    const value: unknown = Object.getOwnPropertyDescriptor(given, key)?.value;
    if (isError(value)) return { key, value };
  }
  return null;
}

/** pino's own serializers for errors leave nothing out. Any other may be there to hide. */
export const OPEN_SERIALIZERS: ReadonlySet<string> = new Set(["errSerializer", "errWithCauseSerializer"]);

/** Takes the error out of the fields: the object itself where the logger shows all of it, else what the line shows. */
export function takeError(logger: PinoLogger, object: unknown, fields: Record<string, unknown>): Understood["error"] {
  const given = givenError(logger, object);
  if (!given) return null;
  const { key, value } = given;
  const shown = Object.getOwnPropertyDescriptor(fields, key)?.value as unknown;
  const serializers = serializersOf(logger);
  const serializer = serializers[key] ?? (key === textKey(logger, "errorKey", "err") ? serializers["err"] : undefined);
  const isOpen = !isHidden(logger, key) && (serializer === undefined || OPEN_SERIALIZERS.has(serializer.name));
  if (isOpen && showsAll(shown, value as object)) {
    delete fields[key];
    return { value };
  }
  const rebuilt = errorFrom(shown);
  if (rebuilt) delete fields[key];
  return rebuilt && { value: rebuilt };
}

/** Has the line all own properties of the error? A formatter may have taken some out, or the whole error. */
export function showsAll(shown: unknown, error: object): boolean {
  if (typeof shown !== "object" || shown === null) return false;
  return Object.keys(error).every((key) => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
    return (
      key === "cause" ||
      value === undefined ||
      typeof value === "function" ||
      typeof value === "symbol" ||
      Object.hasOwn(shown, key)
    );
  });
}

/** An error from its JSON form, `null` where the form is none. */
export function errorFrom(shown: unknown): Error | null {
  if (typeof shown !== "object" || shown === null) return null;
  const { type, message, stack, ...rest } = shown as Record<string, unknown>;
  if (typeof message !== "string") return null;
  const error = new Error(message);
  put(error as never, "name", typeof type === "string" ? type : "Error");
  Object.defineProperty(error, "stack", {
    value: typeof stack === "string" ? stack : "",
    configurable: true,
    writable: true,
  });
  for (const key of Object.keys(rest)) put(error as never, key, rest[key]);
  return error;
}

/** A call's merge object, or an empty one. */
export function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/**
 * The fields of a call whose line is no JSON, which older versions of pino write for keys such as `constructor`. None where the logger may
 * hide some of them; what has a serializer is left out.
 */
export function openFields(logger: PinoLogger, object: unknown): Record<string, unknown> {
  const { log } = (part(logger, "formatters") ?? {}) as { readonly log?: unknown };
  const hidden = (part(logger, "stringifiers") ?? {}) as object;
  const hides = log !== undefined || Object.keys(hidden).length > 0 || isHidden(logger, "");
  const fields = hides ? {} : dataOf(object);
  const shown = serializersOf(logger);
  for (const key of Object.keys(fields)) if (Object.hasOwn(shown, key) && !isError(fields[key])) delete fields[key];
  return fields;
}
