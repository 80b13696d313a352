import type { DropReason } from "./drop-reason.ts";
import { startTimer } from "./timer.ts";

/** How long further ones are gathered. */
const GATHERED_MS = 10_000;

interface Gathered {
  count: number;
  error: unknown;
}

/** Tells of records that were given up: the first of a kind at once, those that follow gathered. */
export class DropNotices {
  readonly #tell: (count: number, reason: DropReason, error: unknown) => void;
  readonly #gathered = new Map<DropReason, Gathered>();
  #cancel: (() => void) | null = null;
  #soon = false;

  constructor(tell: (count: number, reason: DropReason, error: unknown) => void) {
    this.#tell = tell;
  }

  /** Notes it. The listener is called later, since whoever drops may be in the middle of something. */
  add(count: number, reason: DropReason, error: unknown): void {
    const known = this.#gathered.get(reason);
    if (known) {
      known.count += count;
      known.error = error;
    } else this.#gathered.set(reason, { count, error });
    if (this.#cancel || this.#soon) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.#tellAndWait();
    });
  }

  /** Tells of all that is gathered. */
  tellNow(): void {
    const gathered = [...this.#gathered];
    this.#gathered.clear();
    for (const [reason, { count, error }] of gathered) {
      try {
        this.#tell(count, reason, error);
      } catch {
        // The listener is the application's: what it throws is no reason to lose the records that are left.
      }
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.tellNow();
  }

  #tellAndWait(): void {
    if (this.#gathered.size === 0) return;
    this.tellNow();
    this.#cancel = startTimer(() => {
      this.#cancel = null;
      this.#tellAndWait();
    }, GATHERED_MS);
  }
}
