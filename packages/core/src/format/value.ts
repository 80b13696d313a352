import { platform } from "#platform";
import { rawText } from "./raw.ts";

/** A value as text where no spec says otherwise: strings bare, the rest as a developer reads it; nothing of the user's runs. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
    case "bigint":
      return String(value);
    default:
      return value === null ? "null" : objectText(value);
  }
}

const parts = new WeakMap<object, string | number>();

/**
 * Lets an object stand for one of its parts where it is shown whole: `{record[level]}` is the level's name.
 *
 * @returns the object itself
 * @example
 * textOf(shownAs({ name: "INFO", no: 20 }, "INFO")); // "INFO"
 */
export function shownAs<T extends object>(value: T, part: string | number): T {
  parts.set(value, part);
  return value;
}

/** The part that an object stands for, else the value itself. */
export function shownPart(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (parts.get(value) ?? rawText(value) ?? value) : value;
}

function objectText(value: unknown): string {
  const part = shownPart(value);
  if (part !== value) return String(part);
  if (platform.isError(value) && !platform.isProxy(value)) {
    const message = Object.getOwnPropertyDescriptor(value, "message")?.value as unknown;
    if (typeof message === "string") return message;
  }
  return platform.inspect(value, { oneLine: true });
}

/** A value on one line, as a developer reads it; no getter runs. For adapters whose library logs values that are no texts. */
export function inspect(value: unknown): string {
  return platform.inspect(value, { oneLine: true });
}

/**
 * What the console would print for these arguments, `%` directives filled.
 *
 * @param options what the console hands to the runtime's own inspection (`depth`, `showHidden`, …), where it has one
 */
export function formatConsole(args: readonly unknown[], options?: Readonly<Record<string, unknown>>): string {
  return platform.formatPrintf(args, options);
}

/**
 * What this runtime's own console prints for these arguments, without the indentation of groups. As {@link formatConsole} but on Bun
 * and Deno, whose consoles write values in ways that their modules of Node do not have.
 *
 * @example
 * consoleText(["got %s", "it"]); // "got it"
 */
export function consoleText(args: readonly unknown[]): string {
  return platform.consoleText(args);
}

/** True for an Error of any realm. */
export function isError(value: unknown): value is Error {
  return platform.isError(value);
}

/** True for a Proxy, whose traps are code of the user; false where the runtime cannot tell. */
export function isProxy(value: unknown): boolean {
  return platform.isProxy(value);
}
