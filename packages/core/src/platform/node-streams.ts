import { fstatSync, openSync, WriteStream } from "node:fs";
import { Duplex, Writable } from "node:stream";
import { writeAll } from "./node-writing.ts";

// Taken once, before anything can be patched.
const rawOpen = openSync;
const WAIT = new Int32Array(new SharedArrayBuffer(4));
/** How long a write that the thread pool has in hand gets before what is behind it is written. */
const POOL_MS = 50;
/** How long a file that takes nothing for a while, a named pipe, is waited for. */
const EXIT_MS = 5000;

type Write = (this: object, ...args: unknown[]) => unknown;

/** Calls `seen` with each of Node's streams that something writes into, until it is told to stop. */
export function watchWrites(seen: (stream: object) => void): () => void {
  // A duplex stream has a copy of the method, not the method.
  const undo = [Writable.prototype, Duplex.prototype].map((prototype) => {
    const holder = prototype as unknown as { write: Write };
    const { write } = holder;
    const noting: Write = function (...args) {
      seen(this);
      return write.apply(this, args);
    };
    holder.write = noting;
    return () => {
      if (holder.write === noting) holder.write = write;
    };
  });
  return () => {
    for (const one of undo) one();
  };
}

/** A chunk that waits in a stream. */
interface Waiting {
  readonly chunk: unknown;
  readonly encoding: BufferEncoding;
}

/** What was written out already, so that a second call at exit doubles nothing. */
const written = new WeakSet<object>();

/** Writes out what a file's stream holds and what comes after it. `false`: it is no file's stream, or nobody can tell what it holds. */
export function drainFile(stream: object, after: readonly (string | Uint8Array)[]): boolean {
  if (!(stream instanceof WriteStream)) return false;
  const state = (stream as { readonly _writableState?: { getBuffer?(): readonly Waiting[]; writing?: boolean } })
    ._writableState;
  if (typeof state?.getBuffer !== "function") return false;
  const held = state.getBuffer().filter((one) => !written.has(one));
  for (const one of held) written.add(one);
  const pieces = [...held.map(({ chunk, encoding }) => bytesOf(chunk, encoding)), ...after.map((one) => bytesOf(one))];
  if (pieces.length === 0) return true;
  const { fd, path } = stream as { readonly fd?: unknown; readonly path: string | Buffer };
  // A file that is still being opened may be emptied by that.
  if (state.writing || typeof fd !== "number") awaitPool(fd);
  const target = typeof fd === "number" ? fd : rawOpen(path, "a", (stream as { readonly mode?: number }).mode ?? 0o666);
  writeAll(target, Buffer.concat(pieces), EXIT_MS);
  return true;
}

/** The chunk in the thread pool's hands comes first in the file: until it is there, or was there before anybody looked. */
function awaitPool(fd: unknown): void {
  const before = typeof fd === "number" ? fstatSync(fd).size : 0;
  for (let waited = 0; waited < POOL_MS; waited += 2) {
    Atomics.wait(WAIT, 0, 0, 2);
    if (typeof fd === "number" && fstatSync(fd).size !== before) return;
  }
}

function bytesOf(chunk: unknown, encoding?: BufferEncoding): Uint8Array {
  if (typeof chunk !== "string") return chunk as Uint8Array;
  return Buffer.from(chunk, Buffer.isEncoding(encoding ?? "") ? encoding : "utf8");
}
