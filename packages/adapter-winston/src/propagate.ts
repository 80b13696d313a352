import { LogbridgeTypeError, type LogRecord, type Sink } from "@logbridge/core";
import { infoOf, type Info } from "./map.ts";
import type { WinstonLevels } from "./levels.ts";

/** A winston logger, as far as it is used here: any copy and version from 3.2. */
export interface WinstonLogger {
  readonly levels: WinstonLevels;
  level: string;
  silent?: boolean;
  readonly transports: readonly unknown[];
  readonly defaultMeta?: unknown;
  readonly format?: unknown;
  write(info: never): unknown;
  isLevelEnabled?(level: string): boolean;
}

/** True for a winston logger or one of its children. */
export function isWinstonLogger(value: unknown): value is WinstonLogger {
  if (typeof value !== "object" || value === null) return false;
  const logger = value as { levels?: unknown; transports?: unknown; write?: unknown; configure?: unknown };
  return (
    typeof logger.levels === "object" &&
    Array.isArray(logger.transports) &&
    typeof logger.write === "function" &&
    typeof logger.configure === "function"
  );
}

/** The logger that a child was made from, over all generations. */
export function rootOf(logger: object): object {
  let at = logger;
  while (!Object.hasOwn(at, "_readableState")) {
    const above = Object.getPrototypeOf(at) as object | null;
    if (!above) return logger;
    at = above;
  }
  return at;
}

const FLUSH_MS = 10_000;

/**
 * A sink that writes every record to a winston logger (or child), whose formats and transports do the rest.
 *
 * The level crosses by name or to the nearest that is not more severe, the time as `timestamp`, `extra` as meta, an exception as
 * `err` and `stack`. Fields named `level`, `message`, `timestamp`, `exception`, `stack`, `splat` get a trailing underscore.
 *
 * @param logger a winston logger or one of its children
 * @throws LogbridgeTypeError LB1510 where it is no winston logger
 * @example
 * logger.add(propagateToWinston(legacyLogger), { level: "INFO" });
 */
export function propagateToWinston(logger: WinstonLogger): Sink {
  if (!isWinstonLogger(logger))
    throw new LogbridgeTypeError("LB1510", "propagateToWinston(): expected a winston logger, as winston.createLogger() makes it, or one of its children");
  const root = rootOf(logger);
  return {
    needs: { text: false },
    write(_text: string, record: LogRecord) {
      const meta = typeof logger.defaultMeta === "object" && logger.defaultMeta !== null ? logger.defaultMeta : undefined;
      (logger.write as (info: Info) => unknown).call(logger, infoOf(record, logger.levels, meta));
    },
    async flush() {
      const until = Date.now() + FLUSH_MS;
      while (waiting(root) > 0) {
        if (Date.now() > until) throw new Error(`winston has not taken ${waiting(root)} records for ${FLUSH_MS} ms`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    pending: () => waiting(root),
    leadsTo: (bridge, target) => bridge === "winston" && typeof target === "object" && target !== null && rootOf(target) === root,
  };
}

/** What is buffered in the logger's stream and in its transports. */
function waiting(root: object): number {
  const logger = root as { transports?: readonly { writableLength?: number }[]; writableLength?: number; readableLength?: number };
  let count = (logger.writableLength ?? 0) + (logger.readableLength ?? 0);
  for (const transport of logger.transports ?? []) count += transport.writableLength ?? 0;
  return count;
}
