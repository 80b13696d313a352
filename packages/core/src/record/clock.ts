import { platform } from "#platform";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";

/** Microseconds since 1970. */
export type Clock = () => number;

/** The clock of a logger without the option `clock`. */
export const systemClock: Clock = () => platform.nowMicros();

/**
 * The option `clock` as the library uses it.
 *
 * @param clock milliseconds since 1970, fractions kept; default: the system's clock
 * @throws LogbridgeTypeError LB1006 where it is no function
 */
export function clockOption(clock: (() => number) | undefined): Clock {
  if (clock === undefined) return systemClock;
  if (typeof clock !== "function")
    throw new LogbridgeTypeError(
      "LB1006",
      `createLogger({ clock }): expected a function that gives milliseconds since 1970, got ${shown(clock)}`,
    );
  return () => Math.round(clock() * 1000);
}
