import type { Log4jsAppender } from "./appender.ts";

/** Who hands events to an appender of the house: the sink of one appender. */
export interface Tenant {
  /** Events that nothing has proved to be delivered. */
  unproven: number;
  /** Events that wait for their appender. */
  waiting: number;
  /** Events for which an appender has given a promise that is not settled. */
  promised: number;
  /** An event that had waited could not be handed over, or the promise that an appender gave for it was rejected. */
  failed(error: unknown): void;
  /** What was unproven is lost. */
  lost(error: unknown): void;
}

/** Hands an event to the appender that it is given. */
export type Give = (append: Log4jsAppender) => void;
