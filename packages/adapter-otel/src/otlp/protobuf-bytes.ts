/** What a record is written into; several share one. */
const SLAB = 65_536;
/** Texts up to here are copied unit by unit; a call of the engine's encoder costs more. With what stands around them, one byte says how long they are. */
export const SHORT = 40;
/** Longer ones are encoded apart: room for the worst case would be three times what they take. */
const LONG = 4_096;
/** One byte of length says less than this. */
export const ONE_BYTE = 0x80;
const TWO_32 = 0x1_0000_0000;

const encoder = new TextEncoder();

/**
 * Bytes in protobuf's terms, appended to one slab that grows. Lengths that are not yet known take one byte, and what follows moves where
 * they turn out to need more.
 */
export class ProtobufBytes {
  protected slab: Uint8Array = new Uint8Array(0);
  protected view: DataView = new DataView(this.slab.buffer);
  protected at = 0;
  /** Where the message that is being written begins. */
  protected start = 0;
  /** Positions of lengths that are still to be filled: they move with the bytes. */
  private readonly open: number[] = [];

  /** Begins a message of its own, so many bytes behind the last; whatever was begun is forgotten. */
  protected startMessage(behind = 0): void {
    this.at = this.start;
    // Setting the length of an array costs as much as writing a value.
    if (this.open.length > 0) this.open.length = 0;
    this.room(behind);
    this.at += behind;
  }

  /** Ends the message, which stays where it is: its bytes are never written again. */
  protected endMessage(): void {
    this.start = this.at;
  }

  /** Is the message so large that it would keep too much of a slab alive, or a slab too many small ones? */
  protected isLarge(): boolean {
    return this.at - this.start > SLAB / 4;
  }

  /** Ends the message, and gives its bytes as a copy. */
  protected takeMessage(): Uint8Array {
    const bytes = this.slab.slice(this.start, this.at);
    this.at = this.start;
    if (this.slab.length > SLAB) this.useSlab(new Uint8Array(0), 0);
    return bytes;
  }

  /** Makes room for so many bytes more. */
  protected room(bytes: number): void {
    if (this.at + bytes > this.slab.length) this.grow(bytes);
  }

  private grow(bytes: number): void {
    const { slab, start, at } = this;
    const used = at - start;
    const needed = used + bytes;
    const grown = new Uint8Array(needed > SLAB / 2 ? needed * 2 : SLAB);
    grown.set(slab.subarray(start, at));
    this.useSlab(grown, used);
    this.moved(start);
  }

  private useSlab(slab: Uint8Array, used: number): void {
    this.slab = slab;
    this.view = new DataView(slab.buffer);
    this.start = 0;
    this.at = used;
  }

  /** The bytes of the message stand so much nearer to the slab's beginning. */
  protected moved(by: number): void {
    const { open } = this;
    for (let index = 0; index < open.length; index++) open[index] = (open[index] as number) - by;
  }

  protected byte(value: number): void {
    this.slab[this.at++] = value;
  }

  /** Leaves room for a length that is filled by `endLength`. */
  protected beginLength(): void {
    this.open.push(this.at++);
  }

  /** Fills the length that was begun last with how much has been written since. */
  protected endLength(): void {
    this.room(4);
    this.seal(this.open.pop() as number);
  }

  /** Fills the length at `position`. There is room for four bytes more. */
  protected seal(position: number): void {
    const length = this.at - position - 1;
    if (length < ONE_BYTE) this.slab[position] = length;
    else this.widen(position, length);
  }

  private widen(position: number, length: number): void {
    const more = varintSize(length) - 1;
    this.slab.copyWithin(position + 1 + more, position + 1, this.at);
    const end = this.at + more;
    this.at = position;
    this.varint(length);
    this.at = end;
  }

  /** A number of up to 32 bits. There is room for five bytes. */
  protected varint(value: number): void {
    let left = value;
    while (left >= ONE_BYTE) {
      this.slab[this.at++] = (left & 0x7f) | ONE_BYTE;
      left >>>= 7;
    }
    this.slab[this.at++] = left;
  }

  /** A whole number as `int64`. There is room for ten bytes. */
  protected int64(value: number | bigint): void {
    if (typeof value === "bigint") {
      const bits = BigInt.asUintN(64, value);
      this.varint64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    } else if (value >= 0 && value < TWO_32) this.varint(value);
    else this.varint64(value >>> 0, Math.floor(value / TWO_32) >>> 0);
  }

  private varint64(low: number, high: number): void {
    let lowLeft = low;
    let highLeft = high;
    while (highLeft !== 0 || lowLeft >= ONE_BYTE) {
      this.slab[this.at++] = (lowLeft & 0x7f) | ONE_BYTE;
      lowLeft = ((lowLeft >>> 7) | (highLeft << 25)) >>> 0;
      highLeft >>>= 7;
    }
    this.slab[this.at++] = lowLeft;
  }

  /** Bytes with a tag before them. */
  protected blob(tag: number, bytes: Uint8Array): void {
    this.room(bytes.length + 8);
    this.slab[this.at++] = tag;
    this.varint(bytes.length);
    this.slab.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Bytes that have been written before, few enough for a loop. There is room for them. */
  protected again(bytes: Uint8Array): void {
    const { slab, at } = this;
    for (let index = 0; index < bytes.length; index++) slab[at + index] = bytes[index] as number;
    this.at = at + bytes.length;
  }

  /** A text with a tag before it. */
  protected text(tag: number, text: string): void {
    if (text.length > LONG) this.blob(tag, encoder.encode(text));
    else if (!this.shortText(tag, text)) this.encodedText(tag, text);
  }

  private shortText(tag: number, text: string): boolean {
    if (text.length > SHORT) return false;
    this.room(SHORT + 8);
    const { at } = this;
    const end = this.ascii(text, at + 2);
    if (end < 0) return false;
    this.slab[at] = tag;
    this.slab[at + 1] = text.length;
    this.at = end;
    return true;
  }

  /** Copies a text of ASCII to a place where there is room for it. Gives where it ends; -1: it is not all ASCII. */
  protected ascii(text: string, begin: number): number {
    const { slab } = this;
    const { length } = text;
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit >= ONE_BYTE) return -1;
      slab[begin + index] = unit;
    }
    return begin + length;
  }

  /** The engine's encoder makes U+FFFD of halves of characters. */
  private encodedText(tag: number, text: string): void {
    this.room(text.length * 3 + 8);
    this.slab[this.at++] = tag;
    this.beginLength();
    this.at += encoder.encodeInto(text, this.slab.subarray(this.at)).written;
    this.endLength();
  }
}

/** How many bytes a number of up to 32 bits takes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let left = value; left >= ONE_BYTE; left >>>= 7) size++;
  return size;
}
