import { readyPattern } from "../ready-pattern.ts";
import { elementText, hostTitle } from "./web-host-objects.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = readyPattern(/[\\\u0000-\u001f\u007f]/g);
const CLASS = readyPattern(/^class\b/);
const ASYNC = readyPattern(/^async\b/);
const INDEX = readyPattern(/^\d+$/);
const PLAIN_KEY = readyPattern(/^[A-Za-z_$][\w$]*$/);

/** Of a list, a map, a text: how much is shown. */
const MOST_ITEMS = 100;
const LONGEST_TEXT = 10_000;
/** Of all that one value holds. */
const MOST_VALUES = 2_000;

type Inner = (value: unknown) => string;

interface Walk {
  readonly above: object[];
  left: number;
}

/** Accessors of the engine: they tell the kind of an object in whatever realm it was made, and nobody can override them. */
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const typedLength = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, "length");
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");

function getter(prototype: object, key: string): (value: object) => number | null {
  const read = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  return (value) => {
    try {
      return (read?.call(value) as number | undefined) ?? null;
    } catch {
      return null;
    }
  };
}

/**
 * A value as a developer would want to read it, where the runtime brings no inspection that a script can call: on one line, as
 * Node writes it. Runs no getter and nothing else of the value's owner but the traps of a proxy; bounded in depth, length and number.
 *
 * @param depth how many levels of objects are shown
 * @param bare leaves a text without quotes
 */
export function inspectValue(value: unknown, depth: number, bare: boolean): string {
  if (bare && typeof value === "string") return value;
  return textOf(value, depth, { above: [], left: MOST_VALUES });
}

function textOf(value: unknown, depth: number, walk: Walk): string {
  walk.left--;
  if (typeof value === "function") return functionText(value);
  if (typeof value === "object" && value !== null) return objectText(value, depth, walk);
  return primitiveText(value);
}

function primitiveText(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function quoted(value: string): string {
  const shown = value.slice(0, LONGEST_TEXT);
  const mark = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : "'";
  const text = shown.replace(UNPRINTABLE, escaped).replaceAll(mark, (char) => `\\${char}`);
  const more = value.length - shown.length;
  return `${mark}${text}${mark}${more > 0 ? `... ${more} more characters` : ""}`;
}

const SHORT: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b" };

function escaped(char: string): string {
  return SHORT[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`;
}

function functionText(value: object): string {
  const name = ownText(value, "name");
  const source = Function.prototype.toString.call(value);
  if (CLASS.test(source)) return `[class ${name || "(anonymous)"}]`;
  const kind = ASYNC.test(source) ? "AsyncFunction" : "Function";
  return name ? `[${kind}: ${name}]` : `[${kind} (anonymous)]`;
}

function objectText(value: object, depth: number, walk: Walk): string {
  if (walk.above.includes(value)) return "[Circular]";
  const whole = wholeText(value);
  if (whole !== null) return whole;
  if (isError(value)) return errorText(value, depth, walk);
  const title = classOf(value);
  if (depth < 0) return `[${title === null ? "Object: null prototype" : title}]`;
  return within(value, depth, walk, (inner) => bodyText(value, title, inner, walk));
}

/** Shows what an object holds, one level deeper. */
function within(value: object, depth: number, walk: Walk, show: (inner: Inner) => string): string {
  walk.above.push(value);
  try {
    return show((inner) => textOf(inner, depth - 1, walk));
  } finally {
    walk.above.pop();
  }
}

/** What is shown without a look at its properties. */
function wholeText(value: object): string | null {
  const date = dateText(value);
  if (date !== null) return date;
  if (value instanceof RegExp) return regexpText(value);
  return elementText(value) ?? hostTitle(value);
}

function dateText(value: object): string | null {
  if (!(value instanceof Date)) return null;
  try {
    const ms = Date.prototype.getTime.call(value);
    return Number.isNaN(ms) ? "Invalid Date" : Date.prototype.toISOString.call(value);
  } catch {
    // Only its prototype is a date's.
    return null;
  }
}

function regexpText(value: RegExp): string {
  const read = (key: "source" | "flags"): unknown =>
    Object.getOwnPropertyDescriptor(RegExp.prototype, key)?.get?.call(value);
  try {
    return `/${String(read("source"))}/${String(read("flags"))}`;
  } catch {
    return "[RegExp]";
  }
}

function bodyText(value: object, title: string | null, inner: Inner, walk: Walk): string {
  if (Array.isArray(value)) {
    const head = title === "Array" ? "" : `${title ?? "[Array: null prototype]"}(${lengthOf(value)}) `;
    return `${head}${braced("[", [...itemsOf(value, lengthOf(value), inner, walk), ...namedParts(value, inner, walk)], "]")}`;
  }
  const size = mapSize(value) ?? setSize(value) ?? typedLength(value) ?? bufferLength(value);
  if (size !== null) return collectionText(value, title, size, inner, walk);
  const head = title === "Object" ? "" : `${title ?? "[Object: null prototype]"} `;
  return `${head}${braced("{", namedParts(value, inner, walk), "}")}`;
}

function collectionText(value: object, title: string | null, size: number, inner: Inner, walk: Walk): string {
  const head = `${title ?? "[Object: null prototype]"}(${size})`;
  if (typedLength(value) !== null) return `${head} ${braced("[", itemsOf(value, size, inner, walk), "]")}`;
  if (bufferLength(value) !== null) return `${title ?? "ArrayBuffer"} { byteLength: ${size} }`;
  const parts: string[] = [];
  const add = (text: () => string): void => {
    if (parts.length < MOST_ITEMS && walk.left > 0) parts.push(text());
  };
  if (mapSize(value) !== null)
    Map.prototype.forEach.call(value as Map<unknown, unknown>, (item, key) =>
      add(() => `${inner(key)} => ${inner(item)}`),
    );
  else Set.prototype.forEach.call(value as Set<unknown>, (item) => add(() => inner(item)));
  return `${head} ${braced("{", [...parts, ...moreOf(size - parts.length)], "}")}`;
}

function lengthOf(value: object): number {
  return Number(Object.getOwnPropertyDescriptor(value, "length")?.value ?? 0);
}

function itemsOf(value: object, length: number, inner: Inner, walk: Walk): string[] {
  const parts: string[] = [];
  let shown = 0;
  let empty = 0;
  const endGap = (): void => {
    if (empty > 0) parts.push(`<${empty} empty item${empty > 1 ? "s" : ""}>`);
    empty = 0;
  };
  for (; shown < length && shown < MOST_ITEMS && walk.left > 0; shown++) {
    const found = Object.getOwnPropertyDescriptor(value, shown);
    if (!found) empty++;
    else {
      endGap();
      parts.push(partText(found, inner));
    }
  }
  endGap();
  return [...parts, ...moreOf(length - shown)];
}

/** The enumerable properties that have names; of a list, those besides its items. */
function namedParts(value: object, inner: Inner, walk: Walk): string[] {
  const parts: string[] = [];
  const isList = Array.isArray(value);
  let more = 0;
  for (const key of Reflect.ownKeys(value)) {
    if (isList && typeof key === "string" && INDEX.test(key)) continue;
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (!found?.enumerable) continue;
    if (walk.left > 0) parts.push(`${keyText(key)}: ${partText(found, inner)}`);
    else more++;
  }
  return [...parts, ...moreOf(more)];
}

function partText(found: PropertyDescriptor, inner: Inner): string {
  if ("value" in found) return inner(found.value);
  if (!found.get) return "[Setter]";
  return found.set ? "[Getter/Setter]" : "[Getter]";
}

function keyText(key: string | symbol): string {
  if (typeof key === "symbol") return `[${String(key)}]`;
  return PLAIN_KEY.test(key) ? key : quoted(key);
}

function moreOf(more: number): string[] {
  return more > 0 ? [`... ${more} more item${more > 1 ? "s" : ""}`] : [];
}

function braced(open: string, parts: readonly string[], close: string): string {
  return parts.length === 0 ? `${open}${close}` : `${open} ${parts.join(", ")} ${close}`;
}

/** The name of the class, `null` for an object without one. */
function classOf(value: object): string | null {
  for (let at = Object.getPrototypeOf(value) as object | null; at; at = Object.getPrototypeOf(at) as object | null) {
    const made = Object.getOwnPropertyDescriptor(at, "constructor")?.value as unknown;
    const name = typeof made === "function" ? ownText(made, "name") : null;
    if (name) return name;
  }
  return null;
}

const engineIsError = (Error as { readonly isError?: (value: unknown) => boolean }).isError;

/** True for an error of any realm. */
export function isError(value: unknown): value is Error {
  if (typeof value !== "object" || value === null) return false;
  try {
    if (value instanceof Error) return true;
    if (engineIsError) return engineIsError(value);
    return !hasTag(value) && Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    // A trap of a proxy.
    return false;
  }
}

/** What names its kind itself is no plain error, and may run code to do so. */
function hasTag(value: object): boolean {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertyDescriptor(at, Symbol.toStringTag)) return true;
  return false;
}

/** The engine's accessor of `stack`, where stacks are no plain properties. */
const engineStack = Object.getOwnPropertyDescriptor(new Error(), "stack")?.get;

function errorText(error: Error, depth: number, walk: Walk): string {
  const text = stackOf(error) ?? `[${titleOf(error) ?? "Error: [Getter]"}]`;
  if (depth < 0) return text;
  const parts = within(error, depth, walk, (inner) => {
    const cause = Object.getOwnPropertyDescriptor(error, "cause");
    const hidden = cause && !cause.enumerable ? [`[cause]: ${partText(cause, inner)}`] : [];
    return [...namedParts(error, inner, walk), ...hidden].join(", ");
  });
  return parts === "" ? text : `${text} { ${parts} }`;
}

/** Whoever's accessor stands there: only the engine's is called. */
function stackOf(error: Error): string | null {
  try {
    const found = Object.getOwnPropertyDescriptor(error, "stack");
    const stack: unknown = found && "value" in found ? found.value : engineStack?.call(error);
    return typeof stack === "string" && stack !== "" ? stack : null;
  } catch {
    // Its first reading writes it, by code that the page may have installed.
    return null;
  }
}

/** An error as `String()` gives it; `null` where a class computes its parts by accessors, which do not run. */
export function titleOf(error: Error): string | null {
  const name = dataText(error, "name");
  const message = dataText(error, "message");
  if (name === null || message === null) return null;
  return message === "" ? name : name === "" ? message : `${name}: ${message}`;
}

function ownText(value: object, key: string): string | null {
  const text = Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  return typeof text === "string" ? text : null;
}

function dataText(value: object, key: string): string | null {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.getOwnPropertyDescriptor(at, key)) return ownText(at, key);
  return null;
}
