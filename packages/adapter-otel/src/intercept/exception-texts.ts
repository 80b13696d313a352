import { isError, isReadableError, readError } from "@logbridge/core";

/** What an exception says in a record's attributes, by semantic conventions. */
export interface ExceptionTexts {
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly stack: string | undefined;
}

/** The attributes of these texts. */
export const TEXT_KEYS: Readonly<Record<keyof ExceptionTexts, string>> = {
  type: "exception.type",
  message: "exception.message",
  stack: "exception.stacktrace",
};

type Attributes = Readonly<Record<string, unknown>>;

/** The texts among attributes. */
export function textsIn(attributes: Attributes): ExceptionTexts {
  const textAt = (key: string): string | undefined => {
    const value: unknown = Object.getOwnPropertyDescriptor(attributes, key)?.value;
    return typeof value === "string" ? value : undefined;
  };
  return { type: textAt(TEXT_KEYS.type), message: textAt(TEXT_KEYS.message), stack: textAt(TEXT_KEYS.stack) };
}

/** The attributes that say these texts. */
export function textAttributes(texts: ExceptionTexts): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, key] of Object.entries(TEXT_KEYS)) {
    const text = texts[name as keyof ExceptionTexts];
    if (text !== undefined) said[key] = text;
  }
  return said;
}

/** Is any of them there? */
export function hasTexts({ type, message, stack }: ExceptionTexts): boolean {
  return (type ?? message ?? stack) !== undefined;
}

/** What the SDK would write of what was thrown. */
export function textsOf(thrown: unknown): ExceptionTexts {
  if (isReadableError(thrown)) {
    const { type, message, stack } = readError(thrown);
    return { type: type || undefined, message, stack: stack || undefined };
  }
  const message = typeof thrown === "string" || typeof thrown === "number" ? String(thrown) : undefined;
  return { type: undefined, message, stack: undefined };
}

const NOTHING = (): undefined => undefined;

/**
 * What was thrown, as long as nobody has hidden anything of it since the SDK wrote its texts into the attributes.
 *
 * @param thrown what the emitter gave as exception
 * @param written the attributes before any processor has had them; `null`: not known, so that all texts have to be there
 * @returns gives it for the attributes that the processors have left; `undefined`: their texts alone are to be used
 */
export function standInFor(thrown: unknown, written: Attributes | null): (left: Attributes) => unknown {
  if (thrown === undefined || thrown === null) return NOTHING;
  const before = written && textsIn(written);
  return (attributes) => {
    const left = textsIn(attributes);
    const isWhole = before ? isSame(before, left) : isComplete(left);
    return isWhole && isShown(left, thrown) ? thrown : undefined;
  };
}

function isSame(one: ExceptionTexts, other: ExceptionTexts): boolean {
  return one.type === other.type && one.message === other.message && one.stack === other.stack;
}

function isComplete({ type, message, stack }: ExceptionTexts): boolean {
  return type !== undefined && message !== undefined && stack !== undefined;
}

/** Do the texts say what the object says? What a limit has kept out says nothing. */
function isShown({ message, stack }: ExceptionTexts, thrown: unknown): boolean {
  if (!isError(thrown)) return message === undefined || (typeof thrown !== "object" && message === String(thrown));
  const said: unknown = Object.getOwnPropertyDescriptor(thrown, "message")?.value;
  return (message === undefined || message === said) && (stack === undefined || stack === stackOf(thrown));
}

/** Newer engines keep the stack behind an accessor of their own. */
function stackOf(error: Error): unknown {
  const found = Object.getOwnPropertyDescriptor(error, "stack");
  if (!found?.get) return found?.value;
  return found.get === Object.getOwnPropertyDescriptor(new Error(), "stack")?.get ? found.get.call(error) : undefined;
}
