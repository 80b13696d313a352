import { monotonicMs, startTimer } from "./timer.ts";

/** Wakes somebody at the earliest of the times that it was asked for. It does not keep the process alive. */
export class WakeTimer {
  readonly #wake: () => void;
  #at = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** Wakes at this time at the latest; `Infinity`: it makes no difference. */
  wakeBy(time: number): void {
    if (time >= this.#at) return;
    this.#cancel();
    this.#at = time;
    this.#cancel = startTimer(() => {
      this.#at = Number.POSITIVE_INFINITY;
      this.#wake();
    }, time - monotonicMs());
  }

  stop(): void {
    this.#cancel();
    // Nothing is earlier.
    this.#at = Number.NEGATIVE_INFINITY;
  }
}
