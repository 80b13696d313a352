import { formatConsole, type Inbound, isError, isPlainObject, mergeFields } from "@logbridge/core";

/** What the arguments of a console call or of `debug` say; the parts of an inbound record that they determine. */
export type Understood = Pick<Inbound, "message" | "template" | "args" | "fields" | "error">;

const DIRECTIVE = /%[sdifjoOc%]/g;

/** How many of the values behind a text its directives take. */
function directivesOf(text: string): number {
  return text.includes("%") ? (text.match(DIRECTIVE) ?? []).filter((one) => one !== "%%").length : 0;
}

/**
 * Reads the arguments as the console does, and as our own calls are read where the two agree:
 *
 * the message is what the console would print, without the error that became the exception and that no directive took;
 * a plain object at the end, or first before others, is `extra` too; what is neither stays in `args`.
 */
export function understand(args: readonly unknown[]): Understood {
  const text = typeof args[0] === "string" ? args[0] : null;
  const taken = text === null ? 0 : directivesOf(text);
  const behind = text === null ? args : args.slice(1);
  const free = behind.slice(taken);
  const given = fieldsAmong(free, text === null);
  const error = behind.find((value) => isError(value)) ?? errorIn(given);
  const fields = given && mergeFields(given);
  if (fields && error !== undefined) for (const key of ERROR_KEYS) if (fields[key] === error) delete fields[key];
  const from = text === null ? 0 : taken + 1;
  const printed = error === undefined ? args : args.filter((value, index) => index < from || value !== error);
  return {
    message: printed.length === args.length ? formatConsole(args) : withoutError(printed, error, text),
    template: text ?? undefined,
    args: behind.filter((value, index) => index < taken || (value !== given && value !== error)),
    ...(fields && { fields }),
    ...(error !== undefined && { error }),
  };
}

/** The text without the error that was printed in it. */
function withoutError(printed: readonly unknown[], error: unknown, text: string | null): string {
  if (printed.length === 0) return errorMessage(error);
  // A text behind the error was no template and does not become one; a template that is alone now is read for `%%` as before.
  if (text === null) return formatConsole(["", ...printed]).slice(1);
  return printed.length > 1 ? formatConsole(printed) : formatConsole([...printed, ""]).slice(0, -1);
}

/** An error's own message; a getter that somebody put there does not run. */
function errorMessage(error: unknown): string {
  const found = Object.getOwnPropertyDescriptor(error as object, "message")?.value as unknown;
  return typeof found === "string" ? found : "";
}

const ERROR_KEYS = ["err", "error"] as const;

function errorIn(fields: Readonly<Record<string, unknown>> | undefined): unknown {
  if (!fields) return undefined;
  return ERROR_KEYS.map((key) => Object.getOwnPropertyDescriptor(fields, key)?.value as unknown).find((value) =>
    isError(value),
  );
}

function fieldsAmong(values: readonly unknown[], first: boolean): Readonly<Record<string, unknown>> | undefined {
  const last = values.findLast((value) => !isError(value));
  if (isPlainObject(last)) return last;
  const leading = values[0];
  return first && isPlainObject(leading) ? leading : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLORS = /\u001b\[[0-9;]*m/g;

/** The text without colours. */
export function withoutColors(text: string): string {
  return text.replace(COLORS, "");
}
