import { types } from "node:util";

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

export const DEEPEST = 8;

export function freeKey(key: string, taken: object): string {
  let name = key;
  while (Object.hasOwn(taken, name)) name += "_";
  return name;
}

export function put(target: Info, key: string, value: unknown): void {
  if (key === "__proto__") show(target, key, value);
  else target[key] = value;
}

/** An error's class may have accessors of these names. */
export function show(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

export function hide(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
}

/** The property's value, without running a getter of the user. */
export function valueOf(holder: object, key: string): unknown {
  const found = Object.getOwnPropertyDescriptor(holder, key);
  return found && !("value" in found) ? "[Getter]" : (found?.value as unknown);
}

/** The value under a symbol, without running a getter of the user. */
export function symbolOf(holder: object, key: symbol): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value as unknown;
}

/** Plain objects and lists are copied, so that a format which masks a value does not mask the application's own. */
export function copied(value: unknown, above: readonly unknown[] = []): unknown {
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

/** About how many bytes an info holds: those of its text. */
export function weightOf(info: Info): number {
  const text = info[MESSAGE] ?? info["message"];
  return typeof text === "string" ? text.length : 0;
}

export function bareError(): Error {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    return new Error();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
