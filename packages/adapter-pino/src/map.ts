import { hostname } from "node:os";
import { errorToHand, givenName, inspect, isError, type LogRecord, toPlain } from "@logbridge/core";
import { levelsWith, lostName, outboundLevel, type PinoLevel, type PinoLevels } from "./levels.ts";

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
  | "serializers"
  | "formatters"
  | "hooks";

type Symbols = ReadonlyMap<string, symbol>;

/** Each copy of pino has symbols of its own; the prototype that its loggers share stands for the copy. */
const symbolsOfCopy = new WeakMap<object, Symbols>();
const symbolsOfLogger = new WeakMap<object, Symbols>();

/** The symbol of the logger's copy of pino with this description, after "pino.". */
export function symbolOf(logger: object, name: PartName): symbol | undefined {
  let symbols = symbolsOfLogger.get(logger);
  if (!symbols) symbolsOfLogger.set(logger, (symbols = symbolsIn(logger)));
  return symbols.get(name);
}

function symbolsIn(logger: object): Symbols {
  const chain = chainOf(logger);
  const shared = chain.find((one) => Object.hasOwn(one, "setBindings"));
  if (!shared) return new Map();
  let symbols = symbolsOfCopy.get(shared);
  if (!symbols) {
    const all = chain.flatMap((one) => Object.getOwnPropertySymbols(one));
    symbols = new Map(all.map((symbol) => [(symbol.description ?? "").replace(/^pino\./, ""), symbol]));
    symbolsOfCopy.set(shared, symbols);
  }
  return symbols;
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

type Serializers = Readonly<Record<string, ((value: unknown) => unknown) | undefined>>;

export function serializersOf(logger: PinoLogger): Serializers {
  return (part(logger, "serializers") ?? {}) as Serializers;
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
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
    while (mapping.reserved.has(name) || (exception && name === mapping.errorKey) || Object.hasOwn(merged, name))
      name += "_";
    merged[name] = value;
  };
  for (const key of Object.keys(record.extra)) {
    const value = record.extra[key];
    if (value !== undefined) add(key, mapping.valueOf(key, value));
  }
  const name = givenName(record);
  if (name !== null) add("name", name);
  if (level !== null) add("levelName", level);
  if (exception) merged[mapping.errorKey] = mapping.errorOf(exception);
  return merged;
}

/** What a stream with metadata reads, and what is written. */
export interface Line extends PinoLevel {
  readonly line: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly message: string;
  /** As in the line. */
  readonly time: string;
  /** What has `levels` and `bindings()`. */
  readonly logger: object;
}

/** What is hidden in a line. */
export interface PinoRedaction {
  readonly paths: readonly string[];
  /** What stands in place of the value. Default `"[Redacted]"`. */
  readonly censor?: string | ((value: unknown, path: string[]) => unknown);
  /** Leaves the key out. Default `false`. */
  readonly remove?: boolean;
}

/** What a line looks like: the options of the pino logger that the stream belonged to. */
export interface LineOptions {
  /** Paths to hide, as `"password"`, `"req.headers.cookie"`, `"*.token"`, `"users[*].name"`. */
  readonly redact?: readonly string[] | PinoRedaction;
  /** Shows the values of these keys. `err` shows exceptions. */
  readonly serializers?: Readonly<Record<string, (value: never) => unknown>>;
  /** Fields of every line, `null` for none. Default: `pid` and `hostname`, which many transports read. */
  readonly base?: Readonly<Record<string, unknown>> | null;
  /** Default `"msg"`. */
  readonly messageKey?: string;
  /** Default `"err"`. */
  readonly errorKey?: string;
  /** Puts fields and exception below this key. Default: none. */
  readonly nestedKey?: string;
  /** Further levels by name, with pino's numbers. The six of pino and `success` (35) are there. */
  readonly levels?: Readonly<Record<string, number>>;
  /** Adds `caller` to each line, as `"/app/src/orders.js:17"`. Costs a look at the stack per record. Default `false`. */
  readonly caller?: boolean;
}

/** The lines of a logger that nobody has to make: what pino would write, without a copy of pino. */
export class OwnLines {
  readonly levels: PinoLevels;
  readonly messageKey: string;
  readonly errorKey: string;
  readonly #nestedKey: string | undefined;
  readonly #base: Record<string, unknown>;
  readonly #hide: ((line: Record<string, unknown>) => void) | null;
  readonly #caller: boolean;
  readonly #mapping: Mapping;
  /** What a stream finds in `lastLogger`. */
  readonly #logger: { readonly levels: PinoLevels; bindings(): Record<string, unknown> };

  constructor(options: LineOptions) {
    const { redact, serializers = {}, base, messageKey = "msg", errorKey = "err", nestedKey } = options;
    this.levels = levelsWith(options.levels ?? {});
    this.messageKey = messageKey;
    this.errorKey = errorKey;
    this.#nestedKey = nestedKey;
    this.#caller = options.caller ?? false;
    const shown = (key: string, value: unknown): unknown =>
      toPlain(Object.hasOwn(serializers, key) ? serializers[key]?.(value as never) : value);
    const given = base === undefined ? { pid: process.pid, hostname: hostname() } : (base ?? {});
    this.#base = {};
    for (const [key, value] of Object.entries(given)) put(this.#base, key, shown(key, value));
    this.#hide = redact ? redaction(isList(redact) ? { paths: redact } : redact) : null;
    const errorSerializer = serializers[errorKey] ?? serializers["err"];
    const taken =
      nestedKey === undefined
        ? ["level", "time", messageKey, ...Object.keys(this.#base), ...(this.#caller ? ["caller"] : [])]
        : [];
    this.#mapping = {
      reserved: new Set(["__proto__", ...taken]),
      errorKey,
      valueOf: shown,
      errorOf: (exception) =>
        errorSerializer ? toPlain(errorSerializer(errorToHand(exception) as never)) : errorData(exception, true),
    };
    this.#logger = { levels: this.levels, bindings: () => ({ ...this.#base }) };
  }

  line(record: LogRecord): Line {
    const level = outboundLevel(record, this.levels);
    const { label, number } = level;
    const object = mergeObject(record, this.#mapping, lostName(record.level, level, this.levels));
    const line: Record<string, unknown> = { ...this.#base };
    if (this.#caller && record.file) line["caller"] = `${record.file.path}:${record.line}`;
    if (this.#nestedKey === undefined) Object.assign(line, object);
    else line[this.#nestedKey] = object;
    line[this.messageKey] = record.message;
    const { exception } = record;
    this.#hide?.(line);
    // pino's paths begin at the fields, wherever those stand.
    if (this.#nestedKey !== undefined) this.#hide?.(object);
    // Streams in this process look for the error itself; where something is hidden, it would show it.
    const shown = this.#hide || !exception ? object : { ...object, [this.errorKey]: errorToHand(exception) };
    const time = String(Math.floor(record.micros / 1000));
    const text = JSON.stringify(line);
    return {
      label,
      number,
      line: `{"level":${number},"time":${time}${text === "{}" ? "" : ","}${text.slice(1)}\n`,
      object: shown,
      message: String(line[this.messageKey] ?? ""),
      time,
      logger: this.#logger,
    };
  }
}

export function isList(value: readonly string[] | PinoRedaction): value is readonly string[] {
  return Array.isArray(value);
}

type Exception = NonNullable<LogRecord["exception"]>;

/** An exception in the shape of pino's serializers; the first stack tells the whole chain, as transports that read no more want it. */
function errorData(exception: Exception, withCauses: boolean): Record<string, unknown> {
  const { type, message, code, cause, errors, properties } = exception;
  const data: Record<string, unknown> = {
    type,
    message,
    stack: withCauses ? stackOfChain(exception) : stackOf(exception),
  };
  if (code !== undefined) data["code"] = code;
  for (const [key, value] of Object.entries(properties ?? {}))
    if (!Object.hasOwn(data, key)) put(data, key, toPlain(value));
  if (errors) data["aggregateErrors"] = errors.map((error) => errorData(error, true));
  if (cause) data["cause"] = errorData(cause, false);
  return data;
}

function stackOf({ type, message, stack }: Exception): string {
  return [message === "" ? type : `${type}: ${message}`, ...stack.map((frame) => frame.text)].join("\n");
}

function stackOfChain(exception: Exception): string {
  return exception.cause ? `${stackOf(exception)}\ncaused by: ${stackOfChain(exception.cause)}` : stackOf(exception);
}

const SEGMENT = /[^.[\]]+|\[([^[\]]*)\]/g;

/** Hides what the paths name, in the plain data of a line. */
function redaction({
  paths,
  censor = "[Redacted]",
  remove = false,
}: PinoRedaction): (line: Record<string, unknown>) => void {
  const parsed = paths.map((path) =>
    [...path.matchAll(SEGMENT)].map(([whole, inner]) => (inner ?? whole).replace(/^(["'`])(.*)\1$/, "$2")),
  );
  const hide = (target: unknown, segments: readonly string[], above: readonly string[]): void => {
    if (typeof target !== "object" || target === null) return;
    const [segment = "", ...rest] = segments;
    const object = target as Record<string, unknown>;
    for (const key of segment === "*" ? Object.keys(object) : Object.hasOwn(object, segment) ? [segment] : []) {
      const path = [...above, key];
      if (rest.length > 0) hide(object[key], rest, path);
      else if (remove) delete object[key];
      else put(object, key, typeof censor === "function" ? toPlain(censor(object[key], path)) : censor);
    }
  };
  return (line) => {
    for (const segments of parsed) hide(line, segments, []);
  };
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
  const messageKey = textKey(logger, "messageKey", "msg");
  const { bindings, body } = split(written);
  const { props, message } = withoutText(body, messageKey, text, logger);
  const line = parsed(props);
  const nestedKey = textKey(logger, "nestedKey", "");
  const inner = nestedKey === "" ? undefined : line[nestedKey];
  const own = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : line;
  const error = takeError(logger, object, own);
  return together(bindings, own, error, text === undefined ? taken(own, messageKey) : message);
}

/** What the call said, before the logger hid anything. Bindings are serialised when a child is made, and stay so. */
export function readRaw(written: Written): Understood {
  const { logger, object, text } = written;
  const own: Record<string, unknown> = {};
  for (const [key, found] of Object.entries(Object.getOwnPropertyDescriptors(objectOf(object))))
    if (found.enumerable) put(own, key, "value" in found ? found.value : "[Getter]");
  const error = givenError(logger, object);
  if (error) delete own[error.key];
  return together(
    split(written).bindings,
    own,
    error,
    text === undefined ? taken(own, textKey(logger, "messageKey", "msg")) : text,
  );
}

function together(
  bindings: Bindings,
  own: Record<string, unknown>,
  error: Understood["error"],
  text: unknown,
): Understood {
  const fields: Record<string, unknown> = {};
  for (const from of [bindings.fields, own]) for (const key of Object.keys(from)) put(fields, key, from[key]);
  let message: string;
  if (text !== undefined && text !== null) message = typeof text === "string" ? text : inspect(text);
  else if (error && isError(error.value)) message = String(error.value.message);
  else message = Object.keys(own).length > 0 ? inspect(own) : "";
  return { message, fields, error, name: bindings.name };
}

/** pino takes a field of the message key for the text where there is no other. */
function taken(own: Record<string, unknown>, key: string): unknown {
  const value = own[key];
  delete own[key];
  return value;
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function textKey(logger: PinoLogger, name: PartName, otherwise: string): string {
  const key = part(logger, name);
  return typeof key === "string" ? key : otherwise;
}

/** The properties that are written as `,"key":value`. Some formatters and redactions make lines that are no JSON: those have none. */
export function parsed(props: string): Record<string, unknown> {
  if (props === "") return {};
  try {
    return JSON.parse(`{${props.slice(1)}}`) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What a logger puts into each of its lines. */
interface Bindings {
  readonly fields: Record<string, unknown>;
  readonly name: string | undefined;
}

const MOST_BINDINGS = 1000;
const knownBindings = new Map<string, Bindings>();

/** The bindings are text that a logger has made once: they are read once too. */
function bindingsOf(text: string): Bindings {
  let known = knownBindings.get(text);
  if (known) return known;
  const { name, ...fields } = parsed(text);
  // The record has the process's own number and needs no host that is this one.
  if (fields["pid"] === process.pid) delete fields["pid"];
  if (fields["hostname"] === hostname()) delete fields["hostname"];
  known =
    typeof name === "string"
      ? { fields, name }
      : { fields: name === undefined ? fields : { ...fields, name }, name: undefined };
  if (knownBindings.size >= MOST_BINDINGS) knownBindings.clear();
  knownBindings.set(text, known);
  return known;
}

/** A line is level, time, bindings, and the body: the call's own fields and the text. Each as `,"key":value`. */
function split({ logger, number, time, line }: Written): { readonly bindings: Bindings; readonly body: string } {
  const level = (part(logger, "lsCache") as Readonly<Record<number, string>> | undefined)?.[number] ?? "";
  const bound = String(part(logger, "chindings") ?? "");
  const start = level + time + bound;
  const end = line.lastIndexOf("}");
  if (line.startsWith(start)) return { bindings: bindingsOf(bound), body: line.slice(start.length, end) };
  // Another version of pino, or a patched one: level and time are known, whatever else is there is taken for the call's.
  const { level: _level, time: _time, ...rest } = parsed(`,${line.slice(1, end)}`);
  return { bindings: bindingsOf(""), body: `,${JSON.stringify(rest).slice(1, -1)}` };
}

/** The text stands at the end, and its key cannot be inside of it: there the quotes are escaped. A field of that key stands before. */
function withoutText(
  body: string,
  key: string,
  text: unknown,
  logger: PinoLogger,
): { readonly props: string; readonly message: unknown } {
  const start = `,"${key}":`;
  const at = text === undefined ? -1 : body.lastIndexOf(start);
  if (at < 0) return { props: body, message: undefined };
  const isPlain = typeof text === "string" && !isHidden(logger, key) && serializersOf(logger)[key] === undefined;
  if (isPlain) return { props: body.slice(0, at), message: text };
  const { [key]: message, ...rest } = parsed(body.slice(at));
  if (message !== undefined && Object.keys(rest).length === 0) return { props: body.slice(0, at), message };
  const { [key]: whole, ...others } = parsed(body);
  // Neither is JSON where the text is redacted with `remove`: pino then writes `undefined`.
  if (whole === undefined) return { props: body.slice(0, at), message: "" };
  // The text is an object that has this key itself.
  return { props: `,${JSON.stringify(others).slice(1, -1)}`, message: whole };
}

/** Does the logger redact something at or below this key? A path that begins with `*` is kept under a symbol. */
function isHidden(logger: PinoLogger, key: string): boolean {
  const hidden = part(logger, "stringifiers") as object | undefined;
  if (!hidden) return false;
  return (
    Object.hasOwn(hidden, key) ||
    Object.getOwnPropertySymbols(hidden).some(({ description }) => description === "pino.wildcardFirst")
  );
}

/** The error among the fields of a call, with its key: pino's own key first. */
function givenError(logger: PinoLogger, object: unknown): { readonly key: string; readonly value: unknown } | null {
  const given = objectOf(object);
  for (const key of new Set([textKey(logger, "errorKey", "err"), "err", "error", ...Object.keys(given)])) {
    const value: unknown = Object.getOwnPropertyDescriptor(given, key)?.value;
    if (isError(value)) return { key, value };
  }
  return null;
}

/** pino's own serializers for errors leave nothing out. Any other may be there to hide. */
const OPEN_SERIALIZERS: ReadonlySet<string> = new Set(["errSerializer", "errWithCauseSerializer"]);

/** Takes the error out of the fields: the object itself where the logger shows all of it, else what the line shows. */
function takeError(logger: PinoLogger, object: unknown, fields: Record<string, unknown>): Understood["error"] {
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
function showsAll(shown: unknown, error: object): boolean {
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
function errorFrom(shown: unknown): Error | null {
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
