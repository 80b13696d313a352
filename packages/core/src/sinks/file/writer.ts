import { platform } from "#platform";
import type { Files } from "../../platform/platform.ts";

/** Puts text into an open file. One of these for each durability. */
export interface FileWriter {
  write(text: string): void;
  /** Hands everything to the kernel. */
  flush(): void;
  /** Bytes are handed over by the next `flush` at the latest. */
  pending(): number;
  stop(): void;
}

const WAIT_MS = 5000;

/** `"line"`: each record is handed to the kernel in the call. */
export function lineWriter(files: Files, fd: () => number): FileWriter {
  return {
    write: (text) => files.write(fd(), text, WAIT_MS),
    flush() {},
    pending: () => 0,
    stop() {},
  };
}

/** The size at which a gathered text is cheapest to write (measured). */
const GATHER = 64 * 1024;
const GATHER_MS = 50;

/** `"gathered"`: records collect in one text, written when it is large, after 50 ms, and at exit. */
export function gatheredWriter(files: Files, fd: () => number, fail: (error: unknown) => void): FileWriter {
  let text = "";
  let records = 0;
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (text === "") return;
    const gathered = text;
    text = "";
    records = 0;
    files.write(fd(), gathered, WAIT_MS);
  };
  const late = (): void => {
    try {
      flush();
    } catch (error) {
      fail(error);
    }
  };
  return {
    write(line) {
      text += line;
      records++;
      if (text.length >= GATHER) flush();
      else cancel ??= platform.setTimer(late, GATHER_MS);
    },
    flush,
    pending: () => records,
    stop: () => cancel?.(),
  };
}
