import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";
import type { Caller } from "./caller.ts";
import { mergeFields } from "./context.ts";
import type { ExceptionData, RecordData } from "./data.ts";
import { LogRecord, NONE } from "./record.ts";

/**
 * An Error that stands for one of which only data are left, from another process or library: with its name, stack, code and causes.
 *
 * @example
 * errorFromData({ type: "TypeError", message: "no user", stack: null }).name; // "TypeError"
 */
export function errorFromData(data: ExceptionData): Error {
  const cause = data.cause && { cause: errorFromData(data.cause) };
  const error = data.errors
    ? new AggregateError(data.errors.map(errorFromData), data.message, cause)
    : new Error(data.message, cause);
  Object.defineProperty(error, "name", { value: data.type, configurable: true, writable: true });
  Object.defineProperty(error, "stack", {
    value: data.stack ?? `${data.type}: ${data.message}`,
    configurable: true,
    writable: true,
  });
  for (const [key, value] of Object.entries({
    ...data.properties,
    ...(data.code !== undefined && { code: data.code }),
  }))
    Object.defineProperty(error, key, { value, configurable: true, enumerable: true, writable: true });
  return error;
}

/**
 * A record from what `toJSON` gave, ready for `logger.emit(record)`.
 *
 * @param data the plain data, as parsed from JSON or received by a message port
 * @throws LogbridgeTypeError LB1010 where it is no record's data
 * @example
 * server.on("line", (line) => logger.emit(recordFromJSON(JSON.parse(line))));
 */
export function recordFromJSON(data: RecordData): LogRecord {
  if (typeof data !== "object" || data === null)
    throw new LogbridgeTypeError("LB1010", `recordFromJSON(): expected what record.toJSON() gave, got ${shown(data)}`);
  const { level, micros, message } = data;
  if (typeof level !== "object" || typeof level?.name !== "string" || typeof level.no !== "number")
    throw new LogbridgeError(
      "LB1010",
      `recordFromJSON(): data.level must have a name and a number, got ${shown(level)}`,
    );
  if (typeof micros !== "number" || !Number.isFinite(micros))
    throw new LogbridgeError(
      "LB1010",
      `recordFromJSON(): data.micros must be microseconds since 1970, got ${shown(micros)}`,
    );
  if (typeof message !== "string")
    throw new LogbridgeError("LB1010", `recordFromJSON(): data.message must be a text, got ${shown(message)}`);
  const caller: Caller | null = data.file
    ? {
        functionName: data.function ?? null,
        path: data.file.path,
        fileName: data.file.name,
        line: data.line ?? 0,
        column: data.column ?? 0,
        name: data.name ?? null,
        module: data.module ?? "",
      }
    : null;
  return new LogRecord({
    seq: 0,
    micros,
    startedMicros: micros - (data.elapsed ?? 0) * 1000,
    level: { name: level.name, no: level.no, icon: level.icon ?? " " },
    message,
    markup: null,
    template: data.template ?? message,
    args: data.args ?? [],
    base: null,
    fields: mergeFields(data.extra),
    thrown: data.exception ? errorFromData(data.exception) : NONE,
    raw: false,
    name: data.name ?? null,
    caller,
    callerSource: null,
    process: data.process ?? { id: 0, name: "" },
    thread: data.thread ?? { id: 0, name: "" },
    origin: data.origin ?? null,
  });
}
