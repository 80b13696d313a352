import { platform } from "#platform";
import { LogbridgeError, LogbridgeTypeError, shown } from "../diagnostics.ts";

/** A file that its owner has opened, as `open()` of `node:fs/promises` gives it. */
export interface OpenFile {
  createReadStream(options: { readonly autoClose: boolean }): AsyncIterable<string | Uint8Array>;
}

/** What `parse()` reads: a path, a `file:` URL, an open file, a Node or Web stream, or anything that gives texts or bytes one after the other. */
export type ParseSource =
  | string
  | URL
  | OpenFile
  | ReadableStream<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>
  | Iterable<string | Uint8Array>;

const ACCEPTED =
  "a path, a file: URL, an open file, a Node or Web stream, or an iterable of strings or Uint8Arrays ([text] for a text)";

/** How many bytes a file is read in at a time, whatever `chunk` says. */
const LEAST_BYTES = 16 * 1024;
const MOST_BYTES = 1024 * 1024;

/**
 * The pieces of a source, opened when the first is asked for.
 *
 * @param chunk how many characters the reader wants at a time
 * @throws LogbridgeTypeError LB1050 for what cannot be read, LogbridgeError LB1050 for a path where there are no files
 */
export function openSource(source: unknown, chunk: number): () => AsyncIterable<unknown> | Iterable<unknown> {
  if (source === "") throw new LogbridgeTypeError("LB1050", "parse(): the path of the file is empty");
  if (typeof source === "string") return () => readFile(source, chunk);
  if (source instanceof URL) {
    if (source.protocol !== "file:")
      throw new LogbridgeTypeError(
        "LB1050",
        `parse(): the URL ${shown(source.href)} is no file: URL; fetch it and give its body`,
      );
    return () => readFile(platform.filePath(source.href), chunk);
  }
  if (typeof source === "object" && source !== null && !ArrayBuffer.isView(source)) {
    const known = source as Partial<AsyncIterable<unknown> & Iterable<unknown> & OpenFile & ReadableStream<unknown>>;
    if (typeof known[Symbol.asyncIterator] === "function") return () => known as AsyncIterable<unknown>;
    if (typeof known.getReader === "function") return () => readStream(known as ReadableStream<unknown>);
    if (typeof known[Symbol.iterator] === "function") return () => known as Iterable<unknown>;
    // What its owner has opened is its owner's to close.
    if (typeof known.createReadStream === "function")
      return () => (known as OpenFile).createReadStream({ autoClose: false });
  }
  throw new LogbridgeTypeError("LB1050", `parse(): ${shown(source)} cannot be read; give ${ACCEPTED}`);
}

function readFile(path: string, chunk: number): AsyncIterable<Uint8Array> {
  if (!platform.files)
    throw new LogbridgeError("LB1050", `parse(): this runtime has no files; give ${shown(path)} as a stream`);
  return platform.files.read(path, Math.min(MOST_BYTES, Math.max(LEAST_BYTES, chunk)));
}

/** Web streams are async iterables in most runtimes, not in all browsers. */
async function* readStream(stream: ReadableStream<unknown>): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel();
    reader.releaseLock();
  }
}

/**
 * The texts of the pieces: bytes are UTF-8, and a character may be cut anywhere.
 *
 * @throws LogbridgeTypeError LB1050 for a piece that is neither text nor bytes, LogbridgeError LB1053 where the source fails
 */
export async function* textsOf(open: () => AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of open()) {
      if (typeof piece === "string") yield decoder.decode() + piece;
      else if (ArrayBuffer.isView(piece)) yield decoder.decode(piece as Uint8Array<ArrayBuffer>, { stream: true });
      else
        throw new LogbridgeTypeError(
          "LB1050",
          `parse(): the source gave ${shown(piece)}, which is neither a string nor a Uint8Array`,
        );
    }
  } catch (error) {
    if (error instanceof LogbridgeError || error instanceof LogbridgeTypeError) throw error;
    throw new LogbridgeError("LB1053", `parse(): the source could not be read: ${messageOf(error)}`, { cause: error });
  }
  yield decoder.decode();
}

function messageOf(error: unknown): string {
  return platform.isError(error) ? error.message : shown(error);
}
