import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";

/** What is never suppressed. */
export type Keep<Extra extends object = Record<string, unknown>> =
  | string
  | number
  | false
  | ((record: LogRecord<Extra>) => unknown);

/** The options that `sample()` and `throttle()` share. */
export interface SuppressionOptions<Extra extends object = Record<string, unknown>> {
  /**
   * What is never suppressed: a level's name or number, from which everything passes, and exceptions of every level with it; a function,
   * which then decides alone; `false`: everything may be suppressed.
   */
  readonly keep?: Keep<Extra>;
  /** Milliseconds, 1 to 2,147,483,647. Default 60,000. */
  readonly window?: number;
  /** A record says after each window how many were suppressed in it. Default `true`. */
  readonly summary?: boolean;
}

/** The same, checked. */
export interface CheckedSuppression {
  readonly windowMs: number;
  readonly summary: boolean;
}

const DEFAULT_WINDOW_MS = 60_000;
/** Timers count no further. */
const LONGEST_WINDOW_MS = 2_147_483_647;

/** Who was called, for messages: the function's name and the code of its errors. */
export interface Called {
  readonly name: string;
  readonly code: string;
}

/** The error for an option with a wrong value. */
export function wrongOption(called: Called, option: string, allowed: string, value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError(
    called.code,
    `${called.name}(): option ${option} must be ${allowed}, got ${shown(value)}`,
  );
}

/**
 * Checks that the options are an object with these names only, and what both functions take.
 *
 * @throws LogbridgeError LB1002 for an unknown name, LogbridgeTypeError with the function's own code for a wrong value
 */
export function checkSuppression(called: Called, options: unknown, names: readonly string[]): CheckedSuppression {
  if (!isPlainObject(options))
    throw new LogbridgeTypeError(
      called.code,
      `${called.name}(): expected an object of options (${names.join(", ")}), got ${shown(options)}`,
    );
  for (const name of Object.keys(options))
    if (!names.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `${called.name}(): unknown option ${shown(name)}; allowed are ${names.join(", ")}`,
      );
  const { window = DEFAULT_WINDOW_MS, summary = true } = options;
  if (typeof window !== "number" || !(window >= 1 && window <= LONGEST_WINDOW_MS))
    throw wrongOption(called, "window", `milliseconds from 1 to ${LONGEST_WINDOW_MS}`, window);
  if (typeof summary !== "boolean") throw wrongOption(called, "summary", "true or false", summary);
  return { windowMs: window, summary };
}
