/** Milliseconds since the process began, on a clock that nobody sets. */
export function monotonicMs(): number {
  return performance.now();
}

/** How long it is until a time of that clock, to wait for: never less than a millisecond. */
export function msUntil(time: number): number {
  return Math.max(1, time - monotonicMs());
}

/** What is to be added to that clock for milliseconds since 1970. */
export const CLOCK_ORIGIN: number = performance.timeOrigin;

/** The longest that a timer of the runtimes can wait. */
const LONGEST_MS = 2_147_483_647;

/**
 * Runs `work` once after a time.
 *
 * @param keepsAlive may the process go on for it? Default `false`
 * @returns how to cancel it
 * @example
 * const cancel = startTimer(() => send(), 500);
 */
export function startTimer(work: () => void, ms: number, keepsAlive = false): () => void {
  const timer = setTimeout(work, Math.min(Math.max(0, ms), LONGEST_MS));
  if (!keepsAlive) (timer as { unref?: () => void }).unref?.();
  return () => clearTimeout(timer);
}
