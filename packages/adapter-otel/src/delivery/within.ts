import { startTimer } from "./timer.ts";

/** What is said when the time is over, and whether the process stays alive until then. */
export interface Deadline {
  readonly said?: string;
  readonly keepsAlive?: boolean;
}

/** The promise, or a rejection after so many milliseconds. Keeps no process alive, unless it is told to. */
export async function within<T>(
  timeoutMs: number,
  promise: Promise<T>,
  { said = `no answer within ${timeoutMs} ms`, keepsAlive = false }: Deadline = {},
): Promise<T> {
  let cancel = (): void => {};
  const late = new Promise<never>((_resolve, reject) => {
    // Made when it is needed: its stack costs as much as a hundred records.
    cancel = startTimer(() => reject(new Error(said)), timeoutMs, keepsAlive);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
