import type { FormatRecord } from "./compile.ts";
import type { ExceptionInfo } from "./exception.ts";
import { fieldsText, jsonOf, quoteKnown, stringify } from "./json-text.ts";
import { toPlain } from "./plain.ts";

/** Where a record keeps what its getters would compute: reading it here must not capture a caller that nobody declared. */
interface Kept {
  readonly _name?: string | null | undefined;
  readonly _caller?: FlatCaller | null | undefined;
  readonly _level?: { readonly name: string };
  /** The record's values before they are merged; both `null` once they are. */
  readonly _base?: { readonly fields: object; json: string | null } | null;
  readonly _fields?: object | null;
  readonly _extra?: object | null;
}

export interface FlatCaller {
  readonly path: string;
  readonly line: number;
  readonly functionName: string | null;
  readonly name: string | null;
}

/**
 * `serialize: "flat"`: one object, without a newline: `time` (ISO 8601, UTC, microseconds), `level`, `message`, `name`, then what
 * is there of `file`, `line`, `function` (where a handler needs the caller), `extra`, `err` and `origin`.
 *
 * @example
 * flatJson(record); // {"time":"2026-11-25T20:48:18.123456Z","level":"INFO","message":"saved","name":"app/save","extra":{"id":7}}
 */
export function flatJson(record: FormatRecord): string {
  const caller = callerOf(record);
  const level = (record as Kept)._level ?? record.level;
  let line = timeOpening(record.micros) + titleText(level.name, record.message, nameOf(record, caller));
  if (caller)
    line += `,"file":${quoteKnown(caller.path)},"line":${caller.line === 0 ? "null" : jsonOf(caller.line)},"function":${jsonOf(caller.functionName)}`;
  const extra = extraText(record);
  const { exception } = record;
  const origin = record.origin as { readonly name: string; readonly level?: unknown } | null;
  if (exception === null && origin === null) return extra === "" ? `${line}}` : `${line},"extra":{${extra}}}`;
  if (extra !== "") line += `,"extra":{${extra}}`;
  if (exception) line += `,"err":${stringify(errorData(exception))}`;
  if (origin) line += `,"origin":${stringify({ name: origin.name, level: origin.level })}`;
  return `${line}}`;
}

interface Title {
  readonly level: string;
  readonly name: string | null;
  readonly text: string;
}

const titles = new Map<string, Title>();
const MOST_TITLES = 1_000;
const LONGEST_TITLE = 200;

/** Level, message and name: a message without values comes again and again, from one place. */
function titleText(level: string, message: string, name: string | null): string {
  const known = titles.get(message);
  if (known !== undefined && known.level === level && known.name === name) return known.text;
  const text = `Z","level":${quoteKnown(level)},"message":${jsonOf(message)},"name":${name === null ? "null" : quoteKnown(name)}`;
  if (message.length <= LONGEST_TITLE && (known !== undefined || titles.size < MOST_TITLES))
    titles.set(message, { level, name, text });
  return text;
}

/** The record's values without braces; those that all records of a logger share are written once. */
function extraText(record: FormatRecord): string {
  if (!("_extra" in record) || (record as Kept)._extra !== null) return fieldsText(record.extra);
  const { _base: base, _fields: fields } = record as Kept;
  if (!base) return fields ? fieldsText(fields) : "";
  base.json ??= fieldsText(base.fields);
  if (!fields) return base.json;
  const own = fieldsText(fields, base.fields);
  // A key that stands in both: the later value wins, so the two must be merged.
  if (own === null) return fieldsText(record.extra);
  return own === "" || base.json === "" ? base.json + own : `${base.json},${own}`;
}

export function callerOf(record: FormatRecord): FlatCaller | null {
  if ("_caller" in record) return (record as Kept)._caller ?? null;
  const { file } = record;
  return file && { path: file.path, line: record.line ?? 0, functionName: record.function, name: record.name };
}

export function nameOf(record: FormatRecord, caller: FlatCaller | null): string | null {
  if (!("_name" in record)) return record.name;
  const { _name } = record as Kept;
  return _name === undefined ? (caller?.name ?? null) : _name;
}

/** An exception as JSON data; what is not said by the fields above comes from its own properties. */
export function errorData(info: ExceptionInfo): Record<string, unknown> {
  const title = info.message === "" ? info.type : `${info.type}: ${info.message}`;
  const data: Record<string, unknown> = {
    type: info.type,
    message: info.message,
    stack: info.stack.length > 0 ? [title, ...info.stack.map((frame) => frame.text)].join("\n") : undefined,
    code: info.code,
    cause: info.cause && errorData(info.cause),
    errors: info.errors?.map(errorData),
  };
  for (const [key, value] of Object.entries(info.properties ?? {})) {
    if (data[key] !== undefined && Object.hasOwn(data, key)) continue;
    Object.defineProperty(data, key, { value: toPlain(value), enumerable: true, configurable: true, writable: true });
  }
  return data;
}

const DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, "0"));

let millisecond = Number.NaN;
let millisecondText = "";

/** A time as ISO 8601 in UTC with microseconds. */
export function timeText(micros: number): string {
  return `${timeOpening(micros).slice(OPENING.length)}Z`;
}

const OPENING = '{"time":"';

/** The line's beginning up to the microseconds, which stays the same for a millisecond. */
function timeOpening(given: number): string {
  // A patcher may have set an invalid date; a line is never lost over it.
  const micros = Number.isFinite(given) ? given : 0;
  const now = Math.floor(micros / 1000);
  if (now !== millisecond) {
    const second = Math.floor(now / 1000);
    millisecondText = `${OPENING}${isoSecond(second)}.${DIGITS[now - second * 1000]}`;
    millisecond = now;
  }
  return millisecondText + DIGITS[Math.floor(micros - now * 1000)];
}

let second = Number.NaN;
let secondText = "";

/** Outside of the years that a date can have, the time is the epoch's. */
function isoSecond(seconds: number): string {
  if (seconds === second) return secondText;
  const date = new Date(seconds * 1000);
  second = seconds;
  secondText = (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, -5);
  return secondText;
}
