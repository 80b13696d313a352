import { formatConsole } from "@logbridge/core";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\x1b\[[0-9;]*m/g;

/** The text without colour codes. */
export function withoutColors(text: string): string {
  return text.includes("\x1b") ? text.replace(ANSI, "") : text;
}

/** True for an error of any realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

/** A call to a console-like function, understood. */
export interface Understood {
  /** What the console prints. */
  readonly message: string;
  /** The first argument where it is a text: what the caller wrote before values were put in. */
  readonly template: string;
  readonly args: readonly unknown[];
  /** The fields of a plain object that came last. */
  readonly fields: Record<string, unknown> | undefined;
  readonly error: { readonly value: unknown } | null;
}

/** Reads the arguments of a call; `printed` is the text where the console has made it already. */
export function understand(args: readonly unknown[], printed?: string): Understood {
  const message = printed ?? formatConsole(args);
  const [first, ...rest] = args;
  const error = args.find(isError);
  return {
    message,
    template: typeof first === "string" ? first : message,
    args: typeof first === "string" ? rest : args,
    fields: fieldsOf(args[args.length - 1]),
    error: error === undefined ? null : { value: error },
  };
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const fields: Record<string, unknown> = {};
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (!descriptor.enumerable) continue;
    const shown: unknown = "value" in descriptor ? descriptor.value : "[Getter]";
    Object.defineProperty(fields, key, { value: shown, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}
