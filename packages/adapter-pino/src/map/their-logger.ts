import type { PinoLevels } from "../levels.ts";

/** A pino logger or child, as far as it is used here: any copy and version from 7. */
export interface PinoLogger {
  readonly levels: PinoLevels;
  level: string;
  child(bindings: never, options?: never): unknown;
}

/** What is looked up in a logger, by the descriptions of pino's symbols. */
export type PartName =
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
  | "mixin"
  | "mixinMergeStrategy"
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

export type Serializers = Readonly<Record<string, ((value: unknown) => unknown) | undefined>>;

export function serializersOf(logger: PinoLogger): Serializers {
  return (part(logger, "serializers") ?? {}) as Serializers;
}

/** Writes a value without what the logger redacts in it. */
type Stringifier = (value: unknown, stringify: (value: unknown) => string | undefined) => unknown;

/** What the logger redacts at or below a key, if anything. A path that begins with `*` is kept under a symbol. */
export function stringifierOf(logger: object, key: string): Stringifier | undefined {
  const all = (part(logger, "stringifiers") ?? {}) as Record<PropertyKey, Stringifier | undefined>;
  return Object.hasOwn(all, key) ? all[key] : symbolicStringifier(all, "pino.wildcardFirst");
}

/** What the logger redacts in an object that stands in a text: all paths. */
export function textStringifierOf(logger: object): Stringifier | undefined {
  return symbolicStringifier((part(logger, "stringifiers") ?? {}) as object, "pino.redactFmt");
}

function symbolicStringifier(all: object, name: string): Stringifier | undefined {
  const symbol = Object.getOwnPropertySymbols(all).find(({ description }) => description === name);
  return symbol && (all as Record<symbol, Stringifier | undefined>)[symbol];
}

/** The logger whose stream a logger writes to: one root for all that is made of it. */
export function rootOf(logger: object): object {
  const stream = symbolOf(logger, "stream");
  return (stream && chainOf(logger).find((one) => Object.hasOwn(one, stream))) ?? logger;
}

/** The key that stands in a logger under a symbol, such as that of the message. */
export function textKey(logger: PinoLogger, name: PartName, otherwise: string): string {
  const key = part(logger, name);
  return typeof key === "string" ? key : otherwise;
}

/** Where a facade of this package keeps its state: every copy of the package knows the facades of the others. */
export const FACADE: unique symbol = Symbol.for("logbridge.pino.facade") as never;

/** Why a value is no pino logger. */
export function noLogger(
  value: unknown,
  otherwise = "expected a pino logger, as pino() makes it, or one of its children",
): string {
  return typeof value === "object" && value !== null && FACADE in value
    ? "this is a facade made by asPino(), whose records are in our logger already"
    : otherwise;
}
