import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { openSource, type ParseSource, textsOf } from "./parse-source.ts";
import { ParseWindow } from "./parse-window.ts";

/** What an entry is before its values are converted. A group that took no part is `null`. */
export type ParsedGroups = Record<string, string | null>;

// Methods are compared both ways, so that `parseInt`, which wants a string, serves for a group that always takes part.
type Converter<Value> = { convert(text: string | null): Value }["convert"];

/** Converts the groups of an entry: a function for each name, or one function that changes the object it is given. */
export type ParseCast<Groups extends object = ParsedGroups> =
  | { readonly [Name in keyof Groups]?: Converter<Groups[Name]> }
  | ((groups: Record<string, unknown>) => void);

/** Entries whose type was not given: the groups of the map `cast` are what its functions give, all others are texts. */
export type CastGroups<Cast extends object> = [keyof Cast] extends [never] ? ParsedGroups : ParsedGroups & Cast;

/** Options of `parse()`. */
export interface ParseOptions<Groups extends object = ParsedGroups> {
  /** Converts the groups. What a function of a map throws ends the iteration with that error. */
  readonly cast?: ParseCast<Groups>;
  /**
   * How many characters are read before entries are looked for. Default 65,536. `-1`: all of them, then one search.
   * Entries of a live stream come the sooner the smaller this is.
   */
  readonly chunk?: number;
}

const NAMES = ["cast", "chunk"];

// The first form has a type parameter more than it needs, so that whoever gives the type of the entries gets the second.
/**
 * Reads entries back from a log: one object for each match of the pattern, with its named groups.
 *
 * The text is never in memory as a whole. An entry longer than 1,048,576 characters, or four times `chunk`, may not be found.
 *
 * @param source a path, a `file:` URL, an open file, a Node or Web stream, or an iterable of strings or bytes in UTF-8
 * @param pattern an expression with named groups, or its source as a string; the flags `g` and `y` make no difference
 * @returns the entries, one after the other; a stream is closed when the loop is left early
 * @throws LogbridgeTypeError LB1050 (source), LB1051 (pattern), LB1052 (options), LogbridgeError LB1051 for a malformed
 *   pattern; while iterating LogbridgeError LB1053 where the source cannot be read
 * @example
 * const pattern = /(?<time>.*) - (?<level>[0-9]+) - (?<message>.*)/;
 * for await (const entry of parse("app.log", pattern, {
 *   cast: { time: (text) => new Date(String(text)), level: Number },
 * }))
 *   console.log(entry.level, entry.message);
 */
export function parse<Cast extends object, Pattern extends RegExp | string>(
  source: ParseSource,
  pattern: Pattern,
  options?: ParseOptions<Cast>,
): AsyncGenerator<CastGroups<Cast>, void, undefined>;
/** The same with a given type: `parse<{ level: number; message: string }>(source, pattern, { cast: { level: Number } })`. */
export function parse<Groups extends object>(
  source: ParseSource,
  pattern: RegExp | string,
  options?: ParseOptions<Groups>,
): AsyncGenerator<Groups, void, undefined>;
export function parse(
  source: ParseSource,
  pattern: RegExp | string,
  options: ParseOptions<object> = {},
): AsyncGenerator<object, void, undefined> {
  checkOptions(options);
  const { cast, chunk = 65_536 } = options;
  const expression = readPattern(pattern);
  return entriesOf(openSource(source, chunk), new ParseWindow(expression, chunk), readCast(cast));
}

async function* entriesOf(
  open: ReturnType<typeof openSource>,
  window: ParseWindow,
  cast: (groups: Record<string, unknown>) => void,
): AsyncGenerator<object, void, undefined> {
  const made = (found: RegExpExecArray): object => {
    const groups = groupsOf(found);
    cast(groups);
    return groups;
  };
  for await (const text of textsOf(open))
    if (window.add(text)) for (const found of window.entries(false)) yield made(found);
  for (const found of window.entries(true)) yield made(found);
}

function groupsOf(found: RegExpExecArray): Record<string, unknown> {
  const groups: Record<string, unknown> = {};
  for (const name in found.groups) {
    const text = found.groups[name];
    const value = text === undefined ? null : detached(text);
    if (name === "__proto__")
      Object.defineProperty(groups, name, { value, configurable: true, enumerable: true, writable: true });
    else groups[name] = value;
  }
  return groups;
}

/** A part of a string keeps the whole in memory; joined anew it is a string of its own. Short ones are copied anyway. */
function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

function readPattern(pattern: unknown): RegExp {
  const isExpression = Object.prototype.toString.call(pattern) === "[object RegExp]";
  if (typeof pattern !== "string" && !isExpression)
    throw new LogbridgeTypeError(
      "LB1051",
      `parse(): the pattern must be a RegExp or its source as a string, got ${shown(pattern)}`,
    );
  try {
    if (typeof pattern === "string") return new RegExp(pattern, "g");
    const { source, flags } = pattern as RegExp;
    return new RegExp(source, `${flags.replace(/[gy]/g, "")}g`);
  } catch (error) {
    const hint = /\(\?P[<=]/.test(String(pattern)) ? "; a named group is written (?<name>…) in JavaScript" : "";
    throw new LogbridgeError("LB1051", `parse(): the pattern is malformed${hint}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function readCast(cast: unknown): (groups: Record<string, unknown>) => void {
  if (cast === undefined || cast === null) return () => {};
  if (typeof cast === "function") return cast as (groups: Record<string, unknown>) => void;
  const converters = Object.entries(cast as Record<string, (text: unknown) => unknown>);
  return (groups) => {
    for (const [name, convert] of converters) if (Object.hasOwn(groups, name)) groups[name] = convert(groups[name]);
  };
}

function checkOptions(options: unknown): void {
  if (!isPlainObject(options))
    throw new LogbridgeTypeError("LB1052", `parse(): expected an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new LogbridgeError("LB1002", `parse(): unknown option ${shown(name)}; allowed are ${NAMES.join(", ")}`);
  const { cast, chunk } = options as { cast?: unknown; chunk?: unknown };
  if (chunk !== undefined && !Number.isInteger(chunk))
    throw new LogbridgeTypeError(
      "LB1052",
      `parse(): option chunk must be a number of characters, or -1 for all, got ${shown(chunk)}`,
    );
  if (cast === undefined || cast === null || typeof cast === "function") return;
  if (!isPlainObject(cast))
    throw new LogbridgeTypeError(
      "LB1052",
      `parse(): option cast must be a function or an object of functions, got ${shown(cast)}`,
    );
  for (const [name, convert] of Object.entries(cast))
    if (typeof convert !== "function")
      throw new LogbridgeTypeError(
        "LB1052",
        `parse(): option cast: the converter of ${shown(name)} must be a function, got ${shown(convert)}`,
      );
}
