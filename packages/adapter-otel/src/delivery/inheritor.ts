import { Batch, DiskCopy } from "./batch.ts";
import type { Inheritance, PortionLimits, Spool, SpoolMark } from "./spool.ts";
import { CLOCK_ORIGIN, startTimer } from "./timer.ts";

/** How often it is looked for what processes have left that ended meanwhile. */
const EVERY_MS = 15_000;

/** Who takes what is found. */
export interface Heir<Item> {
  batch(batch: Batch<Item>): void;
  damaged(records: number, error: unknown): void;
  /** All that was there has been given. */
  done(): void;
}

/** Finds in a spool what ended processes have left, at the beginning and now and then. */
export class Inheritor<Item> {
  readonly #spool: Spool;
  readonly #limits: PortionLimits;
  readonly #heir: Heir<Item>;
  #cancel: () => void = () => {};
  #isLooking = false;
  #isStopped = false;

  constructor(spool: Spool, limits: PortionLimits, heir: Heir<Item>) {
    this.#spool = spool;
    this.#limits = limits;
    this.#heir = heir;
  }

  /** Is there perhaps something that was not given yet? */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  look(): void {
    this.#isLooking = true;
    void this.#spool
      .inherit(this.#limits, (piece) => this.#give(piece))
      .then(() => {
        this.#isLooking = false;
        if (this.#isStopped) return;
        this.#cancel = startTimer(() => this.look(), EVERY_MS);
        this.#heir.done();
      });
  }

  /** Nothing is given any more. */
  stop(): void {
    this.#isStopped = true;
    this.#isLooking = false;
    this.#cancel();
  }

  #give(piece: Inheritance): void {
    if (this.#isStopped) return;
    if (piece.kind === "damaged") this.#heir.damaged(piece.records, piece.error);
    else this.#heir.batch(batchOf(piece.mark));
  }
}

function batchOf<Item>(mark: SpoolMark): Batch<Item> {
  const { records: count, bytes, born } = mark;
  const copy = new DiskCopy([mark]);
  return new Batch<Item>({ first: 0, born: born - CLOCK_ORIGIN, items: null, count, bytes, copy });
}
