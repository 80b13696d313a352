import { isGone, type Stream } from "../propagate/stream.ts";

const GUARDED: unique symbol = Symbol.for("logbridge.pino.guarded") as never;

/**
 * Keeps a worker that has died from ending the process: pino's own handlers at the end of the process call `flushSync()`, which throws
 * then, and a worker of pino 7 ends itself once more in a later turn.
 */
export function guardWorker(leaf: Stream, fail: (error: unknown) => void): void {
  const { flushSync, end } = leaf;
  if (leaf.worker === undefined || GUARDED in leaf || !flushSync || !end) return;
  const guarded = {
    [GUARDED]: true,
    flushSync(): void {
      try {
        flushSync.call(leaf);
      } catch (error) {
        fail(error);
      }
    },
    end(): void {
      if (!isGone(leaf)) end.call(leaf);
    },
  };
  for (const key of Reflect.ownKeys(guarded))
    Object.defineProperty(leaf, key, {
      value: guarded[key as keyof typeof guarded],
      configurable: true,
      writable: true,
    });
}
