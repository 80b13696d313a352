import { isProxy } from "@logbridge/core";

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const tagOf = getter(typedArray, Symbol.toStringTag) as (this: unknown) => string | undefined;
const lengthOf = getter(typedArray, "length") as (this: unknown) => number;

type Part<T> = (this: unknown) => T;

/** Where the bytes of a kind of object stand, by getters of the engine: those of a subclass are code of the user. */
interface Place {
  readonly buffer: Part<ArrayBufferLike>;
  readonly offset: Part<number>;
  readonly length: Part<number>;
}

const VIEW: Place = placeIn(typedArray);
const DATA_VIEW: Place = placeIn(DataView.prototype);
const byteLengthOf = [ArrayBuffer, globalThis.SharedArrayBuffer]
  .filter((made) => made !== undefined)
  .map((made) => getter(made.prototype, "byteLength") as Part<number>);

function placeIn(prototype: object): Place {
  return {
    buffer: getter(prototype, "buffer") as Part<ArrayBufferLike>,
    offset: getter(prototype, "byteOffset") as Part<number>,
    length: getter(prototype, "byteLength") as Part<number>,
  };
}

function getter(prototype: object, key: PropertyKey): Part<unknown> | undefined {
  return Object.getOwnPropertyDescriptor(prototype, key)?.get;
}

/**
 * The bytes of a `Uint8Array` (a `Buffer` is one), `DataView` or buffer, the numbers of another typed array; `null` for all else. Of
 * any realm, without running code of its owner.
 */
export function binaryOf(value: object): Uint8Array | (number | bigint)[] | null {
  if (!ArrayBuffer.isView(value)) return bufferBytes(value);
  const tag = tagOf.call(value);
  if (tag === undefined) return bytesAt(value, DATA_VIEW);
  if (tag === "Uint8Array" || tag === "Uint8ClampedArray") return bytesAt(value, VIEW);
  // Elements of a typed array are read by the engine, its `length` may be the user's.
  return Array.from(
    { length: lengthOf.call(value) },
    (_, index) => (value as unknown as ArrayLike<number>)[index] ?? 0,
  );
}

function bytesAt(view: ArrayBufferView, place: Place): Uint8Array {
  const length = place.length.call(view);
  return length === 0 ? new Uint8Array(0) : new Uint8Array(place.buffer.call(view), place.offset.call(view), length);
}

function bufferBytes(value: object): Uint8Array | null {
  if (!inheritsLength(value)) return null;
  for (const byteLength of byteLengthOf) {
    try {
      // Fails for what is no such buffer.
      return byteLength.call(value) === 0 ? new Uint8Array(0) : new Uint8Array(value as ArrayBufferLike);
    } catch {}
  }
  return null;
}

/** Tells most objects apart before a getter is tried: a failure costs more than the whole record. */
function inheritsLength(value: object): boolean {
  for (let at = Object.getPrototypeOf(value) as object | null, depth = 0; at && depth < 20; depth++) {
    if (isProxy(at)) return false;
    if (Object.hasOwn(at, "byteLength")) return true;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}
