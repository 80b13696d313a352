import { builtin } from "../builtin.ts";

/** What one call of `write` says. */
export interface Written {
  /** What was written as a text; `null`: bytes. */
  readonly text: string | null;
  readonly bytes: Uint8Array | null;
}

/** Called when a chunk has been dealt with. */
export type WriteCallback = (error?: Error | null) => void;

/** Encodings whose strings are a text; in the others (`hex`, `base64`, `binary`) a string stands for bytes. */
const TEXTS: ReadonlySet<string> = new Set([
  "utf8",
  "utf-8",
  "utf16le",
  "utf-16le",
  "ucs2",
  "ucs-2",
  "latin1",
  "ascii",
]);
const BYTES: ReadonlySet<string> = new Set(["hex", "base64", "base64url", "binary"]);

/** What a chunk says in its encoding; `null` where a stream would refuse it. */
export function readChunk(chunk: unknown, encoding: unknown): Written | null {
  if (typeof chunk === "string") return readString(chunk, encoding);
  if (!ArrayBuffer.isView(chunk) || !(chunk instanceof Uint8Array || takesViews())) return null;
  return { text: null, bytes: bytesOf(chunk) };
}

function readString(chunk: string, encoding: unknown): Written | null {
  if (encoding !== undefined && encoding !== null && typeof encoding !== "string") return null;
  const name = (encoding || "utf8").toLowerCase();
  if (TEXTS.has(name)) return { text: chunk, bytes: null };
  if (!BYTES.has(name)) return null;
  return { text: null, bytes: Buffer.from(chunk, name as BufferEncoding) };
}

/** The bytes behind any view. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The text of a chunk, to compare it with others: what is no UTF-8 is replaced. */
export function comparableText({ text, bytes }: Written): string {
  if (text !== null) return text;
  decoder ??= new TextDecoder();
  return decoder.decode(bytes as Uint8Array);
}

let decoder: { decode(bytes: Uint8Array): string } | undefined;

let views: boolean | undefined;

/** Newer streams take any view of a buffer, older ones a `Uint8Array` alone. */
function takesViews(): boolean {
  if (views !== undefined) return views;
  const stream = builtin<typeof import("node:stream")>("node:stream");
  try {
    const probe = stream && new stream.Writable({ write: (_chunk, _encoding, done) => done() });
    views = probe?.write(new DataView(new ArrayBuffer(1))) !== undefined;
  } catch {
    views = false;
  }
  return views;
}
