import { type ExceptionData, errorFromData, formatConsole, isError } from "@logbridge/core";

/** What the SDK says of itself, as a record has it. */
export interface DiagMessage {
  /** The component that speaks: `@opentelemetry/instrumentation-http`; `null`: it has not said who it is. */
  readonly component: string | null;
  readonly message: string;
  /** What was thrown; absent: nothing. */
  readonly error?: unknown;
  /** Values that were given beside texts. */
  readonly details: readonly unknown[];
}

/** A package's name, or the one that component loggers have where nobody gave one. */
const COMPONENT = /^(?:@[\w.~-]+\/[\w./~-]+|[\w.~]+[-/][\w.~/-]+|DiagComponentLogger)$/;

/**
 * Reads a call of a diag logger: component loggers put their name first, the SDK's global error handler writes an error as one JSON text.
 *
 * @param args what was given to the method
 */
export function readDiag(args: readonly unknown[]): DiagMessage {
  const [first] = args;
  const component = args.length > 1 && typeof first === "string" && COMPONENT.test(first) ? first : null;
  const said = component === null ? args : args.slice(1);
  const written = said.length === 1 ? writtenError(said[0]) : null;
  if (written) return { component, message: written.message, error: written, details: [] };
  const error = said.find((value) => isError(value));
  const texts = said.filter((value) => typeof value !== "object" || value === null);
  const message = texts.length > 0 || !error ? formatConsole(texts) : error.message;
  const details = said.filter((value) => typeof value === "object" && value !== null && value !== error);
  return { component, message, details, ...(error && { error }) };
}

/** The properties that `Error` and `Object` give to every error, which the SDK writes out too. */
const INHERITED = new Set([
  ...Object.getOwnPropertyNames(Error.prototype),
  ...Object.getOwnPropertyNames(Object.prototype),
  "stack",
]);

function writtenError(text: unknown): Error | null {
  if (typeof text !== "string" || !text.startsWith("{")) return null;
  const data = parsed(text);
  const { name, message, stack, code, ...rest } = data ?? {};
  if (typeof message !== "string") return null;
  const properties = Object.entries(rest).filter(([key]) => !INHERITED.has(key));
  return errorFromData({
    type: typeof name === "string" ? name : "Error",
    message,
    stack: typeof stack === "string" ? stack : null,
    ...(typeof code === "string" && { code }),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
  } satisfies ExceptionData);
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
