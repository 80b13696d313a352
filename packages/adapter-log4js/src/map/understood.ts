import {
  formatConsole,
  inspect,
  isError,
  isPlainObject,
  type LogRecord,
  mergeFields,
  type Origin,
} from "@logbridge/core";

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
  const known = contextOf(context);
  const given = mergeFields(...shown.slice(from).filter(isPlainObject));
  const fields = mergeFields(known, given);
  const message = shown.length === 0 && error ? messageOf(error.value as object) : textOf(shown, data);
  const isText = typeof first === "string";
  const args = data.slice(isText ? 1 : 0);
  calls.set(args, { message, text: isText ? first : null, given, known });
  return { message, template: isText ? first : message, args, fields, error };
}

/** What a logger's context has now: the application's own, whose getters log4js asks for each event. One that fails stands as `[Getter]`. */
function contextOf(context: unknown): Record<string, unknown> {
  if (!isPlainObject(context)) return {};
  const known = mergeFields(context);
  for (const key of Object.keys(known)) {
    const get = Object.getOwnPropertyDescriptor(context, key)?.get;
    if (!get) continue;
    try {
      known[key] = get.call(context);
    } catch {}
  }
  return known;
}

/** A call, by the arguments of its record. */
interface Said {
  readonly message: string;
  readonly text: string | null;
  /** What its values have brought as fields. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The logger's context at that moment. */
  readonly known: Readonly<Record<string, unknown>>;
}

const calls = new WeakMap<readonly unknown[], Said>();

/** The same by the origin, which a redaction leaves as it is. */
const byOrigin = new WeakMap<Origin, Said>();

/** Notes which call a record of this origin comes from, by the arguments that `understand` gave. */
export function noteCall(origin: Origin, args: readonly unknown[]): void {
  byOrigin.set(origin, calls.get(args) as Said);
}

/**
 * The context of a record's event: its fields; of what was said to log4js those that are not a call's, as there, where what
 * `addContext` was given keeps its place. An object that a call has covered is left out: nobody has looked what of it is to be hidden.
 */
export function contextOfEvent({ origin, extra }: LogRecord): Record<string, unknown> {
  const context = mergeFields(extra);
  const { given = {}, known = {} } = (origin && byOrigin.get(origin)) ?? {};
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(extra, key)) continue;
    const isSame = Object.is(extra[key], given[key]);
    // A patcher has changed it, or a redaction, which hides what has the same name in the context too.
    if (!isSame && !isObject(extra[key])) continue;
    if (isSame && Object.hasOwn(known, key) && !isObject(known[key])) context[key] = known[key];
    else delete context[key];
  }
  return context;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

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
