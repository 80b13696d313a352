import type { HrTime } from "./readable.ts";

/**
 * Where the values of a record are written: the protobuf encoder, the JSON encoder, or one that makes plain JavaScript values.
 *
 * Each value is one call, or a pair of `begin` and `end` with values between them; in a map each value follows its `key`.
 */
export interface ValueWriter {
  /** `AnyValue` without a value: null and undefined. */
  empty(): void;
  string(value: string): void;
  bool(value: boolean): void;
  /** A whole number from -2^63 to 2^63 - 1. */
  int(value: number | bigint): void;
  double(value: number): void;
  bytes(value: Uint8Array): void;
  beginArray(): void;
  endArray(): void;
  beginMap(): void;
  key(name: string): void;
  endMap(): void;
}

/** The trace that a record belongs to. */
export interface TraceIds {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits; absent where only the trace is known. */
  readonly spanId?: string | undefined;
  readonly traceFlags: number;
}

/** What stands before body and attributes. */
export interface RecordHead {
  /** Microseconds since 1970, fractions kept; written as nanoseconds. */
  readonly micros: number;
  /** The exact time, where it is known better than `micros` can say; goes before it. */
  readonly time?: HrTime | undefined;
  /** When it was seen, where that is not the time itself. */
  readonly observed?: HrTime | undefined;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly trace: TraceIds | null;
  readonly eventName?: string | undefined;
}

/** A writer that can write attributes anew as it has written them before. */
export interface RepeatingWriter {
  /** Writes the attributes that were kept for this owner; `false`: there are none. */
  repeat(owner: object): boolean;
  /** A place in the record, for `keep`. */
  place(): number;
  /** Keeps what was written since `place` for as long as the owner lives. */
  keep(owner: object, since: number): void;
}

/** A writer that can write faster what most records are. */
export interface PlainWriter {
  /** As `begin`, without an object to be made for it. */
  beginPlain(micros: number, severityNumber: number, severityText: string, trace: TraceIds | null): void;
  /**
   * Writes the own enumerable values of an object as attributes, whole and without running a getter. A key that is special ends it: then
   * the record has to be begun anew.
   *
   * @param from how many keys of the record stand before these
   * @returns how many with these; -1: one of them is special
   */
  fields(own: object, special: ReadonlySet<string>, from: number): number;
}

/** Takes one record at a time: `begin`, `body` and a value, any number of `attribute` and a value, `end`. */
export interface RecordWriter<Made> extends ValueWriter {
  begin(head: RecordHead): void;
  /** The next value is the body. */
  body(): void;
  /** The next value is this attribute's. */
  attribute(key: string): void;
  /** The finished record. `dropped`: attributes that were left out. */
  end(dropped: number): Made;
}
