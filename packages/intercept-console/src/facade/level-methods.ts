import { type Bridge, type Inbound, isLogger, LogbridgeTypeError, type Logger, openFacade } from "@logbridge/core";
import { givenText } from "../given-text.ts";
import { type Spoken, saidOrGiven } from "./spoken.ts";

const LEVELS: Readonly<Record<string, Inbound["level"]>> = {
  trace: { name: "TRACE", no: 5 },
  debug: { name: "DEBUG", no: 10 },
  info: { name: "INFO", no: 20 },
  warn: { name: "WARNING", no: 30 },
  error: { name: "ERROR", no: 40 },
  fatal: { name: "CRITICAL", no: 50 },
};

type Method = (...data: unknown[]) => void;

/** One method for each usual level. */
export type LevelMethods<M> = Record<"trace" | "debug" | "info" | "warn" | "error" | "fatal", M>;

/**
 * The level methods of a facade.
 *
 * @param shape how its calls look; also the origin of its records
 * @param read what a call says
 * @param caller the function's name, for the message
 * @throws LogbridgeTypeError LB1543 where it is no logger
 */
export function levelMethods(
  logger: Logger,
  shape: string,
  read: (data: readonly unknown[]) => Spoken,
  caller: string,
): LevelMethods<Method> {
  checkLogger(logger, caller);
  const bridge: Bridge = { name: shape, packages: [], mode: "replace" };
  const port = openFacade(bridge, logger);
  const methodOf = (name: string, level: Inbound["level"]): Method => {
    const origin = { name: shape, level: { name } };
    const face: Method = (...data) => {
      if (port.wants(level.no)) port.deliver({ target: port, level, origin, ...saidOrGiven(read, data, name) }, face);
    };
    return face;
  };
  return Object.fromEntries(
    Object.entries(LEVELS).map(([name, level]) => [name, methodOf(name, level)]),
  ) as LevelMethods<Method>;
}

/** @throws LogbridgeTypeError LB1543 */
export function checkLogger(logger: unknown, caller: string): void {
  if (!isLogger(logger))
    throw new LogbridgeTypeError(
      "LB1543",
      `${caller}(): expected a logger, as logger or createLogger() of @logbridge/core, got ${givenText(logger)}`,
    );
}
