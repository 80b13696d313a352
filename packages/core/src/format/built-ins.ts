import { platform } from "#platform";

/** Stands for "no built-in object that needs a reading of its own". */
export const KEEP: unique symbol = Symbol("keep");

const BYTES_SHOWN = 32;
const NUMBERS_SHOWN = 100;

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const lengthOf = getterOf(typedArray, "length") as (this: unknown) => number;
const tagOf = getterOf(typedArray, Symbol.toStringTag) as (this: unknown) => string | undefined;

function getterOf(prototype: object, key: PropertyKey): ((this: unknown) => unknown) | undefined {
  return Object.getOwnPropertyDescriptor(prototype, key)?.get;
}

/** In the order in which the engine writes them. */
const FLAGS: readonly (readonly [name: string, letter: string])[] = [
  ["hasIndices", "d"],
  ["global", "g"],
  ["ignoreCase", "i"],
  ["multiline", "m"],
  ["dotAll", "s"],
  ["unicode", "u"],
  ["unicodeSets", "v"],
  ["sticky", "y"],
];

type Reading = (value: never) => unknown;

/** By the name of the class, so that objects of other realms are known; each reading fails for what only looks like one. */
const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["Date", (date: Date) => dateText(Date.prototype.getTime.call(date))],
  ["RegExp", (expression: RegExp) => expressionText(expression)],
  ["URL", (url: URL) => URL.prototype.toString.call(url)],
  ["URLSearchParams", (parameters: URLSearchParams) => URLSearchParams.prototype.toString.call(parameters)],
  ["String", (text: string) => String.prototype.valueOf.call(text)],
  ["Number", (number: number) => Number.prototype.valueOf.call(number)],
  ["Boolean", (boolean: boolean) => Boolean.prototype.valueOf.call(boolean)],
  ["BigInt", (bigint: bigint) => BigInt.prototype.valueOf.call(bigint)],
  ["Symbol", (symbol: symbol) => Symbol.prototype.valueOf.call(symbol)],
  ["Map", (map: Map<unknown, unknown>) => copyOfMap(map)],
  ["Set", (set: Set<unknown>) => copyOfSet(set)],
  ["ArrayBuffer", (buffer: ArrayBuffer) => bufferText("ArrayBuffer", ArrayBuffer.prototype, buffer)],
  [
    "SharedArrayBuffer",
    (buffer: SharedArrayBuffer) => bufferText("SharedArrayBuffer", SharedArrayBuffer.prototype, buffer),
  ],
  ["Promise", () => "[Promise]"],
  ["WeakMap", marked("[WeakMap]", (map: WeakMap<object, unknown>) => WeakMap.prototype.has.call(map, READINGS))],
  ["WeakSet", marked("[WeakSet]", (set: WeakSet<object>) => WeakSet.prototype.has.call(set, READINGS))],
  ["WeakRef", marked("[WeakRef]", (ref: WeakRef<object>) => WeakRef.prototype.deref.call(ref))],
]);

/** A text for what has nothing to show, once a method of the engine has taken the value for what it looks like. */
function marked<T>(text: string, check: (value: T) => unknown): (value: T) => string {
  return (value) => {
    check(value);
    return text;
  };
}

/**
 * A built-in object as a primitive or as a plain copy (`Map`, `Set`) that the walk can go on with; `KEEP` for every other object.
 * Only methods of the engine run.
 */
export function plainBuiltIn(value: object): unknown {
  if (ArrayBuffer.isView(value)) return plainView(value);
  for (let at = Object.getPrototypeOf(value) as object | null, depth = 0; at && depth < 20; depth++) {
    if (platform.isProxy(at)) return KEEP;
    const name = classNameOf(at);
    if (name === "Object") return KEEP;
    const reading = name === undefined ? undefined : READINGS.get(name);
    if (reading) return readOrKeep(reading, value);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return KEEP;
}

function classNameOf(prototype: object): string | undefined {
  const made = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  if (typeof made !== "function" || platform.isProxy(made)) return undefined;
  const name = Object.getOwnPropertyDescriptor(made, "name")?.value as unknown;
  return typeof name === "string" ? name : undefined;
}

function readOrKeep(reading: Reading, value: object): unknown {
  try {
    return reading(value as never);
  } catch {
    return KEEP;
  }
}

/** As `toString()` has it, which would ask the expression's own properties. */
function expressionText(expression: RegExp): string {
  const source = getterOf(RegExp.prototype, "source")?.call(expression) as string;
  const flags = FLAGS.filter(([name]) => getterOf(RegExp.prototype, name)?.call(expression) === true);
  return `/${source}/${flags.map(([, letter]) => letter).join("")}`;
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

/** How many numbers a typed array holds; what has no numbers of its own (`DataView`) holds none. */
export function itemsInView(view: ArrayBufferView): number {
  return tagOf.call(view) === undefined ? 0 : lengthOf.call(view);
}

function plainView(view: ArrayBufferView): unknown {
  const tag = tagOf.call(view);
  if (tag === undefined) return "[DataView]";
  if (tag === "Uint8Array" || tag === "Uint8ClampedArray") return bytesText(tag, view as Uint8Array);
  const numbers = view as unknown as ArrayLike<number | bigint>;
  const length = lengthOf.call(view);
  const shown: unknown[] = [];
  for (let index = 0; index < length && index < NUMBERS_SHOWN; index++) shown.push(numbers[index]);
  if (length > NUMBERS_SHOWN) shown.push(`[${length - NUMBERS_SHOWN} more items]`);
  return shown;
}

function bufferText(name: string, prototype: object, buffer: ArrayBufferLike): string {
  // Fails for what is no buffer, before its parts are asked.
  getterOf(prototype, "byteLength")?.call(buffer);
  return bytesText(name, new Uint8Array(buffer));
}

function bytesText(name: string, bytes: Uint8Array): string {
  const length = lengthOf.call(bytes);
  let hex = "";
  for (let index = 0; index < length && index < BYTES_SHOWN; index++)
    hex += (bytes[index] as number).toString(16).padStart(2, "0");
  return length === 0
    ? `[${name} of 0 bytes]`
    : `[${name} of ${length} bytes: ${hex}${length > BYTES_SHOWN ? "…" : ""}]`;
}
