import { readFile, rename, unlink } from "node:fs/promises";
import { resolve } from "node:path";
import { report } from "@logbridge/core";
import { errorText } from "../delivery/error-text.ts";
import type { StoredRecord } from "../delivery/outcome.ts";
import type {
  Inheritance,
  PortionLimits,
  Spool,
  SpoolMark,
  SpoolOptions,
  SpoolOrder,
  SpoolRefusal,
  Whereabouts,
} from "../delivery/spool.ts";
import { checkedSpool, type ResolvedSpool } from "../delivery/spool-options.ts";
import { isMissing, PartialWrite, READ } from "./node-spool-disk.ts";
import { SpoolFolder } from "./node-spool-folder.ts";
import { HEADER_BYTES, survey } from "./node-spool-frames.ts";
import { FOREIGN_SILENCE_MS, HEARTBEAT_MS } from "./node-spool-owner.ts";
import { Segment, type SegmentMark } from "./node-spool-segment.ts";

/** A file is not written further beyond that, so that what is done with can be deleted. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** So many of the files that we have written are kept open. */
const MOST_OPEN = 16;
/** How old the knowledge may be of what is in the folder. */
const KNOWN_FOR_MS = 1_000;
/** After so many bytes the others' are counted again. */
const KNOWN_FOR_BYTES = 64 * 1024;

/** Makes a spool in a folder of Node's file system. */
export function openSpool(options: SpoolOptions): Spool {
  return new FileSpool(checkedSpool("spool", options));
}

/** Records in files of their owner's name. */
class FileSpool implements Spool {
  readonly #folder: SpoolFolder;
  readonly #maxBytes: number;
  readonly #synchronise: boolean;
  readonly #segments = new Set<Segment>();
  /** Files that are ours, and were not looked into yet. */
  readonly #claimed = new Set<string>();
  #current: Segment | null = null;
  #heart: NodeJS.Timeout | null = null;
  /** When our files were last looked after. */
  #lookedAt = 0;
  #others = { bytes: 0, countedAt: 0, writtenSince: 0 };
  #hasPassedOver = false;

  constructor({ dir, maxBytes, sync }: ResolvedSpool) {
    this.#folder = new SpoolFolder(resolve(dir));
    this.#maxBytes = maxBytes;
    this.#synchronise = sync === "always";
  }

  write(records: readonly StoredRecord[], order: SpoolOrder, fewest: number): SpoolMark | SpoolRefusal {
    this.look(false);
    const segment = this.#writable();
    const held = this.#held(segment);
    const count = segment.countFitting(records, this.#maxBytes - held);
    if (count < fewest) {
      const error = `it holds ${held} of ${this.#maxBytes} bytes, and ${records.length} records more were to come`;
      return { refused: "full", error: new Error(error) };
    }
    try {
      return this.#append(segment, records.slice(0, count), order);
    } catch (error) {
      return this.#appendFitting(segment, records, order, fewest, error);
    }
  }

  /** @throws what the file system throws; then the file is as it was */
  #append(segment: Segment, records: readonly StoredRecord[], order: SpoolOrder): SpoolMark {
    const { resources } = segment;
    const bytes = segment.encode(records, order);
    try {
      const mark = segment.append(bytes, records.length, order, this.#synchronise);
      this.#others.writtenSince += bytes.length;
      this.#add(segment);
      return mark;
    } catch (error) {
      segment.forget(resources);
      throw error;
    }
  }

  /** What a full disk has taken of the records it takes once more. */
  #appendFitting(
    segment: Segment,
    records: readonly StoredRecord[],
    order: SpoolOrder,
    fewest: number,
    failure: unknown,
  ): SpoolMark | SpoolRefusal {
    const error = failure instanceof PartialWrite ? failure.cause : failure;
    const count = failure instanceof PartialWrite ? segment.countFitting(records, failure.written) : 0;
    if (count < fewest) return { refused: "failed", error };
    try {
      return this.#append(segment, records.slice(0, count), order);
    } catch {
      return { refused: "failed", error };
    }
  }

  read(mark: SpoolMark): Promise<readonly StoredRecord[]> {
    const found = mark as SegmentMark;
    return found.segment.read(found);
  }

  whereabouts(mark: SpoolMark): Whereabouts {
    return (mark as SegmentMark).segment.whereabouts;
  }

  look(now: boolean): void {
    const silence = Date.now() - this.#lookedAt;
    if (!now && silence >= 0 && silence < KNOWN_FOR_MS) return;
    this.#lookedAt = Date.now();
    for (const segment of this.#segments) segment.look(silence > FOREIGN_SILENCE_MS);
    if (this.#current && this.#current.whereabouts !== "here") this.#current = null;
  }

  confirm(mark: SpoolMark): void {
    const { segment } = mark as SegmentMark;
    segment.confirm(mark as SegmentMark);
    if (!segment.isEmpty) return;
    this.#segments.delete(segment);
    if (this.#current === segment) this.#current = null;
  }

  async inherit(limits: PortionLimits, heir: (piece: Inheritance) => void): Promise<void> {
    for (const path of this.#folder.claim((...passed) => this.#passOver(...passed))) this.#claimed.add(path);
    const marks: SegmentMark[] = [];
    for (const path of [...this.#claimed]) marks.push(...(await this.#takeOver(path, limits, heir)));
    marks.sort((one, other) => one.born - other.born || one.first - other.first);
    for (const mark of marks) if (this.#segments.has(mark.segment)) heir({ kind: "records", mark });
  }

  release(): void {
    if (this.#heart) clearInterval(this.#heart);
    this.#heart = null;
    for (const segment of this.#segments) segment.release();
    this.#segments.clear();
    this.#current = null;
    for (const path of this.#claimed) new Segment(this.#folder, path).release();
    this.#claimed.clear();
  }

  #add(segment: Segment): void {
    this.#segments.add(segment);
    if (this.#heart) return;
    this.#lookedAt = Date.now();
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /** Shows others that somebody needs our files. */
  #beat(): void {
    this.look(true);
    for (const segment of this.#segments) segment.touch();
    for (const path of this.#claimed) new Segment(this.#folder, path).touch();
  }

  #writable(): Segment {
    const limit = Math.min(SEGMENT_BYTES, this.#maxBytes / 4);
    // What is written into a file that somebody else has taken would be lost.
    this.#current?.look(false);
    if (this.#current?.whereabouts === "here" && this.#current.size < limit) return this.#current;
    const open = [...this.#segments].filter(({ isOpen }) => isOpen);
    if (open.length >= MOST_OPEN) open[0]?.close();
    this.#current = new Segment(this.#folder, this.#folder.newPath());
    return this.#current;
  }

  /** What the whole folder holds, with the beginning of the file that is to be written. */
  #held(current: Segment): number {
    let held = this.#segments.has(current) ? 0 : HEADER_BYTES;
    for (const { size, whereabouts } of this.#segments) if (whereabouts === "here") held += size;
    return held + this.#othersBytes();
  }

  #othersBytes(): number {
    const { countedAt, writtenSince } = this.#others;
    const age = Date.now() - countedAt;
    if (age < 0 || age >= KNOWN_FOR_MS || writtenSince >= KNOWN_FOR_BYTES) {
      const bytes = this.#folder.bytesBeside(new Set([...this.#segments].map(({ path }) => path)));
      this.#others = { bytes, countedAt: Date.now(), writtenSince: 0 };
    }
    return this.#others.bytes;
  }

  async #takeOver(
    path: string,
    limits: PortionLimits,
    heir: (piece: Inheritance) => void,
  ): Promise<readonly SegmentMark[]> {
    try {
      const bytes = await readFile(path, { flag: READ });
      // Released meanwhile.
      if (!this.#claimed.delete(path)) return [];
      const found = survey(bytes, limits);
      if (!found) {
        await putAside(path, bytes.length, heir);
        return [];
      }
      const error = new Error(`${path} is damaged`);
      if (found.damaged > 0) heir({ kind: "damaged", records: found.damaged, error });
      if (found.portions.length === 0) {
        await unlink(path);
        return [];
      }
      const segment = new Segment(this.#folder, path, { size: bytes.length, resources: found.resources });
      this.#add(segment);
      return found.portions.map((portion) => segment.claim(portion));
    } catch (error) {
      // What is there and cannot be read now is looked into the next time.
      if (isMissing(error)) this.#claimed.delete(path);
      else this.#passOver(path, error);
      return [];
    }
  }

  #passOver(path: string, error: unknown): void {
    if (this.#hasPassedOver) return;
    this.#hasPassedOver = true;
    report("LB1619", `spool: ${path} is passed over for now: ${errorText(error)}`);
  }
}

/** A file that was begun and not written needs no word; another is kept for whoever wants to look into it. */
async function putAside(path: string, length: number, heir: (piece: Inheritance) => void): Promise<void> {
  if (length === 0) return unlink(path);
  const aside = `${path}.damaged`;
  await rename(path, aside);
  report("LB1617", `spool: ${aside} is no file of a spool, or its beginning is damaged`);
  heir({ kind: "damaged", records: 1, error: new Error(`${aside} cannot be read`) });
}
