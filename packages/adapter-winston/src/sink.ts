import { LogbridgeError, LogbridgeTypeError, type LogRecord, promisedSink, type Sink } from "@logbridge/core";
import type { WinstonLevels } from "./levels.ts";
import { type Info, MESSAGE, type WinstonFormat } from "./map/info.ts";
import { defaultLine, infoOf } from "./map.ts";
import { data, isWinstonLogger, type WinstonLogger } from "./propagate/winston-logger.ts";
import { LegacyTarget } from "./sink/legacy-target.ts";
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
  const { format, defaultMeta = null } = options;
  return new TransportSink(targetOf(transport, options.levels), (record, target) => {
    const info = infoOf(record, target.levelName(record), defaultMeta);
    return finished(format ? target.formatted(format, info) : info, target);
  });
}

function targetOf(transport: unknown, levels: WinstonLevels | undefined): Target {
  if (isWinstonTransport(transport)) return new StreamTarget(transport as unknown as Hosted, levels);
  // winston's wrapper of a transport of winston 2 has no `log`.
  const inner = isLegacyTransport(transport) ? transport : data(transport, "transport");
  if (isLegacyTransport(inner)) return new LegacyTarget(inner, levels);
  throw new LogbridgeTypeError(
    "LB1510",
    "winstonSink(): expected a winston transport such as new winston.transports.File({ … })",
  );
}

/** File, Console and Stream print this text alone. */
function finished(info: Info | null, target: Target): Info | null {
  if (info && info[MESSAGE] === undefined && !(target.transport as Hosted).format) info[MESSAGE] = defaultLine(info);
  return info;
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
 * however many transports there are, as in the logger itself.
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
  // What handles only uncaught errors has no `log` of its own; a transport of winston 2 is inside winston's wrapper.
  const transports = logger.transports
    .map((one) => (isWinstonTransport(one) ? one : (one as { readonly transport?: unknown } | null)?.transport))
    .filter((one) => (isWinstonTransport(one) ? logger.transports.includes(one) : isLegacyTransport(one)));
  return commonSinks(transports, () => {
    const { levels, format, defaultMeta } = logger;
    return {
      levels,
      format: (format as WinstonFormat | undefined) ?? null,
      defaultMeta: typeof defaultMeta === "object" ? defaultMeta : null,
    };
  });
}

/** What the transports of a logger have in common. */
interface Common {
  readonly levels: WinstonLevels;
  readonly format: WinstonFormat | null;
  readonly defaultMeta: object | null;
}

/** Sinks whose format runs once for each record, however many there are. */
export function commonSinks(transports: readonly unknown[], common: () => Common): Sink[] {
  const made = new WeakMap<LogRecord, Info | null>();
  const make: Make = (record, target) => {
    let info = made.get(record);
    if (info === undefined) {
      const { defaultMeta, format } = common();
      const fresh = infoOf(record, target.levelName(record), defaultMeta);
      info = format ? target.formatted(format, fresh) : fresh;
      made.set(record, info);
    }
    return finished(info && { ...info }, target);
  };
  const { levels } = common();
  return transports.map((one) => new TransportSink(targetOf(one, levels), make));
}
