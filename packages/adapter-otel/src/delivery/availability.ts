/** How long to wait before the collector is asked again. */
export interface Backoff {
  readonly initialMs: number;
  readonly maxMs: number;
}

/** So often in a row "again at once" is believed. */
const BELIEVED_AT_ONCE = 10;

/**
 * Does the collector take records now?
 *
 * While it does not, one export at a time asks whether it is back: the longer it is away, the more seldom.
 */
export class Availability {
  readonly #backoff: Backoff;
  readonly #random: () => number;
  #failures = 0;
  /** Counts the failures that were answers to a new question, not late answers to questions asked before. */
  #round = 0;
  #until = 0;
  #ordered = false;
  #probing = false;

  constructor(backoff: Backoff, random: () => number = Math.random) {
    this.#backoff = backoff;
    this.#random = random;
  }

  get isDown(): boolean {
    return this.#failures > 0;
  }

  /** How often it was asked in vain since it has answered. */
  get failures(): number {
    return this.#failures;
  }

  /** When the collector may be asked, by the clock of `monotonicMs()`; 0: now. */
  get until(): number {
    return this.#until;
  }

  /** How many exports may be under way. */
  room(inFlight: number, concurrency: number, now: number): number {
    if (!this.isDown) return concurrency - inFlight;
    return this.#probing || now < this.#until ? 0 : 1;
  }

  /** An export begins. The result is to be given back with its outcome. */
  begin(): number {
    if (this.isDown) this.#probing = true;
    return this.#round;
  }

  /** What began has come to nothing before the collector was asked. */
  skipped(round: number): void {
    if (round === this.#round) this.#probing = false;
  }

  /** It has answered, whatever it thinks of the records. A pause that it has asked for since it was asked this remains. */
  answered(round: number): void {
    if (this.#ordered && round < this.#round) return;
    this.#failures = 0;
    this.#until = 0;
    this.#ordered = false;
    this.#probing = false;
  }

  /** It has not taken them now. */
  failed(round: number, now: number, afterMs: number | undefined): void {
    if (round === this.#round) {
      this.#failures++;
      this.#round++;
      this.#probing = false;
      this.#ordered = false;
      this.#until = now + this.#wait(afterMs);
    }
    if (afterMs !== undefined && afterMs > 0) {
      this.#ordered = true;
      this.#until = Math.max(this.#until, now + afterMs);
    }
  }

  /** Somebody waits: what the collector has not asked for itself is not waited for. */
  hurry(): void {
    if (!this.#ordered) this.#until = 0;
  }

  #wait(afterMs: number | undefined): number {
    if (afterMs !== undefined && (afterMs > 0 || this.#failures <= BELIEVED_AT_ONCE)) return afterMs;
    const longest = Math.min(this.#backoff.initialMs * 2 ** (this.#failures - 1), this.#backoff.maxMs);
    return longest * (0.5 + this.#random() / 2);
  }
}
