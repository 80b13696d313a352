import { platform } from "#platform";
import { LogbridgeError } from "../diagnostics.ts";
import type { Files } from "../platform/platform.ts";
import type { ResolvedSink } from "./sink.ts";
import { DESCRIPTOR, occupyStdout, refuseReservedStdout } from "./stdout-reservation.ts";

/** How many bytes wait for a slow reader of a pipe before records are given up. */
const MOST_WAITING = 16 * 1024 * 1024;
const RETRY_MS = 5;
const EXIT_MS = 5000;

/**
 * stdout or stderr by descriptor: each line is handed to the kernel in the call.
 *
 * A pipe whose reader is slow takes nothing for a while: what it does not take waits in a bounded queue, is tried again by
 * a timer that keeps no process alive, and gets a last chance with a deadline at exit. A closed pipe ends nothing.
 */
class DescriptorSink {
  readonly #fd: number;
  readonly #files: Files;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #lost = 0;
  #closed = false;
  #fail: (error: unknown) => void = () => {};
  #timer: (() => void) | null = null;
  readonly #leave: () => void;
  readonly #encoder = new TextEncoder();

  constructor(fd: number, files: Files) {
    this.#fd = fd;
    this.#files = files;
    this.#leave = fd === 1 ? occupyStdout(this) : () => {};
  }

  leadsTo(bridge: string, target: unknown): boolean {
    return bridge === DESCRIPTOR && target === this.#fd;
  }

  attach(fail: (error: unknown) => void): void {
    this.#fail = fail;
  }

  write(text: string): void {
    if (this.#closed) {
      this.#lost++;
      return;
    }
    const bytes = this.#encoder.encode(text);
    if (this.#waiting.length > 0) {
      this.#enqueue(bytes);
      return;
    }
    const written = this.#attempt(bytes);
    if (written < bytes.length) this.#enqueue(written === 0 ? bytes : bytes.subarray(written));
  }

  async flush(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      this.#drain();
      if (this.#waiting.length > 0) await new Promise<void>((resolve) => platform.setTimer(resolve, RETRY_MS));
    }
  }

  flushSync(): void {
    if (this.#closed || this.#waiting.length === 0) return;
    for (const bytes of this.#waiting.splice(0)) this.#files.write(this.#fd, bytes, EXIT_MS);
    this.#bytes = 0;
  }

  close(): void {
    this.flushSync();
    this.#timer?.();
    this.#leave();
  }

  pending(): number {
    return this.#waiting.length;
  }

  dropped(): number {
    return this.#lost;
  }

  #enqueue(bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > MOST_WAITING) {
      this.#lost++;
      return;
    }
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    // Said by a listener of "exit" that runs after ours: no timer comes any more.
    if (platform.isExiting()) this.flushSync();
    else this.#timer ??= platform.setTimer(() => this.#retry(), RETRY_MS);
  }

  #retry(): void {
    this.#timer = null;
    this.#drain();
    if (this.#waiting.length > 0) this.#timer = platform.setTimer(() => this.#retry(), RETRY_MS);
  }

  #drain(): void {
    while (this.#waiting.length > 0) {
      const bytes = this.#waiting[0] as Uint8Array;
      const written = this.#attempt(bytes);
      this.#bytes -= written;
      if (written < bytes.length) {
        this.#waiting[0] = bytes.subarray(written);
        return;
      }
      this.#waiting.shift();
    }
  }

  #attempt(bytes: Uint8Array): number {
    try {
      return this.#files.writeSome(this.#fd, bytes);
    } catch (error) {
      // Nobody reads any more (`app | head -1`): the process goes on, and the rest is counted as dropped.
      if ((error as { code?: string }).code !== "EPIPE") throw error;
      this.#closed = true;
      this.#lost += 1 + this.#waiting.length;
      this.#waiting = [];
      this.#bytes = 0;
      this.#fail(nobodyReads());
      return bytes.length;
    }
  }
}

/** It comes from outside: where in the code it was found says nothing, and would fill the terminal at each `| head`. */
function nobodyReads(): LogbridgeError {
  const error = new LogbridgeError(
    "LB1306",
    "nobody reads this stream any more; what is written to it from here on is dropped and counted",
  );
  error.stack = String(error);
  return error;
}

/**
 * The process's own stdout (1) or stderr (2) as a sink.
 *
 * @throws LogbridgeError LB1301 where the runtime has no descriptors, LB1553 while stdout is kept for a protocol
 */
export function descriptorSink(fd: 1 | 2): ResolvedSink {
  if (!platform.files) throw new LogbridgeError("LB1301", `this runtime has no descriptor ${fd}; use consoleSink()`);
  refuseReservedStdout({ fd });
  return {
    sink: new DescriptorSink(fd, platform.files),
    kind: "stream",
    own: true,
    colors: platform.isTerminal(fd),
    label: fd === 1 ? "stdout" : "stderr",
  };
}
