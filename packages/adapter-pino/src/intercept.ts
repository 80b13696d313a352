import {
  checkInterceptOptions,
  logger as globalLogger,
  type Interception,
  type InterceptOptions,
  interception,
  LogbridgeError,
  LogbridgeTypeError,
  openPort,
} from "@logbridge/core";
import { hasChannel, listenAtChannel } from "./intercept/channel.ts";
import { copyOfFunction, copyOfLogger, listenAtCopy } from "./intercept/copy.ts";
import { cover } from "./intercept/coverage.ts";
import { earOf } from "./intercept/ear.ts";
import { followLevel } from "./intercept/followed-level.ts";
import { BRIDGE } from "./intercept/take.ts";
import { isPinoLogger, noLogger, type PinoLogger } from "./map/their-logger.ts";

type PinoFunction = (...args: never[]) => unknown;

/** The pino function, or the module that exports it. */
export type PinoModule = PinoFunction | { readonly default: PinoFunction };

/**
 * Takes in what pino logs: all loggers of the process, made before and after, by the channel on which pino itself publishes each line
 * (any copy from 9.10 on); of an older copy, all of that copy's.
 *
 * Stage "formatted" (default): what the line says, after redaction, serializers and formatters; an error is the object itself, unless
 * the logger hides parts of it. In "replace" the line does not reach the logger's stream.
 *
 * @param target the pino function (every logger), or one logger (with its children)
 * @throws LogbridgeError LB1521 for a pino that offers no way to listen, LB1528 for `level: "follow"` with the function;
 * LogbridgeTypeError LB1523 for another target; and the errors of `checkInterceptOptions`
 * @example
 * const interception = interceptPino(pino);
 * // …
 * interception.restore();
 */
export function interceptPino(target: PinoModule | PinoLogger, options: InterceptOptions = {}): Interception {
  checkInterceptOptions(options, "interceptPino", []);
  const logger = isPinoLogger(target) ? target : null;
  const pino = functionOf(target);
  const { version } = (logger ?? pino ?? {}) as { readonly version?: unknown };
  if (typeof version !== "string")
    throw new LogbridgeTypeError(
      "LB1523",
      `interceptPino(): ${noLogger(target, 'expected the pino function (import pino from "pino") or a pino logger')}`,
    );
  if (!logger && options.level === "follow")
    throw new LogbridgeError(
      "LB1528",
      'interceptPino(): level "follow" needs one logger, since the levels of all loggers of a process cannot be reached; pass a logger, or leave the option out',
    );
  const { lines, folder } = logger ? copyOfLogger(logger) : copyOfFunction(pino as never);
  const isPublished = hasChannel(version);
  if (!isPublished && !lines)
    throw new LogbridgeError(
      "LB1521",
      `interceptPino(): pino ${version} neither publishes what it logs nor has a method known to make its lines; update pino`,
    );
  const packages = folder === null ? BRIDGE.packages : [...BRIDGE.packages, folder];
  const port = openPort({ ...BRIDGE, packages }, options, globalLogger);
  const ear = earOf(port, logger);
  const leave = isPublished || !lines ? listenAtChannel(ear) : listenAtCopy(lines, ear);
  const copy = isPublished || !lines ? null : lines.shared;
  const uncover = cover({ logger, copy }, options.logger ?? globalLogger);
  const unfollow = logger ? followLevel(logger, port) : null;
  return interception(BRIDGE.name, () => {
    unfollow?.();
    leave();
    uncover();
    port.close();
  });
}

function functionOf(target: unknown): PinoFunction | null {
  if (typeof target === "function") return target as PinoFunction;
  const module = (target as { default?: unknown } | null | undefined)?.default;
  return typeof module === "function" ? (module as PinoFunction) : null;
}
