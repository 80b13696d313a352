import { types } from "node:util";
import { formatConsole, inspect, isError } from "@logbridge/core";
import { bareError, hide, type Info, LEVEL, put, SPLAT, show, valueOf, type WinstonFormat } from "./info.ts";
import { type ErrorBefore, errorBefore, errorLeft } from "./left-error.ts";
import { ANSI, maskedValue, stackIn } from "./masking.ts";
import { shownBy } from "./shown-values.ts";
import { unseenError } from "./unseen-error.ts";

/** What an info says before its format has run on it: formats write on the info itself. */
export interface Snapshot {
  /** An Error where one was logged as such. */
  readonly info: Info;
  readonly message: unknown;
  /** `null`: nobody knows. */
  readonly keys: readonly string[] | null;
  readonly splat: readonly unknown[];
  readonly error: ErrorBefore | null;
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
    keys: Object.keys(info),
    splat: list,
    error: passed === undefined ? null : errorBefore(passed, info),
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

/**
 * What the format made of an info: what it hid stays hidden, in the line or in the info, arguments that it did not print included.
 *
 * @param format runs on an error that winston kept from it
 */
export function formattedOf(result: Info, before: Snapshot, format: WinstonFormat | null): Understood {
  const seen = shownBy(result, before.keys);
  const error = before.error ?? errorField(seen) ?? rebuiltError(seen);
  const fields = fieldsOf(seen, error, before.timed);
  // `logstash()` takes the message out.
  const printed = isError(seen) ? seen.message || undefined : valueOf(seen, "message");
  const own = printed === undefined || printed === before.message ? spaced(before) : printed;
  for (const [key, value] of unread(before, own)) if (!Object.hasOwn(fields, key)) put(fields, key, value);
  spread(own, fields);
  const message = textOf(own, error);
  const shown = before.error ? leftOf(before.error, before, { result, seen, message, format }) : error;
  return { message, printed: before.splat, fields, error: shown, name: labelOf(seen) };
}

/** What a format has made of an info. */
interface Formatted {
  readonly result: Info;
  readonly seen: Info;
  readonly message: string;
  readonly format: WinstonFormat | null;
}

function leftOf(error: ErrorBefore, before: Snapshot, { result, seen, message, format }: Formatted): Thrown {
  const left = errorLeft(error, seen, before, message);
  if (error.copied || !format) return left;
  return unseenError(error, left, format, String(result[LEVEL] ?? "error"));
}

/** The call as it was, with the arguments that its text asks for; nothing of the logger's formats. */
export function rawOf(before: Snapshot): Understood {
  const fields = { ...before.fields };
  const { message, splat, error } = before;
  const taken = typeof message === "string" ? tokensOf(message) : 0;
  const left = splat.slice(taken);
  // winston forgets a value that no placeholder takes; it is appended here, as the console does.
  const args = [...splat.slice(0, taken), ...left.filter((one) => isPrintable(one) || isLostList(one, fields))];
  for (const value of left) spread(value, fields);
  spread(message, fields);
  const text = args.length > 0 ? formatConsole([message, ...args]) : textOf(message, error);
  const asCalled = args.length > 0 ? { template: message as string, args } : {};
  const thrown = error ?? errorField(before.info) ?? rebuiltError(before.info);
  if (thrown) for (const key of Object.keys(fields)) if (fields[key] === thrown.value) delete fields[key];
  return { message: text, ...asCalled, fields, error: thrown, name: labelOf(before.info) };
}

function isPrintable(value: unknown): boolean {
  return ["string", "number", "boolean", "bigint"].includes(typeof value);
}

/** winston makes fields of a list that is its first value, under its numbers. */
function isLostList(value: unknown, fields: object): boolean {
  return !types.isProxy(value) && Array.isArray(value) && value.length > 0 && !Object.hasOwn(fields, "0");
}

/** What was thrown. */
type Thrown = { readonly value: unknown } | null;

function fieldsOf(info: Info, error: Thrown, timed: boolean): Record<string, unknown> {
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

/** The error among the fields; express-winston and `format.metadata()` put fields one level deeper. */
function errorField(info: Info): { readonly value: Error } | null {
  for (const holder of [info, valueOf(info, "meta"), valueOf(info, "metadata")]) {
    if (typeof holder !== "object" || holder === null || types.isProxy(holder)) continue;
    for (const key of ["err", "error", "exception"]) {
      const value = valueOf(holder, key);
      if (isError(value)) return { value };
    }
  }
  return null;
}

/** An error of which only the stack's text is left: a child logger copies an Error that it is given. */
function rebuiltError(info: Info): { readonly value: Error } | null {
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
  if (typeof value !== "object" || value === null || types.isProxy(value) || Array.isArray(value) || isError(value))
    return;
  for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) put(fields, key, valueOf(value, key));
}

const TOKEN = /%[scdjifoO%]/g;

/** The text to which winston has appended the message of an object, as all versions from 3.3 do it: with a space between. */
function spaced({ message, splat: [first] }: Snapshot): unknown {
  if (typeof message !== "string" || typeof first !== "object" || first === null || tokensOf(message) > 0)
    return message;
  const appended = isError(first) ? first.message : types.isProxy(first) ? undefined : valueOf(first, "message");
  if (typeof appended !== "string" || appended === "" || !message.endsWith(appended)) return message;
  const text = message.slice(0, -appended.length);
  return text === "" || /\s$/.test(text) ? message : `${text} ${appended}`;
}

/** How many arguments winston believes that a text takes. */
export function tokensOf(text: string): number {
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

function textOf(message: unknown, error: { readonly value: Error } | null): string {
  if (typeof message === "string") return message.replace(ANSI, "");
  if (isError(message)) return message.message;
  if (message === undefined && error) return error.value.message;
  return inspect(message);
}
