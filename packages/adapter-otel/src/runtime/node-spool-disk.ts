import { closeSync, constants, fsyncSync, openSync, readSync, writeSync } from "node:fs";

/** Names of files in a folder that others may write lead nowhere else, and block nobody. Windows has neither flag, nor needs them. */
const CAUTIOUS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a file that is there. */
export const READ: number = constants.O_RDONLY | CAUTIOUS;
/** Opens a file that is there, to change it in places. */
export const CHANGE: number = constants.O_RDWR | CAUTIOUS;

/** Does the error say that there is no such file any more, and not that it cannot be had at the moment? */
export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** The disk has taken no more than so many of the bytes. */
export class PartialWrite extends Error {
  readonly written: number;

  constructor(written: number, cause: unknown) {
    super(`no more than ${written} bytes were written`, { cause });
    this.written = written;
  }
}

/** Writes all of it, or throws a {@link PartialWrite}. */
export function writeWhole(fd: number, bytes: Uint8Array, at: number): void {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
  } catch (error) {
    throw new PartialWrite(done, error);
  }
}

/** As much of it as is there. */
export function readWhole(fd: number, size: number, from = 0): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let done = 0;
  for (let read = -1; read !== 0 && done < size; done += read)
    read = readSync(fd, bytes, done, size - done, from + done);
  return bytes.subarray(0, done);
}

/** A new file's name is part of its folder. */
export function synchroniseFolder(folder: string): void {
  // Windows opens no folders, and needs none of this.
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
