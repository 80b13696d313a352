import { monotonicMs } from "./timer.ts";

/** What comes while the first round is under way, such as a word of losses, has a second one. */
const MOST_ROUNDS = 2;
/** A process that has gone on for so long since the last round had work to do: it ends anew. */
const GONE_ON_MS = 50;

/**
 * How long a process that has nothing left to do is kept alive, in all.
 *
 * Each round in which something was sent makes the process end once more, and whoever logs each time it does would have it live for ever.
 */
export class NaturalEnd {
  readonly #exitTimeoutMs: number;
  #rounds = 0;
  #left: number;
  #endedAt = Number.NEGATIVE_INFINITY;

  /** @param exitTimeoutMs for all rounds of one end; 0: there are none */
  constructor(exitTimeoutMs: number) {
    this.#exitTimeoutMs = exitTimeoutMs;
    this.#left = exitTimeoutMs;
  }

  /** How long another round may take; 0: there is to be none. */
  get left(): number {
    if (monotonicMs() - this.#endedAt > GONE_ON_MS) this.#renew();
    return this.#rounds < MOST_ROUNDS ? this.#left : 0;
  }

  /** One round, which keeps to what `left` has said. */
  async round<T>(work: () => Promise<T>): Promise<T> {
    const begun = monotonicMs();
    this.#rounds++;
    try {
      return await work();
    } finally {
      this.#endedAt = monotonicMs();
      this.#left = Math.max(0, Math.floor(this.#left - (this.#endedAt - begun)));
    }
  }

  #renew(): void {
    this.#rounds = 0;
    this.#left = this.#exitTimeoutMs;
  }
}
