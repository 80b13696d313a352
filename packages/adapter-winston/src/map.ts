import { types } from "node:util";
import { errorToHand, formatConsole, givenName, inspect, isError, type LogRecord, toPlain } from "@logbridge/core";

export const LEVEL: unique symbol = Symbol.for("level") as never;
export const MESSAGE: unique symbol = Symbol.for("message") as never;
export const SPLAT: unique symbol = Symbol.for("splat") as never;

/** What winston passes from format to format. */
export type Info = Record<string | symbol, unknown>;

/** A `logform` format, as far as it is used here. */
export interface WinstonFormat {
  transform(info: never, options?: never): unknown;
  readonly options?: unknown;
}

/** Names that winston, its formats and its transports read for themselves: fields of these names get a trailing underscore. */
const RESERVED: ReadonlySet<string> = new Set(["level", "message", "timestamp", "stack", "splat", "__proto__"]);
const DEEPEST = 8;

/**
 * A record as winston's info: fresh for each receiver, since formats and transports write on it.
 *
 * @param level the level's name on their side
 * @param defaultMeta what winston's logger adds to each record; our fields win
 */
export function infoOf(record: LogRecord, level: string, defaultMeta: object | null): Info {
  const info: Info = { level, message: record.message };
  if (defaultMeta) putAll(info, defaultMeta, record.extra);
  putAll(info, record.extra, null);
  // `format.timestamp()` keeps a time that is there.
  info["timestamp"] = record.time.toISOString();
  info[LEVEL] = level;
  const name = givenName(record);
  if (name !== null && !Object.hasOwn(info, "label")) info["label"] = name;
  const { exception } = record;
  if (exception) putException(info, exception);
  return info;
}

type Exception = NonNullable<LogRecord["exception"]>;

/** Transports look for an own Error or for a stack at the top: each finds its own. */
function putException(info: Info, exception: Exception): void {
  const key = freeKey("err", info);
  put(info, key, isError(exception.value) ? errorCopy(exception) : copied(errorToHand(exception)));
  if (isError(exception.value)) info["stack"] = stackOf(exception);
}

function stackOf({ type, message, stack }: Exception): string {
  const title = message === "" ? type : `${type}: ${message}`;
  return [title, ...stack.map((frame) => frame.text)].join("\n");
}

/**
 * An error of the same class with the same parts, which a format may write on; it shows its class, stack, code and causes in JSON,
 * where an error by itself is `{}`.
 */
function errorCopy(exception: Exception): Error {
  const copy = bareError();
  Object.setPrototypeOf(copy, Object.getPrototypeOf(exception.value) as object);
  const hidden = (key: string, value: unknown): void => hide(copy, key, value);
  hidden("message", exception.message);
  hidden("stack", stackOf(exception));
  hidden("name", exception.type);
  if (exception.cause)
    hidden("cause", isError(exception.cause.value) ? errorCopy(exception.cause) : exception.cause.value);
  if (exception.errors)
    hidden(
      "errors",
      exception.errors.map((one) => (isError(one.value) ? errorCopy(one) : one.value)),
    );
  if (exception.code !== undefined) show(copy, "code", exception.code);
  for (const [key, value] of Object.entries(exception.properties ?? {})) show(copy, key, copied(value));
  hidden("toJSON", () => errorData(exception));
  return copy;
}

function bareError(): Error {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    return new Error();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function errorData(exception: Exception): object {
  const { type, message, code, cause, errors, properties } = exception;
  return {
    type,
    message,
    stack: stackOf(exception),
    ...(code !== undefined && { code }),
    ...(properties && (toPlain(properties) as object)),
    ...(cause && { cause: errorData(cause) }),
    ...(errors && { errors: errors.map(errorData) }),
  };
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

function freeKey(key: string, taken: object): string {
  let name = key;
  while (Object.hasOwn(taken, name)) name += "_";
  return name;
}

function put(target: Info, key: string, value: unknown): void {
  if (key === "__proto__") show(target, key, value);
  else target[key] = value;
}

/** An error's class may have accessors of these names. */
function show(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function hide(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
}

/** The property's value, without running a getter of the user. */
function valueOf(holder: object, key: string): unknown {
  const found = Object.getOwnPropertyDescriptor(holder, key);
  return found && !("value" in found) ? "[Getter]" : (found?.value as unknown);
}

/** Plain objects and lists are copied, so that a format which masks a value does not mask the application's own. */
function copied(value: unknown, above: readonly unknown[] = []): unknown {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return value;
  const isList = Array.isArray(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (!isList && prototype !== null && prototype !== Object.prototype) return value;
  if (above.includes(value)) return "[Circular]";
  if (above.length >= DEEPEST) return value;
  const inside = [...above, value];
  if (isList) return Array.from(value as unknown[], (item) => copied(item, inside));
  const copy: Info = {};
  for (const key of Object.keys(value)) put(copy, key, copied(valueOf(value, key), inside));
  return copy;
}

/** The line of a transport that brings no format: JSON, as winston's own default. */
export function defaultLine(info: Info): string {
  const { level, message, ...rest } = info;
  return JSON.stringify(toPlain({ level, message, ...rest }));
}

/** What an info says before its format has run on it: formats write on the info itself. */
export interface Snapshot {
  /** An Error where one was logged as such. */
  readonly info: Info;
  readonly message: unknown;
  readonly splat: readonly unknown[];
  readonly error: { readonly value: Error } | null;
  readonly timed: boolean;
  readonly stack: unknown;
  /** All of it, for the stage "raw". */
  readonly fields: Record<string, unknown> | null;
}

/** Notes what is gone once the format has run. */
export function snapshotOf(info: Info, raw: boolean): Snapshot {
  const splat: unknown = info[SPLAT];
  const list = Array.isArray(splat) ? [...(splat as unknown[])] : [];
  const message = isError(info) ? info.message : valueOf(info, "message");
  const passed = isError(info) ? info : isError(message) ? message : list.find(isError);
  return {
    info,
    message,
    splat: list,
    error: passed === undefined ? null : { value: passed },
    timed: Object.hasOwn(info, "timestamp"),
    stack: stackIn(info),
    fields: raw ? fieldsOf(info, null, true) : null,
  };
}

/** A winston record, understood. */
export interface Understood {
  readonly message: string;
  readonly template?: string;
  readonly args?: readonly unknown[];
  /** What winston may have put into the text. */
  readonly printed?: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly name: string | undefined;
}

/** What the format made of an info: what it hid stays hidden, arguments that it did not print included. */
export function formattedOf(result: Info, before: Snapshot): Understood {
  const error = before.error ?? errorField(result) ?? rebuiltError(result);
  const fields = fieldsOf(result, error, before.timed);
  const own = isError(result) ? result.message : valueOf(result, "message");
  for (const [key, value] of unread(before, own)) if (!Object.hasOwn(fields, key)) put(fields, key, value);
  spread(own, fields);
  const message = textOf(own, error);
  const shown = before.error ? unmasked(before.error.value, result, before, message) : error;
  return { message, printed: before.splat, fields, error: shown, name: labelOf(result) };
}

/** The call as it was, with the arguments that its text asks for; nothing of the logger's formats. */
export function rawOf(before: Snapshot): Understood {
  const fields = { ...before.fields };
  const { message, splat, error } = before;
  const taken = typeof message === "string" ? tokensOf(message) : 0;
  const args = splat.slice(0, taken);
  for (const value of splat.slice(taken)) spread(value, fields);
  spread(message, fields);
  const text = args.length > 0 ? formatConsole([message, ...args]) : textOf(message, error);
  const asCalled = args.length > 0 ? { template: message as string, args } : {};
  return {
    message: text,
    ...asCalled,
    fields,
    error: error ?? errorField(before.info) ?? rebuiltError(before.info),
    name: labelOf(before.info),
  };
}

function fieldsOf(info: Info, error: Snapshot["error"], timed: boolean): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(info)) {
    const value = valueOf(info, key);
    if (key === "level" || key === "message" || value === undefined) continue;
    // What `format.timestamp()` adds is no field of the caller; the record has a time.
    if (key === "timestamp" && !timed) continue;
    if (error && (value === error.value || key === "stack" || key === "cause")) continue;
    put(fields, key, value);
  }
  return fields;
}

function errorField(info: Info): Snapshot["error"] {
  for (const key of ["err", "error", "exception"]) {
    const value = valueOf(info, key);
    if (isError(value)) return { value };
  }
  return null;
}

/** An error of which only the stack's text is left: a child logger copies an Error that it is given. */
function rebuiltError(info: Info): Snapshot["error"] {
  const stack = valueOf(info, "stack");
  const frames = typeof stack === "string" ? stack.search(/\n\s+at /) : -1;
  if (typeof stack !== "string" || frames < 0) return null;
  const [, type = "Error", message = ""] = /^(?:([\w$.]+)(?:: |$))?([\s\S]*)$/.exec(stack.slice(0, frames)) ?? [];
  const value = bareError();
  hide(value, "name", type);
  hide(value, "message", message);
  hide(value, "stack", stack);
  const [cause, code] = [valueOf(info, "cause"), valueOf(info, "code")];
  if (cause !== undefined) hide(value, "cause", cause);
  if (code !== undefined) show(value, "code", code);
  return { value };
}

function labelOf(info: Info): string | undefined {
  const label = valueOf(info, "label");
  return typeof label === "string" ? label : undefined;
}

/** An object logged as the message: its values are fields too. */
function spread(value: unknown, fields: Record<string, unknown>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isError(value) || types.isProxy(value))
    return;
  for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) put(fields, key, valueOf(value, key));
}

const TOKEN = /%[scdjifoO%]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\x1b\[[0-9;]*m/g;
const SECRET = /pass(?:word|wd|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;

/** How many arguments winston believes that a text takes. */
function tokensOf(text: string): number {
  return text.match(TOKEN)?.filter((token) => token !== "%%").length ?? 0;
}

/**
 * Fields that winston drops: with a `%` in the text it takes an object for an argument, and without `splat()` nobody prints it.
 * No format has seen them, so what is named like a secret is masked here.
 */
function unread({ message, splat }: Snapshot, printed: unknown): [string, unknown][] {
  if (typeof message !== "string" || message !== printed || !message.match(TOKEN)) return [];
  const found: Record<string, unknown> = {};
  for (const value of splat) spread(value, found);
  return Object.entries(found).map(([key, value]) => [key, maskedValue(key, value, 0)]);
}

function maskedValue(key: string, value: unknown, depth: number): unknown {
  if (SECRET.test(key)) return "[Redacted]";
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth >= DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => maskedValue("", item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Info = {};
  for (const name of Object.keys(value)) put(copy, name, maskedValue(name, valueOf(value, name), depth + 1));
  return copy;
}

function stackIn(info: Info): unknown {
  return isError(info) ? info.stack : valueOf(info, "stack");
}

function textOf(message: unknown, error: Snapshot["error"]): string {
  if (typeof message === "string") return message.replace(ANSI, "");
  if (isError(message)) return message.message;
  if (message === undefined && error) return error.value.message;
  return inspect(message);
}

/**
 * The error itself, unless the format has changed its text: then a copy that says what the format left, since a secret that is
 * masked in the text must not stand in the stack.
 */
function unmasked(error: Error, result: Info, before: Snapshot, message: string): { readonly value: unknown } {
  const stack = stackIn(result);
  const original = error.stack ?? "";
  const said = isError(before.message) ? before.message.message : before.message;
  const textChanged = typeof said === "string" && said.includes(error.message) && !message.includes(error.message);
  const stackChanged = typeof stack === "string" && stack.replace(ANSI, "") !== (before.stack ?? original);
  const properties = propertiesLeft(error, result);
  if (!textChanged && !stackChanged && properties === null) return { value: error };
  const copy = bareError();
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  const text = textChanged ? message : error.message;
  const frames = original.slice(Math.max(0, original.indexOf("\n    at ")));
  const shown = stackChanged ? (stack as string).replace(ANSI, "") : `${error.name}: ${text}${frames}`;
  hide(copy, "message", text);
  hide(copy, "stack", shown);
  const cause = valueOf(error as unknown as Info, "cause");
  if (cause !== undefined) hide(copy, "cause", cause);
  for (const [key, value] of properties ?? Object.entries(error)) put(copy as unknown as Info, key, value);
  return { value: copy };
}

/** What winston writes on an error itself. */
const WRITTEN: ReadonlySet<string> = new Set(["level", "timestamp", "message", "stack", "cause"]);

/**
 * The error's own properties as the format left them on the info that they were copied to, `null` where it changed none. What it
 * masked or took away there must not stand on the error either.
 */
function propertiesLeft(error: Error, result: Info): readonly (readonly [string, unknown])[] | null {
  if ((result as unknown) === error) return null;
  const keys = Object.keys(error).filter((key) => !WRITTEN.has(key));
  // An error behind the texts for a template was not copied to the info: no format has seen its properties.
  const copied = keys.some((key) => Object.hasOwn(result, key)) || valueOf(result, "stack") !== undefined;
  let changed = false;
  const left: [string, unknown][] = [];
  for (const key of keys) {
    const own = valueOf(error as unknown as Info, key);
    const shown = Object.hasOwn(result, key) ? valueOf(result, key) : copied ? undefined : maskedValue(key, own, 0);
    if (shown !== own) changed = true;
    if (shown !== undefined) left.push([key, shown]);
  }
  return changed ? left : null;
}
