import { type ExceptionData, errorFromData, isError, isPlainObject } from "@logbridge/core";
import type { Emitted } from "./emitted.ts";

/** What was thrown, taken out of a record's attributes. */
export interface TakenError {
  readonly value: unknown;
  /** The attributes that it stands for. */
  readonly keys: readonly string[];
}

/** Semantic conventions, and below them what our own sinks add. */
const TYPE = "exception.type";
const MESSAGE = "exception.message";
const STACK = "exception.stacktrace";
const TEXTS: readonly string[] = [TYPE, MESSAGE, STACK];
const PARTS: readonly string[] = ["code", "cause", "errors", "properties"];
const KEYS: readonly string[] = [...TEXTS, ...PARTS.map((part) => `exception.${part}`)];

/**
 * The exception of a record: the very object where the emitter gave one and the attributes show what it says, else an error with what
 * the attributes say. `null`: there is none.
 */
export function takeError({ attributes, thrown }: Emitted): TakenError | null {
  const isGiven = thrown !== undefined && thrown !== null;
  if (!TEXTS.some((key) => typeof valueAt(attributes, key) === "string"))
    return isGiven ? { value: thrown, keys: [] } : null;
  if (isGiven && isShown(attributes, thrown)) return { value: thrown, keys: TEXTS };
  return { value: errorFromData(dataOf(attributes)), keys: KEYS.filter((key) => Object.hasOwn(attributes, key)) };
}

/** A processor may have hidden something since the SDK wrote the texts. */
function isShown(attributes: Emitted["attributes"], thrown: unknown): boolean {
  const message = valueAt(attributes, MESSAGE);
  if (!isError(thrown)) return typeof thrown !== "object" && message === String(thrown);
  const stack = valueAt(attributes, STACK);
  return valueAt(thrown, "message") === (message ?? "") && (stack === undefined || stack === stackOf(thrown));
}

/** Newer engines keep the stack behind an accessor of their own. */
function stackOf(error: Error): unknown {
  const found = Object.getOwnPropertyDescriptor(error, "stack");
  if (!found?.get) return found?.value;
  return found.get === Object.getOwnPropertyDescriptor(new Error(), "stack")?.get ? found.get.call(error) : undefined;
}

function dataOf(attributes: Emitted["attributes"]): ExceptionData {
  const stack = textAt(attributes, STACK);
  const message = textAt(attributes, MESSAGE) ?? "";
  const named = textAt(attributes, TYPE);
  const titled = stack === null ? null : titleOf(stack, message);
  // The SDK writes an error's code in place of its class.
  const code = valueAt(attributes, "exception.code") ?? (titled !== null && named !== titled ? named : undefined);
  return {
    ...partsOf(attributes, "exception."),
    type: titled ?? named ?? "Error",
    message,
    stack,
    ...(isCode(code) && { code }),
  };
}

/** The class in the first line of a stack: `TypeError: message`, `TypeError [CODE]: message`. */
function titleOf(stack: string, message: string): string | null {
  const [, name] = /^([\w$.]+)(?: \[\w+\])?(?=: |\n|$)/.exec(stack) ?? [];
  const isTitle = name !== undefined && (message === "" || stack.includes(`: ${message}`));
  return isTitle ? name : null;
}

/** An inner error as our own sinks write it. */
function innerData(value: unknown): ExceptionData | null {
  if (!isPlainObject(value)) return null;
  const type = textAt(value, "type");
  const message = textAt(value, "message");
  if (type === null || message === null) return null;
  const code = valueAt(value, "code");
  const stack = textAt(value, "stacktrace") ?? textAt(value, "stack");
  return { ...partsOf(value, ""), type, message, stack, ...(isCode(code) && { code }) };
}

function partsOf(holder: object, prefix: string): Pick<ExceptionData, "cause" | "errors" | "properties"> {
  const cause = innerData(valueAt(holder, `${prefix}cause`));
  const errors = valueAt(holder, `${prefix}errors`);
  const properties = valueAt(holder, `${prefix}properties`);
  return {
    ...(cause && { cause }),
    ...(Array.isArray(errors) && { errors: errors.map(innerData).filter((one) => one !== null) }),
    ...(isPlainObject(properties) && { properties }),
  };
}

function isCode(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function textAt(holder: object, key: string): string | null {
  const value = valueAt(holder, key);
  return typeof value === "string" ? value : null;
}

function valueAt(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
