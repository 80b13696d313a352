import { startTimer } from "../delivery/timer.ts";

/** The promise, or a rejection after so many milliseconds. Keeps no process alive. */
export async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let cancel = (): void => {};
  const late = new Promise<never>((_resolve, reject) => {
    cancel = startTimer(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
