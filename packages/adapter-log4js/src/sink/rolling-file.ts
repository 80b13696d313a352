import { drainFile } from "@logbridge/core";
import type { Copy } from "../levels.ts";
import type { Room } from "./room.ts";

/** A chunk that a stream holds. */
interface Chunk {
  readonly chunk: string | Uint8Array;
  readonly encoding: BufferEncoding;
}

type Write = (this: object, chunk: string | Uint8Array, encoding: BufferEncoding, done: unknown) => unknown;

/** The stream of log4js' file appenders: before the file's own stream, with a buffer of its own. */
interface RollingFile {
  readonly currentFileStream: object & { readonly _writableState?: { readonly length?: number } };
  readonly _writableState?: { readonly writing?: boolean; getBuffer?(): readonly Chunk[] };
  _write: Write;
}

const FILES: ReadonlySet<unknown> = new Set(["file", "dateFile", "multiFile"]);

/** The chunk that a rolling file was given last. It looks for a while whether to roll, and that chunk is in no buffer then. */
const inHand = new WeakMap<object, Chunk>();
/** What was written out already, so that a second call at exit doubles nothing. */
const written = new WeakSet<object>();

/**
 * Makes a call of a file appender, and sees which chunk each rolling file has in hand from then on.
 *
 * Their class is watched for the length of a call that may meet a new one; then each notes its own.
 */
export function noting(room: Room, copy: Copy, call: () => unknown): unknown {
  const isKnown = room.type !== "multiFile" && room.streams.known().some((stream) => inHand.has(stream));
  const prototype = FILES.has(room.type) && !isKnown ? classOf(copy)?.prototype : undefined;
  if (!prototype) return call();
  const original = prototype._write;
  const watching: Write = function (chunk, encoding, done) {
    inHand.set(this, { chunk, encoding });
    (this as RollingFile)._write = function (next, nextEncoding, nextDone) {
      inHand.set(this, { chunk: next, encoding: nextEncoding });
      return original.call(this, next, nextEncoding, nextDone);
    };
    return original.call(this, chunk, encoding, done);
  };
  prototype._write = watching;
  try {
    return call();
  } finally {
    if (prototype._write === watching) prototype._write = original;
  }
}

function classOf(copy: Copy): { readonly prototype: RollingFile } | null {
  try {
    const streams = copy.load()?.("streamroller") as { RollingFileWriteStream?: { readonly prototype: RollingFile } };
    return streams?.RollingFileWriteStream ?? null;
  } catch {
    // A copy in a bundle.
    return null;
  }
}

/** At the end of the process: writes out what the files of an appender hold. */
export function drainAtExit({ streams }: Room): void {
  for (const stream of streams.known()) if (isRollingFile(stream)) drainRolling(stream);
  streams.drainSync();
}

function isRollingFile(stream: object): stream is RollingFile {
  return typeof (stream as Partial<RollingFile>).currentFileStream === "object";
}

function drainRolling(file: RollingFile): void {
  const { currentFileStream: current, _writableState: state } = file;
  const hand = inHand.get(file);
  const isHandedOn = !state?.writing || (current._writableState?.length ?? 0) > 0;
  const held = [...(hand && !isHandedOn ? [hand] : []), ...(state?.getBuffer?.() ?? [])];
  const left = held.filter((one) => !written.has(one));
  for (const one of left) written.add(one);
  drainFile(
    current,
    left.map(({ chunk, encoding }) => (typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk)),
  );
}
