import { writeSync } from "node:fs";

// Taken once, before anything can be patched: the library's own words and its sinks must not pass through an interception.
const rawWrite = writeSync;
const WAIT = new Int32Array(new SharedArrayBuffer(4));

/** Writes what the descriptor takes at once; 0 where it takes nothing now. */
export function writeSome(fd: number, data: Uint8Array | string): number {
  try {
    return typeof data === "string" ? rawWrite(fd, data) : rawWrite(fd, data);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw error;
  }
}

/** A pipe whose reader is slow takes nothing for a while; waiting in place is what a synchronous write means. */
export function writeAll(fd: number, text: string | Uint8Array, deadlineMs: number): void {
  let bytes: Uint8Array;
  if (typeof text === "string") {
    // A text of ASCII, the commonest, has as many bytes as characters, and handing it over as it is saves a copy.
    const written = writeSome(fd, text);
    if (written === text.length) return;
    const all = Buffer.from(text, "utf8");
    if (written >= all.length) return;
    bytes = all.subarray(written);
  } else bytes = text;
  let deadline = 0;
  for (;;) {
    const written = writeSome(fd, bytes);
    if (written >= bytes.length) return;
    bytes = bytes.subarray(written);
    if (written > 0) continue;
    const now = Date.now();
    if (deadline === 0) deadline = now + deadlineMs;
    else if (now > deadline) throw new Error(`descriptor ${fd} took no more bytes for ${deadlineMs} ms`);
    Atomics.wait(WAIT, 0, 0, 2);
  }
}
