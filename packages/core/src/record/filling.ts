import { platform } from "#platform";
import { fillMarkup, type Markup, parseMarkup, stripMarkup } from "../format/markup.ts";
import { isRawUsed, rawText } from "../format/raw.ts";
import { fillTemplate, type Template } from "../format/template.ts";
import { asText } from "./argument-text.ts";
import type { Parts } from "./arguments.ts";
import { type Fields, mergeFields } from "./context.ts";
import { NONE } from "./record.ts";
import { isLiteral, parsedTemplate } from "./template-cache.ts";

/** What `opt()` says about reading a call. */
export interface ReadingOptions {
  readonly lazy: boolean;
  readonly colors: boolean;
  readonly capture: boolean;
  readonly strict: boolean;
  /** Values that fill named fields and are not kept: `{record[…]}`. */
  readonly hidden: Fields | null;
}

/** The message: fields filled, what no field took appended. */
export function filled(text: string, parsed: Template | null, parts: Parts, options: ReadingOptions): string {
  // Loguru does not interpret a message that came alone.
  if (
    !parsed ||
    isLiteral(parsed) ||
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
export function holdsRaw({ values, named }: Parts): boolean {
  if (!isRawUsed()) return false;
  for (const value of values) if (rawText(value) !== null) return true;
  // Not by reading: a getter of the caller's object must not run.
  for (const key of Object.keys(named ?? {}))
    if (rawText(Object.getOwnPropertyDescriptor(named, key)?.value) !== null) return true;
  return false;
}

/** The message in parts, so that those which `raw()` marked are known; `null` where they do not make up the message. */
export function withRaw(
  message: string,
  text: string,
  parsed: Template | null,
  parts: Parts,
  options: ReadingOptions,
): Markup | null {
  const named = options.hidden ? mergeFields(parts.named, options.hidden) : parts.named;
  const isTemplate = parsed !== null && !isLiteral(parsed);
  const { markup, taken } = isTemplate
    ? fillMarkup(parsed, parts.values, named, false, false)
    : { markup: [{ kind: "text", value: text }] as const, taken: EMPTY_SET };
  const whole = tailed(markup, parts, taken, options);
  return stripMarkup(whole) === message ? whole : null;
}

/** The same with the message's colour markup; what is no markup stays as written. */
export function coloured(
  text: string,
  parts: Parts,
  options: ReadingOptions,
): { message: string; markup: Markup | null } {
  const named = options.hidden ? mergeFields(parts.named, options.hidden) : parts.named;
  const interpreted = parts.values.length > 0 || named !== null;
  try {
    const parsed = interpreted ? parsedTemplate(text, options.strict) : null;
    if (!parsed || isLiteral(parsed)) {
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
