import { ProtobufBytes, SHORT } from "./protobuf-bytes.ts";
import type { ValueWriter } from "./value-writer.ts";

/** Fields of `AnyValue`, with their wire types. */
export const STRING = 0x0a;
export const BOOL = 0x10;
export const INT = 0x18;
export const DOUBLE = 0x21;
const ARRAY = 0x2a;
const MAP = 0x32;
const BYTES = 0x3a;
/** The only field of `ArrayValue` and of `KeyValueList`. */
const ITEM = 0x0a;
/** Fields of `KeyValue`. */
export const KEY = 0x0a;
export const VALUE = 0x12;

/** No key, or none that waits for its value. */
const NONE = -1;
/** Room for a value of fixed size, with all that stands around it and what lengths may still take. */
const SMALL = 32;

/** Writes the protobuf messages `AnyValue` and `KeyValue`. */
export class ProtobufValues extends ProtobufBytes implements ValueWriter {
  /** Where the length of the `KeyValue` stands that the next value fills. */
  private keyAt = NONE;
  private inArray = false;
  /** What the lists and maps stand in that are being written: `keyAt` and `inArray` of each. */
  private readonly outerKeys: number[] = [];
  private readonly outerArrays: boolean[] = [];

  protected override startMessage(behind?: number): void {
    super.startMessage(behind);
    this.keyAt = NONE;
    this.inArray = false;
    if (this.outerKeys.length === 0) return;
    this.outerKeys.length = 0;
    this.outerArrays.length = 0;
  }

  protected override moved(by: number): void {
    super.moved(by);
    const { outerKeys } = this;
    if (this.keyAt !== NONE) this.keyAt -= by;
    for (let index = 0; index < outerKeys.length; index++)
      if (outerKeys[index] !== NONE) outerKeys[index] = (outerKeys[index] as number) - by;
  }

  /** Begins a field that holds an `AnyValue`; the next value fills it. */
  protected valueField(tag: number): void {
    this.room(2);
    this.byte(tag);
    this.inArray = false;
  }

  /** Begins a field that holds a `KeyValue`; the next value fills it. */
  protected keyField(tag: number, key: string): void {
    this.inArray = false;
    if (!this.shortKey(tag, key)) this.longKey(tag, key);
  }

  private shortKey(tag: number, key: string): boolean {
    if (key.length > SHORT) return false;
    this.room(SHORT + SMALL);
    const { slab, at } = this;
    const end = this.ascii(key, at + 4);
    if (end < 0) return false;
    slab[at] = tag;
    slab[at + 2] = KEY;
    slab[at + 3] = key.length;
    slab[end] = VALUE;
    this.keyAt = at + 1;
    this.at = end + 1;
    return true;
  }

  private longKey(tag: number, key: string): void {
    this.room(2);
    this.byte(tag);
    this.keyAt = this.at++;
    this.text(KEY, key);
    this.room(1);
    this.byte(VALUE);
  }

  empty(): void {
    this.endSmall(this.beginSmall());
  }

  string(value: string): void {
    if (this.inArray || !this.shortString(value)) this.longString(value);
  }

  private shortString(value: string): boolean {
    const { length } = value;
    if (length > SHORT) return false;
    this.room(SHORT + SMALL);
    const { slab, at } = this;
    const end = this.ascii(value, at + 3);
    if (end < 0) return false;
    slab[at] = length + 2;
    slab[at + 1] = STRING;
    slab[at + 2] = length;
    this.at = end;
    this.endKey();
    return true;
  }

  private longString(value: string): void {
    this.beginLarge();
    this.text(STRING, value);
    this.endLarge();
  }

  bool(value: boolean): void {
    const begun = this.beginSmall();
    this.byte(BOOL);
    this.byte(value ? 1 : 0);
    this.endSmall(begun);
  }

  int(value: number | bigint): void {
    const begun = this.beginSmall();
    this.byte(INT);
    this.int64(value);
    this.endSmall(begun);
  }

  double(value: number): void {
    const begun = this.beginSmall();
    this.byte(DOUBLE);
    this.view.setFloat64(this.at, value, true);
    this.at += 8;
    this.endSmall(begun);
  }

  bytes(value: Uint8Array): void {
    this.beginLarge();
    this.blob(BYTES, value);
    this.endLarge();
  }

  beginArray(): void {
    this.enter(ARRAY, true);
  }
  endArray(): void {
    this.leave();
  }
  beginMap(): void {
    this.enter(MAP, false);
  }
  key(name: string): void {
    this.keyField(ITEM, name);
  }
  endMap(): void {
    this.leave();
  }

  private enter(tag: number, inArray: boolean): void {
    this.beginLarge();
    this.byte(tag);
    this.beginLength();
    this.outerKeys.push(this.keyAt);
    this.outerArrays.push(this.inArray);
    this.keyAt = NONE;
    this.inArray = inArray;
  }

  private leave(): void {
    this.endLength();
    this.keyAt = this.outerKeys.pop() as number;
    this.inArray = this.outerArrays.pop() as boolean;
    this.endLarge();
  }

  /** Begins a value of less than 128 bytes; gives where its length stands. Room for one of fixed size is made. */
  private beginSmall(): number {
    this.room(SMALL);
    if (this.inArray) this.byte(ITEM);
    return this.at++;
  }

  private endSmall(begun: number): void {
    this.slab[begun] = this.at - begun - 1;
    this.endKey();
  }

  private beginLarge(): void {
    this.room(SMALL);
    if (this.inArray) this.byte(ITEM);
    this.beginLength();
  }

  private endLarge(): void {
    this.endLength();
    this.room(4);
    this.endKey();
  }

  /** The value of the key is written, if it has one. There is room for four bytes more. */
  private endKey(): void {
    const { keyAt } = this;
    if (keyAt === NONE) return;
    this.keyAt = NONE;
    this.seal(keyAt);
  }
}
