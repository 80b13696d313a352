import { formatConsole, type Inbound, inspect, isError, isPlainObject, mergeFields } from "@logbridge/core";
import type { NestLevel } from "./levels.ts";
import { errorOfStack, isStackText } from "./map/stack-text.ts";

/** What a call of NestJS says. */
export interface Understood extends Pick<Inbound, "message" | "template" | "args" | "fields"> {
  readonly error: { readonly value: unknown } | null;
  /** The context that NestJS puts behind the messages; `null` for none. */
  readonly context: string | null;
}

/** The parts that NestJS sees in its arguments. */
interface Parts {
  readonly messages: readonly unknown[];
  readonly context: string | null;
  readonly stack: string | null;
}

/**
 * Reads the arguments as the ConsoleLogger of NestJS does: a text at the end is the context, and before it, for `error`, there may be a
 * stack. All messages of a call are one record.
 */
export function understand(level: NestLevel, data: readonly unknown[]): Understood {
  const { messages: given, context, stack } = level === "error" ? errorParts(data) : plainParts(data);
  const messages = given.map(resolved);
  const direct = messages.find((one) => isError(one));
  const held = direct === undefined ? errorIn(messages) : null;
  const thrown = direct ?? held?.error;
  const error = thrown !== undefined ? { value: thrown } : stack !== null ? { value: errorOfStack(stack) } : null;
  // A stack that belongs to another error than the one that is there stands in the text.
  const more = stack !== null && thrown !== undefined && stackOf(thrown) !== stack ? [stack] : [];
  const left = messages.filter((one) => direct === undefined || one !== direct);
  const rest = left.flatMap<unknown>((one) => (held && one === held.holder ? held.rest : [one]));
  const shown = [...rest, ...more];
  const fields = rest.filter(isPlainObject);
  const message = shown.length > 0 || !error ? textOf(shown) : messageOf(error.value as object);
  const [first] = messages;
  return {
    message,
    template: typeof first === "string" ? first : message,
    args: typeof first === "string" ? messages.slice(1) : messages,
    ...(fields.length > 0 && { fields: mergeFields(...fields) }),
    error,
    context,
  };
}

function plainParts(data: readonly unknown[]): Parts {
  const last = data.at(-1);
  if (data.length < 2 || typeof last !== "string") return { messages: data, context: null, stack: null };
  return { messages: data.slice(0, -1), context: last, stack: null };
}

function errorParts(data: readonly unknown[]): Parts {
  const [, second] = data;
  if (data.length === 2 && isStackText(second)) return { messages: data.slice(0, 1), context: null, stack: second };
  const { messages, context } = plainParts(data);
  const last = messages.at(-1);
  // Between message and context NestJS puts the stack, or nothing. Another text there is a message: it has no frames to show.
  if (data.length > 2 && messages.length > 1 && last === undefined)
    return { messages: messages.slice(0, -1), context, stack: null };
  if (data.length > 2 && messages.length > 1 && isStackText(last))
    return { messages: messages.slice(0, -1), context, stack: last };
  return { messages, context, stack: null };
}

/** NestJS writes a class by its name, and asks a function for its message. */
function resolved(value: unknown): unknown {
  if (typeof value !== "function") return value;
  if (Function.prototype.toString.call(value).startsWith("class ")) {
    const name = own(value, "name");
    return typeof name === "string" ? name : "class";
  }
  try {
    const message = (value as () => unknown)();
    // Nobody waits for the promise of an `async` function; its rejection must not end the process.
    if (message instanceof Promise) message.catch(() => {});
    return message;
  } catch (error) {
    return error;
  }
}

/** Texts as they are, whatever they contain, and other values as the console shows them. */
function textOf(messages: readonly unknown[]): string {
  try {
    // A text in front would be read as a template: a blank one is not.
    return formatConsole(["", ...messages]).slice(1);
  } catch {
    return messages.map((one) => (typeof one === "string" ? one : inspect(one))).join(" ");
  }
}

/** An error in an object, and what is left of the object without it. */
interface Held {
  readonly error: unknown;
  readonly holder: unknown;
  readonly rest: readonly Record<string, unknown>[];
}

/** As our own calls have it, an error under one of these names is the exception, and no field. */
function errorIn(messages: readonly unknown[]): Held | null {
  for (const holder of messages) {
    if (!isPlainObject(holder)) continue;
    const key = ["err", "error"].find((one) => isError(own(holder, one)));
    if (key === undefined) continue;
    const fields = mergeFields(holder);
    delete fields[key];
    return { error: own(holder, key), holder, rest: Object.keys(fields).length > 0 ? [fields] : [] };
  }
  return null;
}

const own = (error: object, key: string): unknown => Object.getOwnPropertyDescriptor(error, key)?.value;

function messageOf(error: object): string {
  const message = own(error, "message");
  return typeof message === "string" ? message : "";
}

/** It may be a getter of the application's, which fails. */
function stackOf(error: unknown): unknown {
  try {
    return (error as Error).stack;
  } catch {
    return undefined;
  }
}
