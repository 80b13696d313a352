import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoredRecord } from "../delivery/outcome.ts";
import type { SpoolMark, SpoolOrder, Whereabouts } from "../delivery/spool.ts";
import { CHANGE, isMissing, READ, readWhole, synchroniseFolder, writeWhole } from "./node-spool-disk.ts";
import type { SpoolFolder } from "./node-spool-folder.ts";
import {
  countFitting,
  decodeFrames,
  doneBytes,
  encodeFrames,
  HEADER_BYTES,
  headerBytes,
  type Portion,
  PROGRESS_AT,
  progressBytes,
  ResourceTable,
  readProgress,
} from "./node-spool-frames.ts";

/** A part of a file whose records are confirmed together. */
export interface SegmentMark extends SpoolMark, Portion {
  readonly segment: Segment;
}

/** What a file is known to hold. */
export interface SegmentContent {
  readonly size: number;
  readonly resources: ResourceTable;
}

/** One file of a spool. It is deleted when all in it is confirmed. */
export class Segment {
  readonly #folder: SpoolFolder;
  #path: string;
  #size: number;
  readonly #resources: ResourceTable;
  /** In the order in which they stand in the file. */
  readonly #marks: SegmentMark[] = [];
  /** Kept open where this process has made the file: what is deleted meanwhile can be had from there. */
  #fd: number | null = null;
  #whereabouts: Whereabouts = "here";

  constructor(folder: SpoolFolder, path: string, content?: SegmentContent) {
    this.#folder = folder;
    this.#path = path;
    this.#size = content?.size ?? HEADER_BYTES;
    this.#resources = content?.resources ?? new ResourceTable();
  }

  get path(): string {
    return this.#path;
  }

  get size(): number {
    return this.#size;
  }

  get whereabouts(): Whereabouts {
    return this.#whereabouts;
  }

  get isOpen(): boolean {
    return this.#fd !== null;
  }

  get isEmpty(): boolean {
    return this.#marks.length === 0;
  }

  /** How many of the records, from the first on, take no more than `room` bytes. */
  countFitting(records: readonly StoredRecord[], room: number): number {
    return countFitting(records, this.#resources, room);
  }

  /** The bytes that these records will take. The resources among them count as written from now on. */
  encode(records: readonly StoredRecord[], order: SpoolOrder): Buffer {
    return encodeFrames(records, order, this.#resources);
  }

  /** How many resources it has; for {@link forget}. */
  get resources(): number {
    return this.#resources.size;
  }

  /** Those from this number on were encoded and not written. */
  forget(resources: number): void {
    this.#resources.shorten(resources);
  }

  /** @throws what the file system throws; then the file is as it was */
  append(bytes: Buffer, records: number, { born, first }: SpoolOrder, synchronise: boolean): SegmentMark {
    const fd = (this.#fd ??= this.#create(headerBytes(0), synchronise));
    try {
      writeWhole(fd, bytes, this.#size);
      if (synchronise) fdatasyncSync(fd);
    } catch (error) {
      ftruncateSync(fd, this.#size);
      throw error;
    }
    const mark = this.#mark({ start: this.#size, end: this.#size + bytes.length, records, born, first, isWhole: true });
    this.#size = mark.end;
    return mark;
  }

  /** Takes a part of a file that was found. */
  claim(portion: Portion): SegmentMark {
    return this.#mark(portion);
  }

  /** @throws what the file system throws; {@link whereabouts} says whether it is worth another try */
  async read(mark: SegmentMark): Promise<readonly StoredRecord[]> {
    try {
      return await this.#read(mark);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.look(false);
      if (this.#whereabouts !== "here") throw error;
      return this.#read(mark);
    }
  }

  async #read({ start, end }: SegmentMark): Promise<readonly StoredRecord[]> {
    const file = await open(this.#path, READ);
    try {
      const bytes = Buffer.allocUnsafe(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return decodeFrames(bytes.subarray(0, bytesRead), this.#resources);
    } finally {
      await file.close();
    }
  }

  /**
   * Looks whether the file is where it should be. One that was deleted is written anew while it is open.
   *
   * @param slept the process was silent for so long that others may have taken it for ended
   */
  look(slept: boolean): void {
    if (this.#whereabouts === "taken" || !this.#exists || this.#isThere()) return;
    this.#whereabouts = this.#isTaken(slept) ? "taken" : this.#rewrite() ? "here" : "gone";
    if (this.#whereabouts === "taken") this.close();
  }

  /** The part is done with. It, and what stands before the first that is not, is not read again. */
  confirm(mark: SegmentMark): void {
    const at = this.#marks.indexOf(mark);
    if (at < 0) return;
    this.#marks.splice(at, 1);
    if (this.#whereabouts === "taken") return;
    const first = this.#marks[0];
    if (first === undefined) this.#delete();
    else if (at === 0) this.#write(progressBytes(first.start), PROGRESS_AT);
    else if (mark.isWhole) this.#write(doneBytes(mark), mark.start);
  }

  /** Lets anybody have it. Never throws: where that fails it keeps the name that it has. */
  release(): void {
    this.close();
    try {
      const path = this.#folder.freePath(this.#path);
      renameSync(this.#path, path);
      this.#path = path;
    } catch {
      // Somebody else has it, or the folder cannot be written: the owner's end will tell.
    }
  }

  /** Shows others that somebody needs it. */
  touch(): void {
    const now = new Date();
    try {
      utimesSync(this.#path, now, now);
    } catch {
      // What cannot be touched looks older than it is, and is read twice at worst.
    }
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = null;
    try {
      if (fd !== null) closeSync(fd);
    } catch {
      // Some file systems report here what they could not write: what is missing is found to be damaged by whoever reads it.
    }
  }

  /** Is there anything that should be on disk? */
  get #exists(): boolean {
    return this.#fd !== null || this.#marks.length > 0;
  }

  #isThere(): boolean {
    try {
      lstatSync(this.#path);
      return true;
    } catch (error) {
      return !isMissing(error);
    }
  }

  /** Another process has it, or has sent all of it: then the beginning of the deleted file says that it is done with. */
  #isTaken(slept: boolean): boolean {
    if (this.#folder.hasOther(this.#path)) return true;
    if (this.#fd === null) return slept;
    try {
      return readProgress(readWhole(this.#fd, HEADER_BYTES)) >= this.#size;
    } catch {
      return slept;
    }
  }

  #rewrite(): boolean {
    if (this.#fd === null) return false;
    try {
      const bytes = readWhole(this.#fd, this.#size);
      if (bytes.length < this.#size) return false;
      const fd = this.#create(bytes, false);
      this.close();
      this.#fd = fd;
      return true;
    } catch {
      // It is looked after again soon, and at the end.
      return false;
    }
  }

  #create(content: Buffer, synchronise: boolean): number {
    const folder = dirname(this.#path);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fd = openSync(this.#path, "wx+", 0o600);
    try {
      writeWhole(fd, content, 0);
      if (synchronise) synchroniseFolder(folder);
      return fd;
    } catch (error) {
      closeSync(fd);
      unlinkSync(this.#path);
      throw error;
    }
  }

  #mark(portion: Portion): SegmentMark {
    const mark = { ...portion, segment: this, bytes: portion.end - portion.start };
    this.#marks.push(mark);
    return mark;
  }

  #write(bytes: Buffer, at: number): void {
    try {
      const fd = this.#fd ?? openSync(this.#path, CHANGE);
      try {
        writeWhole(fd, bytes, at);
      } finally {
        if (fd !== this.#fd) closeSync(fd);
      }
    } catch {
      // Then these records are sent again if the process is killed now; they carry their uid.
    }
  }

  /** Marked as done with before it is deleted: a process that has it open sees what has become of it. */
  #delete(): void {
    this.#write(progressBytes(this.#size), PROGRESS_AT);
    this.close();
    try {
      unlinkSync(this.#path);
    } catch {
      // Whoever finds it sees that there is nothing left to do.
    }
  }
}
