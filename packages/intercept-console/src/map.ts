import {
  formatConsole,
  type Inbound,
  isError,
  isPlainObject,
  mergeFields,
  readyPattern,
  withoutColors,
} from "@logbridge/core";
import { type Print, plainlyFilled } from "./console/filled.ts";
import { errorText } from "./error-text.ts";

/** What the arguments of a console call or of `debug` say; the parts of an inbound record that they determine. */
export type Understood = Pick<
  Inbound,
  "message" | "harmless" | "isComputed" | "template" | "args" | "fields" | "error" | "printed" | "reprint"
>;

const DIRECTIVE = readyPattern(/%[sdifjoOc%]/g);

/** How many of the values behind a text its directives take. */
export function directivesOf(text: string): number {
  return text.includes("%") ? (text.match(DIRECTIVE) ?? []).filter((one) => one !== "%%").length : 0;
}

/**
 * Reads the arguments as the console does, and as our own calls are read where the two agree:
 *
 * the message is what the console would print, without colours, and without the error that became the exception and that no directive took;
 * a plain object at the end, or first before others, is `extra` too; what is neither stays in `args`.
 *
 * @param print gives the text of arguments; default: as Node's console
 */
export function understand(args: readonly unknown[], print: Print = formatConsole): Understood {
  const text = typeof args[0] === "string" ? args[0] : null;
  if (text !== null && areBare(args)) {
    const filled = plainlyFilled(args, print);
    if (filled?.isHarmless)
      return { message: filled.text, harmless: filled.text, template: text, args: valuesBehind(args) };
    const message = withoutColors(filled?.text ?? print(args));
    return { message, harmless: undefined, template: withoutColors(text), args: valuesBehind(args) };
  }
  const from = text === null ? 0 : 1;
  const free = from + (text === null ? 0 : directivesOf(text));
  const fieldsAt = placeOfFields(args, free, text === null);
  const given = fieldsAt < 0 ? undefined : (args[fieldsAt] as Readonly<Record<string, unknown>>);
  const error = errorAmong(args, from) ?? errorIn(given);
  const filled = text === null || error !== undefined ? null : plainlyFilled(args, print);
  const harmless = filled?.isHarmless ? filled.text : undefined;
  const printed = filled?.text ?? (error === undefined ? print(args) : withoutError(args, free, error, text, print));
  const message = harmless ?? withoutColors(printed);
  return {
    message,
    harmless,
    printed: args,
    reprint: reprintOf(message, print),
    template: text === null ? undefined : withoutColors(text),
    args: valuesLeft(args, from, fieldsAt, error === undefined ? -1 : args.indexOf(error, free)),
    ...(given && { fields: error === undefined ? given : fieldsWithout(given, error) }),
    ...(error !== undefined && { error }),
  };
}

// A function of its own: what the inner one sees would be kept in an object that is made at each call, of bare values too.
function reprintOf(text: string, print: Print): Understood["reprint"] {
  return { text, from: (values) => understand(values, print).message };
}

/** Mostly they are few, and put together soonest one by one. */
function valuesBehind(args: readonly unknown[]): readonly unknown[] {
  switch (args.length) {
    case 1:
      return [];
    case 2:
      return [args[1]];
    case 3:
      return [args[1], args[2]];
    default:
      return args.slice(1);
  }
}

/** By place and not by value, since the same may have been given twice, and `undefined` is a value too. */
function valuesLeft(args: readonly unknown[], from: number, fieldsAt: number, errorAt: number): readonly unknown[] {
  const left: unknown[] = [];
  for (let at = from; at < args.length; at++) if (at !== fieldsAt && at !== errorAt) left.push(args[at]);
  return left;
}

/** None of these is an object, which could be an error, or fields. */
function areBare(args: readonly unknown[]): boolean {
  for (let index = 0; index < args.length; index++) if (typeof args[index] === "object") return false;
  return true;
}

/** The text without the error, where it stands behind what the directives took. */
function withoutError(
  args: readonly unknown[],
  free: number,
  error: unknown,
  text: string | null,
  print: Print,
): string {
  const printed = args.filter((value, at) => at < free || value !== error);
  if (printed.length === args.length) return print(args);
  if (printed.length === 0) return errorText(error as Error);
  // A text behind the error was no template and does not become one; a template that is alone now is read for `%%` as before.
  if (text === null) return print(["", ...printed]).slice(1);
  return printed.length > 1 ? print(printed) : print([...printed, ""]).slice(0, -1);
}

/** Where an object of values has its error. */
export const ERROR_KEYS: readonly ["err", "error"] = ["err", "error"];

function errorIn(fields: Readonly<Record<string, unknown>> | undefined): unknown {
  if (!fields) return undefined;
  return ERROR_KEYS.map((key) => Object.getOwnPropertyDescriptor(fields, key)?.value as unknown).find((value) =>
    isError(value),
  );
}

/** A record copies them before anybody else sees it: here they are the caller's object, where nothing is taken out. */
function fieldsWithout(given: Readonly<Record<string, unknown>>, error: unknown): Readonly<Record<string, unknown>> {
  if (!ERROR_KEYS.some((key) => Object.getOwnPropertyDescriptor(given, key)?.value === error)) return given;
  const fields = mergeFields(given);
  for (const key of ERROR_KEYS) if (fields[key] === error) delete fields[key];
  return fields;
}

function errorAmong(args: readonly unknown[], from: number): unknown {
  for (let at = from; at < args.length; at++) if (isError(args[at])) return args[at];
  return undefined;
}

/** Where the object stands that is `extra` too; -1: nowhere. */
function placeOfFields(args: readonly unknown[], free: number, first: boolean): number {
  let last = args.length - 1;
  while (last >= free && isError(args[last])) last--;
  if (last >= free && isPlainObject(args[last])) return last;
  return first && isPlainObject(args[0]) ? 0 : -1;
}
