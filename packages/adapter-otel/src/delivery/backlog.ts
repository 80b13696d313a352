import type { Availability } from "./availability.ts";
import { Batch } from "./batch.ts";
import { BatchQueue } from "./batch-queue.ts";
import type { BatchStore, Protection } from "./batch-store.ts";
import type { ResolvedDelivery } from "./delivery-options.ts";
import { MemoryGauge } from "./memory-gauge.ts";
import type { PortionLimits } from "./spool.ts";
import { monotonicMs, startTimer } from "./timer.ts";

/** How long a batch is left alone that could not be read from the disk. */
const UNREADABLE_MS = 2_000;
/** So many records are worth a write of their own when memory is full of what is under way; and no more than that part of the queue. */
const PIECE_RECORDS = 256;
const PIECES_IN_QUEUE = 8;
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
  readonly #pieceLimits: PortionLimits;
  readonly #memory: MemoryGauge;
  readonly #own = new BatchQueue<Item>();
  readonly #inherited = new BatchQueue<Item>();
  readonly #inFlight = new Set<Batch<Item>>();
  #open: Batch<Item> | null = null;
  #position = 0;
  #inheritorsTurn = true;
  #protecting = false;
  /** The disk has refused what was to make room. */
  #isStuck = false;

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
    this.#pieceLimits = pieceOf(limits);
    this.#memory = new MemoryGauge(store.exists ? without(limits, this.#pieceLimits) : limits);
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
    if (this.#availability.isDown) this.#protectQueued(open);
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

  /** The items of a batch that was taken out; from disk if need be. None where they cannot be had now: then it waits again. */
  async itemsOf(batch: Batch<Item>): Promise<readonly Item[]> {
    if (batch.items) return batch.items;
    const items = await this.#store.load(batch);
    if (!items) {
      this.#postpone(batch);
      return [];
    }
    batch.items = items;
    this.#memory.hold(batch);
    return items;
  }

  /** A batch that was taken out is back; `false` where it was given up meanwhile. */
  landed(batch: Batch<Item>): boolean {
    return this.#inFlight.delete(batch);
  }

  /** Takes a batch out, wherever it waits or is under way; `false` where it is not there any more, or is just being read from disk. */
  withdraw(batch: Batch<Item>): boolean {
    if (this.#inFlight.has(batch)) return batch.items !== null && this.#inFlight.delete(batch);
    return this.#queueOf(batch).remove(batch);
  }

  /** It waits again, at its place. */
  putBack(batch: Batch<Item>): void {
    this.#queueOf(batch).putBack(batch);
  }

  /** Its halves wait at its place. `oneTry`: the second is not to be halved in its turn. */
  halve(batch: Batch<Item>, oneTry = false): void {
    this.#memory.release(batch);
    for (const half of batch.halves(oneTry)) {
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
    this.#store.look(false);
    for (const batch of [...this.#own, ...this.#inherited]) this.#store.writeOff(batch, false);
    const unsafe = this.#unsafe();
    for (const batch of unsafe.slice(0, PROTECTED_AT_ONCE)) if (!this.#protectAtPlace(batch)) return;
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
    this.#store.look(true);
    const lost = [...this.#inFlight].flatMap((batch) => this.#protect(batch, { now: true }) ?? []);
    for (const batch of lost) this.#inFlight.delete(batch);
    for (const queue of [this.#own, this.#inherited]) lost.push(...this.#protectEach(queue));
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

  #postpone(batch: Batch<Item>): void {
    if (!this.#inFlight.delete(batch)) return;
    batch.notBefore = monotonicMs() + UNREADABLE_MS;
    this.putBack(batch);
    this.#listener.full();
  }

  /** Leaves batches to the disk alone, the newest first: those at the head are sent next. */
  #makeRoom(weight: number): boolean {
    if (!this.#store.exists || !this.#memory.canHold(weight)) return false;
    while (!this.#memory.hasRoom(weight)) {
      if (this.#open && this.#gathers(weight)) return true;
      const batch = this.#parkable();
      if (!batch) return this.#gathers(weight);
      this.#memory.release(batch);
      batch.items = null;
    }
    return true;
  }

  /** May the record wait for others that are written with it? There is a reserve for that. */
  #gathers(weight: number): boolean {
    const { maxRecords, maxBytes } = this.#pieceLimits;
    const { count, bytes } = this.#open ?? { count: 0, bytes: 0 };
    return !this.#isStuck && count < maxRecords && bytes + weight <= maxBytes;
  }

  #parkable(): Batch<Item> | null {
    if (!this.#own.newestToPark(false)) this.seal();
    const newest = this.#own.newestToPark(false);
    const isReady = newest !== null && this.#protectQueued(newest);
    this.#isStuck = newest !== null && !isReady;
    if (isReady) return newest;
    const onDisk = this.#own.newestToPark(true);
    return onDisk && this.#store.isSafe(onDisk) ? onDisk : null;
  }

  /** There is no room in memory: a record goes to the disk by itself. */
  #spill(item: Item, weight: number): boolean {
    const first = this.#position + 1;
    const alone = new Batch<Item>({ first, born: monotonicMs(), items: [item], count: 1, bytes: weight, copy: null });
    if (this.#store.protect(alone) === 0) return false;
    this.seal();
    alone.items = null;
    this.#position++;
    this.#own.append(alone);
    this.#listener.full();
    return true;
  }

  /** What of the batch should lie on disk and does not: nothing, all of it, or an end for which there was no room. */
  #protect(batch: Batch<Item>, how?: Protection): Batch<Item> | null {
    const { count } = batch;
    const stored = this.#store.protect(batch, how);
    // Fewer where some could not be encoded.
    if (batch.items) this.#memory.add(0, batch.count - count);
    if (stored >= batch.count) return null;
    return stored === 0 ? batch : this.#cut(batch, stored);
  }

  /** Is it on disk? An end for which there was no room waits behind it. */
  #protectQueued(batch: Batch<Item>): boolean {
    const rest = this.#protect(batch);
    if (rest && rest !== batch) this.putBack(rest);
    return rest !== batch;
  }

  /** What is under way stays whole. */
  #protectAtPlace(batch: Batch<Item>): boolean {
    return this.#inFlight.has(batch) ? this.#protect(batch, { whole: true }) === null : this.#protectQueued(batch);
  }

  /** For the last time: leaves in the queue what is on disk, and gives the rest. */
  #protectEach(queue: BatchQueue<Item>): Batch<Item>[] {
    const lost: Batch<Item>[] = [];
    for (const batch of queue.clear()) {
      const rest = this.#protect(batch, { now: true });
      if (rest) lost.push(rest);
      if (rest !== batch) queue.append(batch);
    }
    return lost;
  }

  #cut(batch: Batch<Item>, count: number): Batch<Item> {
    this.#memory.release(batch);
    const rest = batch.cut(count);
    this.#memory.hold(batch);
    this.#memory.hold(rest);
    return rest;
  }

  #unsafe(): Batch<Item>[] {
    const bornBefore = this.#availability.isDown ? Number.POSITIVE_INFINITY : monotonicMs() - SAFE_AFTER_MS;
    return [...this.#inFlight, ...this.#own, ...this.#inherited]
      .filter((batch) => batch.items && batch.born < bornBefore && !this.#store.isSafe(batch))
      .sort((one, other) => one.first - other.first);
  }

  #queueOf(batch: Batch<Item>): BatchQueue<Item> {
    return batch.isInherited ? this.#inherited : this.#own;
  }
}

/** As much as is gathered before it is written when there is no other room. */
function pieceOf({ maxRecords, maxBytes, batchRecords, batchBytes }: ResolvedDelivery): PortionLimits {
  return {
    maxRecords: Math.min(PIECE_RECORDS, batchRecords, Math.floor(maxRecords / PIECES_IN_QUEUE)),
    maxBytes: Math.min(batchBytes, Math.floor(maxBytes / PIECES_IN_QUEUE)),
  };
}

function without(limits: PortionLimits, piece: PortionLimits): PortionLimits {
  return { maxRecords: limits.maxRecords - piece.maxRecords, maxBytes: limits.maxBytes - piece.maxBytes };
}
