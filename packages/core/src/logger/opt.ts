import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { NONE } from "../record/record.ts";
import { type CallOptions, NO_OPTIONS } from "./call.ts";

/** What `opt()` takes. */
export interface OptOptions {
  /** The exception of the records: an error, or any value that was thrown. `null`, `false` and every other falsy value: none. */
  readonly exception?: unknown;
  /** The message may read the record: `{record[level]}`. */
  readonly record?: boolean;
  /** Functions among the arguments are called, if the record is wanted, and their results used. */
  readonly lazy?: boolean;
  /** The message has colour markup. */
  readonly colors?: boolean;
  /** The message is passed on without the handler's format. */
  readonly raw?: boolean;
  /** Keyword values go into `extra`. Default `true`. */
  readonly capture?: boolean;
  /** How many frames above the call the caller is: for functions that wrap the logger. Default 0. */
  readonly depth?: number;
}

const FLAGS = ["record", "lazy", "colors", "raw", "capture"] as const;
const NAMES: readonly string[] = ["exception", "depth", ...FLAGS];

/** Checks the options of a call. @throws LogbridgeError LB1002, LB1016, LogbridgeTypeError LB1016 */
export function readOpt(options: OptOptions): CallOptions {
  if (!isPlainObject(options as unknown))
    throw new LogbridgeTypeError("LB1016", `opt(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError("LB1002", `opt(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`);
  for (const flag of FLAGS)
    if (options[flag] !== undefined && typeof options[flag] !== "boolean")
      throw new LogbridgeTypeError(
        "LB1016",
        `opt(): option ${flag} must be true or false, got ${shown(options[flag])}`,
      );
  const { depth = 0, exception } = options;
  if (!Number.isInteger(depth) || depth < 0)
    throw new LogbridgeTypeError("LB1016", `opt(): option depth must be an integer from 0 up, got ${shown(depth)}`);
  if (exception === true)
    throw new LogbridgeError(
      "LB1016",
      "opt({ exception: true }): JavaScript has no current exception; give the error: opt({ exception: err })",
    );
  return {
    exception: exception || NONE,
    record: options.record ?? NO_OPTIONS.record,
    lazy: options.lazy ?? NO_OPTIONS.lazy,
    colors: options.colors ?? NO_OPTIONS.colors,
    raw: options.raw ?? NO_OPTIONS.raw,
    capture: options.capture ?? NO_OPTIONS.capture,
    depth,
  };
}
