import { LogbridgeError, LogbridgeTypeError, type LogRecord, promisedSink, type Sink } from "@logbridge/core";
import type { WinstonLevels } from "./levels.ts";
import type { Info, WinstonFormat } from "./map/info.ts";
import { currentMeta } from "./map/metadata.ts";
import { data, isWinstonLogger, rootOf, type WinstonLogger } from "./propagate/winston-logger.ts";
import { type Common, finished, infoAgain, infoFor } from "./sink/infos.ts";
import { LegacyTarget } from "./sink/legacy-target.ts";
import { isMeant, type LoggerOutput, type Owner, outputsOf } from "./sink/logger-outputs.ts";
import { type Hosted, StreamTarget } from "./sink/stream-target.ts";
import type { Target } from "./sink/target.ts";
import { type Make, TransportSink } from "./sink/transport-sink.ts";
import {
  isLegacyTransport,
  isWinstonTransport,
  type LegacyWinstonTransport,
  type WinstonTransport,
} from "./sink/transports.ts";

/** Options of `winstonSink`. */
export interface WinstonSinkOptions {
  /** The format of the logger that the transport came from: it runs before the transport's own. */
  readonly format?: WinstonFormat;
  /** The levels of that logger. Default: npm's with `success`, `critical` and the custom levels of our logger. */
  readonly levels?: WinstonLevels;
  /** What that logger adds to each record. */
  readonly defaultMeta?: object;
}

/**
 * A winston transport as a sink: unmodified, with the constructor call of its own README.
 *
 * A transport without a format of its own prints JSON, as winston's own default does. The level crosses by name (`success`, `critical` and
 * custom levels too), the time as `timestamp`, `extra` as fields, an exception as `err` and `stack`, a given name as `label`.
 *
 * @param transport a transport, also one written for winston 2, or a promise of one
 * @throws LogbridgeTypeError LB1510 where it is no transport, LB1513 for a wrong option; LogbridgeError LB1002 for an unknown one
 * @example
 * logger.add(winstonSink(new winston.transports.File({ filename: "app.log" })));
 */
export function winstonSink(
  transport: WinstonTransport | LegacyWinstonTransport | PromiseLike<WinstonTransport | LegacyWinstonTransport>,
  options: WinstonSinkOptions = {},
): Sink {
  checkOptions(options);
  if (typeof (transport as PromiseLike<unknown> | null)?.then === "function")
    return promisedSink(transport as PromiseLike<WinstonTransport>, (arrived) => winstonSink(arrived, options), {
      text: false,
    });
  const { format = null, defaultMeta = null } = options;
  return new TransportSink(targetOf(transport, options.levels), (record, target) =>
    finished(infoFor(record, target, { format, defaultMeta: currentMeta(defaultMeta) }, null), target),
  );
}

function targetOf(transport: unknown, levels: WinstonLevels | undefined, direct = false): Target {
  if (isWinstonTransport(transport)) return new StreamTarget(transport as unknown as Hosted, levels, direct);
  // winston's wrapper of a transport of winston 2 has no `log`.
  const inner = isLegacyTransport(transport) ? transport : data(transport, "transport");
  if (isLegacyTransport(inner)) return new LegacyTarget(inner, levels);
  throw new LogbridgeTypeError(
    "LB1510",
    "winstonSink(): expected a winston transport such as new winston.transports.File({ … })",
  );
}

function checkOptions(options: WinstonSinkOptions): void {
  for (const name of Object.keys(options))
    if (name !== "format" && name !== "levels" && name !== "defaultMeta")
      throw new LogbridgeError(
        "LB1002",
        `winstonSink(): unknown option ${JSON.stringify(name)}; allowed are format, levels, defaultMeta`,
      );
  const { format, levels, defaultMeta } = options;
  if (format !== undefined && typeof format?.transform !== "function")
    throw new LogbridgeTypeError(
      "LB1513",
      "winstonSink(): option format must be a winston format, as winston.format.json() makes it",
    );
  if (
    levels !== undefined &&
    (typeof levels !== "object" || levels === null || Object.values(levels).some((rank) => typeof rank !== "number"))
  )
    throw new LogbridgeTypeError(
      "LB1513",
      "winstonSink(): option levels must map names to numbers, as winston.config.npm.levels does",
    );
  if (defaultMeta !== undefined && (typeof defaultMeta !== "object" || defaultMeta === null))
    throw new LogbridgeTypeError("LB1513", "winstonSink(): option defaultMeta must be an object of fields");
}

/**
 * All transports of a winston logger as sinks, with its format, levels and default metadata. The format runs once for each record,
 * however many transports there are, as in the logger itself; what an intercepted logger has formatted itself is not formatted again.
 *
 * They get what they would get from that logger: its level and `silent` count, what another intercepted logger says goes to that one's own
 * sinks alone where there are any, and those of `exceptionHandlers` and `rejectionHandlers` get uncaught errors alone.
 *
 * @throws LogbridgeTypeError LB1510 where it is no winston logger
 * @example
 * for (const sink of winstonSinks(legacyLogger)) logger.add(sink);
 */
export function winstonSinks(logger: WinstonLogger): Sink[] {
  if (!isWinstonLogger(logger))
    throw new LogbridgeTypeError(
      "LB1510",
      "winstonSinks(): expected a winston logger, as winston.createLogger() makes it",
    );
  const owner = rootOf(logger) as Owner;
  const common = (): Common => {
    const { levels, format, defaultMeta } = logger;
    return {
      levels,
      format: (format as WinstonFormat | undefined) ?? null,
      defaultMeta: typeof defaultMeta === "object" ? currentMeta(defaultMeta as object | null) : null,
    };
  };
  return sinksOf(outputsOf(logger.transports), common, owner);
}

/** Sinks whose format runs once for each record, however many there are. */
export function commonSinks(transports: readonly object[], common: () => Common): Sink[] {
  return sinksOf(
    transports.map((transport) => ({ transport, uncaught: null })),
    common,
    null,
  );
}

function sinksOf(outputs: readonly LoggerOutput[], common: () => Common, owner: Owner | null): Sink[] {
  const made = new WeakMap<LogRecord, Info | null>();
  const { levels } = common();
  return outputs.map((output) => {
    const make: Make = (record, target) => {
      if (owner && !isMeant(record, owner, output, target)) return null;
      let info = made.get(record);
      if (info === undefined) {
        info = infoFor(record, target, common(), owner);
        made.set(record, info);
      }
      return finished(info && infoAgain(info), target);
    };
    return new TransportSink(targetOf(output.transport, levels, output.uncaught !== null), make, owner);
  });
}
