import { isProxy } from "@logbridge/core";
import { builtin } from "../builtin.ts";

/** Node's settings for what the console shows of values; an application may change them. */
interface Settings {
  readonly compact: unknown;
  readonly breakLength: number;
  readonly sorted: unknown;
  readonly getters: unknown;
  readonly showHidden: unknown;
  readonly numericSeparator: unknown;
  readonly maxStringLength: number;
  readonly depth: unknown;
}

/** Shorter ones stand on one line, whatever Node counts with them. */
const LONGEST = 60;
const NAME = /^(?!__proto__$|constructor$)[a-zA-Z_][a-zA-Z_0-9]*$/;
/** Between single quotes these stand as they are. */
const PLAIN = /^[ -&(-[\]-~]*$/;
const CUSTOM = Symbol.for("nodejs.util.inspect.custom");

let settings: Settings | null | undefined;

/**
 * A small object of names and simple values as Node's console shows it, in a third of the time: most of what is logged beside a text.
 *
 * @returns `null` for any other value, and where the console is another one or was set to show values in another way
 */
export function flatObjectText(value: unknown): string | null {
  if (typeof value !== "object" || value === null || isProxy(value)) return null;
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  if (!isShownAsUsual() || Object.getOwnPropertySymbols(value).length > 0) return null;
  const names = Object.getOwnPropertyNames(value);
  let text = "";
  for (let at = 0; at < names.length; at++) {
    const part = propertyText(value, names[at] as string);
    if (part === null) return null;
    text += text === "" ? part : `, ${part}`;
    if (text.length > LONGEST) return null;
  }
  return text === "" ? null : `{ ${text} }`;
}

function propertyText(from: object, name: string): string | null {
  const property = Object.getOwnPropertyDescriptor(from, name);
  if (!property?.enumerable || !("value" in property) || !NAME.test(name)) return null;
  const text = simpleText(property.value);
  return text === null ? null : `${name}: ${text}`;
}

function simpleText(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return PLAIN.test(value) ? `'${value}'` : null;
    case "number":
      return Object.is(value, -0) ? null : String(value);
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return "undefined";
    default:
      return value === null ? "null" : null;
  }
}

function isShownAsUsual(): boolean {
  if (settings === undefined) settings = nodeSettings();
  if (settings === null || CUSTOM in Object.prototype || Symbol.toStringTag in Object.prototype) return false;
  return hasUsualLines(settings) && hasUsualValues(settings);
}

function hasUsualLines({ compact, breakLength, sorted }: Settings): boolean {
  return compact === 3 && breakLength >= 80 && !sorted;
}

function hasUsualValues({ getters, showHidden, numericSeparator, maxStringLength, depth }: Settings): boolean {
  return !getters && !showHidden && !numericSeparator && maxStringLength >= LONGEST && depth === 2;
}

function nodeSettings(): Settings | null {
  if ("Bun" in globalThis || "Deno" in globalThis) return null;
  return builtin<{ inspect: { defaultOptions?: Settings } }>("node:util")?.inspect.defaultOptions ?? null;
}
