import { isError, toPlain } from "@logbridge/core";
import { dataOf, put } from "./put.ts";
import { type PinoLogger, part, serializersOf, stringifierOf, textKey } from "./their-logger.ts";
import { innerErrors, isBare, isWhole } from "./whole-error.ts";
import type { Understood, Written } from "./written.ts";

/** Does the logger redact something at or below this key? */
export function isHidden(logger: PinoLogger, key: string): boolean {
  return stringifierOf(logger, key) !== undefined;
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

/** Takes the error out of the fields: the object itself where the line shows all of it, else what the line shows. */
export function takeError(
  { logger, object, isHooked = false }: Written,
  fields: Record<string, unknown>,
): Understood["error"] {
  const given = givenError(logger, object);
  if (!given) return null;
  const { key, value } = given;
  const shown = Object.getOwnPropertyDescriptor(fields, key)?.value as unknown;
  const serializers = serializersOf(logger);
  const serializer = serializers[key] ?? (key === textKey(logger, "errorKey", "err") ? serializers["err"] : undefined);
  const { log } = (part(logger, "formatters") ?? {}) as { readonly log?: unknown };
  const isOwn = serializer === undefined || OPEN_SERIALIZERS.has(serializer.name);
  const mayHide = isHooked || log !== undefined || !isOwn;
  const mayRedact = isHidden(logger, key);
  // Where nothing can hide, pino has shown what it shows of every error.
  const isOpen = (inner: object): boolean => isBare(inner) || (!mayHide && !redactsIn(logger, key, inner));
  const isShown =
    typeof shown === "object" &&
    shown !== null &&
    (!mayHide && !mayRedact
      ? true
      : isWhole(shown, value as object, serializer !== undefined, isOpen) &&
        (mayHide || !redactsIn(logger, key, value as object)));
  if (isShown) {
    delete fields[key];
    return { value };
  }
  const rebuilt = errorFrom(shown);
  if (rebuilt) delete fields[key];
  return rebuilt && { value: rebuilt };
}

/** Would the logger's redaction hide something of an error or of what lies in it, which no line shows? */
function redactsIn(logger: PinoLogger, key: string, error: object, above: readonly object[] = []): boolean {
  const stringify = stringifierOf(logger, key);
  if (!stringify || above.includes(error)) return false;
  const plain = JSON.stringify(toPlain(error)) as string;
  try {
    const text = stringify(JSON.parse(plain), JSON.stringify);
    if (typeof text !== "string" || JSON.stringify(JSON.parse(text)) !== plain) return true;
  } catch {
    return true;
  }
  return innerErrors(error).some(([, inner]) => redactsIn(logger, key, inner, [...above, error]));
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
