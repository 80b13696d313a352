import { isPlainObject } from "../record/plain-object.ts";
import { errorFromParts, errorOf } from "./line-json-error.ts";
import { levelOfNumber } from "./line-json-level.ts";
import type { LevelWords } from "./line-level.ts";
import type { ParsedLine } from "./line-parsed.ts";
import { linePattern } from "./line-patterns.ts";
import { momentOf } from "./line-time.ts";

/** What is longer is not read: a text of this size is data, and no line of a log. */
const LONGEST = 4 * 1_048_576;
const DEEPEST = 64;

const LEVELS: readonly string[] = [
  ..."level severity levelname loglevel lvl @level @l log.level level_name severity_text severitytext".split(" "),
  ..."levelno level_no severitynumber severity_number".split(" "),
];
const MESSAGES: readonly string[] = "message msg @message @m short_message event body text @mt".split(" ");
const TIMES: readonly string[] = "time timestamp ts @timestamp @t t datetime date asctime eventtime created".split(" ");
const NAMES: readonly string[] =
  "logger logger_name loggername log.logger @logger @module sourcecontext name category channel".split(" ");
const ERRORS: readonly string[] = "err error exception exc_info stack stack_trace stacktrace errorverbose @x".split(
  " ",
);

/** A text that is one JSON object with a level or a message, as loggers write it; in whatever keys they write it. */
export function readJsonLine(text: string, _words: LevelWords): ParsedLine | null {
  const object = objectOf(text);
  if (!object) return null;
  return ofLoguru(object) ?? ofFlat(object) ?? ofTslog(object) ?? ofMongo(object) ?? ofRoarr(object) ?? ofKeys(object);
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  const line = text.trim();
  if (line.length > LONGEST || !line.startsWith("{") || !line.endsWith("}") || isDeep(line)) return null;
  try {
    const value: unknown = JSON.parse(LONG_NUMBER.test(line) ? line.replace(TEXTS_AND_NUMBERS, kept) : line);
    return isPlainObject(value) ? value : null;
  } catch {
    return null;
  }
}

const LONG_NUMBER = linePattern(/\d{16}/);
const TEXTS_AND_NUMBERS = linePattern(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g);
const LONG_INTEGER = linePattern(/^-?\d{16,}$/);

/** A number of more digits than a number of JavaScript has would be another one: it stays as a text. */
function kept(part: string): string {
  return LONG_INTEGER.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part;
}

/** Values that nest deeper than anybody reads would be a burden for every sink. */
function isDeep(line: string): boolean {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '"') at = endOfString(line, at);
    else if (char === "{" || char === "[") {
      if (++depth > DEEPEST) return true;
    } else if (char === "}" || char === "]") depth--;
  }
  return false;
}

function endOfString(line: string, at: number): number {
  let end = at + 1;
  while (end < line.length && line[end] !== '"') end += line[end] === "\\" ? 2 : 1;
  return end;
}

/** The values of a line by their keys in lower case, from which each part takes its own; what nobody takes is left. */
class Values {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #keys = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(object: Readonly<Record<string, unknown>>) {
    this.#object = object;
    for (const key of Object.keys(object)) {
      const lower = key.toLowerCase();
      if (!this.#keys.has(lower)) this.#keys.set(lower, key);
    }
  }

  get(lower: string): unknown {
    const key = this.#keys.get(lower);
    return key === undefined || this.#taken.has(key) ? undefined : this.#object[key];
  }

  /** Takes the first value under one of these keys that can be read. */
  take<T>(keys: readonly string[], read: (value: unknown, key: string) => T | null): T | undefined {
    for (const lower of keys) {
      const value = this.get(lower);
      const found = value === undefined ? null : read(value, lower);
      if (found === null) continue;
      this.#taken.add(this.#keys.get(lower) as string);
      return found;
    }
    return undefined;
  }

  rest(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#object).filter(([key]) => !this.#taken.has(key)));
  }
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const nameOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const DIGITS = linePattern(/^\d{1,6}$/);

function ofKeys(object: Readonly<Record<string, unknown>>): ParsedLine | null {
  const values = new Values(object);
  const isGelf = values.get("short_message") !== undefined && values.get("version") !== undefined;
  const level = values.take(LEVELS, (value, key) => levelIn(value, key, isGelf));
  const message = values.take(MESSAGES, textOf);
  if (level === undefined && message === undefined) return null;
  const error = values.take(ERRORS, errorOf) ?? errorInParts(values);
  const timeMs = values.take(TIMES, momentOf);
  const name = values.take(NAMES, nameOf);
  return { level, message, name, timeMs, fields: values.rest(), ...(error && { error }) };
}

function levelIn(value: unknown, key: string, isGelf: boolean): string | number | null {
  if (typeof value === "number") return levelOfNumber(key, value, isGelf);
  if (typeof value !== "string" || value === "") return null;
  return DIGITS.test(value) ? levelOfNumber(key, Number(value), isGelf) : value;
}

/** Elastic's form, with dots in its keys. */
function errorInParts(values: Values): Error | undefined {
  const [type, message, stack] = ["error.type", "error.message", "error.stack_trace"].map((key) => values.get(key));
  const error = errorFromParts(type, message, stack);
  if (!error) return undefined;
  for (const key of ["error.type", "error.message", "error.stack_trace"]) values.take([key], () => true);
  return error;
}

/** Loguru's own form, and ours with `serialize: true`: `{ text, record }`. */
function ofLoguru({ text, record, ...others }: Readonly<Record<string, unknown>>): ParsedLine | null {
  if (typeof text !== "string" || !isPlainObject(record) || !isPlainObject(record["level"])) return null;
  const { level, message, name, time, extra, exception, ...rest } = record;
  const { name: levelName, no } = level as Readonly<Record<string, unknown>>;
  if (typeof message !== "string" || typeof levelName !== "string") return null;
  const { timestamp } = isPlainObject(time) ? time : ({} as Readonly<Record<string, unknown>>);
  const thrown = isPlainObject(exception) ? errorFromParts(exception["type"], exception["value"], undefined) : null;
  return {
    level: levelName.startsWith("Level ") && typeof no === "number" ? no : levelName,
    message,
    name: nameOf(name) ?? undefined,
    timeMs: momentOf(timestamp) ?? undefined,
    fields: { ...others, ...(isPlainObject(extra) ? extra : {}), origin: rest },
    ...(thrown && { error: thrown }),
  };
}

/** Ours with `serialize: "flat"`: its values are below `extra`, and what it says of the place stays together. */
function ofFlat(object: Readonly<Record<string, unknown>>): ParsedLine | null {
  const { time, level, message, name, extra = {}, err, file, line, function: called, origin, ...others } = object;
  const isOurs = typeof time === "string" && typeof level === "string" && typeof message === "string";
  if (!isOurs || !isFlatName(name) || !isPlainObject(extra) || Object.keys(others).length > 0) return null;
  const error = err === undefined ? null : errorOf(err);
  const place = { file, line, function: called, ...(isPlainObject(origin) && { origin }) };
  const said = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  return {
    level,
    message,
    name: name ?? undefined,
    timeMs: momentOf(time) ?? undefined,
    fields: {
      ...extra,
      ...(Object.keys(said).length > 0 && { origin: said }),
      ...(error === null && err !== undefined && { err }),
    },
    ...(error && { error }),
  };
}

/** It is always there. */
function isFlatName(name: unknown): name is string | null {
  return name === null || typeof name === "string";
}

/** tslog's: `{ "0": …, "_meta": … }`. */
function ofTslog({ _meta, ...args }: Readonly<Record<string, unknown>>): ParsedLine | null {
  if (!isPlainObject(_meta) || typeof _meta["logLevelName"] !== "string") return null;
  const { logLevelName, name, date, ...rest } = _meta;
  const { "0": first, ...others } = args;
  const message = textOf(first);
  return {
    level: logLevelName,
    name: nameOf(name) ?? undefined,
    timeMs: momentOf(date) ?? undefined,
    message: message ?? undefined,
    fields: { ...(message === null ? args : others), meta: rest },
  };
}

/** roarr's, which has its level among the values of its context: `{ context: { logLevel, package, namespace }, message }`. */
function ofRoarr({ context, ...rest }: Readonly<Record<string, unknown>>): ParsedLine | null {
  if (!isPlainObject(context) || typeof context["logLevel"] !== "number" || typeof rest["message"] !== "string")
    return null;
  const { logLevel, ...others } = context;
  const level = levelOfNumber("level", logLevel as number, false);
  const line = ofKeys({ ...rest, context: others });
  return (
    line && { ...line, level: level ?? undefined, name: nameOf(others["namespace"] ?? others["package"]) ?? line.name }
  );
}

const MONGO_LETTERS: Readonly<Record<string, string>> = {
  F: "CRITICAL",
  E: "ERROR",
  W: "WARNING",
  I: "INFO",
  D: "DEBUG",
};

/** MongoDB's: `{ t: { $date }, s: "I", c: "NETWORK", msg, attr }`. */
function ofMongo({ t, s, c, msg, ...rest }: Readonly<Record<string, unknown>>): ParsedLine | null {
  if (!isPlainObject(t) || typeof s !== "string" || typeof c !== "string" || typeof msg !== "string") return null;
  const letter = s.slice(0, 1);
  if (!Object.hasOwn(MONGO_LETTERS, letter)) return null;
  return {
    level: MONGO_LETTERS[letter],
    name: c,
    message: msg,
    timeMs: momentOf(t["$date"]) ?? undefined,
    fields: rest,
  };
}
