import type { EncodedRecord, OtlpResource, OtlpScope } from "./encoded.ts";
import { grouped } from "./groups.ts";
import { varintSize } from "./protobuf-bytes.ts";
import { resourceBytes, scopeBytes } from "./protobuf-groups.ts";
import type { RecordBytes } from "./record-bytes.ts";

/** `ExportLogsServiceRequest.resource_logs`. */
const RESOURCE_LOGS = 0x0a;
/** `ResourceLogs.scope_logs`. */
const SCOPE_LOGS = 0x12;

type Encoded = EncodedRecord<RecordBytes>;

/** A message whose length is known before it is written. */
interface Sized {
  readonly head: Uint8Array;
  readonly size: number;
}

interface SizedScope extends Sized {
  readonly items: readonly Encoded[];
}

interface SizedResource extends Sized {
  readonly scopes: readonly SizedScope[];
}

/**
 * The protobuf message `ExportLogsServiceRequest` with these records, by resource and scope; records of one scope stay in order.
 *
 * @example
 * assembleProtobuf(items); // the body of a POST to /v1/logs with content-type application/x-protobuf
 */
export function assembleProtobuf(items: readonly Encoded[]): Uint8Array {
  const resources = Array.from(grouped(items), ([resource, scopes]) => sizedResource(resource, scopes));
  const request = new Message(resources.reduce((size, one) => size + fieldSize(one.size), 0));
  for (const resource of resources) {
    request.begin(RESOURCE_LOGS, resource);
    for (const scope of resource.scopes) {
      request.begin(SCOPE_LOGS, scope);
      request.appendRecords(scope.items);
    }
  }
  return request.bytes;
}

/** The protobuf message `ScopeLogs` with one record. */
export function scopeLogsOf(item: Encoded): Uint8Array {
  const head = scopeBytes(item.scope);
  const message = new Message(head.length + item.body.length);
  message.append(head);
  message.appendRecords([item]);
  return message.bytes;
}

function sizedResource(resource: OtlpResource, scopes: ReadonlyMap<OtlpScope, readonly Encoded[]>): SizedResource {
  const head = resourceBytes(resource);
  const sized = Array.from(scopes, ([scope, items]) => sizedScope(scope, items));
  return { head, size: sized.reduce((size, one) => size + fieldSize(one.size), head.length), scopes: sized };
}

function sizedScope(scope: OtlpScope, items: readonly Encoded[]): SizedScope {
  const head = scopeBytes(scope);
  return { head, size: items.reduce((size, { body }) => size + body.length, head.length), items };
}

/** A field's tag, length and content. */
function fieldSize(length: number): number {
  return 1 + varintSize(length) + length;
}

/** The records' bytes; those that stand side by side as one piece: what a copy costs is the call. */
function piecesOf(items: readonly Encoded[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let first: RecordBytes | null = null;
  let last: RecordBytes | null = null;
  for (const { body } of items) {
    if (last === null || body.slab !== last.slab || body.start !== last.end) {
      if (first && last) pieces.push(first.slab.subarray(first.start, last.end));
      first = body;
    }
    last = body;
  }
  if (first && last) pieces.push(first.slab.subarray(first.start, last.end));
  return pieces;
}

/** A message of known size. */
class Message {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** Begins a field that holds a message; the rest of it is appended next. */
  begin(tag: number, { head, size }: Sized): void {
    this.#open(tag, size);
    this.append(head);
  }

  append(content: Uint8Array): void {
    this.bytes.set(content, this.#at);
    this.#at += content.length;
  }

  appendRecords(items: readonly Encoded[]): void {
    for (const piece of piecesOf(items)) this.append(piece);
  }

  #open(tag: number, length: number): void {
    this.bytes[this.#at++] = tag;
    let left = length;
    for (; left >= 0x80; left >>>= 7) this.bytes[this.#at++] = (left & 0x7f) | 0x80;
    this.bytes[this.#at++] = left;
  }
}
