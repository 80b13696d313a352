import type { Batch } from "./batch.ts";

/** How much of the records may be in memory. */
export interface MemoryLimits {
  readonly maxBytes: number;
  readonly maxRecords: number;
}

/** What records in memory take, against what they may take. */
export class MemoryGauge {
  readonly #limits: MemoryLimits;
  #bytes = 0;
  #records = 0;

  constructor(limits: MemoryLimits) {
    this.#limits = limits;
  }

  /** Could it ever have room for as much? */
  canHold(bytes: number): boolean {
    return bytes <= this.#limits.maxBytes;
  }

  /** Has it room for one more record of this weight? */
  hasRoom(bytes: number): boolean {
    return this.#bytes + bytes <= this.#limits.maxBytes && this.#records < this.#limits.maxRecords;
  }

  add(bytes: number, records: number): void {
    this.#bytes += bytes;
    this.#records += records;
  }

  /** Its items have come into memory. */
  hold({ bytes, count }: Batch<unknown>): void {
    this.add(bytes, count);
  }

  /** Its items leave memory, if they are there. */
  release({ items, bytes, count }: Batch<unknown>): void {
    if (items) this.add(-bytes, -count);
  }
}
