import { hrTimeOf } from "./hr-time.ts";
import { SHORT, varintSize } from "./protobuf-bytes.ts";
import { ATTRIBUTE, ProtobufFields } from "./protobuf-fields.ts";
import type { HrTime } from "./readable.ts";
import { LOG_RECORDS, RecordBytes } from "./record-bytes.ts";
import type { PlainWriter, RecordHead, RecordWriter, RepeatingWriter, TraceIds } from "./value-writer.ts";

/** Fields of `LogRecord`, with their wire types. */
const TIME = 0x09;
const SEVERITY_NUMBER = 0x10;
const SEVERITY_TEXT = 0x1a;
const BODY = 0x2a;
const DROPPED = 0x38;
const FLAGS = 0x45;
const TRACE_ID = 0x4a;
const SPAN_ID = 0x52;
const OBSERVED = 0x59;
const EVENT_NAME = 0x62;

const MICROS = 1_000_000;
const TWO_16 = 0x1_0000;
const TWO_32 = 0x1_0000_0000;
/** What a record needs beside its texts and values, with a severity of many letters. */
const FIXED = 384;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Encodes records as the protobuf message `LogRecord`, each field once, in the order of their numbers; and what they are filed under. */
export class ProtobufWriter extends ProtobufFields implements RecordWriter<RecordBytes>, RepeatingWriter, PlainWriter {
  private head: RecordHead | null = null;
  /** The second that the last time lay in, as nanoseconds in two halves: many records share it. */
  private second = Number.NaN;
  private secondLow = 0;
  private secondHigh = 0;
  /** The last time that was written. */
  private low = 0;
  private high = 0;
  /** The last severity, and its bytes: records of one level follow each other. */
  private severityNumber = 0;
  private severityText = "";
  private severity: Uint8Array = new Uint8Array(0);
  /** The last ids, and their bytes: records of one span follow each other, too. */
  private traceId = "";
  private spanId: string | undefined;
  private ids: Uint8Array = new Uint8Array(0);
  private readonly kept = new WeakMap<object, Uint8Array>();
  /** The last owner of attributes that were kept, and these: records of one place follow each other. */
  private owner: object | null = null;
  private ownerBytes: Uint8Array = new Uint8Array(0);
  /** The head of records that are begun as plain ones. */
  private readonly plain: Writable<RecordHead> = {
    micros: 0,
    time: undefined,
    observed: undefined,
    severityNumber: 0,
    severityText: "",
    trace: null,
    eventName: undefined,
  };
  /** What tag and length of the last record took: the next begins so far behind it. */
  private before = 2;

  beginPlain(micros: number, severityNumber: number, severityText: string, trace: TraceIds | null): void {
    const { plain } = this;
    plain.micros = micros;
    plain.severityNumber = severityNumber;
    plain.severityText = severityText;
    plain.trace = trace;
    this.begin(plain);
  }

  begin(head: RecordHead): void {
    this.head = head;
    this.startMessage(this.before);
    this.room(FIXED);
    this.byte(TIME);
    if (head.time) this.hrTime(head.time);
    else this.micros(head.micros);
    this.fixed64();
    if (head.severityNumber !== this.severityNumber || head.severityText !== this.severityText)
      this.learnSeverity(head);
    else this.again(this.severity);
  }

  private learnSeverity({ severityNumber, severityText }: RecordHead): void {
    const before = this.at - this.start;
    if (severityNumber > 0) {
      this.byte(SEVERITY_NUMBER);
      this.varint(severityNumber);
    }
    if (severityText !== "") this.text(SEVERITY_TEXT, severityText);
    if (severityText.length > SHORT) return;
    this.severity = this.slab.slice(this.start + before, this.at);
    this.severityNumber = severityNumber;
    this.severityText = severityText;
  }

  body(): void {
    this.valueField(BODY);
  }

  attribute(key: string): void {
    this.keyField(ATTRIBUTE, key);
  }

  repeat(owner: object): boolean {
    let bytes: Uint8Array | undefined = this.ownerBytes;
    if (owner !== this.owner) {
      bytes = this.kept.get(owner);
      if (bytes === undefined) return false;
      this.owner = owner;
      this.ownerBytes = bytes;
    }
    this.room(bytes.length);
    this.slab.set(bytes, this.at);
    this.at += bytes.length;
    return true;
  }

  place(): number {
    return this.at - this.start;
  }

  keep(owner: object, since: number): void {
    this.kept.set(owner, this.slab.slice(this.start + since, this.at));
  }

  end(dropped: number): RecordBytes {
    const head = this.head as RecordHead;
    this.head = null;
    this.room(FIXED);
    if (dropped > 0) {
      this.byte(DROPPED);
      this.varint(dropped);
    }
    if (head.trace) this.trace(head.trace);
    this.byte(OBSERVED);
    if (head.observed) this.hrTime(head.observed);
    this.fixed64();
    if (head.eventName) this.text(EVENT_NAME, head.eventName);
    return this.finished();
  }

  /** Puts tag and length before the record. */
  private finished(): RecordBytes {
    this.room(4);
    const length = this.at - this.start - this.before;
    const before = 1 + varintSize(length);
    if (before !== this.before) this.shift(before, length);
    const { slab, start, at: end } = this;
    this.at = start;
    this.byte(LOG_RECORDS);
    this.varint(length);
    this.at = end;
    if (this.isLarge()) return new RecordBytes(this.takeMessage(), 0, end - start);
    this.endMessage();
    return new RecordBytes(slab, start, end);
  }

  /** Most records are as long as the one before them, about. */
  private shift(before: number, length: number): void {
    const { slab, start } = this;
    slab.copyWithin(start + before, start + this.before, this.at);
    this.at = start + before + length;
    this.before = before;
  }

  private trace({ traceId, spanId, traceFlags }: TraceIds): void {
    if (traceFlags !== 0) {
      this.byte(FLAGS);
      this.view.setUint32(this.at, traceFlags, true);
      this.at += 4;
    }
    if (traceId !== this.traceId || spanId !== this.spanId) this.learnIds(traceId, spanId);
    else this.again(this.ids);
  }

  private learnIds(traceId: string, spanId: string | undefined): void {
    const begin = this.at;
    this.hex(TRACE_ID, traceId);
    if (spanId) this.hex(SPAN_ID, spanId);
    this.ids = this.slab.slice(begin, this.at);
    this.traceId = traceId;
    this.spanId = spanId;
  }

  private hex(tag: number, digits: string): void {
    this.byte(tag);
    this.byte(digits.length / 2);
    const { slab } = this;
    let { at } = this;
    for (let index = 0; index < digits.length; index += 2)
      slab[at++] = (nibble(digits.charCodeAt(index)) << 4) | nibble(digits.charCodeAt(index + 1));
    this.at = at;
  }

  private fixed64(): void {
    this.view.setUint32(this.at, this.low, true);
    this.view.setUint32(this.at + 4, this.high, true);
    this.at += 8;
  }

  private micros(micros: number): void {
    const nanos = Math.round((micros - this.second * MICROS) * 1000);
    if (nanos >= 0 && nanos < 1_000_000_000) this.nanos(nanos);
    else this.hrTime(hrTimeOf(micros));
  }

  private hrTime([seconds, nanos]: HrTime): void {
    if (seconds !== this.second) this.startSecond(seconds);
    this.nanos(nanos);
  }

  /** Within the second. */
  private nanos(nanos: number): void {
    const low = this.secondLow + nanos;
    const carry = low >= TWO_32 ? 1 : 0;
    this.low = low - carry * TWO_32;
    this.high = this.secondHigh + carry;
  }

  /** Seconds times a billion, by parts that a double holds exactly. */
  private startSecond(seconds: number): void {
    const low = (seconds % TWO_16) * 1_000_000_000;
    const high = Math.floor(seconds / TWO_16) * 1_000_000_000 + Math.floor(low / TWO_16);
    this.second = seconds;
    this.secondLow = (high % TWO_16) * TWO_16 + (low % TWO_16);
    this.secondHigh = Math.floor(high / TWO_16);
  }
}

/** The value of a hexadecimal digit. */
function nibble(unit: number): number {
  return (unit & 0xf) + (unit >> 6) * 9;
}
