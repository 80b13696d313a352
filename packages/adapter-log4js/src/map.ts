import { errorToHand, isError, isPlainObject, type LogRecord, mergeFields } from "@logbridge/core";
import type { Copy, Log4jsLevel, LoggingEvent } from "./levels.ts";
import { type BridgedEvent, bridgedClass } from "./map/bridged-event.ts";
import { contextOfEvent, dataOf, placeAmong } from "./map/understood.ts";

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
 * What was said to log4js itself is handed on as it was said, with its logger's context. Else the fields stand behind the text, where layouts
 * print them, and in `context`, where `%X{…}` and appenders that choose a file by a field look.
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
  const { exception } = record;
  const thrown = exception && errorToHand(exception);
  const data = saidData(record, thrown) ?? writtenData(record, thrown);
  const event = new Event(category, level, data, {}, located ? locationOf(record) : undefined) as BridgedEvent;
  event.context = contextOfEvent(record);
  event.startTime = record.time;
  event.pid = record.process.id;
  if (exception) {
    // As in log4js: one under a key of an object is not the error of its event.
    if (isError(thrown) && data.includes(thrown)) event.error = thrown;
    event.exception = exception;
  }
  return event;
}

/** The values of a call of log4js; `null` for other records, and where the exception is not the error of that call. */
function saidData(record: LogRecord, thrown: unknown): unknown[] | null {
  const said = dataOf(record);
  if (!said) return null;
  const { exception } = record;
  const place = exception ? placeAmong(said, (value) => value === exception.value) : null;
  if (exception && !place) return null;
  return said.map((value, index) => {
    if (index === place?.index && place.key === null) return thrown;
    if (!isPlainObject(value)) return value;
    const copy = mergeFields(value);
    if (index === place?.index && place.key !== null) copy[place.key] = thrown;
    return copy;
  });
}

/** The text, the fields, and what was thrown. */
function writtenData(record: LogRecord, thrown: unknown): unknown[] {
  const { exception, extra, message, origin } = record;
  const behind: unknown[] = [];
  // The text of a record that came from log4js has its objects already.
  if (origin?.name !== "log4js" && Object.keys(extra).length > 0) behind.push(mergeFields(extra));
  if (exception) behind.push(thrown);
  // As soon as something stands behind it, the text is read as printf.
  return behind.length === 0 ? [message] : [message.replaceAll("%", "%%"), ...behind];
}
