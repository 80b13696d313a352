import { LogbridgeError } from "../diagnostics.ts";
import type { Logger } from "../logger/logger.ts";
import { closeStdout, DESCRIPTOR, isStdoutOccupied } from "../sinks/stdout-reservation.ts";

/**
 * Keeps stdout for a protocol: no handler of any logger may write there until it is released.
 *
 * @param caller who asks, for the message
 * @param logger its handlers are named by their ids, those of others are not
 * @returns releases it; a second call does nothing
 * @throws LogbridgeError LB1552 where a handler writes there
 * @example
 * const release = reserveStdout("serve()", logger);
 */
export function reserveStdout(caller: string, logger: Logger): () => void {
  const ids = logger._core.hub.handlers.filter((handler) => handler.leadsTo(DESCRIPTOR, 1)).map(({ id }) => id);
  if (ids.length > 0 || isStdoutOccupied())
    throw new LogbridgeError(
      "LB1552",
      `${caller}: ${ids.length > 0 ? `handler ${ids.join(", ")}` : "a handler of another logger"} writes to stdout, which is to be kept for a protocol; remove it first, and add process.stderr or a file instead`,
    );
  return closeStdout();
}
