import { types } from "node:util";
import { readyPattern } from "../ready-pattern.ts";

const PLAIN_KEY = readyPattern(/^[\w$]+$/);

const DEEPEST = 2;
const MOST_ITEMS = 10;
const LONGEST_TEXT = 100;
const LONGEST = 300;

/**
 * A variable's value for a trace: one line, bounded, and made without running code of the value's owner: accessors are
 * "[Getter]", a proxy is "[Proxy]".
 *
 * @example
 * variableText({ id: 7, name: "Ada" }); // "{ id: 7, name: 'Ada' }"
 */
export function variableText(value: unknown): string {
  let text: string;
  try {
    text = textOf(value, 0, []);
  } catch {
    // Objects of the host may refuse to be looked at.
    text = "[Unreadable]";
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function textOf(value: unknown, depth: number, above: readonly object[]): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
  if (types.isProxy(value)) return "[Proxy]";
  if (above.includes(value)) return "[Circular]";
  if (typeof value === "function") return named("Function", textAt(value, "name"));
  const inner = (one: unknown): string => textOf(one, depth + 1, [...above, value]);
  if (types.isNativeError(value)) return `[${className(value)}: ${textAt(value, "message") ?? ""}]`;
  const known = builtIn(value, inner, depth);
  if (known !== null) return known;
  const name = className(value);
  const prefix = name === "Object" ? "" : `${name} `;
  if (depth >= DEEPEST) return `[${name}]`;
  return `${prefix}${list("{", entriesOf(value, Object.keys(value), inner), "}", Object.keys(value).length)}`;
}

function builtIn(value: object, inner: (one: unknown) => string, depth: number): string | null {
  if (Array.isArray(value)) {
    if (depth >= DEEPEST) return `[Array(${value.length})]`;
    const items = Array.from({ length: Math.min(value.length, MOST_ITEMS) }, (_, index) =>
      own(value, String(index), inner),
    );
    return list("[", items, "]", value.length);
  }
  if (ArrayBuffer.isView(value)) return `[${className(value)}]`;
  if (types.isDate(value))
    return Number.isNaN(Date.prototype.getTime.call(value)) ? "Invalid Date" : Date.prototype.toISOString.call(value);
  if (types.isMap(value)) {
    if (depth >= DEEPEST) return "[Map]";
    const entries = first(Map.prototype.entries.call(value) as MapIterator<[unknown, unknown]>);
    return `Map ${list(
      "{",
      entries.map(([key, one]) => `${inner(key)} => ${inner(one)}`),
      "}",
      sizeOf(Map.prototype, value),
    )}`;
  }
  if (types.isSet(value)) {
    if (depth >= DEEPEST) return "[Set]";
    const items = first(Set.prototype.values.call(value) as SetIterator<unknown>);
    return `Set ${list("{", items.map(inner), "}", sizeOf(Set.prototype, value))}`;
  }
  if (types.isPromise(value)) return "[Promise]";
  return null;
}

function sizeOf(prototype: object, value: object): number {
  return Object.getOwnPropertyDescriptor(prototype, "size")?.get?.call(value) as number;
}

function first<T>(iterator: IterableIterator<T>): T[] {
  const items: T[] = [];
  for (let step = iterator.next(); !step.done && items.length < MOST_ITEMS; step = iterator.next())
    items.push(step.value);
  return items;
}

function entriesOf(value: object, keys: readonly string[], inner: (one: unknown) => string): string[] {
  return keys
    .slice(0, MOST_ITEMS)
    .map((key) => `${PLAIN_KEY.test(key) ? key : quoted(key)}: ${own(value, key, inner)}`);
}

function own(value: object, key: string, inner: (one: unknown) => string): string {
  const found = Object.getOwnPropertyDescriptor(value, key);
  if (!found) return "<empty>";
  return "value" in found ? inner(found.value) : "[Getter]";
}

function list(open: string, items: readonly string[], close: string, size: number): string {
  const shown = size > items.length ? [...items, `… ${size - items.length} more`] : items;
  return shown.length === 0 ? `${open}${close}` : `${open} ${shown.join(", ")} ${close}`;
}

function quoted(text: string): string {
  const part = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return `'${part.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}

function named(kind: string, name: string | null): string {
  return name ? `[${kind}: ${name}]` : `[${kind}]`;
}

function textAt(value: object, key: string): string | null {
  const text: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof text === "string" ? (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text) : null;
}

/** The class as its prototypes tell it by plain properties. */
function className(value: object): string {
  for (let at = Object.getPrototypeOf(value) as object | null, depth = 0; at && depth < 50; depth++) {
    if (types.isProxy(at)) return "Object";
    const made: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof made === "function" && !types.isProxy(made)) return textAt(made, "name") || "Object";
    at = Object.getPrototypeOf(at) as object | null;
  }
  return "Object";
}
