import type { HandlerConfig } from "../logger/configure.ts";
import type { LevelOptions } from "../record/level.ts";

/** A part of an existing configuration that could not be taken over. */
export interface NotTaken {
  /** Where it stands in that configuration, such as `transports[1].handleExceptions`. */
  readonly option: string;
  /** Why it could not be taken over. */
  readonly why: string;
  /** What to do about it. */
  readonly instead: string;
}

/**
 * What an adapter makes of an existing configuration (`fromWinstonOptions`, `fromPinoOptions`, `fromLog4jsConfig`): what `configure()`
 * takes, and what is missing in it.
 *
 * @example
 * const { notTaken, ...configuration } = fromWinstonOptions(options);
 * logger.configure(configuration);
 * for (const { option, why, instead } of notTaken) console.warn(`${option}: ${why} ${instead}`);
 */
export interface MovedConfiguration {
  /** The outputs, each with the level and filter that it had. */
  readonly handlers: readonly HandlerConfig[];
  /** Levels of their own; absent where they have none. */
  readonly levels?: readonly (LevelOptions & { readonly name: string })[];
  /** Values for every record; absent where they have none. */
  readonly extra?: object;
  /** What could not be taken over; empty where everything was. */
  readonly notTaken: readonly NotTaken[];
}
