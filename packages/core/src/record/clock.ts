import { platform } from "#platform";
import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { isPromised } from "../promised.ts";

/** Microseconds since 1970. */
export type Clock = () => number;

/** The clock of a logger without the option `clock`. */
export const systemClock: Clock = () => platform.nowMicros();

function microsOf(answer: unknown): number {
  if (typeof answer !== "number" && isPromised(answer))
    throw new LogbridgeTypeError(
      "LB1006",
      "createLogger({ clock }): the function gave a promise; it must answer at once, and an async function cannot",
    );
  return Math.round((answer as number) * 1000);
}

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
  let asking = false;
  return () => {
    // A clock that logs would be asked for the time of its own words without end.
    if (asking) return systemClock();
    asking = true;
    try {
      return microsOf(clock());
    } finally {
      asking = false;
    }
  };
}
