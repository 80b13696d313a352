import type { Batch } from "./batch.ts";
import type { PortionLimits } from "./spool.ts";

/** How far it is looked for a batch that need not wait. */
const LOOK_AHEAD = 8;

/** Batches that wait, in the order in which their records came. */
export class BatchQueue<Item> {
  readonly #batches: Batch<Item>[] = [];

  get length(): number {
    return this.#batches.length;
  }

  /** The position of the oldest record; `Infinity` where there is none. */
  get first(): number {
    return this.#batches[0]?.first ?? Number.POSITIVE_INFINITY;
  }

  /** When the oldest record came. */
  get born(): number {
    return this.#batches[0]?.born ?? Number.POSITIVE_INFINITY;
  }

  [Symbol.iterator](): IterableIterator<Batch<Item>> {
    return this.#batches.values();
  }

  append(batch: Batch<Item>): void {
    this.#batches.push(batch);
  }

  /** Puts a batch that was taken to where it belongs. */
  putBack(batch: Batch<Item>): void {
    let at = 0;
    while (at < this.#batches.length && (this.#batches[at] as Batch<Item>).first < batch.first) at++;
    this.#batches.splice(at, 0, batch);
  }

  /**
   * The oldest that may be sent now; with small ones that stand behind it, as many as fit into a request.
   *
   * @param second the one behind it, if there is one
   */
  take(now: number, second: boolean, limits: PortionLimits): Batch<Item> | null {
    const at = this.#indexToTake(now, second);
    if (at < 0) return null;
    let batch = this.#removeAt(at);
    for (let next = this.#batches[at]; next && fits(batch, next, limits); next = this.#batches[at])
      batch = batch.joined(this.#removeAt(at));
    return batch;
  }

  #indexToTake(now: number, second: boolean): number {
    let chosen = -1;
    for (let at = 0; at < Math.min(this.#batches.length, LOOK_AHEAD); at++) {
      if ((this.#batches[at] as Batch<Item>).notBefore > now) continue;
      const isSecond = chosen >= 0;
      chosen = at;
      if (isSecond || !second) break;
    }
    return chosen;
  }

  /** When the first of those that may be taken next may be sent. */
  nextTime(): number {
    let next = Number.POSITIVE_INFINITY;
    for (let at = 0; at < Math.min(this.#batches.length, LOOK_AHEAD); at++)
      next = Math.min(next, (this.#batches[at] as Batch<Item>).notBefore);
    return next;
  }

  /** What was tried in vain need not wait any longer. */
  hurry(): void {
    for (const batch of this.#batches) batch.notBefore = 0;
  }

  /** Takes out the oldest if its records came before that time. */
  takeOlderThan(time: number): Batch<Item> | null {
    return this.born < time ? this.#removeAt(0) : null;
  }

  /** The newest one that has its items in memory and could do without. `onDisk`: without being written first. */
  newestToPark(onDisk: boolean): Batch<Item> | null {
    for (let at = this.#batches.length - 1; at >= 0; at--) {
      const batch = this.#batches[at] as Batch<Item>;
      if (batch.canBeParked && (batch.copy || !onDisk)) return batch;
    }
    return null;
  }

  /** Takes out that one; `false` where it is not there. */
  remove(batch: Batch<Item>): boolean {
    const at = this.#batches.indexOf(batch);
    if (at < 0) return false;
    this.#removeAt(at);
    return true;
  }

  /** Takes out all. */
  clear(): readonly Batch<Item>[] {
    return this.#batches.splice(0);
  }

  #removeAt(at: number): Batch<Item> {
    const [batch] = this.#batches.splice(at, 1) as [Batch<Item>];
    return batch;
  }
}

function fits<Item>(batch: Batch<Item>, next: Batch<Item>, { maxRecords, maxBytes }: PortionLimits): boolean {
  const isSmall = batch.count + next.count <= maxRecords && batch.bytes + next.bytes <= maxBytes;
  return isSmall && batch.canJoin(next);
}
