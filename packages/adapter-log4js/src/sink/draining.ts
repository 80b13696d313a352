import { LogbridgeError, type StreamsBehind } from "@logbridge/core";

const PATIENCE_MS = 10_000;
const POLL_MS = 5;

/**
 * Resolves when these streams have taken what was written to them. The pipe of stdout keeps much in the memory of this process where its
 * reader is slow.
 *
 * @throws LogbridgeError LB1538 where they have not for ten seconds
 */
export async function drained(streams: readonly StreamsBehind[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (streams.some((one) => one.pending() > 0)) {
    if (performance.now() > until)
      throw new LogbridgeError("LB1538", `a stream that an appender writes to has not taken it for ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
