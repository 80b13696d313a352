import { platform } from "#platform";
import { readyPattern } from "../ready-pattern.ts";
import { replaceCharacters } from "./pieces.ts";
import { toPlain } from "./plain.ts";

// Beside what JSON must escape: what terminals obey (C1), what some readers take for the end of a line, what reorders text.
const ESCAPED = readyPattern(
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x1f"\\\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/,
);
const HAS_LEFT = readyPattern(/[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
const LEFT_BY_JSON = readyPattern(/[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g);

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
  return HAS_LEFT.test(json) ? replaceCharacters(json, LEFT_BY_JSON, escaped) : json;
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
      return value === null ? "null" : (typeof value === "object" && plainJson(value, 1)) || stringify(value);
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
  return membersText(fields, other, 0);
}

/** Deeper than this, and where an object is of a class, the careful walk takes over, which knows circles and bounds. */
const DEEPEST_PLAIN = 4;
const MOST_PLAIN = 1_000;

/** How many members the walk that is under way may still visit. It runs no code of anybody else, so one counter will do. */
let left = 0;

/** Lists and objects without a class, to the bottom; `null` for anything else. */
function plainJson(value: object, depth: number): string | null {
  if (depth > DEEPEST_PLAIN || platform.isProxy(value)) return null;
  if (depth === 1) left = MOST_PLAIN;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Array.prototype) return listJson(value as readonly unknown[], depth);
  if (prototype !== Object.prototype || "toJSON" in value) return null;
  const members = membersText(value, undefined, depth);
  return members === null ? null : `{${members}}`;
}

function listJson(list: readonly unknown[], depth: number): string | null {
  if ("toJSON" in list) return null;
  let text = "";
  for (let index = 0; index < list.length; index++) {
    if (--left < 0) return null;
    const found = Object.getOwnPropertyDescriptor(list, index);
    if (found === undefined || found.get !== undefined || found.set !== undefined) return null;
    const json = memberJson(found.value, depth);
    if (json === null) return null;
    text += index === 0 ? json : `,${json}`;
  }
  return `[${text}]`;
}

/** A value below the first level. */
function memberJson(value: unknown, depth: number): string | null {
  if (typeof value === "object" && value !== null) return plainJson(value, depth + 1);
  return value === undefined ? null : jsonOf(value);
}

function membersText(fields: object, other: object | undefined, depth: number): string | null {
  let text = "";
  let state = 0;
  for (const key in fields) {
    const found = Object.getOwnPropertyDescriptor(fields, key);
    if (found === undefined) continue;
    if (other !== undefined && key in other) return null;
    if (depth > 0 && --left < 0) return null;
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
    const json = depth === 0 ? jsonOf(value) : memberJson(value, depth);
    if (json === null) return null;
    text += (keyPieces(key)[state] as string) + json;
    state = 4;
  }
  return state === 6 ? `${text}"` : text;
}
