import { types } from "node:util";
import { isError } from "@logbridge/core";
import { bareError, DEEPEST, hide, type Info, put, valueOf } from "./info.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
export const ANSI: RegExp = /\x1b\[[0-9;]*m/g;
const SECRET = /pass(?:word|wd|phrase)?|secret|token|authorization|cookie|api[-_]?key|credential/i;

export function maskedValue(key: string, value: unknown, depth: number): unknown {
  if (SECRET.test(key)) return "[Redacted]";
  if (typeof value !== "object" || value === null || types.isProxy(value) || depth >= DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => maskedValue("", item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Info = {};
  for (const name of Object.keys(value)) put(copy, name, maskedValue(name, valueOf(value, name), depth + 1));
  return copy;
}

export function stackIn(info: Info): unknown {
  return isError(info) ? info.stack : valueOf(info, "stack");
}

/**
 * The error itself, unless the format has changed its text: then a copy that says what the format left, since a secret that is
 * masked in the text must not stand in the stack.
 */
export function unmasked(
  error: Error,
  result: Info,
  before: { readonly message: unknown; readonly stack: unknown },
  message: string,
): { readonly value: unknown } {
  const stack = stackIn(result);
  const original = error.stack ?? "";
  const said = isError(before.message) ? before.message.message : before.message;
  const textChanged = typeof said === "string" && said.includes(error.message) && !message.includes(error.message);
  const stackChanged = typeof stack === "string" && stack.replace(ANSI, "") !== (before.stack ?? original);
  const properties = propertiesLeft(error, result);
  if (!textChanged && !stackChanged && properties === null) return { value: error };
  const copy = bareError();
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  const text = textChanged ? message : error.message;
  const frames = original.slice(Math.max(0, original.indexOf("\n    at ")));
  const shown = stackChanged ? (stack as string).replace(ANSI, "") : `${error.name}: ${text}${frames}`;
  hide(copy, "message", text);
  hide(copy, "stack", shown);
  const cause = valueOf(error as unknown as Info, "cause");
  if (cause !== undefined) hide(copy, "cause", cause);
  for (const [key, value] of properties ?? Object.entries(error)) put(copy as unknown as Info, key, value);
  return { value: copy };
}

/** What winston writes on an error itself. */
const WRITTEN: ReadonlySet<string> = new Set(["level", "timestamp", "message", "stack", "cause"]);

/**
 * The error's own properties as the format left them on the info that they were copied to, `null` where it changed none. What it
 * masked or took away there must not stand on the error either.
 */
function propertiesLeft(error: Error, result: Info): readonly (readonly [string, unknown])[] | null {
  if ((result as unknown) === error) return null;
  const keys = Object.keys(error).filter((key) => !WRITTEN.has(key));
  // An error behind the texts for a template was not copied to the info: no format has seen its properties.
  const copied = keys.some((key) => Object.hasOwn(result, key)) || valueOf(result, "stack") !== undefined;
  let changed = false;
  const left: [string, unknown][] = [];
  for (const key of keys) {
    const own = valueOf(error as unknown as Info, key);
    const shown = Object.hasOwn(result, key) ? valueOf(result, key) : copied ? undefined : maskedValue(key, own, 0);
    if (shown !== own) changed = true;
    if (shown !== undefined) left.push([key, shown]);
  }
  return changed ? left : null;
}
