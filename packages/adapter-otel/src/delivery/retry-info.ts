/** The wire types of protobuf that a status has. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const RETRY_INFO = "google.rpc.RetryInfo";

interface Field {
  readonly number: number;
  /** A varint's value; 0 for others. */
  readonly value: number;
  readonly bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array();

/** Reads the fields of a message, one after the other. Throws RangeError where the bytes are none. */
class FieldReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  *fields(): Generator<Field> {
    while (this.#at < this.#bytes.length) {
      const tag = this.#varint();
      yield this.#field(Math.floor(tag / 8), tag % 8);
    }
  }

  #field(number: number, wireType: number): Field {
    if (wireType === VARINT) return { number, value: this.#varint(), bytes: NO_BYTES };
    if (wireType === BYTES) return { number, value: 0, bytes: this.#take(this.#varint()) };
    if (wireType === FIXED64 || wireType === FIXED32)
      return { number, value: 0, bytes: this.#take(wireType === FIXED64 ? 8 : 4) };
    throw new RangeError(`wire type ${wireType}`);
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("the message is cut off");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("the message is cut off");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

function* parts(bytes: Uint8Array, number: number): Generator<Field> {
  for (const field of new FieldReader(bytes).fields()) if (field.number === number) yield field;
}

/** `google.protobuf.Duration` in milliseconds. */
function durationMs(duration: Uint8Array): number {
  let ms = 0;
  for (const { number, value } of new FieldReader(duration).fields()) {
    if (number === 1) ms += value * 1000;
    if (number === 2) ms += value / 1_000_000;
  }
  return ms;
}

/** The delay that a `google.rpc.RetryInfo` asks for; 0 where it says none. */
function delayOf(info: Uint8Array): number {
  for (const { bytes } of parts(info, 1)) return durationMs(bytes);
  return 0;
}

function typeOf(detail: Uint8Array): string {
  for (const { bytes } of parts(detail, 1)) return new TextDecoder().decode(bytes);
  return "";
}

/**
 * How long to wait, as a `google.rpc.Status` says it (gRPC's trailer `grpc-status-details-bin`).
 *
 * @returns milliseconds, `null` where it has no RetryInfo, or the bytes are no status
 */
export function retryDelayMs(status: Uint8Array): number | null {
  try {
    for (const { bytes: detail } of parts(status, 3)) {
      if (!typeOf(detail).endsWith(`/${RETRY_INFO}`)) continue;
      for (const { bytes: info } of parts(detail, 2)) return delayOf(info);
      return 0;
    }
  } catch {
    // Whatever it is, it says nothing of a delay.
  }
  return null;
}
