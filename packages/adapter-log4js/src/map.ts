import { types } from "node:util";
import {
  type ExceptionInfo,
  errorToHand,
  formatConsole,
  inspect,
  isError,
  type LogRecord,
  toPlain,
} from "@logbridge/core";
import { type Copy, type EventClass, type Log4jsLevel, type LoggingEvent, levelAbroad } from "./levels.ts";

/** An event that also serialises what the library's own loses: causes, big integers. */
export interface BridgedEvent extends LoggingEvent {
  exception: ExceptionInfo | null;
}

const classes = new WeakMap<EventClass, EventClass>();

/** The copy's own class, with a serialisation that loses nothing and runs no getter. */
function bridgedClass({ LoggingEvent: Base, levels }: Copy): EventClass {
  const known = classes.get(Base);
  if (known) return known;
  const exceptions = new WeakMap<object, ExceptionInfo>();
  class BridgedLoggingEvent extends Base {
    /** Not a field: every field is serialised. */
    set exception(value: ExceptionInfo) {
      exceptions.set(this, value);
    }
    override serialise(): string {
      const exception = exceptions.get(this);
      const plain = (value: unknown): unknown =>
        exception && value === errorToHand(exception) ? errorData(exception) : toPlain(value);
      const { data, level, context, error, ...rest } = this;
      const abroad = { ...rest, level: levelAbroad(level, levels), data: data.map(plain), context: toPlain(context) };
      return super.serialise.call({ ...abroad, ...(error !== undefined && { error: plain(error) }) });
    }
  }
  classes.set(Base, BridgedLoggingEvent);
  return BridgedLoggingEvent;
}

/** What another process makes an Error of: it takes every object that has a message and a stack. */
function errorData(exception: ExceptionInfo): Record<string, unknown> {
  const { type, message, code, properties } = exception;
  return {
    ...(toPlain(properties ?? {}) as object),
    ...(code !== undefined && { code }),
    name: type,
    message,
    stack: stackText(exception),
  };
}

function stackText({ type, message, code, stack, cause, errors = [] }: ExceptionInfo, depth = 0): string {
  const title = message === "" ? type : `${type}: ${message}`;
  const own = [
    depth > 0 && code !== undefined ? `${title} (${code})` : title,
    ...stack.map((frame) => frame.text),
  ].join("\n");
  const inner = errors.map((error) => `\n[error] ${stackText(error, depth + 1)}`).join("");
  return `${own}${inner}${cause ? `\nCaused by: ${stackText(cause, depth + 1)}` : ""}`;
}

/** Own enumerable values, without running a getter or reaching a prototype. */
function copyValues(from: object): Record<string, unknown> {
  const to: Record<string, unknown> = {};
  for (const key of Object.keys(from)) {
    const found = Object.getOwnPropertyDescriptor(from, key);
    if (found)
      Object.defineProperty(to, key, {
        value: "value" in found ? found.value : "[Getter]",
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return to;
}

/** Where a call was made, in the words of log4js. */
function locationOf(record: LogRecord): object | undefined {
  const { file, line, column, function: name } = record;
  if (!file || line === null) return undefined;
  const callerName = name ?? "";
  return {
    fileName: file.path,
    lineNumber: line,
    columnNumber: column ?? 0,
    callStack: `    at ${callerName} (${file.path}:${line}:${column ?? 0})`,
    className: "",
    functionName: callerName,
    functionAlias: "",
    callerName,
  };
}

/**
 * A record as an event of log4js: fresh for each receiver, since appenders change it.
 *
 * The fields stand behind the text, where layouts print them, and in `context`, where `%X{…}` and appenders that choose a file by
 * a field look. The text of a record that came from log4js has its objects already.
 *
 * @param located the caller too: for `%f`, `%l`, `%M` …
 */
export function eventOf(
  record: LogRecord,
  copy: Copy,
  category: string,
  level: Log4jsLevel,
  located: boolean,
): LoggingEvent {
  const Event = bridgedClass(copy);
  const { exception, extra, message } = record;
  const behind: unknown[] = [];
  if (record.origin?.name !== "log4js" && Object.keys(extra).length > 0) behind.push(copyValues(extra));
  const thrown = exception && errorToHand(exception);
  if (exception) behind.push(thrown);
  // As soon as something stands behind it, the text is read as printf.
  const data = behind.length === 0 ? [message] : [message.replaceAll("%", "%%"), ...behind];
  const event = new Event(category, level, data, {}, located ? locationOf(record) : undefined) as BridgedEvent;
  event.context = copyValues(extra);
  event.startTime = record.time;
  event.pid = record.process.id;
  if (exception) {
    if (isError(thrown)) event.error = thrown;
    event.exception = exception;
  }
  return event;
}

/** A call of log4js, understood. */
export interface Understood {
  readonly message: string;
  readonly template: string;
  readonly args: readonly unknown[];
  readonly fields: Record<string, unknown>;
  readonly error: { readonly value: unknown } | null;
}

const DIRECTIVE = /%[%sdijfoOc]/g;

/** An object literal of any realm. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** How many of the values behind a text its directives take. */
function countTaken(data: readonly unknown[]): number {
  const [text] = data;
  if (typeof text !== "string") return 0;
  const directives = (text.match(DIRECTIVE) ?? []).filter((one) => one !== "%%").length;
  return Math.min(directives, data.length - 1);
}

/**
 * What a call says: the text as log4js prints it, but without the stack of an error that stands behind it, since that is the
 * record's exception; and as fields the logger's context and the objects that no directive took.
 */
export function understand(data: readonly unknown[], context: unknown): Understood {
  const [first] = data;
  const from = typeof first === "string" ? 1 + countTaken(data) : 0;
  const at = data.findIndex(isError);
  const fields = isPlain(context) ? copyValues(context) : {};
  for (const value of data.slice(from))
    if (isPlain(value)) Object.defineProperties(fields, Object.getOwnPropertyDescriptors(copyValues(value)));
  const message = textOf(data, at >= from ? at : -1);
  return {
    message,
    template: typeof first === "string" ? first : message,
    args: data.slice(typeof first === "string" ? 1 : 0),
    fields,
    error: at < 0 ? null : { value: data[at] },
  };
}

function textOf(data: readonly unknown[], hidden: number): string {
  const shown = data.filter((_, index) => index !== hidden);
  if (data.length === 0) return "";
  if (shown.length === 0) return messageOf(data[hidden] as object);
  // A text alone stays as it is; with something behind it, `%%` is one `%`, also when that is not shown.
  if (hidden < 0 || shown.length > 1) return printed(shown);
  return typeof shown[0] === "string" ? printed([shown[0], ""]).slice(0, -1) : printed(shown);
}

/** As log4js prints it; its values may say themselves how they are shown, and fail at that. */
function printed(values: readonly unknown[]): string {
  try {
    return formatConsole(values);
  } catch {
    return values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
  }
}

function messageOf(error: object): string {
  const message: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
  return typeof message === "string" ? message : "";
}
