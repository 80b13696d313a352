import { ANY } from "./compare.ts";
import type { Outcome, RowError } from "./table.ts";

/** The errors that the tables raise. `Error` is Python's Exception. */
class AppError extends Error {
  override name = "AppError";
}
class SubAppError extends AppError {
  override name = "SubAppError";
}
class OtherError extends Error {
  override name = "OtherError";
}
class ValueError extends Error {
  override name = "ValueError";
}

type ErrorClass = new (message: string) => Error;

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  Error,
  AppError,
  SubAppError,
  OtherError,
  ValueError,
  TypeError,
};

/** The class of an error by its name in the tables. */
export function errorClass(name: string): ErrorClass {
  const found = CLASSES[name];
  if (found) return found;
  throw new Error(`the tables' error type ${name} is unknown to the runner`);
}

/** An error as a table asks for it. */
export function makeError({ type, message }: { readonly type: string; readonly message: string }): Error {
  return new (errorClass(type))(message);
}

/** The codes that say what the tables' kinds say. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  missing_positional: ["LB1102"],
  missing_key: ["LB1102"],
  missing_attribute: ["LB1102"],
  malformed_template_or_spec: ["LB1101", "LB1103"],
  unsupported_type: ["LB1103"],
  unknown_tag: ["LB1110"],
  unclosed_tag: ["LB1111"],
  no_opening_tag: ["LB1111"],
  nesting_violation: ["LB1112"],
  level_tag_not_allowed: ["LB1113"],
};

function codeOf(error: unknown): string | null {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && /^LB\d{4}$/.test(code) ? code : null;
}

/** Python's TypeError is ours; every other class of Python's stands for an error of an option or a value. */
export function ourType(pythonType: string): string {
  return pythonType in CLASSES ? pythonType : "ValueError";
}

/** What was thrown, by the tables' names: the library's own errors count as ValueError or TypeError, in any wording. */
export function described(error: unknown): { readonly type: string; readonly message: unknown } {
  if (codeOf(error)) return { type: error instanceof TypeError ? "TypeError" : "ValueError", message: ANY };
  if (!(error instanceof Error)) return { type: typeof error, message: error };
  return { type: error.constructor.name, message: error.message.split("\n", 1)[0] };
}

/** The outcome of a row that asks for an error. */
export function errorOutcome(asked: RowError, run: () => unknown): Outcome {
  let got: unknown;
  try {
    got = { value: run() };
  } catch (error) {
    got = { error: gotError(asked, error) };
  }
  return expectedError(asked, got);
}

/** The same for what runs asynchronously. */
export async function asyncErrorOutcome(asked: RowError, run: () => Promise<unknown>): Promise<Outcome> {
  let got: unknown;
  try {
    got = { value: await run() };
  } catch (error) {
    got = { error: gotError(asked, error) };
  }
  return expectedError(asked, got);
}

function expectedError({ type, kind }: RowError, got: unknown): Outcome {
  return { expected: { error: { type: ourType(type), kind: kind ?? "", message: "…" } }, got };
}

function gotError({ kind }: RowError, error: unknown): unknown {
  const code = codeOf(error);
  // An error without a code is a mistake of the library or of the runner: the row must not pass by it.
  if (!code) return { type: "uncoded", kind: "", message: String(error) };
  const codes = CODES[kind ?? ""];
  const named = !codes || codes.includes(code) ? (kind ?? "") : code;
  return { type: described(error).type, kind: named, message: ANY };
}
