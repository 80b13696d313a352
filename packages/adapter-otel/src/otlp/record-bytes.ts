import type { EncodedRecord, OtlpResource, OtlpScope } from "./encoded.ts";

/** `ScopeLogs.log_records`: the field that a record is in a request. */
export const LOG_RECORDS = 0x12;

/** Stand there until it is said whose the record is. */
const NO_RESOURCE: OtlpResource = { attributes: {} };
const NO_SCOPE: OtlpScope = { name: "" };

/**
 * A protobuf message `LogRecord` in a slab that it shares with others, as the field of a request: with its tag and length before it. Records
 * that stand side by side can be copied together.
 *
 * It is an encoded record by itself: one object for each record that waits, not two.
 */
export class RecordBytes implements EncodedRecord<RecordBytes> {
  readonly slab: Uint8Array;
  /** Where the field begins, and where it ends. */
  readonly start: number;
  readonly end: number;
  resource: OtlpResource = NO_RESOURCE;
  scope: OtlpScope = NO_SCOPE;

  constructor(slab: Uint8Array, start: number, end: number) {
    this.slab = slab;
    this.start = start;
    this.end = end;
  }

  get body(): this {
    return this;
  }

  /** Says whose it is. */
  of(resource: OtlpResource, scope: OtlpScope): this {
    this.resource = resource;
    this.scope = scope;
    return this;
  }

  /** Bytes that it takes in a request. */
  get length(): number {
    return this.end - this.start;
  }

  /** The message alone: what stands behind the tag and the bytes of the length, of which the last is less than 128. */
  get message(): Uint8Array {
    let content = this.start + 1;
    while ((this.slab[content++] as number) >= 0x80);
    return this.slab.subarray(content, this.end);
  }
}
