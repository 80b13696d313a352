import { platform } from "#platform";
import type { Files } from "../../platform/platform.ts";

/** Puts text into an open file. One of these for each durability. */
export interface FileWriter {
  write(text: string): void;
  /** Hands everything to the kernel. */
  flush(): void;
  /** Records that the next `flush` hands over at the latest. */
  pending(): number;
  /** Records that could not be handed over. */
  lost(): number;
  stop(): void;
}

const WAIT_MS = 5000;

/** `"line"`: each record is handed to the kernel in the call. */
export function lineWriter(files: Files, fd: () => number): FileWriter {
  return {
    write: (text) => files.write(fd(), text, WAIT_MS),
    flush() {},
    pending: () => 0,
    lost: () => 0,
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
  let lost = 0;
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (text === "") return;
    const gathered = text;
    const count = records;
    text = "";
    records = 0;
    try {
      files.write(fd(), gathered, WAIT_MS);
    } catch (error) {
      lost += count;
      throw error;
    }
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
      // A listener of "exit" that runs after ours may log; nothing comes after it.
      if (text.length >= GATHER || platform.isExiting()) late();
      else cancel ??= platform.setTimer(late, GATHER_MS);
    },
    flush,
    pending: () => records,
    lost: () => lost,
    stop: () => cancel?.(),
  };
}
