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

/**
 * What stands between two values: the end of the one before, the key, the beginning of the next. Joining few long pieces is what
 * makes a line cheap, so each combination is kept: bit 0: the value is a text; bit 1: the one before was; bit 2: there is one before.
 */
type KeyPieces = readonly string[];

const keys = new Map<string, KeyPieces>();

function keyPieces(key: string): KeyPieces {
  let pieces = keys.get(key);
  if (pieces === undefined) {
    const name = `${quote(key)}:`;
    pieces = [name, `${name}"`, name, `${name}"`, `,${name}`, `,${name}"`, `",${name}`, `",${name}"`];
    if (keys.size < MOST_KNOWN && key.length < LONGEST_KNOWN) keys.set(key, pieces);
  }
  return pieces;
}

/** An object's own fields as JSON. */
export function fieldsJson(fields: object): string {
  return `{${fieldsText(fields)}}`;
}

/**
 * An object's own fields as JSON without the braces, the values one by one: no walk for what is flat. Getters do not run.
 *
 * @param other an object with no key in common; `null` is given where there is one
 */
export function fieldsText(fields: object): string;
export function fieldsText(fields: object, other: object): string | null;
export function fieldsText(fields: object, other?: object): string | null {
  let text = "";
  let state = 0;
  for (const key in fields) {
    const found = Object.getOwnPropertyDescriptor(fields, key);
    if (found === undefined) continue;
    if (other !== undefined && key in other) return null;
    const value: unknown = found.value;
    // The commonest kinds in place: this loop is most of what a line costs.
    switch (typeof value) {
      case "string":
        if (value.length > LONGEST) break;
        if (ESCAPED.test(value)) {
          text += (keyPieces(key)[state] as string) + escapeRest(JSON.stringify(value));
          state = 4;
        } else {
          text += (keyPieces(key)[state | 1] as string) + value;
          state = 6;
        }
        continue;
      case "number":
        if (!Number.isFinite(value)) break;
        text += (keyPieces(key)[state] as string) + value;
        state = 4;
        continue;
      case "undefined":
        if (found.get === undefined && found.set === undefined) continue;
        text += `${keyPieces(key)[state] as string}"[Getter]"`;
        state = 4;
        continue;
    }
    text += (keyPieces(key)[state] as string) + jsonOf(value);
    state = 4;
  }
  return state === 6 ? `${text}"` : text;
}
