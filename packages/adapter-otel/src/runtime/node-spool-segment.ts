import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoredRecord } from "../delivery/outcome.ts";
import type { SpoolMark, SpoolOrder } from "../delivery/spool.ts";
import {
  decodeFrames,
  doneBytes,
  encodeFrames,
  HEADER_BYTES,
  headerBytes,
  type Portion,
  PROGRESS_AT,
  progressBytes,
  ResourceTable,
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

/** Writes all of it, or throws. */
function writeWhole(fd: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
}

/** A new file's name is part of its folder. */
function synchroniseFolder(folder: string): void {
  // Windows opens no folders, and needs none of this.
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** One file of a spool. It is deleted when all in it is confirmed. */
export class Segment {
  path: string;
  size: number;
  readonly #resources: ResourceTable;
  /** In the order in which they stand in the file. */
  readonly #marks: SegmentMark[] = [];
  /** While it is written to. */
  #fd: number | null = null;

  constructor(path: string, content?: SegmentContent) {
    this.path = path;
    this.size = content?.size ?? HEADER_BYTES;
    this.#resources = content?.resources ?? new ResourceTable();
  }

  get isEmpty(): boolean {
    return this.#marks.length === 0;
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
    const fd = (this.#fd ??= this.#create(synchronise));
    try {
      writeWhole(fd, bytes, this.size);
      if (synchronise) fdatasyncSync(fd);
    } catch (error) {
      ftruncateSync(fd, this.size);
      throw error;
    }
    const mark = this.#mark({ start: this.size, end: this.size + bytes.length, records, born, first, isWhole: true });
    this.size = mark.end;
    return mark;
  }

  /** Takes a part of a file that was found. */
  claim(portion: Portion): SegmentMark {
    return this.#mark(portion);
  }

  async read({ start, end }: SegmentMark): Promise<readonly StoredRecord[]> {
    const file = await open(this.path, "r");
    try {
      const bytes = Buffer.allocUnsafe(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return decodeFrames(bytes.subarray(0, bytesRead), this.#resources);
    } finally {
      await file.close();
    }
  }

  /** The part is done with. It, and what stands before the first that is not, is not read again. */
  confirm(mark: SegmentMark): void {
    const at = this.#marks.indexOf(mark);
    if (at < 0) return;
    this.#marks.splice(at, 1);
    const first = this.#marks[0];
    if (first === undefined) this.#delete();
    else if (at === 0) this.#write(progressBytes(first.start), PROGRESS_AT);
    else if (mark.isWhole) this.#write(doneBytes(mark), mark.start);
  }

  /** Gives it another name. Never throws: where that fails it keeps the name that it has. */
  rename(path: string): void {
    this.close();
    try {
      renameSync(this.path, path);
      this.path = path;
    } catch {
      // Somebody else has it, or the folder cannot be written: the owner's end will tell.
    }
  }

  /** Shows others that somebody needs it. */
  touch(): void {
    const now = new Date();
    try {
      utimesSync(this.path, now, now);
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

  #create(synchronise: boolean): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const fd = openSync(this.path, "wx+", 0o600);
    try {
      writeWhole(fd, headerBytes(0), 0);
      if (synchronise) synchroniseFolder(dirname(this.path));
      return fd;
    } catch (error) {
      closeSync(fd);
      unlinkSync(this.path);
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
      const fd = this.#fd ?? openSync(this.path, "r+");
      try {
        writeWhole(fd, bytes, at);
      } finally {
        if (fd !== this.#fd) closeSync(fd);
      }
    } catch {
      // Then these records are sent again if the process is killed now; they carry their uid.
    }
  }

  #delete(): void {
    try {
      this.close();
      unlinkSync(this.path);
    } catch {
      this.#write(progressBytes(this.size), PROGRESS_AT);
    }
  }
}
