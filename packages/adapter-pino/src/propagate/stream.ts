import { LogbridgeError } from "@logbridge/core";

/** What the destinations of pino have; none has all of it. */
export interface Stream {
  write(line: string): unknown;
  on?(event: string, listener: (error?: unknown) => void): unknown;
  emit?(event: string, value: unknown): unknown;
  end?(): void;
  flush?(callback?: (error?: unknown) => void): unknown;
  flushSync?(): void;
  ref?(): void;
  unref?(): void;
  destroy?(): void;
  readonly destroyed?: boolean;
  readonly closed?: boolean;
  readonly fd?: number;
  /** A worker's stream. */
  readonly worker?: unknown;
  /** That of a stream which changes what it passes on. */
  readonly _transform?: unknown;
  /** A multistream's. */
  readonly streams?: readonly { readonly stream: Stream }[];
  readonly writableLength?: number;
  readonly writableEnded?: boolean;
  readonly writableObjectMode?: boolean;
  readonly readableEnded?: boolean;
  readonly readableFlowing?: boolean | null;
  listenerCount?(event: string): number;
  /** A file destination's, sonic-boom: bytes that it holds, and whether it is writing. */
  readonly _len?: number;
  readonly _writing?: boolean;
}

/** The streams that a destination writes to: those of a multistream, else itself. */
export function leavesOf(stream: Stream): readonly Stream[] {
  return Array.isArray(stream.streams)
    ? stream.streams.flatMap((one: { stream: Stream }) => leavesOf(one.stream))
    : [stream];
}

/** Has it ended for good? Workers of pino 7 say `closed` alone. */
export function isGone(leaf: Stream): boolean {
  return leaf.destroyed === true || leaf.closed === true;
}

/** How much (bytes; items in object mode) a stream holds that is not delivered, as far as it says so. */
export function heldBy(leaf: Stream): number {
  if (typeof leaf._len === "number") return leaf._len > 0 ? leaf._len : leaf._writing ? 1 : 0;
  return leaf.writableLength ?? 0;
}

/** Makes a file destination write what it gathers. The callback of its `flush` says nothing: where it gathers nothing it comes at once. */
export function push(leaf: Stream): void {
  if (typeof leaf._len === "number" && leaf._len > 0 && !leaf._writing && !leaf.destroyed) leaf.flush?.();
}

export const DEADLINE_MS = 10_000;
const WATCH_MS = 20;

/**
 * Does the stream pass on what it takes, so that nobody learns when that has arrived, but by its end? A worker does (its answer to `flush`
 * is that its target has taken the lines), and a stream that changes lines on their way, as pino-pretty.
 */
export function passesOn(leaf: Stream): boolean {
  return leaf.worker !== undefined || typeof leaf._transform === "function";
}

/** Resolves when a stream that only tells when it is asked has answered: a worker's, or one with a `flush` of its own. */
export async function confirm(leaf: Stream): Promise<void> {
  if (isGone(leaf) || typeof leaf.flush !== "function" || typeof leaf._len === "number") return;
  await new Promise<void>((resolve, reject) => {
    const until = Date.now() + DEADLINE_MS;
    const done = (error?: unknown): void => {
      clearInterval(watch);
      if (error) reject(error as Error);
      else resolve();
    };
    // A worker that dies while it is asked never answers.
    const watch = setInterval(() => {
      if (isGone(leaf)) done(new LogbridgeError("LB1407", "the stream has ended before it has delivered everything"));
      else if (Date.now() > until)
        done(new LogbridgeError("LB1407", `the stream has not answered flush() for ${DEADLINE_MS} ms`));
    }, WATCH_MS);
    const answer = leaf.flush?.(done);
    if (typeof (answer as PromiseLike<unknown> | undefined)?.then === "function")
      (answer as PromiseLike<unknown>).then(() => done(), done);
    else if (leaf.flush?.length === 0) done();
  });
}
