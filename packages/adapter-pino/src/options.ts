import {
  type HandlerConfig,
  LogbridgeError,
  LogbridgeTypeError,
  type LogRecord,
  type MovedConfiguration,
  type NotTaken,
  promisedSink,
} from "@logbridge/core";
import { outboundLevel } from "./levels.ts";
import { OwnLines } from "./map/own-lines.ts";
import { isPinoLogger } from "./map/their-logger.ts";
import { checkGiven, withoutNulls } from "./options/checks.ts";
import { type TransportMaker, transportOf } from "./options/destination.ts";
import { moveLevels } from "./options/moved-levels.ts";
import { moveLines } from "./options/moved-lines.ts";
import type { PinoOptions } from "./options/pino-options.ts";
import type { Stream } from "./propagate/stream.ts";
import { hostStream } from "./sink/hosted-stream.ts";
import { reasonOf } from "./sink/reason.ts";
import type { PinoStream } from "./sink.ts";

/** What `fromPinoOptions` may use. */
export interface PinoOptionsContext {
  /** The pino function, which makes transports. Without it the option `transport` loads `pino`, and its records wait meanwhile. */
  readonly pino?: TransportMaker;
}

/**
 * What `pino(options, stream)` takes, as a configuration of ours: a handler that writes the same lines to the same place, at the same level.
 *
 * A path and stdout are written by our own sinks, so that nothing is lost at exit, and pino is not needed; a stream stays the
 * application's and is not ended with the handler. What cannot be taken over is in `notTaken`, with the reason.
 *
 * @param options the options of `pino()`, or its stream or path alone
 * @param stream the second argument of `pino()`. Default: the option `transport`, else stdout
 * @throws LogbridgeError LB1574 for a level that there is not; LogbridgeTypeError LB1574 for what `pino()` does not take
 * @example
 * const { notTaken, ...configuration } = fromPinoOptions({ level: "debug", redact: ["password"] }, "app.log");
 * logger.configure(configuration);
 * for (const { option, why, instead } of notTaken) console.warn(`${option}: ${why} ${instead}`);
 */
export function fromPinoOptions(
  options: PinoOptions | PinoStream | string = {},
  stream?: PinoStream | string,
  context: PinoOptionsContext = {},
): MovedConfiguration {
  const isAlone = typeof options === "string" || isStream(options);
  const target = isAlone ? (options as PinoStream | string) : stream;
  check(isAlone ? {} : options, target);
  const given: PinoOptions = isAlone ? {} : withoutNulls(options as PinoOptions);
  checkGiven(given);
  const notTaken: NotTaken[] = [];
  const { threshold, passes, levels } = moveLevels(given);
  const style = moveLines(given, notTaken);
  const lines = new OwnLines(style);
  if (given.transport && target !== undefined)
    notTaken.push({
      option: "stream",
      why: "Where both are given, pino writes to the transport alone.",
      instead: "Add it as a handler of its own: logger.add(pinoSink(stream)).",
    });
  const filter = passes && ((record: LogRecord): boolean => passes(outboundLevel(record, lines.levels).number));
  const output = { ...(filter && { filter }), level: threshold ?? 0 };
  const handlers = threshold === null ? [] : [{ ...outputOf(given, target, lines, context), ...output }];
  return { handlers, ...(levels.length > 0 && { levels }), notTaken };
}

/** Where the lines go. */
function outputOf(
  { transport, customLevels }: PinoOptions,
  target: PinoStream | string | undefined,
  lines: OwnLines,
  { pino }: PinoOptionsContext,
): HandlerConfig {
  if (transport) {
    const made = transportOf(transport, customLevels, pino);
    const host = (arrived: Stream) => hostStream(arrived, lines, { caller: false, end: true });
    return {
      sink:
        made instanceof Promise
          ? promisedSink(made, host, { text: false, redacts: lines.redacts }, unloaded)
          : host(made),
    };
  }
  if (typeof target === "object") return { sink: hostStream(target as Stream, lines, { caller: false, end: false }) };
  // Braces in a path are fields to us, and text to pino.
  const path = target?.replace(/[{}]/g, "$&$&");
  return {
    sink: path ?? process.stdout,
    serialize: (record) => lines.line(record as never).line,
    needs: { redacts: lines.redacts },
  };
}

function unloaded(cause: unknown): LogbridgeError {
  return new LogbridgeError(
    "LB1525",
    `fromPinoOptions(): the transport could not be made; its records are dropped and counted: ${reasonOf(cause)}`,
    { cause },
  );
}

/** pino takes for a stream what can be written to. */
function isStream(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as Partial<PinoStream>).write === "function";
}

function check(options: unknown, target: unknown): void {
  if (typeof options !== "object" || options === null || isPinoLogger(options))
    throw new LogbridgeTypeError(
      "LB1574",
      "fromPinoOptions(): expected the options of pino(), a path or a stream; for a logger that is there use pinoSinks(logger)",
    );
  if (target !== undefined && typeof target !== "string" && !isStream(target))
    throw new LogbridgeTypeError("LB1574", "fromPinoOptions(): the stream must have write(), or be a path");
}
