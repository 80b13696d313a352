import { formatWithOptions, inspect, types } from "node:util";
import { readyPattern } from "../ready-pattern.ts";
import type { InspectOptions } from "./platform.ts";

const END_OF_BIGINT = readyPattern(/n$/);

const DEPTH_SHOWN = 4;
/** Errors are shown one level further down than the rest; looking for them is work with every value, so it is bounded. */
const DEEPEST = 8;
const MOST_LOOKED_AT = 1_000;
/** What inspection reads of an error by name, so that an accessor would run. */
const READ_BY_NAME = ["name", "message", "stack", "cause", "errors"] as const;

/** A value as a developer reads it. No getter runs: errors that compute their parts are shown by stand-ins. */
export function inspectValue(value: unknown, options?: InspectOptions): string {
  try {
    return inspect(withoutAccessors(value), {
      depth: options?.depth ?? DEPTH_SHOWN,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength: options?.oneLine ? Number.POSITIVE_INFINITY : 100,
      compact: options?.oneLine ? true : 3,
      getters: false,
      customInspect: false,
    });
  } catch {
    // The runtime itself reads some accessors (`Symbol.toStringTag`), and those may throw.
    return "[Unreadable]";
  }
}

/** What the console prints for these arguments. */
export function formatPrintf(args: readonly unknown[], options?: Readonly<Record<string, unknown>>): string {
  return formatWithOptions(options ?? {}, ...(args.map(withoutAccessors) as [unknown, ...unknown[]]));
}

/** The texts and numbers that an inspection of a value shows, behind proxies and in promises too. */
export function textsIn(value: unknown, customInspect: boolean): readonly string[] {
  const texts: string[] = [];
  const stylize = (text: string, style: string): string => {
    if (style === "string") texts.push(text.slice(1, -1));
    else if (style === "number" || style === "bigint") texts.push(text.replace(END_OF_BIGINT, ""));
    else if (style === "date") texts.push(text);
    return text;
  };
  try {
    const options = {
      depth: 10,
      maxArrayLength: 1_000,
      maxStringLength: 100_000,
      compact: true,
      customInspect,
      stylize,
    };
    inspect(value, { ...options, showHidden: true, breakLength: Number.POSITIVE_INFINITY });
  } catch {
    // What was shown until then is what there is.
  }
  return texts;
}

/** By what the engine keeps in an object, whatever its prototype says. */
export function sealedKind(value: object): string | null {
  if (types.isPromise(value)) return "Promise";
  if (types.isMapIterator(value)) return "Map Iterator";
  if (types.isSetIterator(value)) return "Set Iterator";
  if (types.isWeakMap(value)) return "WeakMap";
  if (types.isWeakSet(value)) return "WeakSet";
  return null;
}

/** The value itself, or a copy in which stand-ins take the place of errors whose parts only their owner's code knows. */
function withoutAccessors(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  try {
    return standIn(value, 0, { left: MOST_LOOKED_AT });
  } catch {
    return "[Unreadable]";
  }
}

function standIn(value: object, depth: number, budget: { left: number }): object {
  if (depth > DEEPEST || --budget.left < 0 || types.isProxy(value)) return value;
  const isError = types.isNativeError(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isList = !isError && Array.isArray(value);
  if (!isError && !isList && prototype !== Object.prototype && prototype !== null && !isErrorLike(prototype))
    return value;
  const computes = (isError || isErrorLike(prototype)) && READ_BY_NAME.some((key) => accessorOf(value, key) !== null);
  const changes = changesBelow(value, isError ? Reflect.ownKeys(value) : Object.keys(value), depth, budget);
  if (!computes && !changes) return value;
  const copy = Object.setPrototypeOf(isList ? [] : isError || computes ? blankError() : {}, prototype) as object;
  const all = Object.getOwnPropertyDescriptors(value) as Record<PropertyKey, PropertyDescriptor>;
  for (const key of Reflect.ownKeys(all)) Object.defineProperty(copy, key, all[key] as PropertyDescriptor);
  for (const [key, item] of changes ?? [])
    Object.defineProperty(copy, key, { ...(all[key] as PropertyDescriptor), value: item });
  if (computes) fillError(copy, value);
  return copy;
}

function blankError(): Error {
  const error = new Error();
  // Before it gets its class: the engine may ask that for the title of a stack.
  Object.defineProperty(error, "stack", { value: "", enumerable: false, configurable: true, writable: true });
  return error;
}

function changesBelow(
  value: object,
  keys: readonly PropertyKey[],
  depth: number,
  budget: { left: number },
): Map<PropertyKey, object> | null {
  let changes: Map<PropertyKey, object> | null = null;
  for (const key of keys) {
    if (--budget.left < 0) break;
    // A stack is written at its first reading, by code that the application may have installed.
    if (key === "stack") continue;
    const item: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (typeof item !== "object" || item === null) continue;
    const shown = standIn(item, depth + 1, budget);
    if (shown !== item) (changes ??= new Map()).set(key, shown);
  }
  return changes;
}

/** What inherits from an error without being made as one. */
function isErrorLike(prototype: object | null): boolean {
  for (let at = prototype, depth = 0; at && depth < 50; depth++) {
    if (types.isProxy(at)) return false;
    if (at === Error.prototype) return true;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}

/** The accessor that a reading by name would run, `null` where there is none, or one of the engine. */
function accessorOf(value: object, key: string): PropertyDescriptor | null {
  for (let at: object | null = value, depth = 0; at && depth < 50; depth++) {
    if (at === Error.prototype || types.isProxy(at)) return null;
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return "value" in found || isEngines(found, key) ? null : found;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return null;
}

function isEngines({ get }: PropertyDescriptor, key: string): boolean {
  if (key === "stack") return get !== undefined && get === engineStack();
  return get === Object.getOwnPropertyDescriptor(DOMException.prototype, key)?.get;
}

/** Where the engine keeps stacks behind an accessor: that one; read once, since it takes an error to find it. */
let stackAccessor: { readonly get: (() => unknown) | undefined } | null = null;

function engineStack(): (() => unknown) | undefined {
  if (!stackAccessor) {
    const own = Object.getOwnPropertyDescriptor(new Error(), "stack");
    stackAccessor = { get: (own ?? Object.getOwnPropertyDescriptor(Error.prototype, "stack"))?.get };
  }
  return stackAccessor.get;
}

/** Gives a stand-in parts of its own that shadow what is computed. */
function fillError(copy: object, source: object): void {
  for (const key of READ_BY_NAME) {
    const found = accessorOf(source, key);
    if (!found || key === "stack") continue;
    const enumerable = Object.getOwnPropertyDescriptor(source, key)?.enumerable === true;
    Object.defineProperty(copy, key, {
      value: key === "name" ? "Error" : "[Getter]",
      enumerable,
      configurable: true,
      writable: true,
    });
  }
  if (!accessorOf(source, "stack")) return;
  const stack = stackBehind(source);
  Object.defineProperty(copy, "stack", {
    value: stack ?? "Error: [Getter]",
    enumerable: false,
    configurable: true,
    writable: true,
  });
}

/** The stack under an accessor of somebody's: where the engine keeps one, its own accessor finds it. */
function stackBehind(source: object): string | null {
  const stack = engineStack()?.call(source) as unknown;
  return typeof stack === "string" && stack !== "" ? stack : null;
}
