const TWO_7 = 128;
/** A number of 64 bits takes no more. */
const LONGEST_VARINT = 10;

const decoder = new TextDecoder();

/**
 * Reads a protobuf message field by field. Throws a `RangeError` where the bytes end too early or are no message.
 *
 * @example
 * while (reader.next()) if (reader.field === 1) name = reader.text(); else reader.skip();
 */
export class ProtobufReader {
  /** The number of the field that `next` has found. */
  field = 0;
  #wireType = 0;
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Goes to the next field; `false`: there is none. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.#wireType = tag % 8;
    return true;
  }

  /** A number that a double holds exactly. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = this.#byte();
      value += (byte % TWO_7) * scale;
      if (byte < TWO_7) return value;
      scale *= TWO_7;
    }
    throw malformed("a number is too long");
  }

  /** An `int64`. */
  int64(): bigint {
    let value = 0n;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = this.#byte();
      value |= BigInt(byte % TWO_7) << BigInt(7 * index);
      if (byte < TWO_7) return BigInt.asIntN(64, value);
    }
    throw malformed("a number is too long");
  }

  fixed32(): number {
    return this.#view(4).getUint32(0, true);
  }

  fixed64(): bigint {
    return this.#view(8).getBigUint64(0, true);
  }

  double(): number {
    return this.#view(8).getFloat64(0, true);
  }

  /** The field's bytes, shared with the message. */
  bytes(): Uint8Array {
    return this.#take(this.varint());
  }

  text(): string {
    return decoder.decode(this.bytes());
  }

  /** The field as a message of its own. */
  message(): ProtobufReader {
    return new ProtobufReader(this.bytes());
  }

  /** Passes the field over. */
  skip(): void {
    if (this.#wireType === 0) this.varint();
    else if (this.#wireType === 1) this.#take(8);
    else if (this.#wireType === 2) this.bytes();
    else if (this.#wireType === 5) this.#take(4);
    else throw malformed(`wire type ${this.#wireType}`);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw malformed("it ends too early");
    return byte;
  }

  #take(length: number): Uint8Array {
    const begin = this.#at;
    if (begin + length > this.#bytes.length) throw malformed("it ends too early");
    this.#at += length;
    return this.#bytes.subarray(begin, this.#at);
  }

  #view(length: number): DataView {
    const { buffer, byteOffset } = this.#take(length);
    return new DataView(buffer, byteOffset, length);
  }
}

function malformed(why: string): RangeError {
  return new RangeError(`no protobuf message: ${why}`);
}
