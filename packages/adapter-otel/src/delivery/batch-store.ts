import { report } from "@logbridge/core";
import { type Batch, DiskCopy } from "./batch.ts";
import type { Counters } from "./counters.ts";
import type { DropReason } from "./drop-reason.ts";
import { errorText } from "./error-text.ts";
import type { Codec, StoredRecord } from "./outcome.ts";
import type { Spool, SpoolMark, SpoolRefusal, Whereabouts } from "./spool.ts";
import { CLOCK_ORIGIN, monotonicMs } from "./timer.ts";

/** How long a spool that cannot be written is left alone. */
const REST_MS = 2_000;

/** What has come back from disk, and why some has not. */
interface Loaded<Item> {
  readonly items: Item[];
  /** How many another process has taken over. */
  elsewhere: number;
  trouble: unknown;
}

/** How a batch is brought to the disk. */
export interface Protection {
  /** Also where the disk has refused a moment ago: it is the last chance. */
  readonly now?: boolean;
  /** All of it or nothing. */
  readonly whole?: boolean;
}

type Drop = (count: number, reason: DropReason, error: unknown, isInherited: boolean) => void;

/** The records of batches on disk: writes them, reads them back, and forgets those that need it no more. */
export class BatchStore<Item> {
  readonly #spool: Spool | null;
  readonly #codec: Codec<Item>;
  readonly #counters: Counters;
  readonly #drop: Drop;
  readonly #name: string;
  #restUntil = 0;
  #refused: SpoolRefusal["refused"] | null = null;
  #hasTold = false;

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

  /** Is all of it on disk, and still there? */
  isSafe({ copy }: Batch<Item>): boolean {
    return copy?.marks.every((mark) => this.#spool?.whereabouts(mark) === "here") ?? false;
  }

  /** Looks whether what was written is still there. `now`: also if that was done a moment ago. */
  look(now: boolean): void {
    this.#spool?.look(now);
  }

  /**
   * Sees to it that the batch lies on disk too. Records that cannot be encoded are dropped.
   *
   * @returns how many of its records do, from the first on
   */
  protect(batch: Batch<Item>, { now = false, whole = false }: Protection = {}): number {
    if (this.isSafe(batch)) return batch.count;
    if (!batch.items) {
      this.writeOff(batch, now);
      return batch.count;
    }
    const spool = this.#spool;
    if (!spool || (!now && monotonicMs() < this.#restUntil)) return 0;
    const records = this.#encode(batch);
    if (records.length === 0) return 0;
    const order = { born: batch.born + CLOCK_ORIGIN, first: batch.first };
    const written = spool.write(records, order, whole ? records.length : 1);
    return "refused" in written ? this.#hasRefused(written) : this.#hasWritten(batch, written);
  }

  /**
   * Counts what another process has taken of a batch that lay on disk alone no longer as ours.
   *
   * @param gone gives up, too, what is nowhere any more
   */
  writeOff(batch: Batch<Item>, gone: boolean): void {
    if (batch.items || !batch.copy || this.isSafe(batch)) return;
    const recordsOf = (where: Whereabouts): number => this.#removeMarks(batch, where);
    this.#shrink(batch, gone ? recordsOf("gone") : 0, recordsOf("taken"), new Error("its file was deleted"));
  }

  /** Forgets what is there, and says how many records that are. */
  #removeMarks(batch: Batch<Item>, where: Whereabouts): number {
    const marks = batch.copy?.marks ?? [];
    const removed = marks.filter((mark) => this.#spool?.whereabouts(mark) === where);
    for (const mark of removed) this.#spool?.confirm(mark);
    const { records } = new DiskCopy(removed);
    this.#counters.spooled -= records;
    batch.copy = new DiskCopy(marks.filter((mark) => !removed.includes(mark)));
    return records;
  }

  /**
   * The items of a batch that lies on disk alone; `null` where they cannot be read now. Those that cannot be read any more are dropped, and
   * leave the batch smaller.
   */
  async load(batch: Batch<Item>): Promise<Item[] | null> {
    const { copy } = batch;
    if (!copy) return [];
    const loaded: Loaded<Item> = { items: [], elsewhere: 0, trouble: new Error("its bytes on disk are damaged") };
    for (const mark of copy.marks) if (!(await this.#read(mark, loaded))) return null;
    // Given up meanwhile.
    if (batch.copy !== copy) return [];
    const lost = batch.count - loaded.items.length - loaded.elsewhere;
    this.#shrink(batch, lost, loaded.elsewhere, loaded.trouble);
    this.#release(copy, lost + loaded.elsewhere);
    return loaded.items;
  }

  /** `false`: it has to be tried again. */
  async #read(mark: SpoolMark, loaded: Loaded<Item>): Promise<boolean> {
    try {
      for (const record of (await this.#spool?.read(mark)) ?? []) this.#decode(record, loaded);
    } catch (error) {
      const whereabouts = this.#spool?.whereabouts(mark);
      if (whereabouts === "here") return this.#isUnreadable(error);
      if (whereabouts === "taken") loaded.elsewhere += mark.records;
      loaded.trouble = error;
    }
    return true;
  }

  #isUnreadable(error: unknown): false {
    if (!this.#hasTold) report("LB1619", `${this.#name}: the spool cannot be read for now: ${errorText(error)}`);
    this.#hasTold = true;
    return false;
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

  #release(copy: DiskCopy, released: number): void {
    const count = Math.min(released, copy.left);
    if (count === 0) return;
    copy.left -= count;
    this.#counters.spooled -= count;
    if (copy.left > 0) return;
    for (const mark of copy.marks) this.#spool?.confirm(mark);
    if (this.#refused === "full") this.#restUntil = 0;
  }

  #shrink(batch: Batch<Item>, lost: number, elsewhere: number, trouble: unknown): void {
    batch.count -= lost + elsewhere;
    this.#counters.taken -= elsewhere;
    if (batch.isInherited) this.#counters.inherited.taken -= elsewhere;
    if (lost > 0) this.#drop(lost, "unreadable", trouble, batch.isInherited);
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
      this.#drop(lost, "unreadable", trouble, batch.isInherited);
    }
    return records;
  }

  #hasWritten(batch: Batch<Item>, written: SpoolMark): number {
    // What was left of an earlier copy is of no use.
    if (batch.copy) this.#release(batch.copy, batch.copy.left);
    batch.copy = new DiskCopy([written]);
    this.#counters.spooled += written.records;
    const { records } = written;
    if (records === batch.count) this.#refused = null;
    else this.#hasRefused({ refused: "full", error: `${records} of ${batch.count} records had room` });
    return records;
  }

  #hasRefused({ refused, error }: SpoolRefusal): 0 {
    this.#restUntil = monotonicMs() + REST_MS;
    if (this.#refused === refused) return 0;
    this.#refused = refused;
    if (refused === "full") report("LB1613", `${this.#name}: the spool is full: ${errorText(error)}`);
    else report("LB1614", `${this.#name}: the spool cannot be written: ${errorText(error)}`);
    return 0;
  }
}
