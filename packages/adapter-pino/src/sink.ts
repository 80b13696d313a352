import { LogbridgeError, LogbridgeTypeError, promisedSink, type Sink } from "@logbridge/core";
import { METADATA } from "./map/metadata.ts";
import { OwnLines } from "./map/own-lines.ts";
import { isPinoLogger, noLogger, type PinoLogger, part } from "./map/their-logger.ts";
import type { Stream } from "./propagate/stream.ts";
import { hostStream, PinoSink } from "./sink/hosted-stream.ts";
import { LoggerLines } from "./sink/logger-lines.ts";
import { checkOptions, type PinoSinkOptions } from "./sink/options.ts";
import { reasonOf } from "./sink/reason.ts";

/** A destination of pino: `pino.destination()`, `pino.transport()`, `pino.multistream()`, or any stream that takes lines. */
export interface PinoStream {
  write(line: string): unknown;
}

/**
 * A destination of pino as a sink: unmodified, with the call of its own README. A worker gets pino's configuration message, a
 * multistream the level of each line.
 *
 * With `targets`, a target whose `level` is a name of your own needs that name in `levels` of `pino.transport` too: without it, pino
 * itself writes nothing there.
 *
 * @param stream a destination, or a promise of one
 * @throws LogbridgeTypeError LB1522 where it is no destination, LB1527 for an option's wrong value; LogbridgeError LB1002 for an unknown
 * option, LB1526 for one of pino's that is not available here
 * @example
 * logger.add(pinoSink(pino.transport({ target: "pino-pretty" })));
 */
export function pinoSink(stream: PinoStream | PromiseLike<PinoStream>, options: PinoSinkOptions = {}): Sink {
  checkOptions(options);
  if (typeof (stream as PromiseLike<unknown> | null)?.then === "function")
    return promisedSink(
      stream as PromiseLike<PinoStream>,
      (arrived) => pinoSink(arrived, options),
      { text: false, caller: options.caller ?? false, redacts: options.redact !== undefined },
      (cause) =>
        new LogbridgeError(
          "LB1525",
          `pinoSink(): the promise of a destination was rejected; its records are dropped and counted: ${reasonOf(cause)}`,
          { cause },
        ),
    );
  if (isPinoLogger(stream))
    throw new LogbridgeTypeError(
      "LB1522",
      "pinoSink(): this is a pino logger; use propagateToPino(logger), or pinoSinks(logger) for its destination",
    );
  if (typeof (stream as PinoStream | null)?.write !== "function")
    throw new LogbridgeTypeError(
      "LB1522",
      "pinoSink(): expected a destination with write(), as pino.destination(), pino.transport() or pino.multistream() give it",
    );
  return hostStream(stream as Stream, new OwnLines(options), {
    caller: options.caller ?? false,
    end: options.end ?? true,
  });
}

/**
 * The destination of a pino logger as a sink, with the logger's own redaction, serializers, formatters, bindings and keys.
 *
 * The logger's level counts too, the one that it has without a `level: "follow"` of ours, and `"silent"`: what is below is not written. What
 * the logger itself has said (`interceptPino`) is written as it wrote it, where nobody has changed the record since, and to no other
 * logger's sinks. Our own records go through its hooks. The destination stays the logger's: it is not ended when the handler is removed.
 *
 * @throws LogbridgeTypeError LB1520 where it is no pino logger
 * @example
 * for (const sink of pinoSinks(legacyLogger)) logger.add(sink);
 */
export function pinoSinks(logger: PinoLogger): Sink[] {
  if (!isPinoLogger(logger)) throw new LogbridgeTypeError("LB1520", `pinoSinks(): ${noLogger(logger)}`);
  return [new PinoSink(part(logger, "stream") as Stream, new LoggerLines(logger), { caller: false, end: false })];
}

/** True for the destinations that pino itself makes. Reads data properties alone. */
export function isPinoStream(value: unknown): value is PinoStream {
  if (typeof value !== "object" || value === null || isPinoLogger(value)) return false;
  if (Object.getOwnPropertyDescriptor(value, METADATA)?.value === true) return true;
  const made: unknown = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value) ?? {}, "constructor")?.value;
  return typeof made === "function" && (made.name === "ThreadStream" || made.name === "SonicBoom");
}
