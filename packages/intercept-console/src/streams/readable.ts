import { LogbridgeTypeError } from "@logbridge/core";
import { givenText } from "../given-text.ts";

/** A readable stream of Node, by the part that is used here: structural and small, so that none is refused for its types. */
export interface NodeReadableLike {
  readonly read: CallableFunction;
  readonly on: CallableFunction;
  readonly removeListener: CallableFunction;
  readonly pause: CallableFunction;
  readonly resume: CallableFunction;
}

/** A readable stream of Node or of the Web. */
export type ReadableLike = NodeReadableLike | ReadableStream<Uint8Array> | ReadableStream<string>;

/** Takes a piece; a promise says when the next one may come. */
export type TakePiece = (piece: string | Uint8Array) => Promise<void> | null;

/** Told once, at the end; with an error where it has failed. */
export type Over = (error?: unknown) => void;

/** What is asked of a stream of Node. */
interface NodeReadable {
  on(event: string, listener: (value: never) => void): unknown;
  removeListener(event: string, listener: (value: never) => void): unknown;
  listenerCount?(event: string): number;
  pause(): unknown;
  resume(): unknown;
  readonly readableFlowing?: boolean | null;
  readonly readableEnded?: boolean;
  readonly destroyed?: boolean;
}

/**
 * Reads a stream to its end.
 *
 * @returns stops: the stream is left as it was found, and what it has not given yet it gives to the next reader
 * @throws LogbridgeTypeError LB1554
 */
export function readFrom(readable: unknown, take: TakePiece, over: Over): () => void {
  if (isNodeReadable(readable)) return readNode(readable, take, over);
  if (isWebReadable(readable)) return readWeb(readable, take, over);
  const why =
    readable === null
      ? ': a stream of a child is null unless its stdio is "pipe"; what a child writes by "inherit" or "ignore" cannot be read'
      : "";
  throw new LogbridgeTypeError(
    "LB1554",
    `interceptStream(): expected a readable stream, such as child.stdout, worker.stdout or response.body, got ${givenText(readable)}${why}`,
  );
}

function isNodeReadable(value: unknown): value is NodeReadable {
  const { on, pause, resume, read } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [on, pause, resume, read].every((method) => typeof method === "function");
}

function isWebReadable(value: unknown): value is ReadableStream<unknown> {
  return typeof (value as { getReader?: unknown } | null | undefined)?.getReader === "function";
}

function piece(value: unknown): string | Uint8Array | null {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
}

function noText(value: unknown): LogbridgeTypeError {
  return new LogbridgeTypeError(
    "LB1554",
    `interceptStream(): the stream gives ${givenText(value)}, which is no text and no bytes`,
  );
}

function readNode(readable: NodeReadable, take: TakePiece, over: Over): () => void {
  const flowed = readable.readableFlowing;
  let stopped = false;
  let waiting = false;
  const goOn = (): void => {
    waiting = false;
    if (!stopped) readable.resume();
  };
  const listeners: Readonly<Record<string, (value: never) => void>> = {
    data: (value: unknown) => {
      const given = piece(value);
      if (given === null) return over(noText(value));
      const wait = take(given);
      if (!wait) return;
      waiting = true;
      readable.pause();
      void wait.then(goOn);
    },
    end: () => over(),
    close: () => over(),
    error: (error: unknown) => over(error),
  };
  if (readable.readableEnded || readable.destroyed) queueMicrotask(() => over());
  for (const [event, listener] of Object.entries(listeners)) readable.on(event, listener);
  return () => {
    stopped = true;
    for (const [event, listener] of Object.entries(listeners)) readable.removeListener(event, listener);
    // Left flowing with nobody to listen, it would lose what comes.
    if (flowed !== true && readable.listenerCount?.("data") === 0) hold(readable, flowed ?? null);
    else if (waiting) readable.resume();
  };
}

/** Stops a stream, so that the next reader starts it as if nobody had read it before: after `pause()` alone a listener would not. */
function hold(readable: NodeReadable, flowed: boolean | null): void {
  readable.pause();
  if (flowed === null) Reflect.set(readable, "readableFlowing", null);
}

function readWeb(readable: ReadableStream<unknown>, take: TakePiece, over: Over): () => void {
  if (readable.locked)
    throw new LogbridgeTypeError(
      "LB1554",
      "interceptStream(): this stream is locked: somebody else reads it; take one half of its tee()",
    );
  const reader = readable.getReader();
  let stopped = false;
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (stopped) return;
      if (done) return over();
      const given = piece(value);
      if (given === null) return over(noText(value));
      await take(given);
    }
  };
  read().catch((error: unknown) => {
    // A read that was under way when we left fails.
    if (!stopped) over(error);
  });
  return () => {
    stopped = true;
    reader.releaseLock();
  };
}
