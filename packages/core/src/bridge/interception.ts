import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isLogger, type Logger } from "../logger/logger.ts";
import { processState } from "../state.ts";
import { type LineParsers, lineSearches } from "./line-parser.ts";

/** A foreign logger that is listened to, until it is restored. */
export interface Interception {
  /** The bridge: "winston", "console" … */
  readonly origin: string;
  /** Puts everything back; a second call does nothing. */
  restore(): void;
  [Symbol.dispose](): void;
}

/** Options of every `intercept…` function. */
export interface InterceptOptions {
  /** Where records go. Default: the global `logger`. */
  readonly logger?: Logger;
  /** `"tee"` keeps the original outputs, `"replace"` silences them. Default `"tee"`, for the console `"replace"`. */
  readonly mode?: "tee" | "replace";
  /** Ignores what is below. `"follow"` (default in `"replace"`): the foreign level is our lowest threshold, until `restore()`. */
  readonly level?: string | number | "follow";
  /** `record.name`. Default: what the library calls it, else the caller's module. What `parse` finds in a text goes before it. */
  readonly name?: string | ((theirs: unknown) => string);
  /** `"formatted"` (default): after the library's own redaction and formats; `"raw"`: before. */
  readonly stage?: "formatted" | "raw";
  /**
   * Finds level, name, fields and time in the text of what comes in: an expression with the named groups `level`, `name`, `message`, `time`
   * (others become fields), a function, a preset (`"brackets"`, `"prefix"`, `"json"`, `"logfmt"`), or several, of which the first that finds
   * something decides. Thresholds hold for the level that was found. Default: texts are taken as they are.
   *
   * @example
   * interceptConsole({ parse: ["json", /^(?<level>[A-Z]+) (?<name>\S+) (?<message>.*)/s] });
   */
  readonly parse?: LineParsers;
}

const NAMES: readonly string[] = ["logger", "mode", "level", "name", "stage", "parse"];

/**
 * Checks the options of an `intercept…` function.
 *
 * @param caller the function's name, for messages
 * @param more names of further options that this bridge has
 * @throws LogbridgeError LB1002, LogbridgeTypeError LB1406, LB1410 for another `parse`
 */
export function checkInterceptOptions(options: InterceptOptions, caller: string, more: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new LogbridgeTypeError("LB1406", `${caller}(): options must be an object, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name) && !more.includes(name))
      throw new LogbridgeError(
        "LB1002",
        `${caller}(): unknown option ${shown(name)}; allowed are ${[...NAMES, ...more].join(", ")}`,
      );
  if (options.logger !== undefined && !isLogger(options.logger))
    throw new LogbridgeTypeError(
      "LB1406",
      `${caller}(): option logger must be a logbridge logger, as logger or createLogger() give it, got ${shown(options.logger)}`,
    );
  oneOf(caller, "mode", options.mode, ["tee", "replace"]);
  oneOf(caller, "stage", options.stage, ["formatted", "raw"]);
  const { level, name } = options;
  if (level !== undefined && typeof level !== "string" && typeof level !== "number")
    throw new LogbridgeTypeError(
      "LB1406",
      `${caller}(): option level must be a level's name, a number or "follow", got ${shown(level)}`,
    );
  if (name !== undefined && typeof name !== "string" && typeof name !== "function")
    throw new LogbridgeTypeError("LB1406", `${caller}(): option name must be a text or a function, got ${shown(name)}`);
  lineSearches(options.parse, caller);
}

function oneOf(caller: string, name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && allowed.includes(value))) return;
  throw new LogbridgeTypeError(
    "LB1406",
    `${caller}(): option ${name} must be ${allowed.map(shown).join(" or ")}, got ${shown(value)}`,
  );
}

const active: Set<Interception> = processState("interceptions", () => new Set<Interception>());

/** The interceptions of the process that were not restored yet, from the oldest. */
export function activeInterceptions(): readonly Interception[] {
  return [...active];
}

/**
 * An interception from what undoes it.
 *
 * @param origin the bridge's name
 * @param undo runs once, at the first `restore()`
 */
export function interception(origin: string, undo: () => void): Interception {
  const restore = (): void => {
    if (active.delete(made)) undo();
  };
  const made = { origin, restore } as Interception;
  active.add(made);
  // Older runtimes lack the symbol; the type promises it only to those who can write `using`.
  if (typeof Symbol.dispose === "symbol") made[Symbol.dispose] = restore;
  return made;
}
