import { writeSync } from "node:fs";

/** How long a full pipe is waited for. */
const PATIENCE_MS = 1_000;

/** @see Runtime.writeStdout */
export function writeStdout(text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  const deadline = Date.now() + PATIENCE_MS;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A closed stdout ends nothing.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || Date.now() > deadline) return;
    }
  }
}
