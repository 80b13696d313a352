import type { Writable } from "node:stream";
import { builtin } from "../builtin.ts";
import { atExit } from "./at-exit.ts";

/** How long a full pipe is left alone before it is tried again. */
const RETRY_MS = 5;
/** How long the end of the process waits for a reader. */
const EXIT_MS = 5000;

const NEWLINE = 0x0a;

type Done = (error?: Error | null) => void;

/** The stream to which others have printed before. */
interface Earlier {
  readonly writableLength: number;
  readonly writableCorked?: number;
}

interface Unfinished {
  readonly bytes: Uint8Array;
  readonly done: Done;
}

/**
 * The stream that still reaches stdout while it is protected: each chunk is handed to descriptor 1 in its turn; what a full pipe does
 * not take is tried again, and at the end of the process waited for. Ending it closes nothing.
 *
 * @param before `process.stdout`: what was printed to it earlier comes first
 * @param write hands bytes to descriptor 1, as `fs.writeSync` does
 */
export function protocolStream(before: Earlier, write: (bytes: Uint8Array) => number): Writable {
  const stream = builtin("node:stream") as typeof import("node:stream");
  const descriptor = new Descriptor(write, before);
  const made = new stream.Writable({
    write: (chunk: Uint8Array, _encoding, done) => descriptor.write(chunk, done),
    final: (done) => {
      forget();
      done();
    },
  });
  const forget = atExit(() => {
    while (made.writableCorked > 0) made.uncork();
    descriptor.drain();
  });
  return made;
}

function onLineOfItsOwn(bytes: Uint8Array): Uint8Array {
  const line = new Uint8Array(bytes.length + 1);
  line[0] = NEWLINE;
  line.set(bytes, 1);
  return line;
}

class Descriptor {
  readonly #write: (bytes: Uint8Array) => number;
  readonly #before: Earlier;
  #unfinished: Unfinished | null = null;
  #deadline = 0;
  #isLineCut = false;

  constructor(write: (bytes: Uint8Array) => number, before: Earlier) {
    this.#write = write;
    this.#before = before;
  }

  write(bytes: Uint8Array, done: Done): void {
    let rest = this.#isBehindCutLine() ? onLineOfItsOwn(bytes) : bytes;
    try {
      while (rest.length > 0) {
        const written = this.#isItsTurn() ? this.#some(rest) : 0;
        rest = rest.subarray(written);
        if (written > 0 || this.#waitsInPlace()) continue;
        this.#later(rest, done);
        return;
      }
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  }

  /** No timer comes any more: from here on each chunk is written in its call. */
  drain(): void {
    this.#deadline ||= Date.now() + EXIT_MS;
    const unfinished = this.#unfinished;
    this.#unfinished = null;
    if (unfinished) this.write(unfinished.bytes, unfinished.done);
  }

  /** What was printed earlier and is not through yet at the end of the process is cut off there, mostly within a line. */
  #isBehindCutLine(): boolean {
    if (this.#deadline === 0 || this.#isLineCut || this.#before.writableLength === 0 || this.#isHeld()) return false;
    this.#isLineCut = true;
    return true;
  }

  /** By `cork()`, so that nothing of it is under way. */
  #isHeld(): boolean {
    return (this.#before.writableCorked ?? 0) > 0;
  }

  #isItsTurn(): boolean {
    return this.#deadline > 0 || this.#before.writableLength === 0;
  }

  #some(bytes: Uint8Array): number {
    try {
      return this.#write(bytes);
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === "EAGAIN") return 0;
      throw error;
    }
  }

  #waitsInPlace(): boolean {
    if (this.#deadline === 0) return false;
    if (Date.now() > this.#deadline) throw new Error(`stdout took no more bytes for ${EXIT_MS} ms`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    return true;
  }

  /** A timer that keeps the process alive, as an unfinished write of a stream does, and one that is held by `cork()` does not. */
  #later(bytes: Uint8Array, done: Done): void {
    this.#unfinished = { bytes, done };
    const timer = setTimeout(() => {
      const unfinished = this.#unfinished;
      this.#unfinished = null;
      if (unfinished) this.write(unfinished.bytes, unfinished.done);
    }, RETRY_MS);
    if (!this.#isItsTurn() && this.#isHeld()) timer.unref();
  }
}
