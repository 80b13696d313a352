/** What runs now gives its result, what waits gives a promise: a program without waiting never leaves its turn. */
export type Maybe<T> = T | Promise<T>;

/** `then` for both. */
export function after<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** `try … catch` for both; `failed` gets what was thrown. */
export function attempt<T, R>(
  run: () => Maybe<T>,
  done: (value: T) => Maybe<R>,
  failed: (error: unknown) => Maybe<R>,
): Maybe<R> {
  let value: Maybe<T>;
  try {
    value = run();
  } catch (error) {
    return failed(error);
  }
  return value instanceof Promise ? value.then(done, failed) : done(value);
}

/** One after the other. */
export function sequence<T>(items: readonly T[], run: (item: T) => Maybe<unknown>, from = 0): Maybe<void> {
  for (let index = from; index < items.length; index++) {
    const result = run(items[index] as T);
    if (result instanceof Promise) return result.then(() => sequence(items, run, index + 1));
  }
}

/** That many turns of the event loop. */
export async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await new Promise((resolve) => setImmediate(resolve));
}
