import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";

const FIRST_FRAME = readyPattern(/\n\s+at /);
const TYPE = readyPattern(/^([\w$.]+)(?:: |$)/);

/** What an error says of itself. */
export interface ErrorParts {
  /** Its name, else its class. */
  readonly type: string;
  readonly message: string;
  /** The engine's text, title included; "" where there is none. */
  readonly stack: string;
  readonly code: string | number | undefined;
  /** What stands under `cause`; `undefined` or `null`: none. */
  readonly cause: unknown;
  /** Inner errors, as an AggregateError has them. */
  readonly errors: readonly unknown[] | null;
  /** Its own enumerable properties without those above; accessors are "[Getter]". */
  readonly properties: Record<string, unknown> | null;
}

/** Read apart from the rest, and what winston writes on a caller's error. */
const NOT_PROPERTIES: ReadonlySet<string> = new Set(["name", "message", "stack", "cause", "level", "timestamp"]);

/** Stands for a property whose value only code of its owner knows. */
const HIDDEN: unique symbol = Symbol("hidden");

/**
 * True for an error of any realm that can be read without running code of its owner: a proxy is none, nor what inherits from one.
 */
export function isReadableError(value: unknown): value is Error {
  if (typeof value !== "object" || value === null) return false;
  try {
    for (let at: object | null = value, depth = 0; at && depth < 50; depth++) {
      if (platform.isProxy(at)) return false;
      at = Object.getPrototypeOf(at) as object | null;
    }
    return platform.isError(value);
  } catch {
    // A trap, where the runtime cannot tell a proxy.
    return false;
  }
}

/** Reads an error without running code of its owner; of accessors only the engine's own are called. Never throws. */
export function readError(error: Error): ErrorParts {
  const stack = stackOf(error);
  const name = read(error, "name");
  const written = read(error, "message");
  const code = read(error, "code");
  const cause = read(error, "cause");
  const title = name === HIDDEN || written === HIDDEN ? readTitle(stack) : null;
  const errors = innerErrors(error);
  return {
    type: (name === HIDDEN ? title?.type : typeNamed(error, name)) ?? classOf(error) ?? "Error",
    message: written === HIDDEN ? (title?.message ?? "") : messageText(written),
    stack,
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    cause: cause === HIDDEN ? undefined : cause,
    errors,
    properties: propertiesOf(error, errors !== null),
  };
}

function typeOf(name: unknown): string | undefined {
  return typeof name === "string" && name !== "" && name !== "Error" ? name : undefined;
}

/** Its name; but the name of a prototype that is its class's own says no more than that class, of which the error's may be a subclass. */
function typeNamed(error: object, name: unknown): string | undefined {
  const type = typeOf(name);
  return type !== undefined && isNameOfClass(error, type) ? (classOf(error) ?? type) : type;
}

function isNameOfClass(error: object, name: string): boolean {
  for (let at: object | null = error; at && !platform.isProxy(at); at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, "name")) return nameOfClass(ownValue(at, "constructor")) === name;
  return false;
}

function classOf(error: object): string | undefined {
  return nameOfClass(read(error, "constructor"));
}

function nameOfClass(made: unknown): string | undefined {
  if (typeof made !== "function" || platform.isProxy(made)) return undefined;
  const name = ownValue(made, "name");
  return typeof name === "string" && name !== "" ? name : undefined;
}

function ownValue(at: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(at, key)?.value;
}

/** An error's message as a text, whatever stands in its place. */
export function messageText(message: unknown): string {
  if (typeof message === "string") return message;
  return message === undefined ? "" : platform.inspect(message, { oneLine: true, depth: 1 });
}

/** The first line of a stack knows what a class computes by accessors: `Name: message`. */
function readTitle(stack: string): { readonly type: string | undefined; readonly message: string } {
  const end = stack.search(FIRST_FRAME);
  const title = end < 0 ? stack : stack.slice(0, end);
  const match = TYPE.exec(title);
  return { type: typeOf(match?.[1]), message: match ? title.slice(match[0].length) : title };
}

/** The value of a data property of the object or its prototypes. */
function read(error: object, key: string): unknown {
  let depth = 0;
  for (
    let at: object | null = error;
    at && depth < 50 && !platform.isProxy(at);
    at = Object.getPrototypeOf(at) as object | null
  ) {
    depth++;
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (!found) continue;
    if ("value" in found) return found.value as unknown;
    return readByEngine(error, key, found.get);
  }
  return undefined;
}

/** Errors of the platform (AbortError, TimeoutError) keep name, message and code behind accessors of the engine. */
function readByEngine(error: object, key: string, getter: (() => unknown) | undefined): unknown {
  if (!getter || typeof DOMException !== "function") return HIDDEN;
  const engines = Object.getOwnPropertyDescriptor(DOMException.prototype, key)?.get;
  if (getter !== engines) return HIDDEN;
  try {
    return engines.call(error as DOMException) as unknown;
  } catch {
    return HIDDEN;
  }
}

/** The engine's accessor of `stack`, which works for errors of any realm; `null` where stacks are plain properties. */
function engineStack(): ((this: unknown) => unknown) | null {
  const sample = new Error();
  const found =
    Object.getOwnPropertyDescriptor(sample, "stack") ?? Object.getOwnPropertyDescriptor(Error.prototype, "stack");
  return found?.get ?? null;
}

let getStack: ((this: unknown) => unknown) | null | undefined;

function stackOf(error: Error): string {
  try {
    for (let at: object | null = error; at && !platform.isProxy(at); at = Object.getPrototypeOf(at) as object | null) {
      const found = Object.getOwnPropertyDescriptor(at, "stack");
      if (!found) continue;
      if ("value" in found) return typeof found.value === "string" ? found.value : "";
      // Whoever's accessor stands there: only the engine's is called.
      getStack ??= engineStack();
      const stack = getStack?.call(error);
      return typeof stack === "string" ? stack : "";
    }
  } catch {
    // The engine formats a stack at its first reading, by code that the application may have installed.
  }
  return "";
}

/** Values beside the error: hidden as an AggregateError hides them, or a list with errors in it. */
function innerErrors(error: object): readonly unknown[] | null {
  const found = Object.getOwnPropertyDescriptor(error, "errors");
  const list: unknown = found?.value;
  if (!Array.isArray(list) || platform.isProxy(list)) return null;
  return !found?.enumerable || list.some(isReadableError) ? (list as unknown[]) : null;
}

function propertiesOf(error: object, withoutErrors: boolean): Record<string, unknown> | null {
  let properties: Record<string, unknown> | null = null;
  for (const key of Object.keys(error)) {
    const found = Object.getOwnPropertyDescriptor(error, key);
    if (!found || NOT_PROPERTIES.has(key) || (withoutErrors && key === "errors")) continue;
    const value: unknown = "value" in found ? found.value : "[Getter]";
    if (key === "code" && (typeof value === "string" || typeof value === "number")) continue;
    properties ??= {};
    // Defined, not assigned: a key such as "__proto__" is data.
    Object.defineProperty(properties, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return properties;
}
