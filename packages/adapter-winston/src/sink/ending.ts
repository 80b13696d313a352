import { LogbridgeError } from "@logbridge/core";

/** What is called and awaited at the end. */
interface Ending {
  once(event: string, listener: () => void): unknown;
  flush?(done: () => void): unknown;
}

/** How long a transport has to say that it has ended. */
export const CLOSE_MS = 5000;
const FLUSH_MS = 10_000;
/** Some call back only when they have something to send. */
const CALLBACK_MS = 1000;

/** A function's `length` does not count a callback that has a default. */
const NO_PARAMETER = /^[^(]*\(\s*\)/;

/**
 * A transport that gathers sends what it holds by its own `flush()`, with a promise, a callback or neither.
 *
 * @throws LogbridgeError LB1516 (as a rejection) when it does not end, and what it rejects with
 */
export async function flushed(transport: Ending): Promise<void> {
  if (typeof transport.flush !== "function") return;
  const called = new Promise<void>((resolve, reject) => {
    const result = transport.flush?.(() => resolve());
    if (typeof (result as PromiseLike<unknown> | null)?.then === "function")
      (result as PromiseLike<unknown>).then(() => resolve(), reject);
    else if (transport.flush && NO_PARAMETER.test(Function.prototype.toString.call(transport.flush))) resolve();
    else setTimeout(resolve, CALLBACK_MS).unref();
  });
  if (await within(called, FLUSH_MS)) return;
  throw new LogbridgeError("LB1516", `flush() of the transport has not ended after ${FLUSH_MS} ms`);
}

/** Did it happen within the time? Rejects as it does. */
async function within(happening: Promise<void>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([happening.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Did the transport say within the deadline that it has ended? */
export function ended(stream: Ending, end: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CLOSE_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    for (const event of ["finish", "close", "error"]) stream.once(event, done);
    end();
  });
}
