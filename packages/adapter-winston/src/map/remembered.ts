import { errorToHand, givenName, isError, type LogRecord, type NamedSeverity } from "@logbridge/core";
import { bareCopy } from "./bare-copy.ts";
import { copied, hide, type Info, put, SPLAT, symbolOf, valueOf, type WinstonFormat } from "./info.ts";

/** What winston's handlers of uncaught errors mark an info with. */
export type UncaughtKind = "exception" | "rejection";

/** What winston itself had made of a call, or would have made, and what its record said when it came in. */
export interface Remembered {
  /** The root logger that spoke; `null`: a facade of ours. */
  readonly logger: object | null;
  /** What the logger's format made, and that format. */
  readonly line: { readonly info: Info; readonly format: WinstonFormat | null } | null;
  /** The info as a format is to get it. */
  readonly info: Info | null;
  /** winston's handler of uncaught errors has made it. */
  readonly uncaught: UncaughtKind | null;
  readonly level: NamedSeverity;
  readonly message: string;
  readonly args: readonly unknown[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error: { readonly value: unknown } | null;
}

type Origin = NonNullable<LogRecord["origin"]>;

const remembered = new WeakMap<Origin, Remembered>();

export function remember(origin: Origin, what: Remembered): void {
  remembered.set(origin, what);
}

export function rememberedOf({ origin }: LogRecord): Remembered | null {
  return origin ? (remembered.get(origin) ?? null) : null;
}

/** Fields that a record has beside those that it came in with, such as bound values. */
type Additions = Readonly<Record<string, unknown>>;

/** What was added to the record since it came in; `null` where anything else of it is another by now, by a patcher or redaction. */
export function additionsTo(record: LogRecord, said: Remembered): Additions | null {
  const { level, message, args, extra } = record;
  if (message !== said.message || level.name !== said.level.name || level.no !== said.level.no) return null;
  if (args.length !== said.args.length || args.some((one, index) => !Object.is(one, said.args[index]))) return null;
  for (const key of Object.keys(said.fields))
    if (!Object.hasOwn(extra, key) || !Object.is(extra[key], said.fields[key])) return null;
  if (!isSameError(record, said.error)) return null;
  const additions: Record<string, unknown> = {};
  for (const key of Object.keys(extra)) if (!Object.hasOwn(said.fields, key)) put(additions, key, extra[key]);
  return additions;
}

function isSameError({ exception }: LogRecord, error: Remembered["error"]): boolean {
  if (!exception || !error) return !exception && !error;
  const { value } = error;
  if (exception.value !== value || errorToHand(exception) !== value) return false;
  const message = isError(value) ? valueOf(value, "message") : undefined;
  return typeof message !== "string" || exception.message === message;
}

/** An info of its own for whoever writes on it. */
export function freshInfo(info: Info): Info {
  const copy = isError(info) ? errorInfo(info) : {};
  for (const key of Object.keys(info)) put(copy, key, copied(valueOf(info, key)));
  for (const key of Object.getOwnPropertySymbols(info)) copy[key] = symbolOf(info, key);
  const splat = symbolOf(info, SPLAT);
  if (Array.isArray(splat)) copy[SPLAT] = splat.map((one) => copied(one));
  return copy;
}

function errorInfo(error: Error): Info {
  const copy = bareCopy(error, error.message, error.stack) as unknown as Info;
  for (const key of ["cause", "errors"]) {
    const value = valueOf(error as unknown as Info, key);
    if (value !== undefined) hide(copy, key, value);
  }
  return copy;
}

/** The same info with what our logger adds; the call's own fields win. */
export function enrichedInfo(info: Info, additions: Additions, record: LogRecord): Info {
  const added: Info = {};
  for (const key of Object.keys(additions))
    if (!Object.hasOwn(info, key)) put(added, key, copied(valueOf(additions, key)));
  const name = givenName(record);
  if (name !== null && !Object.hasOwn(info, "label") && !Object.hasOwn(added, "label")) added["label"] = name;
  if (isError(info)) return Object.assign(info, added);
  return Object.assign(added, info);
}
