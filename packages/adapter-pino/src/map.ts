import type { LogRecord } from "@logbridge/core";
import type { PinoLevels } from "./levels.ts";

/** A pino logger, as far as it is used here: any copy and version from 7. */
export interface PinoLogger {
  readonly levels: PinoLevels;
  level: string;
  readonly version?: string;
  child(bindings: never, options?: never): unknown;
}

/** Symbols of a copy of pino are found by their description: each copy has its own. */
const found = new WeakMap<object, Map<string, symbol | null>>();

/** A symbol of the logger's copy of pino, as `stream` or `time`. */
export function symbolOf(logger: object, name: string): symbol | null {
  const root = prototypeOf(logger);
  let known = found.get(root);
  if (!known) found.set(root, (known = new Map()));
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  let symbol: symbol | null = null;
  for (let at: object | null = logger; at && !symbol; at = Object.getPrototypeOf(at) as object | null)
    symbol = Object.getOwnPropertySymbols(at).find(({ description }) => description === `pino.${name}`) ?? null;
  if (symbol) known.set(name, symbol);
  return symbol;
}

/** The prototype that all loggers of a copy share. */
function prototypeOf(logger: object): object {
  let at = logger;
  for (;;) {
    const above = Object.getPrototypeOf(at) as object | null;
    if (!above || above === Object.prototype || Object.getPrototypeOf(above) === null) return at;
    at = above;
  }
}

/** A part of a logger that stands under one of its copy's symbols. */
export function part(logger: object, name: string): unknown {
  const symbol = symbolOf(logger, name);
  return symbol ? (logger as Record<symbol, unknown>)[symbol] : undefined;
}

/** True for a pino logger or child. */
export function isPinoLogger(value: unknown): value is PinoLogger {
  if (typeof value !== "object" || value === null) return false;
  const logger = value as { child?: unknown; levels?: { values?: unknown } };
  return typeof logger.child === "function" && typeof logger.levels?.values === "object" && symbolOf(value, "stream") !== null;
}

/** The key of the text and of the error in this logger's lines. */
export function keysOf(logger: object): { readonly message: string; readonly error: string; readonly nested: string | undefined } {
  const nested = part(logger, "nestedKey");
  return {
    message: (part(logger, "messageKey") as string | undefined) ?? "msg",
    error: (part(logger, "errorKey") as string | undefined) ?? "err",
    nested: typeof nested === "string" && nested !== "" ? nested : undefined,
  };
}

/** A record as pino's merge object: fresh, with keys that pino writes itself renamed. */
export function mergeObject(record: LogRecord, logger: object): Record<string, unknown> {
  const keys = keysOf(logger);
  const reserved = new Set(["level", "time", "pid", "hostname", keys.message]);
  const bindings = String(part(logger, "chindings") ?? "");
  const merged: Record<string, unknown> = {};
  if (record.exception) reserved.add(keys.error);
  for (const [key, value] of Object.entries(record.extra)) {
    let name = key === "__proto__" ? "__proto___" : key;
    while (reserved.has(name) || Object.hasOwn(merged, name)) name += "_";
    merged[name] = value;
  }
  if (record.exception) merged[keys.error] = record.exception.value;
  if (record.name !== null && record.origin !== null && !Object.hasOwn(merged, "name") && !bindings.includes(',"name":')) merged["name"] = record.name;
  return merged;
}

const TIME = /^,"([^"]+)":(.*)$/s;

/** The logger's time chunk for another time, `null` where its time function is one of the user's own. */
export function timeChunk(sample: string, micros: number): string | null {
  const match = TIME.exec(sample);
  if (!match) return null;
  const [, key, value] = match as unknown as [string, string, string];
  const ms = Math.floor(micros / 1000);
  if (/^\d{12,14}$/.test(value)) return `,"${key}":${ms}`;
  if (/^\d{9,11}$/.test(value)) return `,"${key}":${Math.round(ms / 1000)}`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z"$/.test(value)) return `,"${key}":"${new Date(ms).toISOString()}"`;
  if (/^"\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z"$/.test(value)) {
    const below = String(Math.floor(micros % 1000)).padStart(3, "0");
    return `,"${key}":"${new Date(ms).toISOString().slice(0, -1)}${below}000Z"`;
  }
  return null;
}

/** The time that a chunk names, in milliseconds; `undefined` where there is none or it cannot be read. */
export function timeOfChunk(chunk: string): { readonly key: string | undefined; readonly ms: number | undefined } {
  const match = TIME.exec(chunk);
  if (!match) return { key: undefined, ms: undefined };
  const [, key, value] = match as unknown as [string, string, string];
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return { key, ms: undefined };
  }
  if (typeof parsed === "string") {
    const ms = /^\d+$/.test(parsed) ? scaled(Number(parsed)) : Date.parse(parsed);
    return { key, ms: Number.isNaN(ms) ? undefined : ms };
  }
  return { key, ms: typeof parsed === "number" && Number.isFinite(parsed) ? scaled(parsed) : undefined };
}

/** Seconds, milliseconds, microseconds and nanoseconds since 1970 differ by their size. */
function scaled(value: number): number {
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

/** A pino line, understood. */
export interface Understood {
  readonly message: string;
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
  readonly timeMs: number | undefined;
  readonly name: string | undefined;
}

const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";

/** What one call of `asJson` says: from its line (redacted and serialised), the error as the object itself from the call. */
export function understand(
  logger: object,
  line: string,
  call: { readonly object: unknown; readonly text: unknown; readonly number: number; readonly timeChunk: string },
): Understood {
  const keys = keysOf(logger);
  const given = typeof call.object === "object" && call.object !== null ? (call.object as Record<string, unknown>) : {};
  const { body, message } = withoutText(line, keys.message, call.text, logger);
  const parsed = body as Record<string, unknown>;
  const time = timeOfChunk(call.timeChunk);
  const written = new Set([...levelKeys(logger, call.number), ...(time.key === undefined ? [] : [time.key])]);
  const flat = keys.nested !== undefined && typeof parsed[keys.nested] === "object" ? { ...parsed, ...(parsed[keys.nested] as object) } : parsed;
  const error = errorOf(given, keys.error);
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(flat)) {
    if (key === keys.nested) continue;
    if (written.has(key) && !Object.hasOwn(given, key)) continue;
    if ((key === "pid" && value === process.pid) || (key === "hostname" && !Object.hasOwn(given, key))) continue;
    if (error && key === error.key) continue;
    Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
  }
  const bound = !Object.hasOwn(given, "name") && typeof fields["name"] === "string" ? (fields["name"] as string) : undefined;
  if (bound !== undefined) delete fields["name"];
  const text = message ?? fields[keys.message];
  if (message === undefined) delete fields[keys.message];
  return { message: textOf(text, error), fields, error: error && { value: error.value }, timeMs: time.ms, name: bound };
}

function textOf(text: unknown, error: { readonly value: unknown } | null): string {
  if (typeof text === "string") return text;
  if (text !== undefined && text !== null) return typeof text === "object" ? JSON.stringify(text) : String(text);
  return error && isError(error.value) ? error.value.message : "";
}

/** The line without its text, which stands at its end: a field of the same key before it is a field. */
function withoutText(line: string, key: string, text: unknown, logger: object): { readonly body: unknown; readonly message: string | undefined } {
  const end = line.lastIndexOf("}");
  const whole = line.slice(0, end + 1);
  if (text !== undefined) {
    const prefix = part(logger, "msgPrefix");
    const said = (typeof prefix === "string" ? prefix : "") + String(text);
    const tail = `,"${key}":${JSON.stringify(said)}}`;
    if (whole.endsWith(tail)) return { body: parse(`${whole.slice(0, -tail.length)}}`), message: said };
  }
  const body = parse(whole) as Record<string, unknown>;
  const message = body[key];
  if (typeof message !== "string") return { body, message: undefined };
  delete body[key];
  return { body, message };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The keys by which the level stands in the line: a formatter may have renamed it. */
function levelKeys(logger: object, number: number): string[] {
  const cache = part(logger, "lsCache") as Readonly<Record<number, string>> | undefined;
  const start = cache?.[number];
  return start === undefined ? ["level"] : Object.keys(parse(`${start}}`) as object);
}

function errorOf(given: Readonly<Record<string, unknown>>, errorKey: string): { readonly key: string; readonly value: unknown } | null {
  for (const key of [errorKey, "err", "error"]) {
    const value = Object.getOwnPropertyDescriptor(given, key)?.value as unknown;
    if (isError(value)) return { key, value };
  }
  for (const key of Object.keys(given)) {
    const value = Object.getOwnPropertyDescriptor(given, key)?.value as unknown;
    if (isError(value)) return { key, value };
  }
  return null;
}
