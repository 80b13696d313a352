import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, reportOnce, shown } from "../diagnostics.ts";
import type { Markup } from "../format/markup.ts";
import { printfText } from "../format/printf.ts";
import { rawText } from "../format/raw.ts";
import type { Template } from "../format/template.ts";
import { readyPattern } from "../ready-pattern.ts";
import { asText, errorMessage, inspected } from "./argument-text.ts";
import { errorField, type Parts, splitValues } from "./arguments.ts";
import { copyFields, type Fields } from "./context.ts";
import { coloured, filled, holdsRaw, type ReadingOptions, withRaw } from "./filling.ts";
import { isPlainObject } from "./plain-object.ts";
import { NONE } from "./record.ts";
import { taggedTemplate } from "./tagged.ts";
import { parsedTemplate, plainTemplate } from "./template-cache.ts";

export type { ReadingOptions } from "./filling.ts";

/** A call's arguments, understood. */
export interface Reading {
  readonly message: string;
  readonly markup: Markup | null;
  readonly template: string;
  readonly args: readonly unknown[];
  /** Keyword values that go into `extra`. */
  readonly fields: Fields | null;
  /** The error among the arguments, or `NONE`. */
  readonly thrown: unknown;
}

const PRINTF = readyPattern(/%[sdifjoOc]/g);
const EMPTY: readonly unknown[] = [];

/**
 * Reads the arguments of a log call, in every shape that JavaScript developers write: template first, tagged template,
 * Error first, fields first, a value alone.
 *
 * Lenient (default): never throws and loses nothing: what no placeholder takes is appended, an Error becomes the exception.
 * Strict: Loguru's rules to the letter; errors of the template are thrown.
 */
export function readCall(args: readonly unknown[], options: ReadingOptions): Reading {
  const first = args[0];
  if (typeof first === "string") {
    if (args.length === 1 && !options.colors && !options.hidden)
      return { message: first, markup: null, template: first, args: EMPTY, fields: null, thrown: NONE };
    return readTemplate(first, valuesOf(args, options), null, NONE, options);
  }
  const template = taggedTemplate(first);
  if (template !== undefined)
    return readTagged(first as TemplateStringsArray, template, valuesOf(args, options), options);
  // Fields and a text without placeholders: the commonest call of all, and nothing of it needs to be taken apart.
  if (args.length === 2 && isPlainCall(first, args[1], options)) {
    const text = args[1] as string;
    return { message: text, markup: null, template: text, args: EMPTY, fields: first as Fields, thrown: NONE };
  }
  const rest = valuesOf(args, options);
  if (platform.isError(first)) {
    if (typeof rest[0] === "string") return readTemplate(rest[0], rest.slice(1), null, first, options);
    return readTemplate(literal(errorMessage(first), rest, options), rest, null, first, options);
  }
  if (isPlainObject(first)) {
    if (typeof rest[0] === "string") return readTemplate(rest[0], rest.slice(1), first, NONE, options);
    const error = rest.find((value) => platform.isError(value)) ?? errorField(first);
    const text = error === undefined ? inspected(first) : errorMessage(error as Error);
    return readTemplate(plainTemplate(text), rest, first, error ?? NONE, options);
  }
  if (rawText(first) !== null || isLoneObject(args)) return readTemplate("{}", [first, ...rest], null, NONE, options);
  if (options.strict && rest.length > 0)
    throw new LogbridgeError("LB1102", `the message ${shown(first)} is no text, so its values cannot be put in`);
  return readTemplate(args.length === 0 ? "" : literal(asText(first), rest, options), rest, null, NONE, options);
}

/** One structured value in place of a text: what it is goes along with how it is shown. */
function isLoneObject(args: readonly unknown[]): boolean {
  return args.length === 1 && typeof args[0] === "object" && args[0] !== null;
}

/** A call's arguments with the results of the lazy ones. */
export function evaluatedCall(args: readonly unknown[], strict: boolean): readonly unknown[] {
  return [args[0], ...valuesOf(args, { lazy: true, strict })];
}

/** The arguments behind the first, lazy ones with their results. */
function valuesOf(
  args: readonly unknown[],
  { lazy, strict }: Pick<ReadingOptions, "lazy" | "strict">,
): readonly unknown[] {
  const values = args.slice(1);
  return lazy ? values.map((value) => evaluated(value, strict)) : values;
}

function isPlainCall(fields: unknown, text: unknown, options: ReadingOptions): boolean {
  return (
    typeof text === "string" &&
    !text.includes("{") &&
    !text.includes("}") &&
    options.capture &&
    !options.colors &&
    !options.lazy &&
    !options.hidden &&
    isPlainObject(fields) &&
    !("err" in fields || "error" in fields)
  );
}

function evaluated(value: unknown, strict: boolean): unknown {
  if (typeof value === "function") return resultOf(value as () => unknown, strict);
  if (!isPlainObject(value)) return value;
  const result: Record<string, unknown> = {};
  copyFields(value, result);
  for (const key of Object.keys(result))
    if (typeof result[key] === "function") result[key] = resultOf(result[key] as () => unknown, strict);
  return result;
}

/** One value that cannot be had is no reason to lose the others, nor to stop the application. */
function resultOf(lazy: () => unknown, strict: boolean): unknown {
  if (strict) return lazy();
  try {
    return lazy();
  } catch (error) {
    return `[threw ${platform.isError(error) ? errorMessage(error) || "an error" : inspected(error)}]`;
  }
}

/** A finished text in a template's place: one that comes without values is not interpreted. */
function literal(text: string, rest: readonly unknown[], { hidden }: ReadingOptions): string {
  return rest.length > 0 || hidden ? plainTemplate(text) : text;
}

function readTemplate(
  text: string,
  values: readonly unknown[],
  leading: Fields | null,
  thrown: unknown,
  options: ReadingOptions,
): Reading {
  const parsed = values.length === 0 && !leading && !options.hidden ? null : parsedTemplate(text, options.strict);
  const directives =
    parsed?.parts.every((part) => typeof part === "string") && !options.strict ? countDirectives(text) : 0;
  const taken = Math.max(parsed ? reachOf(parsed) : 0, directives);
  const parts = splitValues(text, values, taken, leading, thrown, options.strict);
  const fields = options.capture && parts.named ? parts.named : null;
  if (options.hidden) revealFields(options.hidden, parts.named, fields, options.strict);
  let message: string;
  let markup: Markup | null = null;
  if (options.colors) ({ message, markup } = coloured(text, parts, options));
  else if (directives > 0 && parts.values.length > 0) {
    warnOfPrintf(text);
    message = printfText(text, parts.values);
  } else message = filled(text, parsed, parts, options);
  if (!markup && !options.strict && holdsRaw(parts)) markup = withRaw(message, text, parsed, parts, options);
  // No spread on this path: on Node 20 one costs as much as the rest of the call.
  return { message, markup, template: text, args: parts.values, fields, thrown: parts.thrown };
}

/** `{record[extra]}` shows the values of this very call too; one that is called `record` would hide the record. */
function revealFields(hidden: Fields, named: Fields | null, fields: Fields | null, strict: boolean): void {
  if (strict && named && Object.hasOwn(named, "record"))
    throw new LogbridgeTypeError("LB1102", "opt({ record: true }): a value cannot be called record too; rename it");
  if (fields) copyFields(fields, (hidden["record"] as { readonly extra: Record<string, unknown> }).extra);
}

/** How many positional values the fields themselves take. A spec's own fields do not count: no object is a width. */
function reachOf({ parts }: Template): number {
  let reach = 0;
  for (const part of parts)
    if (typeof part !== "string" && typeof part.head === "number") reach = Math.max(reach, part.head + 1);
  return reach;
}

function readTagged(
  strings: TemplateStringsArray,
  template: string,
  values: readonly unknown[],
  options: ReadingOptions,
): Reading {
  let thrown: unknown = NONE;
  let isRaw = false;
  let message = strings[0] as string;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    message += asText(value) + strings[index + 1];
    // What is no object can be neither an error nor marked as raw, and asking costs as much as its text.
    if (typeof value !== "object" || value === null) continue;
    if (thrown === NONE && platform.isError(value)) thrown = value;
    isRaw ||= rawText(value) !== null;
  }
  if (options.colors) {
    const parts: Parts = { template, values, named: null, thrown };
    const { message: shown, markup } = coloured(template, parts, options);
    return { message: shown, markup, template, args: values, fields: null, thrown };
  }
  const markup = isRaw && !options.strict ? taggedRaw(strings, values) : null;
  return { message, markup, template, args: values, fields: null, thrown };
}

function taggedRaw(strings: readonly string[], values: readonly unknown[]): Markup {
  return strings.flatMap((value, index) => [
    { kind: "text" as const, value },
    ...(index < values.length
      ? [{ kind: rawText(values[index]) === null ? ("text" as const) : ("raw" as const), value: asText(values[index]) }]
      : []),
  ]);
}

function countDirectives(text: string): number {
  return text.includes("%") ? (text.match(PRINTF)?.length ?? 0) : 0;
}

const warnedTemplates = new Set<string>();

function warnOfPrintf(text: string): void {
  if (platform.env("NODE_ENV") !== "development") return;
  reportOnce(
    warnedTemplates,
    text,
    "LB1012",
    `the message ${JSON.stringify(text)} was filled as printf; write {} for its placeholders, which keep their values apart from the text`,
  );
}
