const MINUTE_MS = 60_000;

/** Lets so many through in each minute, evenly refilled. */
export class RateLimit {
  readonly #perMinute: number;
  #left: number;
  #at: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#left = perMinute;
    this.#at = Date.now();
  }

  /** One more: does it pass? */
  passes(): boolean {
    const now = Date.now();
    // A clock that is set back refills nothing.
    const refilled = (Math.max(0, now - this.#at) * this.#perMinute) / MINUTE_MS;
    this.#left = Math.min(this.#perMinute, this.#left + refilled);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
