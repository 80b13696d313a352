import type { SpoolMark } from "./spool.ts";

/** What lies on disk of one batch, or of the parts that it was divided into. */
export class DiskCopy {
  readonly marks: readonly SpoolMark[];
  /** How many records it has. */
  readonly records: number;
  /** Those that have neither arrived nor been given up. */
  left: number;

  constructor(marks: readonly SpoolMark[]) {
    this.marks = marks;
    this.records = marks.reduce((sum, { records }) => sum + records, 0);
    this.left = this.records;
  }
}

/** What a batch is made from. */
export interface BatchParts<Item> {
  /** The position of its first record among all that were pushed; 0 for those of an ended process. */
  readonly first: number;
  /** When its first record came, by the clock of `monotonicMs()`. */
  readonly born: number;
  readonly items: Item[] | null;
  readonly count: number;
  readonly bytes: number;
  readonly copy: DiskCopy | null;
}

/** Records that go out in one request. `items` is `null` while they lie on disk alone. */
export class Batch<Item> {
  readonly first: number;
  readonly born: number;
  items: Item[] | null;
  count: number;
  bytes: number;
  copy: DiskCopy | null;
  /** How often the collector did not take it now. */
  tries = 0;
  /** Not to be sent before this time. */
  notBefore = 0;
  /** How many of its tries failed while the collector has taken others. */
  overtaken = 0;
  /** It was divided off while everything was refused: refused again, it is not halved. */
  hasOneTry = false;
  #seen = 0;
  #isPart = false;

  constructor(parts: BatchParts<Item>) {
    this.first = parts.first;
    this.born = parts.born;
    this.items = parts.items;
    this.count = parts.count;
    this.bytes = parts.bytes;
    this.copy = parts.copy;
  }

  /** Has another process left it? */
  get isInherited(): boolean {
    return this.first === 0;
  }

  /** It is handed to the collector. `taken`: how many batches that one has taken so far. */
  begins(taken: number): void {
    if (this.tries === 0) this.#seen = taken;
  }

  /** The collector did not take it now. */
  failed(taken: number): void {
    this.tries++;
    if (taken > this.#seen) this.overtaken++;
    this.#seen = taken;
  }

  /** Has it the whole of its copy, so that its items can be had back from there? */
  get canBeParked(): boolean {
    return this.items !== null && (this.copy === null || this.copy.records === this.count);
  }

  /** Two batches of half the size; the items must be in memory. `oneTry`: the second is not to be halved in its turn. */
  halves(oneTry = false): readonly [Batch<Item>, Batch<Item>] {
    const items = this.items ?? [];
    const middle = Math.ceil(items.length / 2);
    const second = this.#part(items.slice(middle), middle);
    second.hasOneTry = oneTry;
    return [this.#part(items.slice(0, middle), 0), second];
  }

  /** Keeps the first `count` of its items, which lie on disk, and gives the others. */
  cut(count: number): Batch<Item> {
    const items = this.items ?? [];
    const rest = this.#part(items.slice(count), count);
    rest.#isPart = this.#isPart;
    rest.copy = null;
    this.items = items.slice(0, count);
    this.count = count;
    this.bytes -= rest.bytes;
    return rest;
  }

  /** Can the two be one? Those that were tried or divided are left as they are, since one of them may be at fault. */
  canJoin(next: Batch<Item>): boolean {
    return (
      this.tries + next.tries === 0 &&
      !(this.#isPart || next.#isPart) &&
      (this.items === null) === (next.items === null) &&
      wholeCopies(this, next) !== undefined &&
      (this.first === 0) === (next.first === 0)
    );
  }

  /** This and the one that comes after it. */
  joined(next: Batch<Item>): Batch<Item> {
    return new Batch<Item>({
      first: this.first,
      born: this.born,
      items: this.items && next.items ? [...this.items, ...next.items] : null,
      count: this.count + next.count,
      bytes: this.bytes + next.bytes,
      copy: wholeCopies(this, next) ?? null,
    });
  }

  #part(items: Item[], offset: number): Batch<Item> {
    const part = new Batch<Item>({
      first: this.first === 0 ? 0 : this.first + offset,
      born: this.born,
      items,
      count: items.length,
      bytes: Math.ceil((this.bytes * items.length) / this.count),
      copy: this.copy,
    });
    part.tries = this.tries;
    part.#isPart = true;
    return part;
  }
}

/** The copy of both; `null` where neither has one, `undefined` where one has, or has not the whole of its own. */
function wholeCopies(one: Batch<unknown>, next: Batch<unknown>): DiskCopy | null | undefined {
  if (!one.copy && !next.copy) return null;
  if (one.copy?.records !== one.count || next.copy?.records !== next.count) return undefined;
  return new DiskCopy([...one.copy.marks, ...next.copy.marks]);
}
