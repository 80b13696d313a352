import { hostname } from "node:os";
import { inspect, knownName, type LogRecord } from "@logbridge/core";
import type { PinoLevels } from "./levels.ts";

/** A pino logger or child, as far as it is used here: any copy and version from 7. */
export interface PinoLogger {
  readonly levels: PinoLevels;
  level: string;
  child(bindings: never, options?: never): unknown;
}

/** What is looked up in a logger, by the descriptions of pino's symbols. */
type PartName =
  | "stream"
  | "time"
  | "asJson"
  | "write"
  | "lsCache"
  | "chindings"
  | "levelVal"
  | "levelComp"
  | "msgPrefix"
  | "messageKey"
  | "errorKey"
  | "nestedKey"
  | "stringifiers"
  | "wildcardFirst"
  | "serializers"
  | "formatters"
  | "hooks";

/** Each copy of pino has symbols of its own; the prototype that its loggers share stands for the copy. */
const symbolsOfCopy = new WeakMap<object, ReadonlyMap<string, symbol>>();

/** The symbol of the logger's copy of pino with this description, after "pino.". */
export function symbolOf(logger: object, name: PartName): symbol | undefined {
  const shared = chainOf(logger).find((one) => Object.hasOwn(one, "setBindings"));
  if (!shared) return undefined;
  let symbols = symbolsOfCopy.get(shared);
  if (!symbols) {
    const all = chainOf(logger).flatMap((one) => Object.getOwnPropertySymbols(one));
    symbols = new Map(all.map((symbol) => [symbol.description ?? "", symbol]));
    symbolsOfCopy.set(shared, symbols);
  }
  return symbols.get(`pino.${name}`);
}

/** The logger and all that it inherits from, nearest first. */
export function chainOf(logger: object): object[] {
  const chain: object[] = [];
  for (let at: object | null = logger; at; at = Object.getPrototypeOf(at) as object | null) chain.push(at);
  return chain;
}

/** A part of a logger that stands under one of its copy's symbols. */
export function part(logger: object, name: PartName): unknown {
  const symbol = symbolOf(logger, name);
  return symbol && (logger as Record<symbol, unknown>)[symbol];
}

/** True for a pino logger or child of any copy. */
export function isPinoLogger(value: unknown): value is PinoLogger {
  if (typeof value !== "object" || value === null) return false;
  const { child, levels } = value as { child?: unknown; levels?: { values?: unknown } };
  return typeof child === "function" && typeof levels?.values === "object" && symbolOf(value, "stream") !== undefined;
}

export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

const TAG = Object.prototype.toString;

export function isError(value: unknown): value is Error {
  return typeof value === "object" && value !== null && (value instanceof Error || TAG.call(value) === "[object Error]");
}

/** How a record's parts are called and shown on pino's side. */
export interface Mapping {
  /** Keys that the line has already: fields of these names get a trailing underscore. */
  readonly reserved: ReadonlySet<string>;
  readonly errorKey: string;
  /** A field's value as it is handed over. */
  valueOf(key: string, value: unknown): unknown;
  errorOf(exception: NonNullable<LogRecord["exception"]>): unknown;
}

/**
 * A record's fields as pino's merge object: fresh for each receiver.
 *
 * @param level the label of a level that the other side has no place for
 */
export function mergeObject(record: LogRecord, mapping: Mapping, level: string | null): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  const { exception } = record;
  const add = (key: string, value: unknown): void => {
    let name = key;
    while (mapping.reserved.has(name) || (exception && name === mapping.errorKey) || Object.hasOwn(merged, name)) name += "_";
    merged[name] = value;
  };
  for (const key of Object.keys(record.extra)) add(key, mapping.valueOf(key, record.extra[key]));
  const name = knownName(record);
  if (name !== null) add("name", name);
  if (level !== null) add("levelName", level);
  if (exception) merged[mapping.errorKey] = mapping.errorOf(exception);
  return merged;
}

/** What pino was about to write: the arguments and the result of its `asJson`. */
export interface Written {
  readonly logger: PinoLogger;
  readonly object: unknown;
  readonly text: unknown;
  readonly number: number;
  /** The part of the line with the time, as `,"time":1700000000000`. */
  readonly time: string;
  readonly line: string;
}

/** A pino record, understood. */
export interface Understood {
  readonly message: string;
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly name: string | undefined;
}

/** What the line says: redacted, serialised and formatted. The error is the object itself, unless the logger hides parts of it. */
export function readFormatted(written: Written): Understood {
  const { logger, object, text } = written;
  const messageKey = keyOf(logger, "messageKey", "msg");
  const { bindings, body } = split(written);
  const { props, message } = withoutText(body, messageKey, text, logger);
  const own = parsed(props);
  const nestedKey = part(logger, "nestedKey");
  const inner = typeof nestedKey === "string" && nestedKey !== "" ? own[nestedKey] : undefined;
  const fields = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : own;
  const error = shownError(logger, object, fields);
  return understood(bindings, fields, error, message === undefined ? fields[messageKey] : message, () => delete fields[messageKey]);
}

/** What the call said, before the logger hid anything. Bindings of children are serialised when the child is made, and stay so. */
export function readRaw({ logger, object, text, ...rest }: Written): Understood {
  const { bindings } = split({ logger, object, text, ...rest });
  const fields: Record<string, unknown> = {};
  const given = typeof object === "object" && object !== null ? object : {};
  for (const key of Object.keys(given)) {
    const found = Object.getOwnPropertyDescriptor(given, key);
    if (found) put(fields, key, "value" in found ? found.value : "[Getter]");
  }
  const error = givenError(logger, object);
  if (error) delete fields[error.key];
  const messageKey = keyOf(logger, "messageKey", "msg");
  return understood(bindings, fields, error, text === undefined ? fields[messageKey] : text, () => delete fields[messageKey]);
}

function understood(
  { fields: bound, name }: Bindings,
  own: Record<string, unknown>,
  error: Understood["error"],
  text: unknown,
  takeText: () => void,
): Understood {
  let message: string;
  if (typeof text === "string") {
    message = text;
    if (own["msg"] === text || Object.values(own).includes(text)) takeText();
  } else message = text === undefined || text === null ? textWithout(own, error) : inspect(text);
  const fields: Record<string, unknown> = {};
  for (const part of [bound, own]) for (const key of Object.keys(part)) put(fields, key, part[key]);
  return { message, fields, error, name };
}

function textWithout(fields: Record<string, unknown>, error: Understood["error"]): string {
  if (error && isError(error.value)) return String(error.value.message);
  return Object.keys(fields).length > 0 ? inspect(fields) : "";
}
