/** `ScopeLogs.log_records`: the field that a record is in a request. */
export const LOG_RECORDS = 0x12;

/**
 * A protobuf message `LogRecord` in a slab that it shares with others, as the field of a request: with its tag and length before it. Records
 * that stand side by side can be copied together.
 */
export class RecordBytes {
  readonly slab: Uint8Array;
  /** Where the field begins, where its content begins, and where both end. */
  readonly start: number;
  readonly content: number;
  readonly end: number;

  constructor(slab: Uint8Array, start: number, content: number, end: number) {
    this.slab = slab;
    this.start = start;
    this.content = content;
    this.end = end;
  }

  /** Bytes that it takes in a request. */
  get length(): number {
    return this.end - this.start;
  }

  /** The message alone. */
  get message(): Uint8Array {
    return this.slab.subarray(this.content, this.end);
  }
}
