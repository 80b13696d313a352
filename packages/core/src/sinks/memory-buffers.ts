import type { LogRecord } from "../record/record.ts";

/** A record, and how to write it with the text that was made of it when it was logged. */
export interface Kept {
  readonly record: LogRecord;
  readonly write: () => void | Promise<void>;
}

/** What buffers are bounded by. */
export interface MemoryBounds {
  /** Records of one buffer. */
  readonly capacity: number;
  /** How many buffers. */
  readonly most: number;
  /** A full buffer forgets its oldest record instead of being written out. */
  readonly drops: boolean;
}

/** What is kept in memory, in one buffer for each key. A request whose end nobody signals leaves nothing for ever. */
export class MemoryBuffers {
  readonly #bounds: MemoryBounds;
  /** In the order of their last record. */
  readonly #buffers = new Map<unknown, Kept[]>();
  #size = 0;
  #dropped = 0;

  constructor(bounds: MemoryBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#size;
  }

  /** How many records were forgotten since a bound was reached. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Keeps a record; gives what is to be written now: all of its buffer, where `urgent` or full. */
  keep(key: unknown, kept: Kept, urgent: boolean): readonly Kept[] | null {
    const { capacity, drops } = this.#bounds;
    const buffer = this.#buffers.get(key) ?? [];
    this.#buffers.delete(key);
    buffer.push(kept);
    this.#size++;
    if (urgent || (!drops && buffer.length >= capacity)) {
      this.#size -= buffer.length;
      return buffer;
    }
    if (buffer.length > capacity) {
      buffer.shift();
      this.#forget(1);
    }
    this.#buffers.set(key, buffer);
    if (this.#buffers.size > this.#bounds.most) this.#evict();
    return null;
  }

  /** Takes out what is kept under a key; without one all of it, in the order in which it was logged. */
  take(key: unknown): readonly Kept[] {
    if (key !== undefined) {
      const buffer = this.#buffers.get(key) ?? [];
      this.#buffers.delete(key);
      this.#size -= buffer.length;
      return buffer;
    }
    const all = [...this.#buffers.values()].flat();
    this.#buffers.clear();
    this.#size = 0;
    return all.sort((one, other) => one.record.seq - other.record.seq);
  }

  /** The buffer that was quiet for longest: of a request that ended without a word, as nearly all do. */
  #evict(): void {
    const [quiet] = this.#buffers;
    if (!quiet) return;
    this.#buffers.delete(quiet[0]);
    this.#forget(quiet[1].length);
  }

  #forget(count: number): void {
    this.#size -= count;
    this.#dropped += count;
  }
}
