import { formatConsole, inspect, isError, isPlainObject, type LogRecord, mergeFields } from "@logbridge/core";

/** A call of log4js, understood. */
export interface Understood {
  readonly message: string;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
}

const DIRECTIVE = /%[%sdijfoOc]/g;

/** How many of the values behind a text its directives take. */
function countTaken(data: readonly unknown[]): number {
  const [text] = data;
  if (typeof text !== "string") return 0;
  const directives = (text.match(DIRECTIVE) ?? []).filter((one) => one !== "%%").length;
  return Math.min(directives, data.length - 1);
}

/** Where an error stands among the values of a call: itself, or under a key of an object. */
export interface ErrorPlace {
  readonly index: number;
  readonly key: string | null;
}

/** As in our own calls, an error under one of these names is the exception where there is no other. */
const ERROR_KEYS = ["err", "error"];

/** The place of the first value that is meant. */
export function placeAmong(data: readonly unknown[], isMeant: (value: unknown) => boolean): ErrorPlace | null {
  const at = data.findIndex(isMeant);
  if (at >= 0) return { index: at, key: null };
  for (const [index, value] of data.entries()) {
    if (!isPlainObject(value)) continue;
    const key = ERROR_KEYS.find((one) => isMeant(ownValue(value, one)));
    if (key !== undefined) return { index, key };
  }
  return null;
}

const ownValue = (object: object, key: string): unknown => Object.getOwnPropertyDescriptor(object, key)?.value;

/** The values without the error: it is shown as the exception. */
function withoutError(data: readonly unknown[], { index, key }: ErrorPlace): unknown[] {
  const rest = key === null ? {} : mergeFields(data[index] as Record<string, unknown>);
  if (key !== null) delete rest[key];
  return data.flatMap((value, at) => (at !== index ? [value] : Object.keys(rest).length > 0 ? [rest] : []));
}

/**
 * What a call says: the text as log4js prints it, but without the stack of an error that stands behind it, since that is the
 * record's exception; and as fields the logger's context and the objects that no directive took.
 */
export function understand(data: readonly unknown[], context: unknown): Understood {
  const [first] = data;
  const from = typeof first === "string" ? 1 + countTaken(data) : 0;
  const place = placeAmong(data, isError);
  const { index = -1, key = null } = place ?? {};
  const error = place && { value: key === null ? data[index] : ownValue(data[index] as object, key) };
  const shown = place && index >= from ? withoutError(data, place) : data;
  const fields = mergeFields(...[context, ...shown.slice(from)].filter(isPlainObject));
  const message = shown.length === 0 && error ? messageOf(error.value as object) : textOf(shown, data);
  const isText = typeof first === "string";
  const args = data.slice(isText ? 1 : 0);
  calls.set(args, { message, text: isText ? first : null });
  return { message, template: isText ? first : message, args, fields, error };
}

/** What was said, by the arguments of its record. */
const calls = new WeakMap<readonly unknown[], { readonly message: string; readonly text: string | null }>();

/**
 * The values that a call of log4js was made with. `null` for a record that comes from elsewhere, and for one whose message or
 * arguments are others by now: they were redacted, or a patcher has changed them.
 */
export function dataOf({ args, message }: LogRecord): readonly unknown[] | null {
  const said = calls.get(args);
  if (said?.message !== message) return null;
  return said.text === null ? args : [said.text, ...args];
}

function textOf(shown: readonly unknown[], data: readonly unknown[]): string {
  const [first] = shown;
  // A text alone stays as it is; with something behind it, `%%` is one `%`, also when that is not shown.
  if (shown.length === 1 && data.length > 1 && typeof first === "string") return printed([first, ""]).slice(0, -1);
  return shown.length === 0 ? "" : printed(shown);
}

/** As log4js prints it; its values may say themselves how they are shown, and fail at that. */
function printed(values: readonly unknown[]): string {
  try {
    return formatConsole(values);
  } catch {
    return values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
  }
}

function messageOf(error: object): string {
  const message = ownValue(error, "message");
  return typeof message === "string" ? message : "";
}
