import { toPlain } from "./plain.ts";

// Beside what JSON must escape: what terminals obey (C1), what some readers take for the end of a line, what reorders text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPED = /[\x00-\x1f"\\\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
const LEFT_BY_JSON = /[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The longest text that is quoted without a look at its length in all. */
const LONGEST = 1_048_576;

/**
 * JSON of any value on one line: always parses, never throws, runs no getter. See `toPlain` for what becomes of values that JSON
 * does not know, and for its bounds. Control characters are escaped, those that JSON would let through too.
 *
 * @example
 * stringify({ id: 7n, of: new Map([["a", 1]]) }); // '{"id":"7","of":{"a":1}}'
 */
export function stringify(value: unknown): string {
  return escapeRest(JSON.stringify(toPlain(value)));
}

function escapeRest(json: string): string {
  return json.replace(LEFT_BY_JSON, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A text as JSON. */
export function quote(text: string): string {
  return ESCAPED.test(text) ? escapeRest(JSON.stringify(text)) : `"${text}"`;
}

/** Any value as JSON: primitives at once, the rest by way of plain data. */
export function jsonOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST ? stringify(value) : quote(value);
    case "number":
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "boolean":
      return value ? "true" : "false";
    default:
      return value === null ? "null" : stringify(value);
  }
}

const known = new Map<string, string>();
/** Keys that come from users must not fill the memory. */
const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 100;

/** The same for texts that come again: names of levels, modules and files. */
export function quoteKnown(text: string): string {
  let quoted = known.get(text);
  if (quoted === undefined) {
    quoted = quote(text);
    if (known.size < MOST_KNOWN && text.length < LONGEST_KNOWN) known.set(text, quoted);
  }
  return quoted;
}

const keys = new Map<string, string>();

function keyJson(key: string): string {
  let json = keys.get(key);
  if (json === undefined) {
    json = `${quote(key)}:`;
    if (keys.size < MOST_KNOWN && key.length < LONGEST_KNOWN) keys.set(key, json);
  }
  return json;
}

/** An object's own fields as JSON, the values one by one: no walk for what is flat. */
export function fieldsJson(fields: object): string {
  let text = "";
  for (const key in fields) {
    if (!Object.hasOwn(fields, key)) continue;
    const value = (fields as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (text !== "") text += ",";
    // The commonest kinds in place: this loop is most of what a line costs.
    if (typeof value === "string" && value.length <= LONGEST) text += keyJson(key) + quote(value);
    else if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)))
      text += keyJson(key) + value;
    else text += keyJson(key) + jsonOf(value);
  }
  return `{${text}}`;
}
