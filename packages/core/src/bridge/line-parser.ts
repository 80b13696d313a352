import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPromised } from "../promised.ts";
import { readyPattern } from "../ready-pattern.ts";
import { isPlainObject } from "../record/plain-object.ts";
import { withoutColors } from "./line-colors.ts";
import type { LineSearch, ParsedLine } from "./line-parsed.ts";
import { LINE_PRESETS, type LinePreset } from "./line-presets.ts";
import { isMoment, momentOf, stickyMatch } from "./line-time.ts";

/**
 * Finds level, name and more in a text that came in: an expression with the named groups `level`, `name`, `message` and `time`
 * (other named groups become fields), or a function that gives `null` for a text that is none of its own.
 */
export type LineParser = RegExp | ((text: string) => ParsedLine | null | undefined);

/** What `InterceptOptions.parse` takes. Of several the first that finds something decides. */
export type LineParsers = LineParser | LinePreset | readonly (LineParser | LinePreset)[];

/**
 * The searches of an option `parse`, checked.
 *
 * @param caller the function's name, for messages
 * @returns an empty list where the option is absent
 * @throws LogbridgeTypeError LB1410
 */
export function lineSearches(parse: unknown, caller: string): readonly LineSearch[] {
  if (parse === undefined) return [];
  if (!Array.isArray(parse)) return [lineSearch(parse, `${caller}(): option parse`)];
  if (parse.length === 0)
    throw new LogbridgeTypeError("LB1410", `${caller}(): option parse ${ALLOWED}, got an empty list`);
  return (parse as readonly unknown[]).map((one, index) => lineSearch(one, `${caller}(): option parse[${index}]`));
}

const PRESETS: string = Object.keys(LINE_PRESETS).map(shown).join(", ");
const ALLOWED = `must be an expression with one of the named groups level, name, message, a function, one of ${PRESETS}, or a list of these`;

function lineSearch(parser: unknown, option: string): LineSearch {
  if (typeof parser === "string" && Object.hasOwn(LINE_PRESETS, parser)) {
    const preset = LINE_PRESETS[parser as LinePreset];
    return (text, words) => preset(withoutColors(text), words);
  }
  if (typeof parser === "function") return (text) => checked((parser as (text: string) => unknown)(text));
  if (Object.prototype.toString.call(parser) === "[object RegExp]") return patternSearch(parser as RegExp, option);
  throw new LogbridgeTypeError("LB1410", `${option} ${ALLOWED}, got ${shown(parser)}`);
}

const OWN_GROUPS: readonly string[] = ["level", "name", "message"];

/** The pattern is copied: the application's own keeps its place where it has the flag `g` or `y`, and ours always begins at the start. */
function patternSearch({ source, flags }: RegExp, option: string): LineSearch {
  const expression = readyPattern(new RegExp(source, flags.replace("g", "")));
  // With nothing as an alternative every pattern matches, and says what groups it has.
  const groups = Object.keys(new RegExp(`${source}|`, flags.replace(/[gy]/g, "")).exec("")?.groups ?? {});
  if (!groups.some((name) => OWN_GROUPS.includes(name)))
    throw new LogbridgeTypeError(
      "LB1410",
      `${option} must have one of the named groups level, name, message, as in /^\\[(?<level>\\w+)\\] (?<message>.*)/s, got ${shown(`/${source}/${flags}`)}`,
    );
  return (text) => {
    const found = stickyMatch(expression, text, 0) ?? searchWithoutColors(expression, text);
    return found ? ofGroups(found.groups as Readonly<Record<string, string | undefined>>) : null;
  };
}

/** Colours around a level would hinder nearly every pattern. */
function searchWithoutColors(expression: RegExp, text: string): RegExpExecArray | null {
  const plain = withoutColors(text);
  return plain === text ? null : stickyMatch(expression, plain, 0);
}

function ofGroups(groups: Readonly<Record<string, string | undefined>>): ParsedLine {
  const { level, name, message, time, ...rest } = groups;
  const timeMs = time === undefined ? null : momentOf(time);
  const others = Object.entries({ ...rest, ...(timeMs === null && { time }) }).filter(([, text]) => text !== undefined);
  return {
    level: wordOf(level),
    name: wordOf(name),
    message,
    timeMs: timeMs ?? undefined,
    fields: others.length > 0 ? Object.fromEntries(others) : undefined,
  };
}

function wordOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : withoutColors(text).trim() || undefined;
}

const PARTS: Readonly<Record<keyof ParsedLine, readonly [is: (value: unknown) => boolean, expected: string]>> = {
  level: [(value) => typeof value === "string" || (isFinite(value) && value >= 0), "a text or a number from 0 up"],
  name: [(value) => typeof value === "string", "a text"],
  message: [(value) => typeof value === "string", "a text"],
  fields: [(value) => isPlainObject(value), "an object"],
  timeMs: [isMoment, "milliseconds since 1970"],
  error: [() => true, "anything"],
};

function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** What a function of the application has answered. */
function checked(answer: unknown): ParsedLine | null {
  if (answer === null || answer === undefined) return null;
  if (isPromised(answer)) throw new TypeError("it gave a promise; a parser answers at once");
  if (!isPlainObject(answer))
    throw new TypeError(`it gave ${shown(answer)}; expected an object, or null for "not mine"`);
  // What was checked is what is used, where a getter answers otherwise the next time.
  const entries = Object.entries(answer);
  for (const [name, value] of entries) {
    const part = Object.hasOwn(PARTS, name) ? PARTS[name as keyof ParsedLine] : undefined;
    if (!part)
      throw new TypeError(`it gave an unknown part ${shown(name)}; allowed are ${Object.keys(PARTS).join(", ")}`);
    if (value !== undefined && !part[0](value))
      throw new TypeError(`its ${name} is ${shown(value)}; expected ${part[1]}`);
  }
  return Object.fromEntries(entries) as ParsedLine;
}
