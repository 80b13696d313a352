/** Stands for "no built-in object that needs a reading of its own". */
export const KEEP: unique symbol = Symbol("keep");

const BYTES_SHOWN = 32;

const byteLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "byteLength")?.get as () => number;
const typeTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get as () => string | undefined;

type Reading = (value: never) => unknown;

/** By the name of the class, so that objects of other realms are known; each reading fails for what only looks like one. */
const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["Date", (date: Date) => dateText(Date.prototype.getTime.call(date))],
  ["RegExp", (expression: RegExp) => RegExp.prototype.toString.call(expression)],
  ["URL", (url: URL) => URL.prototype.toString.call(url)],
  ["URLSearchParams", (parameters: URLSearchParams) => URLSearchParams.prototype.toString.call(parameters)],
  ["String", (text: string) => String.prototype.valueOf.call(text)],
  ["Number", (number: number) => Number.prototype.valueOf.call(number)],
  ["Boolean", (boolean: boolean) => Boolean.prototype.valueOf.call(boolean)],
  ["BigInt", (bigint: bigint) => BigInt.prototype.valueOf.call(bigint)],
  ["Symbol", (symbol: symbol) => Symbol.prototype.valueOf.call(symbol)],
  ["Map", (map: Map<unknown, unknown>) => copyOfMap(map)],
  ["Set", (set: Set<unknown>) => copyOfSet(set)],
  ["ArrayBuffer", (buffer: ArrayBuffer) => bytesText("ArrayBuffer", new Uint8Array(buffer))],
  ["SharedArrayBuffer", (buffer: SharedArrayBuffer) => bytesText("SharedArrayBuffer", new Uint8Array(buffer))],
  ["Promise", () => "[Promise]"],
  ["WeakMap", () => "[WeakMap]"],
  ["WeakSet", () => "[WeakSet]"],
  ["WeakRef", () => "[WeakRef]"],
]);

/**
 * A built-in object as a primitive or as a plain copy (`Map`, `Set`) that the walk can go on with; `KEEP` for every other object.
 * Only methods of the engine run.
 */
export function plainBuiltIn(value: object): unknown {
  if (ArrayBuffer.isView(value)) return viewText(value);
  for (let at = Object.getPrototypeOf(value) as object | null, depth = 0; at && depth < 20; depth++) {
    const made = Object.getOwnPropertyDescriptor(at, "constructor")?.value as unknown;
    const name = typeof made === "function" ? (Object.getOwnPropertyDescriptor(made, "name")?.value as unknown) : undefined;
    if (name === "Object") return KEEP;
    const reading = typeof name === "string" ? READINGS.get(name) : undefined;
    if (reading) return readOrKeep(reading, value);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return KEEP;
}

function readOrKeep(reading: Reading, value: object): unknown {
  try {
    return reading(value as never);
  } catch {
    return KEEP;
  }
}

function dateText(ms: number): string {
  return Number.isNaN(ms) ? "Invalid Date" : new Date(ms).toISOString();
}

function copyOfMap(map: Map<unknown, unknown>): Map<unknown, unknown> {
  const copy = new Map<unknown, unknown>();
  Map.prototype.forEach.call(map, (item, key) => void copy.set(key, item));
  return copy;
}

function copyOfSet(set: Set<unknown>): Set<unknown> {
  const copy = new Set<unknown>();
  Set.prototype.forEach.call(set, (item) => void copy.add(item));
  return copy;
}

function viewText(view: ArrayBufferView): string {
  const tag = typeTag.call(view) as string | undefined;
  if (tag === undefined) return "[DataView]";
  const bytes = byteLength.call(view as never);
  if (tag !== "Uint8Array") return `[${tag} of ${bytes} bytes]`;
  return bytesText(tag, view as Uint8Array);
}

function bytesText(name: string, bytes: Uint8Array): string {
  const length = byteLength.call(bytes as never);
  let hex = "";
  for (let index = 0; index < length && index < BYTES_SHOWN; index++) hex += (bytes[index] as number).toString(16).padStart(2, "0");
  return length === 0 ? `[${name} of 0 bytes]` : `[${name} of ${length} bytes: ${hex}${length > BYTES_SHOWN ? "…" : ""}]`;
}
