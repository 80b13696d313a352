import { type ExceptionData, errorFromData, inspect, isError, isPlainObject } from "@logbridge/core";
import type { Emitted } from "./emitted.ts";
import { type ExceptionTexts, hasTexts, TEXT_KEYS, textsIn, textsOf } from "./exception-texts.ts";

/** What was thrown, taken out of a record's attributes. */
export interface TakenError {
  readonly value: unknown;
  /** The attributes that it stands for. */
  readonly keys: readonly string[];
  /** As what it goes out again; `null`: the object itself says it. */
  readonly texts: ExceptionTexts | null;
}

/** What our own sinks write beside the texts. */
const PART_KEYS = {
  code: "exception.code",
  cause: "exception.cause",
  errors: "exception.errors",
  properties: "exception.properties",
} as const;

/**
 * The exception of a record: the very object where there is one, else an error with what the attributes say. `null`: there is none.
 * Attributes that cannot be read as parts of an exception stay what they are.
 */
export function takeError({ attributes, thrown }: Emitted): TakenError | null {
  const texts = textsIn(attributes);
  if (thrown !== undefined && thrown !== null)
    return { value: thrown, keys: keysOf(texts, {}), texts: isError(thrown) ? null : textsOfValue(thrown) };
  if (!hasTexts(texts)) return null;
  const parts = partsIn(attributes);
  return { value: errorFromData(dataOf(texts, parts)), keys: keysOf(texts, parts), texts };
}

/** A value that is no error says what it is, and has no class. */
function textsOfValue(thrown: unknown): ExceptionTexts {
  const texts = textsOf(thrown);
  return hasTexts(texts) ? texts : { ...texts, message: inspect(thrown) };
}

type Parts = Pick<ExceptionData, keyof typeof PART_KEYS>;

function keysOf(texts: ExceptionTexts, parts: Parts): readonly string[] {
  const said = Object.entries(TEXT_KEYS).filter(([name]) => texts[name as keyof ExceptionTexts] !== undefined);
  const read = Object.entries(PART_KEYS).filter(([name]) => parts[name as keyof Parts] !== undefined);
  return [...said, ...read].map(([, key]) => key);
}

function partsIn(attributes: Emitted["attributes"]): Parts {
  return partsOf({
    code: valueAt(attributes, PART_KEYS.code),
    cause: valueAt(attributes, PART_KEYS.cause),
    errors: valueAt(attributes, PART_KEYS.errors),
    properties: valueAt(attributes, PART_KEYS.properties),
  });
}

function dataOf(texts: ExceptionTexts, parts: Parts): ExceptionData {
  const { type: named, message = "" } = texts;
  const stack = texts.stack ?? null;
  const titled = stack === null ? null : titleOf(stack, message);
  // The SDK writes an error's code in place of its class.
  const code = parts.code ?? (titled !== null && named !== titled ? named : undefined);
  return { ...parts, type: titled ?? named ?? "Error", message, stack, ...(code !== undefined && { code }) };
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
  const stack = textAt(value, "stacktrace") ?? textAt(value, "stack");
  const [code, cause, errors, properties] = ["code", "cause", "errors", "properties"].map((key) => valueAt(value, key));
  return { ...partsOf({ code, cause, errors, properties }), type, message, stack };
}

/** Those that are what our own sinks write. */
function partsOf({ code, cause, errors, properties }: Readonly<Record<keyof Parts, unknown>>): Parts {
  const inner = innerData(cause);
  const list = Array.isArray(errors) ? errors.map(innerData) : [null];
  return {
    ...(isCode(code) && { code }),
    ...(inner && { cause: inner }),
    ...(list.every((one) => one !== null) && { errors: list }),
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
