import { report } from "@logbridge/core";
import { type Batch, DiskCopy } from "./batch.ts";
import type { Counters } from "./counters.ts";
import type { DropReason } from "./drop-reason.ts";
import { errorText } from "./error-text.ts";
import type { Codec, StoredRecord } from "./outcome.ts";
import type { Spool, SpoolMark, SpoolRefusal } from "./spool.ts";
import { CLOCK_ORIGIN, monotonicMs } from "./timer.ts";

/** How long a spool that cannot be written is left alone. */
const REST_MS = 2_000;

/** What has come back from disk, and why some has not. */
interface Loaded<Item> {
  readonly items: Item[];
  trouble: unknown;
}

type Drop = (count: number, reason: DropReason, error: unknown) => void;

/** The records of batches on disk: writes them, reads them back, and forgets those that need it no more. */
export class BatchStore<Item> {
  readonly #spool: Spool | null;
  readonly #codec: Codec<Item>;
  readonly #counters: Counters;
  readonly #drop: Drop;
  readonly #name: string;
  #restUntil = 0;
  #refused: SpoolRefusal["refused"] | null = null;

  constructor(name: string, spool: Spool | null, codec: Codec<Item>, counters: Counters, drop: Drop) {
    this.#name = name;
    this.#spool = spool;
    this.#codec = codec;
    this.#counters = counters;
    this.#drop = drop;
  }

  get exists(): boolean {
    return this.#spool !== null;
  }

  /**
   * Sees to it that the batch lies on disk too; `false` where that cannot be had. Records that cannot be encoded are dropped.
   *
   * @param now tries it also where the disk has refused a moment ago
   */
  protect(batch: Batch<Item>, now = false): boolean {
    if (batch.copy) return true;
    const spool = this.#spool;
    if (!spool || (!now && monotonicMs() < this.#restUntil)) return false;
    const records = this.#encode(batch);
    if (records.length === 0) return true;
    const written = spool.write(records, { born: batch.born + CLOCK_ORIGIN, first: batch.first });
    if ("refused" in written) {
      this.#hasRefused(written);
      return false;
    }
    this.#refused = null;
    batch.copy = new DiskCopy([written]);
    this.#counters.spooled += batch.count;
    return true;
  }

  /** The items of a batch that lies on disk alone. Those that cannot be read are dropped, and leave the batch smaller. */
  async load(batch: Batch<Item>): Promise<Item[]> {
    const { copy } = batch;
    if (!copy) return [];
    const loaded: Loaded<Item> = { items: [], trouble: new Error("its bytes on disk are damaged") };
    for (const mark of copy.marks) await this.#read(mark, loaded);
    const lost = batch.count - loaded.items.length;
    batch.count = loaded.items.length;
    if (lost > 0) this.#drop(lost, "unreadable", loaded.trouble);
    this.#release(copy, lost);
    return loaded.items;
  }

  async #read(mark: SpoolMark, loaded: Loaded<Item>): Promise<void> {
    try {
      for (const record of (await this.#spool?.read(mark)) ?? []) this.#decode(record, loaded);
    } catch (error) {
      loaded.trouble = error;
    }
  }

  #decode(record: StoredRecord, loaded: Loaded<Item>): void {
    try {
      loaded.items.push(this.#codec.decode(record));
    } catch (error) {
      loaded.trouble = error;
    }
  }

  /** So many records of the batch need no copy any more. */
  settled(batch: Batch<Item>, count: number): void {
    if (batch.copy) this.#release(batch.copy, count);
  }

  #release(copy: DiskCopy, count: number): void {
    if (count === 0) return;
    copy.left -= count;
    this.#counters.spooled -= count;
    if (copy.left > 0) return;
    for (const mark of copy.marks) this.#spool?.confirm(mark);
    if (this.#refused === "full") this.#restUntil = 0;
  }

  #encode(batch: Batch<Item>): StoredRecord[] {
    const records: StoredRecord[] = [];
    const kept: Item[] = [];
    let trouble: unknown;
    for (const item of batch.items ?? []) {
      try {
        records.push(this.#codec.encode(item));
        kept.push(item);
      } catch (error) {
        trouble = error;
      }
    }
    const lost = batch.count - kept.length;
    if (lost > 0) {
      batch.items = kept;
      batch.count = kept.length;
      this.#drop(lost, "unreadable", trouble);
    }
    return records;
  }

  #hasRefused({ refused, error }: SpoolRefusal): void {
    this.#restUntil = monotonicMs() + REST_MS;
    if (this.#refused === refused) return;
    this.#refused = refused;
    if (refused === "full") report("LB1613", `${this.#name}: the spool is full: ${errorText(error)}`);
    else report("LB1614", `${this.#name}: the spool cannot be written: ${errorText(error)}`);
  }
}
