import { readyPattern } from "../ready-pattern.ts";
import { engineTag } from "./redact-sealed.ts";

const SPECIAL = readyPattern(/[.+]/g);

const FEWEST = 4;
/** As many as an inspection shows; JSON shows all, which then stand behind these. */
const BYTES_SHOWN = 50;
const NUMBERS_SHOWN = 100;

/**
 * How inspections and JSON write bytes and numbers in a row, as sources of regular expressions: `<Buffer 68 75 …>`, `[ 104, 117, … ]`, over several
 * lines too. Empty for every other object, and where so few stand in too many texts by chance.
 */
export function rowsOfBytes(value: object): readonly string[] {
  const bytes = bytesOf(value);
  if (bytes === null) return [];
  const hex = Array.from(bytes.subarray(0, BYTES_SHOWN), (byte) => byte.toString(16).padStart(2, "0"));
  const numbers = numbersOf(value, bytes).map((number) => String(number).replace(SPECIAL, "\\$&"));
  const first = numbers[0]?.replace("-", "");
  return [
    ...(hex.length >= FEWEST ? [`\\b${hex.join(" ")}(?: [0-9a-f]{2}\\b)*`] : []),
    ...(numbers.length >= FEWEST
      ? [`\\b${[first, ...numbers.slice(1)].join("n?,\\s*")}(?:n?,\\s*-?[\\d.e+-]+)*n?`]
      : []),
  ];
}

const TYPED = Object.getPrototypeOf(Uint8Array.prototype) as object;
const BUFFERS: Readonly<Record<string, object | undefined>> = {
  ArrayBuffer: ArrayBuffer.prototype,
  SharedArrayBuffer: globalThis.SharedArrayBuffer?.prototype,
};

/** What the engine says, whatever stands in the object under that name. */
function own<T>(prototype: object, key: PropertyKey, value: object): T {
  return Object.getOwnPropertyDescriptor(prototype, key)?.get?.call(value) as T;
}

function isTyped(value: object): boolean {
  return own(TYPED, Symbol.toStringTag, value) !== undefined;
}

function bytesOf(value: object): Uint8Array | null {
  try {
    if (ArrayBuffer.isView(value)) {
      const prototype = isTyped(value) ? TYPED : DataView.prototype;
      const [at, length] = [own<number>(prototype, "byteOffset", value), own<number>(prototype, "byteLength", value)];
      return new Uint8Array(own<ArrayBuffer>(prototype, "buffer", value), at, length);
    }
    const prototype = BUFFERS[engineTag(value) ?? ""];
    // Fails for what is no buffer.
    return prototype ? new Uint8Array(value as ArrayBuffer, 0, own<number>(prototype, "byteLength", value)) : null;
  } catch {
    return null;
  }
}

function numbersOf(value: object, bytes: Uint8Array): readonly (number | bigint)[] {
  const numbers = ArrayBuffer.isView(value) && isTyped(value) ? (value as Uint8Array) : bytes;
  return Array.from({ length: Math.min(numbers.length, NUMBERS_SHOWN) }, (_, at) => numbers[at] as number);
}
