import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, reportOnce, shown } from "../diagnostics.ts";
import { fillMarkup, type Markup, parseMarkup, stripMarkup } from "../format/markup.ts";
import { rawText } from "../format/raw.ts";
import { fillTemplate, parseTemplate, type Template } from "../format/template.ts";
import { asText, errorMessage, inspected } from "./argument-text.ts";
import { errorField, type Parts, splitValues } from "./arguments.ts";
import { copyFields, type Fields, mergeFields } from "./context.ts";
import { isPlainObject } from "./plain-object.ts";
import { NONE } from "./record.ts";
import { isTagged } from "./tagged.ts";

/** What `opt()` says about reading a call. */
export interface ReadingOptions {
  readonly lazy: boolean;
  readonly colors: boolean;
  readonly capture: boolean;
  readonly strict: boolean;
  /** Values that fill named fields and are not kept: `{record[…]}`. */
  readonly hidden: Fields | null;
}

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

const BRACE = /[{}]/;
const PRINTF = /%[sdifjoOc]/g;
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
    return readTemplate(first, options.lazy ? args.slice(1).map(evaluated) : args.slice(1), null, NONE, options);
  }
  if (isTagged(first)) return readTagged(first, options.lazy ? args.slice(1).map(evaluated) : args.slice(1), options);
  // Fields and a text without placeholders: the commonest call of all, and nothing of it needs to be taken apart.
  if (args.length === 2 && isPlainCall(first, args[1], options)) {
    const text = args[1] as string;
    return { message: text, markup: null, template: text, args: EMPTY, fields: first as Fields, thrown: NONE };
  }
  const rest = options.lazy ? args.slice(1).map(evaluated) : args.slice(1);
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
  if (rawText(first) !== null) return readTemplate("{}", [first, ...rest], null, NONE, options);
  if (options.strict && rest.length > 0)
    throw new LogbridgeError("LB1102", `the message ${shown(first)} is no text, so its values cannot be put in`);
  return readTemplate(args.length === 0 ? "" : literal(asText(first), rest, options), rest, null, NONE, options);
}

/** A call's arguments with the results of the lazy ones. */
export function evaluatedCall(args: readonly unknown[]): readonly unknown[] {
  return [args[0], ...args.slice(1).map(evaluated)];
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

function evaluated(value: unknown): unknown {
  if (typeof value === "function") return (value as () => unknown)();
  if (!isPlainObject(value)) return value;
  const result: Record<string, unknown> = {};
  copyFields(value, result);
  for (const key of Object.keys(result))
    if (typeof result[key] === "function") result[key] = (result[key] as () => unknown)();
  return result;
}

/** A text that is no template: its braces stand for themselves. */
function plainTemplate(text: string): string {
  return BRACE.test(text) ? text.replace(/[{}]/g, "$&$&") : text;
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
    message = platform.formatPrintf([text, ...parts.values]);
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

function filled(text: string, parsed: Template | null, parts: Parts, options: ReadingOptions): string {
  // Loguru does not interpret a message that came alone.
  if (
    !parsed ||
    parsed === LITERAL ||
    (parts.values.length === 0 && !parts.named && !options.hidden && parts.thrown === NONE)
  )
    return appended(text, parts, EMPTY_SET, options);
  const named = options.hidden ? mergeFields(parts.named, options.hidden) : parts.named;
  const result = fillTemplate(parsed, parts.values, named, options.strict);
  // A finished text that merely contains braces (JSON, code) is not a template: it stays to the letter.
  const untouched =
    !options.strict &&
    result.missing &&
    result.taken.size === 0 &&
    !parsed.names.some((name) => named && Object.hasOwn(named, name));
  return appended(untouched ? text : result.text, parts, result.taken, options);
}

const EMPTY_SET: ReadonlySet<number> = new Set();

/** What no placeholder took is appended as the console would print it; the error that became the exception is not. */
function appended(text: string, parts: Parts, taken: ReadonlySet<number>, options: ReadingOptions): string {
  if (options.strict) return text;
  let result = text;
  parts.values.forEach((value, index) => {
    if (taken.has(index) || value === parts.thrown) return;
    const shown = behind(value);
    result = result === "" ? shown : `${result} ${shown}`;
  });
  return result;
}

/** One error is the exception; of a second one the stack must not be lost. */
function behind(value: unknown): string {
  return platform.isError(value) ? platform.inspect(value) : asText(value);
}

/** Did `raw()` mark one of the values? */
function holdsRaw({ values, named }: Parts): boolean {
  for (const value of values) if (rawText(value) !== null) return true;
  // Not by reading: a getter of the caller's object must not run.
  for (const key of Object.keys(named ?? {}))
    if (rawText(Object.getOwnPropertyDescriptor(named, key)?.value) !== null) return true;
  return false;
}

/** The message in parts, so that those which `raw()` marked are known; `null` where they do not make up the message. */
function withRaw(
  message: string,
  text: string,
  parsed: Template | null,
  parts: Parts,
  options: ReadingOptions,
): Markup | null {
  const named = options.hidden ? mergeFields(parts.named, options.hidden) : parts.named;
  const isTemplate = parsed !== null && parsed !== LITERAL;
  const { markup, taken } = isTemplate
    ? fillMarkup(parsed, parts.values, named, false, false)
    : { markup: [{ kind: "text", value: text }] as const, taken: EMPTY_SET };
  const whole = tailed(markup, parts, taken, options);
  return stripMarkup(whole) === message ? whole : null;
}

function coloured(text: string, parts: Parts, options: ReadingOptions): { message: string; markup: Markup | null } {
  const named = options.hidden ? mergeFields(parts.named, options.hidden) : parts.named;
  const interpreted = parts.values.length > 0 || named !== null;
  try {
    const parsed = interpreted ? parsedTemplate(text, options.strict) : null;
    if (!parsed || parsed === LITERAL) {
      const markup = parseMarkup(text);
      return {
        message: appended(stripMarkup(markup), parts, EMPTY_SET, options),
        markup: tailed(markup, parts, EMPTY_SET, options),
      };
    }
    const { markup, taken } = fillMarkup(parsed, parts.values, named, options.strict);
    return {
      message: appended(stripMarkup(markup), parts, taken, options),
      markup: tailed(markup, parts, taken, options),
    };
  } catch (error) {
    if (options.strict) throw error;
    return { message: filled(text, interpreted ? parsedTemplate(text, false) : null, parts, options), markup: null };
  }
}

/** The appended values as text behind the coloured message. */
function tailed(markup: Markup, parts: Parts, taken: ReadonlySet<number>, options: ReadingOptions): Markup {
  if (options.strict) return markup;
  const tokens = [...markup];
  let isEmpty = stripMarkup(markup) === "";
  parts.values.forEach((value, index) => {
    if (taken.has(index) || value === parts.thrown) return;
    if (!isEmpty) tokens.push({ kind: "text", value: " " });
    tokens.push({ kind: rawText(value) === null ? "text" : "raw", value: behind(value) });
    isEmpty = false;
  });
  return tokens;
}

/** Two templates have one object per call site, so what they mean is found once. */
const taggedTemplates = new WeakMap<readonly string[], string>();

function readTagged(strings: TemplateStringsArray, values: readonly unknown[], options: ReadingOptions): Reading {
  let template = taggedTemplates.get(strings);
  if (template === undefined) taggedTemplates.set(strings, (template = strings.map(plainTemplate).join("{}")));
  const error = values.find((value) => platform.isError(value));
  const thrown = error ?? NONE;
  if (options.colors) {
    const parts: Parts = { template, values, named: null, thrown };
    const { message, markup } = coloured(template, parts, options);
    return { message, markup, template, args: values, fields: null, thrown };
  }
  let message = strings[0] as string;
  for (let index = 0; index < values.length; index++) message += asText(values[index]) + strings[index + 1];
  const markup = options.strict || !values.some((value) => rawText(value) !== null) ? null : taggedRaw(strings, values);
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

const parsedTemplates = new Map<string, Template | null>();
const MOST_TEMPLATES = 1000;

function parsedTemplate(text: string, strict: boolean): Template | null {
  if (!BRACE.test(text)) return LITERAL;
  const known = parsedTemplates.get(text);
  if (known !== undefined && !(known === null && strict)) return known;
  let parsed: Template | null;
  try {
    parsed = parseTemplate(text);
  } catch (error) {
    if (strict) throw error;
    parsed = null;
  }
  if (parsedTemplates.size >= MOST_TEMPLATES) parsedTemplates.clear();
  parsedTemplates.set(text, parsed);
  return parsed;
}

const LITERAL: Template = parseTemplate("");

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
