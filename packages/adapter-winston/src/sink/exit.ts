import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { drainFile } from "@logbridge/core";

/** The parts of winston's File that hold lines, as its versions have them. */
interface FileLike {
  readonly _stream?: {
    readonly _readableState?: { readonly pipesCount?: number; readonly pipes?: unknown };
    read?(): string | Uint8Array | null;
    emit(event: string): boolean;
  };
  readonly _dest?: object | null;
  readonly _drain?: boolean;
  readonly dirname?: unknown;
  readonly filename?: unknown;
  readonly maxsize?: unknown;
}

/** At exit: takes out of a File transport what waits between it and its file, and writes it after what the file's stream holds. */
export function writeOutFile(transport: object): void {
  const file = transport as FileLike;
  const { _stream: stream } = file;
  // A rotating File swaps its streams while lines wait: what it holds cannot be told.
  if (file.maxsize || typeof stream?.read !== "function") return;
  const { pipesCount, pipes } = stream._readableState ?? {};
  const piped = pipesCount === undefined ? Array.isArray(pipes) && pipes.length > 0 : pipesCount > 0;
  const pieces: (string | Uint8Array)[] = [];
  for (let moved = true; moved; ) {
    moved = false;
    // A piped stream hands to its file what is read here.
    for (let piece = stream.read(); piece !== null; piece = stream.read()) {
      if (!piped) pieces.push(piece);
      moved = true;
    }
    if (file._drain) {
      stream.emit("drain");
      moved = true;
    }
  }
  if (file._dest && drainFile(file._dest, pieces)) return;
  if (pieces.length > 0 && typeof file.dirname === "string" && typeof file.filename === "string")
    appendFileSync(
      join(file.dirname, file.filename),
      Buffer.concat(pieces.map((one) => Buffer.from(one as Uint8Array))),
    );
}
