import { startTimer } from "./timer.ts";

interface Waiter {
  /** The position of the last record that it waits for. */
  readonly upTo: number;
  readonly end: (isComplete: boolean) => void;
}

/** Those who wait until what was pushed before has left, each with a deadline. */
export class FlushWaiters {
  readonly #waiters = new Set<Waiter>();

  get size(): number {
    return this.#waiters.size;
  }

  /**
   * Resolves when no record up to this position is on its way, or, with `false`, the time is over. The process stays alive for it.
   */
  wait(upTo: number, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        upTo,
        end: (isComplete) => {
          cancel();
          this.#waiters.delete(waiter);
          resolve(isComplete);
        },
      };
      const cancel = startTimer(() => waiter.end(false), timeoutMs, true);
      this.#waiters.add(waiter);
    });
  }

  /** Lets those go who wait for nothing any more. `oldest`: the position of the oldest record on its way. */
  settle(oldest: number): void {
    for (const waiter of this.#waiters) if (oldest > waiter.upTo) waiter.end(true);
  }

  /** Lets all go, whatever is on its way. */
  release(): void {
    for (const waiter of this.#waiters) waiter.end(false);
  }
}
