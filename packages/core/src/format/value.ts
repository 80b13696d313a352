import { platform } from "#platform";

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

function objectText(value: unknown): string {
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

/** True for an Error of any realm. */
export function isError(value: unknown): value is Error {
  return platform.isError(value);
}
