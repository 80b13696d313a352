import type { FormatRecord } from "./compile.ts";
import type { ExceptionInfo } from "./exception.ts";
import { fieldsJson, jsonOf, quoteKnown, stringify } from "./json-text.ts";
import { toPlain } from "./plain.ts";

/** Where a record keeps what its getters would compute: reading it here must not capture a caller that nobody declared. */
interface Kept {
  readonly _name?: string | null | undefined;
  readonly _caller?: FlatCaller | null | undefined;
}

interface FlatCaller {
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
  const name = nameOf(record, caller);
  let line = `{"time":"${timeText(record.micros)}","level":${quoteKnown(record.level.name)},"message":${jsonOf(record.message)},"name":${name === null ? "null" : quoteKnown(name)}`;
  if (caller)
    line += `,"file":${quoteKnown(caller.path)},"line":${jsonOf(caller.line)},"function":${jsonOf(caller.functionName)}`;
  const extra = fieldsJson(record.extra);
  if (extra !== "{}") line += `,"extra":${extra}`;
  if (record.exception) line += `,"err":${stringify(errorData(record.exception))}`;
  const origin = record.origin as { readonly name: string; readonly level?: unknown } | null;
  if (origin) line += `,"origin":${stringify({ name: origin.name, level: origin.level })}`;
  return `${line}}`;
}

function callerOf(record: FormatRecord): FlatCaller | null {
  if ("_caller" in record) return (record as Kept)._caller ?? null;
  const { file } = record;
  return file && { path: file.path, line: record.line ?? 0, functionName: record.function, name: record.name };
}

function nameOf(record: FormatRecord, caller: FlatCaller | null): string | null {
  if (!("_name" in record)) return record.name;
  const { _name } = record as Kept;
  return _name === undefined ? (caller?.name ?? null) : _name;
}

/** An exception as JSON data; what is not said by the fields above comes from its own properties. */
function errorData(info: ExceptionInfo): Record<string, unknown> {
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

let second = Number.NaN;
let secondText = "";

/** The text up to the dot stays the same for a second. */
function timeText(given: number): string {
  // A patcher may have set an invalid date; a line is never lost over it.
  const micros = Number.isFinite(given) ? given : 0;
  const now = Math.floor(micros / 1_000_000);
  if (now !== second) {
    secondText = isoSecond(now);
    second = now;
  }
  const fraction = Math.floor(micros - now * 1_000_000);
  const ms = Math.floor(fraction / 1000);
  return `${secondText}.${DIGITS[ms]}${DIGITS[fraction - ms * 1000]}Z`;
}

/** Outside of the years that a date can have, the time is the epoch's. */
function isoSecond(seconds: number): string {
  const date = new Date(seconds * 1000);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, -5);
}
