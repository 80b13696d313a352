import { type PatchSite, patchMethod } from "@logbridge/core";
import type { Info } from "../map/info.ts";

/** A callback of a stream or transport. */
export type Done = (error?: unknown) => void;

/** The parts of a transport's stream that are watched. */
interface Watched {
  logv?: unknown;
  _write(info: Info, encoding: unknown, done: Done): void;
}

/** Who writes to a transport beside its own logger. */
export interface Watcher {
  /** Did this watcher hand the info over? */
  owns(info: Info): boolean;
  /** Gates, formats and logs an info of its own. Never throws. */
  log(info: Info, done: Done): void;
  /** A transport with a stream of its own kind has taken the info. */
  settle(info: Info): void;
  fail(error: unknown): void;
}

/**
 * Makes a transport's stream tell the truth while a sink of ours leads to it: a batch is done when each of its records is, a callback
 * counts once, and a transport that throws loses that record instead of standing still for ever.
 */
export function watchTransport(transport: object, watcher: Watcher): () => void {
  const leave: (() => void)[] = [];
  const { _write, _writev } = transport as { readonly _write?: unknown; readonly _writev?: unknown };
  if (typeof _write === "function")
    leave.push(
      patchMethod(transport, "_write", watcher, (site) => writeOf(site, isStandard(transport, "_write")) as never),
    );
  if (typeof _writev === "function")
    leave.push(
      patchMethod(transport, "_writev", watcher, (site) => batchOf(site, isStandard(transport, "_writev")) as never),
    );
  return () => {
    for (const one of leave) one();
  };
}

/** winston-transport defines these methods together; a transport with one of its own is left to it. */
function isStandard(transport: object, key: string): boolean {
  for (let at: object | null = transport; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, key)) return Object.hasOwn(at, "_accept");
  return false;
}

type Write = (this: Watched, info: Info, encoding: unknown, done: Done) => unknown;

function writeOf(site: PatchSite<Watcher>, standard: boolean): Write {
  const original = site.original as unknown as Write;
  return function (info, encoding, callback) {
    const { subscribers } = site;
    if (subscribers.length === 0) return original.call(this, info, encoding, callback);
    const owner = subscribers.find((one) => one.owns(info));
    const done = once((error) => {
      owner?.settle(info);
      callback(error);
    });
    if (owner && standard) return owner.log(info, done);
    try {
      return original.call(this, info, encoding, done);
    } catch (error) {
      for (const one of owner ? [owner] : subscribers) one.fail(error);
      done();
      return undefined;
    }
  };
}

type Batch = (
  this: Watched,
  chunks: readonly { readonly chunk: Info; readonly encoding: unknown }[],
  done: Done,
) => unknown;

function batchOf(site: PatchSite<Watcher>, standard: boolean): Batch {
  const original = site.original as unknown as Batch;
  return function (chunks, callback) {
    const { subscribers } = site;
    if (subscribers.length === 0) return original.call(this, chunks, callback);
    if (!standard || typeof this.logv === "function")
      return original.call(this, chunks, (error) => {
        for (const { chunk } of chunks) subscribers.find((one) => one.owns(chunk))?.settle(chunk);
        callback(error);
      });
    let left = chunks.length;
    for (const { chunk, encoding } of chunks)
      this._write(chunk, encoding, (error) => {
        // The original ignores errors in a batch, too.
        if (error) for (const one of subscribers) one.fail(error);
        if (--left === 0) callback();
      });
    return undefined;
  };
}

/** The function, once. */
export function once(callback: Done): Done {
  let called = false;
  return (error) => {
    if (called) return;
    called = true;
    callback(error);
  };
}

/**
 * An `async log()` that rejects has lost its record, and nobody else listens.
 *
 * @param result what `log()` returned
 * @param alone it takes no callback, so that its promise is all it says
 */
export function whenSettled(result: unknown, alone: boolean, done: Done): void {
  if (typeof result !== "object" || result === null || typeof (result as PromiseLike<unknown>).then !== "function")
    return;
  Promise.resolve(result as PromiseLike<unknown>).then(
    () => {
      if (alone) done();
    },
    (error) => done(error ?? new Error("the transport rejected with nothing")),
  );
}

/** A stream of Node, or of any version of readable-stream. */
interface Buffering {
  readonly writableLength?: number;
  readonly readableLength?: number;
  readonly _writableState?: { readonly length?: number };
  readonly _readableState?: { readonly length?: number };
}

/** How much waits to be written; readable-stream 2 has no property for it. */
export function writableLengthOf(stream: object | null | undefined): number {
  const { writableLength, _writableState } = (stream ?? {}) as Buffering;
  return writableLength ?? _writableState?.length ?? 0;
}

/** How much waits to be read. */
export function readableLengthOf(stream: object | null | undefined): number {
  const { readableLength, _readableState } = (stream ?? {}) as Buffering;
  return readableLength ?? _readableState?.length ?? 0;
}

/** How many of a transport's own streams still hold something. */
export function innerPending(transport: object): number {
  const { _stream, _dest, logStream } = transport as {
    readonly _stream?: object;
    readonly _dest?: object;
    readonly logStream?: object;
  };
  let count = 0;
  // A file's records wait on the readable side until the file is open; another stream's readable side is none of ours.
  for (const stream of [_stream, _dest, logStream])
    if (writableLengthOf(stream) > 0 || ("dirname" in transport && stream === _stream && readableLengthOf(stream) > 0))
      count++;
  return count;
}
