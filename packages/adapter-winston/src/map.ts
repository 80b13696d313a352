import { type LogRecord, nameOfSeverity, toPlain } from "@logbridge/core";
import { severityOf, levelFor, type WinstonLevels } from "./levels.ts";

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

/** Names that winston and its transports read for themselves: fields of these names get a trailing underscore. */
const RESERVED: ReadonlySet<string> = new Set(["level", "message", "timestamp", "exception", "stack", "splat"]);

/** A field's name on winston's side. */
function keyOf(key: string, taken: Info): string {
  let name = RESERVED.has(key) ? `${key}_` : key;
  while (Object.hasOwn(taken, name)) name += "_";
  return name;
}

function put(target: Info, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * A record as winston's info: fresh for each receiver, since winston and transports write on it.
 *
 * @param defaultMeta what winston's logger adds to each record; our fields win
 */
export function infoOf(record: LogRecord, levels: WinstonLevels, defaultMeta: object | undefined): Info {
  const original = record.origin?.name === "winston" ? record.origin.level?.name : undefined;
  const level = levelFor(record.level, levels, original);
  const info: Info = {};
  for (const [key, value] of Object.entries(defaultMeta ?? {})) if (!Object.hasOwn(record.extra, key)) put(info, key, value);
  for (const [key, value] of Object.entries(record.extra)) put(info, keyOf(key, info), value);
  info["level"] = level;
  info["message"] = record.message;
  info["timestamp"] = record.time.toISOString();
  info[LEVEL] = level;
  const { exception } = record;
  if (exception) {
    // Transports look for an own Error or for a stack at the top: each finds its own.
    info["stack"] = stackText(exception);
    put(info, keyOf("err", info), exception.value);
    if (exception.code !== undefined && !Object.hasOwn(info, "code")) info["code"] = exception.code;
  }
  if (record.name !== null && record.origin !== null && !Object.hasOwn(info, "label")) info["label"] = record.name;
  return info;
}

type Exception = NonNullable<LogRecord["exception"]>;

function stackText(exception: Exception): string {
  const title = exception.message === "" ? exception.type : `${exception.type}: ${exception.message}`;
  const own = [title, ...exception.stack.map((frame) => frame.text)].join("\n");
  const inner = (exception.errors ?? []).map((error) => `\n[error] ${stackText(error)}`).join("");
  return `${own}${inner}${exception.cause ? `\nCaused by: ${stackText(exception.cause)}` : ""}`;
}

/** The line of a transport that brings no format: JSON, as winston's own default. */
export function defaultLine(info: Info): string {
  const { level, message, ...rest } = info;
  return JSON.stringify(toPlain({ level, message, ...rest }));
}

/** A winston record, understood. */
export interface Understood {
  readonly message: string;
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly name: string | undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\x1b\[[0-9;]*m/g;
const SECRET = /pass(?:word|wd|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;
const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";

/** What a winston info says. `formatted`: after the logger's format, so what that hid stays hidden. */
export function understand(info: Info, raw: Info, formatted: boolean, inspect: (value: unknown) => string): Understood {
  const error = errorOf(raw, info);
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(info)) {
    const descriptor = Object.getOwnPropertyDescriptor(info, key);
    const value: unknown = descriptor && "value" in descriptor ? descriptor.value : "[Getter]";
    if (key === "level" || key === "message" || value === undefined) continue;
    if (key === "timestamp" && !given(raw, key)) continue;
    if (error && (value === error.value || key === "stack" || key === "cause")) continue;
    put(fields, key, value);
  }
  for (const [key, value] of leftOver(raw[SPLAT], formatted)) if (!Object.hasOwn(fields, key)) put(fields, key, value);
  const label = info["label"];
  return {
    message: messageOf(info, raw, error, fields, inspect),
    fields,
    error,
    name: typeof label === "string" ? label : undefined,
  };
}

const givenKeys = new WeakMap<object, ReadonlySet<string>>();

/** Remembers which keys an info had before its format ran: what a format adds is no field of the caller. */
export function rememberKeys(info: Info): void {
  givenKeys.set(info, new Set(Object.keys(info)));
}

function given(info: Info, key: string): boolean {
  return givenKeys.get(info)?.has(key) ?? true;
}

function errorOf(raw: Info, info: Info): { readonly value: unknown } | null {
  if (isError(raw)) return { value: raw };
  const message = Object.getOwnPropertyDescriptor(raw, "message")?.value as unknown;
  if (isError(message)) return { value: message };
  const splat = raw[SPLAT];
  const passed = Array.isArray(splat) ? splat.find(isError) : undefined;
  if (passed) return { value: passed };
  for (const key of ["err", "error", "exception"]) {
    const value = Object.getOwnPropertyDescriptor(info, key)?.value as unknown;
    if (isError(value)) return { value };
  }
  return null;
}

/** The objects among the arguments that winston itself drops when the text contains a `%` and no `splat()` ran. */
function leftOver(splat: unknown, formatted: boolean): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (const value of Array.isArray(splat) ? splat : []) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || isError(value)) continue;
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value as object))) {
      if (!descriptor.enumerable || !("value" in descriptor)) continue;
      // The logger's format never saw these values and could not hide them.
      found.push([key, formatted && SECRET.test(key) ? "[Redacted]" : descriptor.value]);
    }
  }
  return found;
}

function messageOf(
  info: Info,
  raw: Info,
  error: Understood["error"],
  fields: Record<string, unknown>,
  inspect: (value: unknown) => string,
): string {
  const own = Object.getOwnPropertyDescriptor(info, "message")?.value as unknown;
  const message = own === undefined && isError(info) ? (info as Error).message : own;
  if (typeof message === "string") return message.replace(ANSI, "");
  if (isError(message)) return message.message;
  if (message === undefined) {
    if (error && isError(raw)) return (raw as unknown as Error).message;
    return Object.keys(fields).length > 0 ? inspect(fields) : "";
  }
  return inspect(message);
}

/** The level of an info, in our words. */
export function inboundLevel(name: string, levels: WinstonLevels): { readonly name: string; readonly no: number } {
  const no = severityOf(levels, name);
  return { name: nameOfSeverity(no, name), no };
}
