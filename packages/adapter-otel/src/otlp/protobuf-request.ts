import type { EncodedRecord, OtlpResource, OtlpScope } from "./encoded.ts";
import { type Gathering, grouped } from "./groups.ts";
import { resourceBytes, scopeBytes } from "./protobuf-beginnings.ts";
import { ONE_BYTE, varintSize } from "./protobuf-bytes.ts";
import { ProtobufPieces } from "./protobuf-pieces.ts";
import type { RecordBytes } from "./record-bytes.ts";

/** `ExportLogsServiceRequest.resource_logs`. */
const RESOURCE_LOGS = 0x0a;
/** `ResourceLogs.scope_logs`. */
const SCOPE_LOGS = 0x12;

/** Where there are more, a socket's work with each costs more than a copy of all. */
const MOST_PIECES = 256;

type Encoded = EncodedRecord<RecordBytes>;

const PIECES: Gathering<Encoded, ProtobufPieces> = {
  open: () => new ProtobufPieces(),
  add: (pieces, { body }) => pieces.add(body),
};

/** A message whose length is known before it is written. */
interface Sized {
  readonly head: Uint8Array;
  readonly size: number;
}

interface SizedScope extends Sized {
  readonly records: ProtobufPieces;
}

interface SizedResource extends Sized {
  readonly scopes: readonly SizedScope[];
}

/**
 * The protobuf message `ExportLogsServiceRequest` with these records, by resource and scope; records of one scope stay in order.
 *
 * @returns its bytes in pieces: they are sent from where they were written
 * @example
 * assembleProtobuf(items); // the body of a POST to /v1/logs with content-type application/x-protobuf
 */
export function assembleProtobuf(items: readonly Encoded[]): readonly Uint8Array[] {
  const resources = Array.from(grouped(items, PIECES), ([resource, scopes]) => sizedResource(resource, scopes));
  const pieces: Uint8Array[] = [];
  for (const resource of resources) {
    pieces.push(beginning(RESOURCE_LOGS, resource));
    for (const scope of resource.scopes) {
      pieces.push(beginning(SCOPE_LOGS, scope));
      for (const piece of scope.records.take()) pieces.push(piece);
    }
  }
  return pieces.length > MOST_PIECES ? [joined(pieces)] : pieces;
}

/** The protobuf message `ScopeLogs` with one record. */
export function scopeLogsOf({ scope, body: { slab, start, end } }: Encoded): Uint8Array {
  return joined([scopeBytes(scope), slab.subarray(start, end)]);
}

/** The pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function sizedResource(resource: OtlpResource, scopes: ReadonlyMap<OtlpScope, ProtobufPieces>): SizedResource {
  const head = resourceBytes(resource);
  const sized = Array.from(scopes, ([scope, records]) => sizedScope(scope, records));
  return { head, size: sized.reduce((size, one) => size + fieldSize(one.size), head.length), scopes: sized };
}

function sizedScope(scope: OtlpScope, records: ProtobufPieces): SizedScope {
  const head = scopeBytes(scope);
  return { head, size: head.length + records.size, records };
}

/** A field's tag, length and content. */
function fieldSize(length: number): number {
  return 1 + varintSize(length) + length;
}

/** The beginning of a field that holds a message: tag, length, and what stands in the message before the rest. */
function beginning(tag: number, { head, size }: Sized): Uint8Array {
  const bytes = [tag];
  let left = size;
  for (; left >= ONE_BYTE; left >>>= 7) bytes.push((left & 0x7f) | ONE_BYTE);
  return joined([Uint8Array.from([...bytes, left]), head]);
}
