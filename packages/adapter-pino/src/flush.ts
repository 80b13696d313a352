/** What the destinations of pino have; none has all of it. */
interface Destination {
  flush?(callback: (error?: unknown) => void): void;
  flushSync?(): void;
  readonly worker?: unknown;
  readonly destroyed?: boolean;
  readonly writableLength?: number;
  readonly minLength?: number;
  readonly streams?: readonly { readonly stream: unknown }[];
  readonly _len?: number;
  readonly _writing?: boolean;
}

const DEADLINE_MS = 10_000;

async function until(done: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!done()) {
    if (Date.now() > deadline) throw new Error(`${what} delivered nothing for ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/**
 * Resolves when a destination has written what it was given. A worker's `flush` tells the truth; the callback of a
 * file destination does not (it comes at once where nothing is buffered in memory), so its buffer is watched.
 */
export async function flushStream(stream: unknown): Promise<void> {
  const destination = stream as Destination | null;
  if (typeof destination !== "object" || destination === null || destination.destroyed) return;
  if (Array.isArray(destination.streams)) {
    await Promise.all(destination.streams.map((one: { readonly stream: unknown }) => flushStream(one.stream)));
    return;
  }
  if (destination.worker !== undefined && typeof destination.flush === "function") {
    await new Promise<void>((resolve, reject) => destination.flush?.((error) => (error ? reject(error as Error) : resolve())));
    return;
  }
  if (typeof destination._len === "number") {
    if (destination._len > 0 && !destination._writing) destination.flush?.(() => {});
    await until(() => destination.destroyed === true || (destination._len === 0 && !destination._writing), "the destination");
    return;
  }
  if (typeof destination.writableLength === "number") await until(() => destination.writableLength === 0 || destination.destroyed === true, "the stream");
}
