import { randomBytes } from "node:crypto";
import { readdirSync, renameSync, statSync, unlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { report } from "@logbridge/core";
import type { StoredRecord } from "../delivery/outcome.ts";
import type {
  Inheritance,
  PortionLimits,
  Spool,
  SpoolMark,
  SpoolOptions,
  SpoolOrder,
  SpoolRefusal,
} from "../delivery/spool.ts";
import { checkedSpool, type ResolvedSpool } from "../delivery/spool-options.ts";
import { survey } from "./node-spool-frames.ts";
import { isLeftBehind, NOBODY, newOwner } from "./node-spool-owner.ts";
import { Segment, type SegmentMark } from "./node-spool-segment.ts";

const ENDING = "lbspool";
/** A file is not written further beyond that, so that what is done with can be deleted. */
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** `1763990000000-000001-9f3c2a.<owner>.lbspool`: by name is by age. */
interface FileName {
  readonly name: string;
  readonly age: string;
  readonly owner: string;
}

function parseName(name: string): FileName | null {
  const [age, owner, ending, ...rest] = name.split(".");
  return age && owner && ending === ENDING && rest.length === 0 ? { name, age, owner } : null;
}

/** Makes a spool in a folder of Node's file system. */
export function openSpool(options: SpoolOptions): Spool {
  return new FileSpool(checkedSpool("spool", options));
}

/** Records in files of their owner's name. Taking over a file is renaming it: of several that try, one succeeds. */
class FileSpool implements Spool {
  readonly #dir: string;
  readonly #maxBytes: number;
  readonly #synchronise: boolean;
  readonly #owner = newOwner();
  readonly #segments = new Set<Segment>();
  /** Files that are ours, and were not looked into yet. */
  readonly #claimed = new Set<string>();
  #current: Segment | null = null;
  #made = 0;
  /** What files of others hold, as seen last. */
  #othersBytes = 0;

  constructor({ dir, maxBytes, sync }: ResolvedSpool) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
    this.#synchronise = sync === "always";
  }

  write(records: readonly StoredRecord[], order: SpoolOrder): SpoolMark | SpoolRefusal {
    const segment = this.#writable();
    const { resources } = segment;
    const bytes = segment.encode(records, order);
    const held = this.#held();
    const error = `it holds ${held} of ${this.#maxBytes} bytes, and ${bytes.length} more were to come`;
    const mark =
      held + bytes.length > this.#maxBytes
        ? refusal("full", error)
        : this.#append(segment, bytes, records.length, order);
    if ("refused" in mark) segment.forget(resources);
    return mark;
  }

  read(mark: SpoolMark): Promise<readonly StoredRecord[]> {
    const found = mark as SegmentMark;
    return found.segment.read(found);
  }

  confirm(mark: SpoolMark): void {
    const { segment } = mark as SegmentMark;
    segment.confirm(mark as SegmentMark);
    if (!segment.isEmpty) return;
    this.#segments.delete(segment);
    if (this.#current === segment) this.#current = null;
  }

  async inherit(limits: PortionLimits, heir: (piece: Inheritance) => void): Promise<void> {
    for (const segment of this.#segments) segment.touch();
    const marks: SegmentMark[] = [];
    for (const path of this.#claim()) marks.push(...(await this.#takeOver(path, limits, heir)));
    marks.sort((one, other) => one.born - other.born || one.first - other.first);
    for (const mark of marks) if (this.#segments.has(mark.segment)) heir({ kind: "records", mark });
  }

  release(): void {
    for (const segment of this.#segments) segment.rename(this.#pathFor(segment.path, NOBODY));
    this.#segments.clear();
    this.#current = null;
    for (const path of this.#claimed) new Segment(path).rename(this.#pathFor(path, NOBODY));
    this.#claimed.clear();
  }

  #append(segment: Segment, bytes: Buffer, records: number, order: SpoolOrder): SpoolMark | SpoolRefusal {
    try {
      const mark = segment.append(bytes, records, order, this.#synchronise);
      this.#segments.add(segment);
      return mark;
    } catch (error) {
      return refusal("failed", error);
    }
  }

  #writable(): Segment {
    const limit = Math.min(SEGMENT_BYTES, this.#maxBytes / 4);
    if (this.#current && this.#current.size >= limit) {
      this.#current.close();
      this.#current = null;
    }
    this.#current ??= new Segment(join(this.#dir, this.#newName()));
    return this.#current;
  }

  #newName(): string {
    const number = String(++this.#made).padStart(6, "0");
    return `${Date.now()}-${number}-${randomBytes(3).toString("hex")}.${this.#owner}.${ENDING}`;
  }

  #pathFor(path: string, owner: string): string {
    const [age] = basename(path).split(".");
    return join(this.#dir, `${age}.${owner}.${ENDING}`);
  }

  #held(): number {
    let held = this.#othersBytes;
    for (const { size } of this.#segments) held += size;
    return held;
  }

  /** Makes files ours whose owners have ended, and gives their paths, the oldest first. */
  #claim(): readonly string[] {
    let othersBytes = 0;
    for (const file of this.#list()) {
      const found = this.#claimFile(file);
      if (typeof found === "string") this.#claimed.add(found);
      else othersBytes += found;
    }
    this.#othersBytes = othersBytes;
    return [...this.#claimed];
  }

  /** The path where the file is ours now, else how many bytes of others it holds. */
  #claimFile({ name, age, owner }: FileName): string | number {
    if (owner === this.#owner) return 0;
    const path = join(this.#dir, name);
    const mine = join(this.#dir, `${age}.${this.#owner}.${ENDING}`);
    try {
      const { size, mtimeMs } = statSync(path);
      if (!isLeftBehind(owner, mtimeMs)) return size;
      renameSync(path, mine);
      return mine;
    } catch {
      // Another process was faster.
      return 0;
    }
  }

  #list(): FileName[] {
    try {
      return readdirSync(this.#dir)
        .sort()
        .flatMap((name) => parseName(name) ?? []);
    } catch {
      // Nobody has left anything where there is no folder. One that cannot be read is reported when it is written.
      return [];
    }
  }

  async #takeOver(
    path: string,
    limits: PortionLimits,
    heir: (piece: Inheritance) => void,
  ): Promise<readonly SegmentMark[]> {
    try {
      const bytes = await readFile(path);
      // Released meanwhile.
      if (!this.#claimed.delete(path)) return [];
      const found = survey(bytes, limits);
      if (!found) {
        this.#putAside(path, bytes.length, heir);
        return [];
      }
      const error = new Error(`${path} is damaged`);
      if (found.damaged > 0) heir({ kind: "damaged", records: found.damaged, error });
      if (found.portions.length === 0) {
        unlinkSync(path);
        return [];
      }
      const segment = new Segment(path, { size: bytes.length, resources: found.resources });
      this.#segments.add(segment);
      return found.portions.map((portion) => segment.claim(portion));
    } catch (error) {
      if (this.#claimed.delete(path)) heir({ kind: "damaged", records: 1, error });
      return [];
    }
  }

  /** A file that was begun and not written needs no word; another is kept for whoever wants to look into it. */
  #putAside(path: string, length: number, heir: (piece: Inheritance) => void): void {
    if (length === 0) {
      unlinkSync(path);
      return;
    }
    const aside = `${path}.damaged`;
    renameSync(path, aside);
    report("LB1617", `spool: ${aside} is no file of a spool, or its beginning is damaged`);
    heir({ kind: "damaged", records: 1, error: new Error(`${aside} cannot be read`) });
  }
}

function refusal(refused: SpoolRefusal["refused"], error: unknown): SpoolRefusal {
  return { refused, error: typeof error === "string" ? new Error(error) : error };
}
