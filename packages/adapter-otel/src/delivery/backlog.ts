import type { Availability } from "./availability.ts";
import { Batch } from "./batch.ts";
import { BatchQueue } from "./batch-queue.ts";
import type { BatchStore } from "./batch-store.ts";
import type { ResolvedDelivery } from "./delivery-options.ts";
import { MemoryGauge } from "./memory-gauge.ts";
import type { PortionLimits } from "./spool.ts";
import { monotonicMs, startTimer } from "./timer.ts";

/** How many batches are written to disk before others get their turn. */
const PROTECTED_AT_ONCE = 4;
/** With a spool, a record that has not arrived after that long is written, too, though the collector takes others. */
export const SAFE_AFTER_MS = 1_000;
/** How long a batch may wait to become full before it is written, while the collector is down. */
const DELAY_WHILE_DOWN_MS = 2_000;

/** Who hears what becomes of the batch that is being filled. */
export interface BacklogListener {
  begun(): void;
  full(): void;
}

/**
 * The records that wait: in memory, on disk, or both.
 *
 * The batch that is being filled, behind it the queue of those that are ready, and beside them what ended processes have left. Batches that
 * were taken out to be sent still count as held until they are settled.
 */
export class Backlog<Item> {
  readonly #limits: ResolvedDelivery;
  readonly #store: BatchStore<Item>;
  readonly #availability: Availability;
  readonly #listener: BacklogListener;
  readonly #batchLimits: PortionLimits;
  readonly #memory: MemoryGauge;
  readonly #own = new BatchQueue<Item>();
  readonly #inherited = new BatchQueue<Item>();
  readonly #inFlight = new Set<Batch<Item>>();
  #open: Batch<Item> | null = null;
  #position = 0;
  #inheritorsTurn = true;
  #protecting = false;

  constructor(
    limits: ResolvedDelivery,
    store: BatchStore<Item>,
    availability: Availability,
    listener: BacklogListener,
  ) {
    this.#limits = limits;
    this.#store = store;
    this.#availability = availability;
    this.#listener = listener;
    this.#batchLimits = { maxRecords: limits.batchRecords, maxBytes: limits.batchBytes };
    this.#memory = new MemoryGauge(limits);
  }

  /** How many records have come: the position of the newest. */
  get position(): number {
    return this.#position;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Does a batch wait that is ready? */
  get hasReady(): boolean {
    return this.#own.length + this.#inherited.length > 0;
  }

  /** When the oldest record of a batch that is ready came. */
  get born(): number {
    return Math.min(this.#own.born, this.#inherited.born);
  }

  /** When the next batch may be sent. */
  get nextTime(): number {
    return Math.min(this.#own.nextTime(), this.#inherited.nextTime());
  }

  /** Does what waits too long have to be written? */
  get wantsSafety(): boolean {
    return this.#store.exists && (this.hasReady || this.#inFlight.size > 0);
  }

  /** The position of the oldest record that is not settled; `Infinity` where there is none. */
  get first(): number {
    let first = Math.min(this.#own.first, this.#inherited.first, this.#open?.first ?? Number.POSITIVE_INFINITY);
    for (const batch of this.#inFlight) first = Math.min(first, batch.first);
    return first;
  }

  /** When the batch that is being filled is to be closed whether it is full or not. */
  get dueTime(): number {
    const born = this.#open?.born ?? Number.POSITIVE_INFINITY;
    const { delayMs } = this.#limits;
    if (!this.#availability.isDown || this.#own.length === 0) return born + delayMs;
    // While nothing can be sent, a batch may as well become full; with a spool it is written now and then.
    return this.#store.exists ? born + Math.max(delayMs, DELAY_WHILE_DOWN_MS) : Number.POSITIVE_INFINITY;
  }

  /** Takes a record; `false` where there is no room for it, in memory or on disk. */
  add(item: Item, weight: number): boolean {
    if (!this.#memory.hasRoom(weight) && !this.#makeRoom(weight)) return this.#spill(item, weight);
    if (this.#open && this.#open.bytes + weight > this.#limits.batchBytes) this.#sealFull();
    const open = (this.#open ??= this.#begin());
    open.items?.push(item);
    open.count++;
    open.bytes += weight;
    this.#position++;
    this.#memory.add(weight, 1);
    if (open.count >= this.#limits.batchRecords || open.bytes >= this.#limits.batchBytes) this.#sealFull();
    return true;
  }

  /** The batch that is being filled is what it is, and waits for its turn. */
  seal(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    this.#own.append(open);
    if (this.#availability.isDown) this.#protect(open);
  }

  /** Takes what an ended process has left. */
  inherit(batch: Batch<Item>): void {
    this.#inherited.append(batch);
  }

  /**
   * Takes out the oldest batch that may be sent, in turn of what this process has logged and what it has inherited.
   *
   * @param second the one behind it, if there is one
   */
  take(now: number, second: boolean): Batch<Item> | null {
    this.#inheritorsTurn = !this.#inheritorsTurn;
    const [one, other] = this.#inheritorsTurn ? [this.#inherited, this.#own] : [this.#own, this.#inherited];
    const taken = one.take(now, second, this.#batchLimits) ?? other.take(now, second, this.#batchLimits);
    if (taken) this.#inFlight.add(taken);
    return taken;
  }

  /** The items of a batch that was taken out; from disk if need be. */
  async itemsOf(batch: Batch<Item>): Promise<readonly Item[]> {
    if (batch.items) return batch.items;
    batch.items = await this.#store.load(batch);
    this.#memory.hold(batch);
    return batch.items;
  }

  /** A batch that was taken out is back; `false` where it was given up meanwhile. */
  landed(batch: Batch<Item>): boolean {
    return this.#inFlight.delete(batch);
  }

  /** It waits again, at its place. */
  putBack(batch: Batch<Item>): void {
    this.#queueOf(batch).putBack(batch);
  }

  /** Its halves wait at its place. */
  halve(batch: Batch<Item>): void {
    this.#memory.release(batch);
    for (const half of batch.halves()) {
      this.putBack(half);
      this.#memory.hold(half);
    }
  }

  /** All of it has arrived, or is given up. */
  settle(batch: Batch<Item>): void {
    this.#memory.release(batch);
    this.#store.settled(batch, batch.count);
  }

  /** What was tried in vain need not wait any longer. */
  hurry(): void {
    this.#own.hurry();
    this.#inherited.hurry();
  }

  /** Takes out a batch that is older than that; `null` where there is none. */
  takeOlderThan(time: number): Batch<Item> | null {
    return this.#inherited.takeOlderThan(time) ?? this.#own.takeOlderThan(time);
  }

  /** What is not sent soon is safe on disk only. Where much waits it is written piece by piece. */
  protectWaiting(): void {
    if (!this.#store.exists || this.#protecting) return;
    const unsafe = this.#unsafe();
    for (const batch of unsafe.slice(0, PROTECTED_AT_ONCE)) if (!this.#protect(batch)) return;
    if (unsafe.length <= PROTECTED_AT_ONCE) return;
    this.#protecting = true;
    startTimer(() => {
      this.#protecting = false;
      this.protectWaiting();
    }, 0);
  }

  /** Writes everything that has not arrived, and takes out and gives what cannot be written. */
  protectAll(): readonly Batch<Item>[] {
    this.seal();
    const lost = [...this.#inFlight].filter((batch) => !this.#protect(batch, true));
    for (const batch of lost) this.#inFlight.delete(batch);
    for (const batch of this.#own.clear()) {
      if (this.#protect(batch, true)) this.#own.append(batch);
      else lost.push(batch);
    }
    return lost;
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#inFlight.clear();
    this.#own.clear();
    this.#inherited.clear();
  }

  #begin(): Batch<Item> {
    const born = monotonicMs();
    this.#listener.begun();
    return new Batch<Item>({ first: this.#position + 1, born, items: [], count: 0, bytes: 0, copy: null });
  }

  #sealFull(): void {
    this.seal();
    this.#listener.full();
  }

  /** Leaves batches to the disk alone, the newest first: those at the head are sent next. */
  #makeRoom(weight: number): boolean {
    if (!this.#store.exists || !this.#memory.canHold(weight)) return false;
    while (!this.#memory.hasRoom(weight)) {
      const batch = this.#parkable();
      if (!batch) return false;
      this.#memory.release(batch);
      batch.items = null;
    }
    return true;
  }

  #parkable(): Batch<Item> | null {
    if (!this.#own.newestToPark(false)) this.seal();
    const newest = this.#own.newestToPark(false);
    return newest && this.#protect(newest) ? newest : this.#own.newestToPark(true);
  }

  /** Memory is full of what is under way: a record goes to the disk by itself. */
  #spill(item: Item, weight: number): boolean {
    const first = this.#position + 1;
    const alone = new Batch<Item>({ first, born: monotonicMs(), items: [item], count: 1, bytes: weight, copy: null });
    if (!this.#store.protect(alone)) return false;
    this.seal();
    alone.items = null;
    this.#position++;
    this.#own.append(alone);
    this.#listener.full();
    return true;
  }

  #protect(batch: Batch<Item>, now = false): boolean {
    const { count } = batch;
    const isSafe = this.#store.protect(batch, now);
    // Fewer where some could not be encoded.
    this.#memory.add(0, batch.count - count);
    return isSafe;
  }

  #unsafe(): Batch<Item>[] {
    const bornBefore = this.#availability.isDown ? Number.POSITIVE_INFINITY : monotonicMs() - SAFE_AFTER_MS;
    return [...this.#inFlight, ...this.#own]
      .filter((batch) => !batch.copy && batch.born < bornBefore)
      .sort((one, other) => one.first - other.first);
  }

  #queueOf(batch: Batch<Item>): BatchQueue<Item> {
    return batch.first === 0 ? this.#inherited : this.#own;
  }
}
