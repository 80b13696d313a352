import * as zlib from "node:zlib";
import type { StoredRecord } from "../delivery/outcome.ts";
import type { PortionLimits, SpoolOrder } from "../delivery/spool.ts";

/**
 * A file of the spool: a header, then frames.
 *
 * - header, 32 bytes: `LBSPOOL1`; 8 bytes: how far the file is done with; 4 bytes: the CRC-32 of these 8; 12 bytes for later
 * - frame: 4 bytes: length of the payload; 4 bytes: the CRC-32 of kind and payload; 1 byte: kind; the payload
 * - kind 1, a resource: 4 bytes: its number; its bytes. Kind 2, a record: 4 bytes: its resource's number; its bytes. Kind 3, the beginning of a
 *   batch: 4 bytes: 0; 8 bytes: when it was born; 8 bytes: the place of its first record. Kind 4: the same of a batch that is done with
 *
 * Numbers are little-endian.
 */
const MAGIC = Buffer.from("LBSPOOL1");
export const HEADER_BYTES = 32;
/** Where the header says how far the file is done with. */
export const PROGRESS_AT: number = MAGIC.length;
const FRAME_HEAD = 9;
const NUMBER_BYTES = 4;
const ORDER_BYTES = 16;
const RESOURCE = 1;
const RECORD = 2;
const BATCH = 3;
const DONE = 4;
const UNKNOWN_ORDER: SpoolOrder = { born: 0, first: 0 };

const POLYNOMIAL = 0xedb88320;

/** For a Node that has no `zlib.crc32`. */
export function tableCrc32(): (data: Uint8Array) => number {
  const table = new Uint32Array(256).map((_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
    return rest >>> 0;
  });
  return (data) => {
    let sum = 0xffffffff;
    for (const byte of data) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] as number);
    return (sum ^ 0xffffffff) >>> 0;
  };
}

/** The checksum of frames. */
export const crc32: (data: Uint8Array) => number = zlib.crc32 ?? tableCrc32();

/** The beginning of a file that is done with up to `progress`. */
export function headerBytes(progress: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  progressBytes(progress).copy(header, PROGRESS_AT);
  return header;
}

/** What stands in the header at {@link PROGRESS_AT}. */
export function progressBytes(progress: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64LE(BigInt(progress));
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

/** Resources of a file by the number that its records name them by. */
export class ResourceTable {
  readonly #numbers = new Map<Uint8Array, number>();
  readonly #resources: Uint8Array[] = [];

  get size(): number {
    return this.#resources.length;
  }

  numberOf(resource: Uint8Array): number | undefined {
    return this.#numbers.get(resource);
  }

  get(number: number): Uint8Array | undefined {
    return this.#resources[number];
  }

  set(number: number, resource: Uint8Array): void {
    this.#resources[number] = resource;
    this.#numbers.set(resource, number);
  }

  /** Takes back those from this number on: they were not written. */
  shorten(size: number): void {
    for (const resource of this.#resources.splice(size)) this.#numbers.delete(resource);
  }
}

/** The bytes of a batch of records, and of their resources where the table does not have them yet. */
export function encodeFrames(records: readonly StoredRecord[], order: SpoolOrder, resources: ResourceTable): Buffer {
  const frames: Frame[] = [{ kind: BATCH, number: 0, body: orderBytes(order) }];
  for (const { resource, scopeLogs } of records) {
    let number = resources.numberOf(resource);
    if (number === undefined) {
      number = resources.size;
      resources.set(number, resource);
      frames.push({ kind: RESOURCE, number, body: resource });
    }
    frames.push({ kind: RECORD, number, body: scopeLogs });
  }
  const bytes = Buffer.allocUnsafe(frames.reduce((sum, { body }) => sum + FRAME_HEAD + NUMBER_BYTES + body.length, 0));
  let at = 0;
  for (const frame of frames) at = writeFrame(bytes, at, frame);
  return bytes;
}

/** What is written over the beginning of a batch that is done with before those ahead of it. */
export function doneBytes(order: SpoolOrder): Buffer {
  const body = orderBytes(order);
  const bytes = Buffer.alloc(FRAME_HEAD + NUMBER_BYTES + body.length);
  writeFrame(bytes, 0, { kind: DONE, number: 0, body });
  return bytes;
}

/** How many of the records, from the first on, take no more than `room` bytes. */
export function countFitting(records: readonly StoredRecord[], resources: ResourceTable, room: number): number {
  const added = new Set<Uint8Array>();
  let left = room - FRAME_HEAD - NUMBER_BYTES - ORDER_BYTES;
  for (const [count, { resource, scopeLogs }] of records.entries()) {
    const isNew = resources.numberOf(resource) === undefined && !added.has(resource);
    if (isNew) added.add(resource);
    left -= FRAME_HEAD + NUMBER_BYTES + scopeLogs.length + (isNew ? FRAME_HEAD + NUMBER_BYTES + resource.length : 0);
    if (left < 0) return count;
  }
  return records.length;
}

function orderBytes({ born, first }: SpoolOrder): Buffer {
  const bytes = Buffer.alloc(ORDER_BYTES);
  bytes.writeDoubleLE(born, 0);
  bytes.writeDoubleLE(first, 8);
  return bytes;
}

function readOrder({ body }: Frame): SpoolOrder {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return bytes.length === ORDER_BYTES ? { born: bytes.readDoubleLE(0), first: bytes.readDoubleLE(8) } : UNKNOWN_ORDER;
}

interface Frame {
  readonly kind: number;
  readonly number: number;
  readonly body: Uint8Array;
}

function writeFrame(bytes: Buffer, at: number, { kind, number, body }: Frame): number {
  const end = at + FRAME_HEAD + NUMBER_BYTES + body.length;
  bytes.writeUInt32LE(NUMBER_BYTES + body.length, at);
  bytes.writeUInt8(kind, at + 8);
  bytes.writeUInt32LE(number, at + FRAME_HEAD);
  bytes.set(body, at + FRAME_HEAD + NUMBER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(at + 8, end)), at + 4);
  return end;
}

/** A frame with where it ends; `null` for one that is damaged. */
interface Found {
  readonly frame: Frame | null;
  readonly end: number;
}

/** The frames from `at` on. After one whose length cannot be true nothing is found any more. */
function* readFrames(bytes: Buffer, from: number): Generator<Found> {
  let at = from;
  while (at < bytes.length) {
    const length = at + FRAME_HEAD <= bytes.length ? bytes.readUInt32LE(at) : 0;
    const end = at + FRAME_HEAD + length;
    if (length < NUMBER_BYTES || end > bytes.length) {
      yield { frame: null, end: bytes.length };
      return;
    }
    yield { frame: readFrame(bytes, at, end), end };
    at = end;
  }
}

function readFrame(bytes: Buffer, at: number, end: number): Frame | null {
  if (bytes.readUInt32LE(at + 4) !== crc32(bytes.subarray(at + 8, end))) return null;
  const body = bytes.subarray(at + FRAME_HEAD + NUMBER_BYTES, end);
  return { kind: bytes.readUInt8(at + 8), number: bytes.readUInt32LE(at + FRAME_HEAD), body };
}

/** Whole records of a part of a file. */
export function decodeFrames(bytes: Buffer, resources: ResourceTable): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const { frame } of readFrames(bytes, 0)) {
    const resource = frame?.kind === RECORD ? resources.get(frame.number) : undefined;
    if (frame && resource) records.push({ resource, scopeLogs: frame.body });
  }
  return records;
}

/** A part of a file that is taken into memory at once. */
export interface Portion extends SpoolOrder {
  /** All of a batch, whose first frame it begins with. */
  readonly isWhole: boolean;
  readonly start: number;
  readonly end: number;
  readonly records: number;
}

/** What a file holds that is not done with. */
export interface Survey {
  readonly resources: ResourceTable;
  readonly portions: readonly Portion[];
  readonly damaged: number;
}

/** Looks through a file; `null`: it is none of ours. */
export function survey(bytes: Buffer, limits: PortionLimits): Survey | null {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const progress = readProgress(bytes);
  const surveyor = new Surveyor(limits);
  let start = HEADER_BYTES;
  for (const { frame, end } of readFrames(bytes, start)) {
    if (frame?.kind === RESOURCE) surveyor.resource(frame);
    else if (frame?.kind === BATCH || frame?.kind === DONE) surveyor.batch(start, end, frame);
    else if (end > progress) surveyor.record(end, frame);
    else surveyor.skip(end);
    start = end;
  }
  return surveyor.end();
}

class Surveyor implements Survey {
  readonly resources: ResourceTable = new ResourceTable();
  readonly portions: Portion[] = [];
  damaged = 0;
  readonly #limits: PortionLimits;
  #order = UNKNOWN_ORDER;
  #isDone = false;
  #isWhole = false;
  #start = HEADER_BYTES;
  #end = HEADER_BYTES;
  #records = 0;

  constructor(limits: PortionLimits) {
    this.#limits = limits;
  }

  /** Copied: the file's bytes are not kept. */
  resource({ number, body }: Frame): void {
    this.resources.set(number, Uint8Array.from(body));
  }

  batch(start: number, end: number, frame: Frame): void {
    this.#close();
    this.#order = readOrder(frame);
    this.#isDone = frame.kind === DONE;
    this.#isWhole = true;
    this.#start = start;
    this.#end = end;
  }

  record(end: number, frame: Frame | null): void {
    if (this.#isDone) {
      this.skip(end);
      return;
    }
    if (frame?.kind !== RECORD || !this.resources.get(frame.number)) {
      this.damaged++;
      return;
    }
    if (this.#isFull(end)) {
      this.#isWhole = false;
      this.#close();
    }
    this.#records++;
    this.#end = end;
  }

  skip(end: number): void {
    this.#start = this.#end = end;
    this.#isWhole = false;
  }

  end(): Survey {
    this.#close();
    return this;
  }

  #isFull(end: number): boolean {
    const { maxRecords, maxBytes } = this.#limits;
    return this.#records >= maxRecords || (this.#records > 0 && end - this.#start > maxBytes);
  }

  #close(): void {
    const [start, end, records, isWhole] = [this.#start, this.#end, this.#records, this.#isWhole];
    if (records > 0) this.portions.push({ start, end, records, isWhole, ...this.#order });
    this.#start = this.#end;
    this.#records = 0;
  }
}

/** How far a file is done with, by its header. */
export function readProgress(bytes: Buffer): number {
  const field = bytes.subarray(PROGRESS_AT, PROGRESS_AT + 12);
  return field.readUInt32LE(8) === crc32(field.subarray(0, 8)) ? Number(field.readBigUInt64LE(0)) : 0;
}
