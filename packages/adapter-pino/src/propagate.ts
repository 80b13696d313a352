import { LogbridgeTypeError, type LogRecord, type Sink } from "@logbridge/core";
import { flushStream } from "./flush.ts";
import { levelFor } from "./levels.ts";
import { isPinoLogger, mergeObject, part, type PinoLogger, symbolOf, timeChunk } from "./map.ts";

type Method = (this: object, object: object, message: string) => void;

/** Writes a record through a logger: its redaction, serializers, formatters and stream do the rest. */
export function writeThrough(logger: PinoLogger, record: LogRecord): void {
  const original = record.origin?.name === "pino" ? record.origin.level?.no : undefined;
  const label = levelFor(record.level, logger.levels, original);
  // A shadow of the logger has the record's clock; everything else is the logger's own.
  const shadow = Object.create(logger) as Record<PropertyKey, unknown>;
  const clock = symbolOf(logger, "time");
  const now = clock && (logger as unknown as Record<symbol, unknown>)[clock];
  if (clock && typeof now === "function") {
    const chunk = timeChunk(String((now as () => string)()), record.micros);
    if (chunk !== null) shadow[clock] = () => chunk;
  }
  (shadow[label] as Method | undefined)?.call(shadow, mergeObject(record, logger), record.message);
}

/** Do both write to the same stream? */
export function sharesStream(logger: object, target: unknown): boolean {
  return typeof target === "object" && target !== null && part(target, "stream") === part(logger, "stream");
}

/**
 * A sink that writes every record through a pino logger (or child).
 *
 * The level crosses by name or to the nearest that is not more severe; the time is the record's, in the logger's own form; `extra` is
 * the merge object, an exception stands under the logger's error key. Keys that pino writes itself (`level`, `time`, `pid`, `hostname`,
 * the message key) get a trailing underscore.
 *
 * @throws LogbridgeTypeError LB1520 where it is no pino logger
 * @example
 * logger.add(propagateToPino(legacyLogger), { level: "INFO" });
 */
export function propagateToPino(logger: PinoLogger): Sink {
  if (!isPinoLogger(logger)) throw new LogbridgeTypeError("LB1520", "propagateToPino(): expected a pino logger, as pino() makes it, or one of its children");
  return {
    needs: { text: false },
    write: (_text, record) => writeThrough(logger, record),
    flush: () => flushStream(part(logger, "stream")),
    leadsTo: (bridge, target) => bridge === "pino" && sharesStream(logger, target),
  };
}
