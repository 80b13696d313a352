import type { FormatRecord } from "./compile.ts";
import type { ExceptionInfo } from "./exception.ts";
import { toPlain } from "./plain.ts";
import { compileTime, systemZone, utcZone } from "./time.ts";

export { toPlain } from "./plain.ts";

/** JSON of any value: always parses, never throws, runs no getter. */
export function stringify(value: unknown): string {
  return JSON.stringify(toPlain(value)) ?? "null";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON must escape
const ESCAPED = /[\x00-\x1f"\\\u2028\u2029\ud800-\udfff]/;

function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029") : `"${text}"`;
}

function valueJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value.length > 100_000 ? (toPlain(value) as string) : value);
    case "number":
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "boolean":
      return value ? "true" : "false";
    default:
      return value === null ? "null" : stringify(value);
  }
}

function objectJson(object: object): string {
  let text = "";
  const fields = object as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value !== undefined) text += `${text === "" ? "" : ","}${quote(key)}:${valueJson(value)}`;
  }
  return `{${text}}`;
}

/** An exception as JSON data. */
function exceptionData(info: ExceptionInfo): Record<string, unknown> {
  const title = info.message === "" ? info.type : `${info.type}: ${info.message}`;
  return {
    type: info.type,
    message: info.message,
    ...(info.stack.length > 0 && { stack: [title, ...info.stack.map((frame) => frame.text)].join("\n") }),
    ...(info.code !== undefined && { code: info.code }),
    ...(info.cause && { cause: exceptionData(info.cause) }),
    ...(info.errors && { errors: info.errors.map(exceptionData) }),
    ...(info.properties && { properties: toPlain(info.properties) }),
  };
}

const isoTime = compileTime("YYYY-MM-DDTHH:mm:ss.SSSSSS[Z]");

/**
 * `serialize: "flat"`: one object a line: time (UTC, microseconds), level, message, name, then what is there of caller,
 * extra, err and origin.
 */
export function flatJson(record: FormatRecord): string {
  let line = `{"time":"${isoTime(record.micros, utcZone)}","level":${quote(record.level.name)},"message":${valueJson(record.message)}`;
  line += `,"name":${record.name === null ? "null" : quote(record.name)}`;
  const { file } = record;
  if (file) line += `,"file":${quote(file.path)},"line":${record.line},"function":${valueJson(record.function)}`;
  const extra = objectJson(record.extra);
  if (extra !== "{}") line += `,"extra":${extra}`;
  if (record.exception) line += `,"err":${stringify(exceptionData(record.exception))}`;
  if (record.origin) line += `,"origin":${stringify(record.origin)}`;
  return `${line}}`;
}

const loguruTime = compileTime("YYYY-MM-DD HH:mm:ss.SSSSSSZ");
const zone = systemZone();

function duration(ms: number): string {
  const micros = Math.round(ms * 1000);
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros % 1_000_000;
  const two = (value: number): string => String(value).padStart(2, "0");
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, "0")}`;
}

/** `serialize: true`: Loguru's shape, field by field and in its order. */
export function loguruJson(text: string, record: FormatRecord): string {
  const { exception } = record;
  return stringify({
    text,
    record: {
      elapsed: { repr: duration(record.elapsed), seconds: record.elapsed / 1000 },
      exception: exception && { type: exception.type, value: exception.message, traceback: exception.stack.length > 0 },
      extra: record.extra,
      file: record.file && { name: record.file.name, path: record.file.path },
      function: record.function,
      level: { icon: record.level.icon, name: record.level.name, no: record.level.no },
      line: record.line,
      message: record.message,
      module: record.module,
      name: record.name,
      process: { id: record.process.id, name: record.process.name },
      thread: { id: record.thread.id, name: record.thread.name },
      time: { repr: loguruTime(record.micros, zone), timestamp: record.micros / 1_000_000 },
    },
  });
}
