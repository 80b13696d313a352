import { writeSync } from "node:fs";
import { drainFile } from "@logbridge/core";
import type { Stream } from "../propagate/stream.ts";

/** What a file destination (sonic-boom) holds in memory. */
interface Holding {
  fd: number;
  _bufs: unknown[];
  _lens?: unknown[];
  _writingBuf: string | Buffer;
  _writing: boolean;
  _len: number;
}

const WAIT_MS = 10;
const MOST_MS = 5000;

/**
 * Writes out at exit what a destination holds. A file destination's own `flushSync()` tries for ever where the disk is full, so that the
 * process would never end.
 *
 * @throws what the operating system says; the destination is destroyed then, since its own exit handler would go on trying
 */
export function drainSync(leaf: Stream): void {
  if (!holds(leaf)) {
    if (!drainFile(leaf)) leaf.flushSync?.();
    return;
  }
  // Not open yet: nobody can write.
  if (leaf.fd < 0) return;
  const pieces = leaf._bufs.flat() as (string | Buffer)[];
  if (!leaf._writing && leaf._writingBuf.length > 0) pieces.unshift(leaf._writingBuf);
  try {
    for (const piece of pieces) writeWhole(leaf.fd, piece);
  } catch (error) {
    (leaf as Stream).destroy?.();
    throw error;
  }
  leaf._bufs = [];
  if (leaf._lens) leaf._lens = [];
  if (!leaf._writing) leaf._writingBuf = leaf._writingBuf.slice(0, 0);
  leaf._len = Buffer.byteLength(leaf._writingBuf);
}

function holds(leaf: Stream): leaf is Stream & Holding {
  return typeof leaf._len === "number" && Array.isArray((leaf as Partial<Holding>)._bufs);
}

function writeWhole(fd: number, piece: string | Buffer): void {
  const bytes = Buffer.from(piece as string);
  const until = Date.now() + MOST_MS;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== "EAGAIN" && code !== "EBUSY") || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
