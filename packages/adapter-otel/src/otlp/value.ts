import {
  type ErrorParts,
  freeKey,
  inspect,
  isProxy,
  isReadableError,
  KEEP,
  plainBuiltIn,
  readError,
} from "@logbridge/core";
import { binaryOf } from "./binary.ts";
import { functionText } from "./function-text.ts";
import { plainBy } from "./plain-writing.ts";
import type { ValueWriter } from "./value-writer.ts";

/** Objects within objects. */
const DEEPEST = 8;
/** Items and properties of one value, all told: what repeats an object at every level has no end in practice. */
const MOST_ITEMS = 100_000;
/** UTF-16 units of one value, all told. */
const LONGEST_IN_ALL = 67_108_864;

interface Walk {
  readonly writer: ValueWriter;
  /** Texts are cut to so many UTF-16 units. */
  readonly longest: number;
  readonly above: object[];
  items: number;
  characters: number;
}

/**
 * Writes any JavaScript value in OpenTelemetry's terms. Never throws but where the writer does, runs no getter, no `toJSON`, no trap.
 *
 * `null` and `undefined` are empty; whole numbers that JavaScript holds exactly are integers, the other numbers doubles; a BigInt beyond
 * 64 bits is its digits. A `Date` is its ISO text; `Map`, objects and errors are maps, `Set` and arrays are arrays; `Uint8Array`,
 * `DataView` and buffers are bytes. What has no counterpart is described: `[Function: save]`, `[Circular]`, `[Truncated]` below eight
 * levels, `[Getter]`.
 *
 * @param longest texts are cut to so many UTF-16 units; default: whole
 */
export function writeValue(value: unknown, writer: ValueWriter, longest: number = Number.POSITIVE_INFINITY): void {
  if (typeof value === "string" && value.length <= longest && value.length <= LONGEST_IN_ALL) writer.string(value);
  else if (typeof value === "number") writeNumber(value, writer);
  else if (typeof value === "boolean") writer.bool(value);
  else writeAny(value, { writer, longest, above: [], items: 0, characters: 0 });
}

/** A number: whole ones that are exact as integers. Minus zero is none. */
export function writeNumber(value: number, writer: ValueWriter): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) writer.int(value);
  else writer.double(value);
}

function writeAny(value: unknown, walk: Walk): void {
  const { writer } = walk;
  switch (typeof value) {
    case "string":
      writer.string(bounded(value, walk));
      break;
    case "number":
      writeNumber(value, writer);
      break;
    case "boolean":
      writer.bool(value);
      break;
    case "bigint":
      if (BigInt.asIntN(64, value) === value) writer.int(value);
      else writer.string(bounded(String(value), walk));
      break;
    case "symbol":
      writer.string(bounded(String(value), walk));
      break;
    case "function":
      writer.string(bounded(functionText(value), walk));
      break;
    default:
      if (value === null || value === undefined) writer.empty();
      else writeObject(value, walk);
  }
}

function bounded(text: string, walk: Walk): string {
  const most = Math.min(walk.longest, LONGEST_IN_ALL - walk.characters);
  const kept = cutText(text, most);
  walk.characters += kept.length;
  return kept;
}

/** The first so many UTF-16 units of a text, without half a character at the end. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = most > 0 ? text.charCodeAt(most - 1) : 0;
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}

function writeObject(value: object, walk: Walk): void {
  const { writer, above } = walk;
  // Inspection shows a proxy's target without asking its handler.
  if (isProxy(value)) writer.string(bounded(inspect(value), walk));
  else if (above.includes(value)) writer.string("[Circular]");
  else if (above.length >= DEEPEST) writer.string("[Truncated]");
  else {
    above.push(value);
    writeOpened(value, walk);
    above.pop();
  }
}

function writeOpened(value: object, walk: Walk): void {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (Array.isArray(value)) writeArray(value, walk);
  else if (prototype === Object.prototype || prototype === null) writeProperties(value, walk);
  else if (isReadableError(value)) writeError(readError(value), walk);
  else writeInstance(value, walk);
}

/** An object of a class: one of the engine's, else its own properties. */
function writeInstance(value: object, walk: Walk): void {
  const found = binaryOf(value) ?? plainBuiltIn(value);
  if (found === KEEP) writeProperties(value, walk);
  else if (found instanceof Uint8Array) walk.writer.bytes(found);
  else if (found instanceof Map) writeMap(found, walk);
  else if (found instanceof Set) writeArray([...found], walk);
  else if (Array.isArray(found)) writeArray(found, walk);
  else writeAny(found, walk);
}

function writeArray(items: ArrayLike<unknown>, walk: Walk): void {
  const { writer } = walk;
  writer.beginArray();
  for (let index = 0; index < items.length; index++) {
    if (++walk.items > MOST_ITEMS) {
      writer.string(`[${items.length - index} more items]`);
      break;
    }
    writeAny(ownValue(items, index), walk);
  }
  writer.endArray();
}

/** A property's value as it stands there; `[Getter]` where only code of its owner knows it. */
export function ownValue(holder: object, key: PropertyKey): unknown {
  try {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    return found === undefined || "value" in found ? found?.value : "[Getter]";
  } catch (error) {
    return thrownText(error);
  }
}

/** A name of a module that is not yet evaluated throws. */
function thrownText(error: unknown): string {
  return `[Throws: ${isReadableError(error) ? readError(error).message : inspect(error)}]`;
}

function writeProperties(value: object, walk: Walk): void {
  let keys: readonly string[];
  try {
    keys = Object.keys(value);
  } catch (error) {
    walk.writer.string(bounded(thrownText(error), walk));
    return;
  }
  walk.writer.beginMap();
  writeEntries(value, keys, walk);
  walk.writer.endMap();
}

function writeEntries(value: object, keys: readonly string[], walk: Walk): void {
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const found = ownValue(value, key);
    if (found === undefined) continue;
    if (++walk.items > MOST_ITEMS) {
      writeEntry("…", `[${keys.length - index} more properties]`, walk);
      break;
    }
    writeEntry(key, found, walk);
  }
}

function writeEntry(key: string, value: unknown, walk: Walk): void {
  walk.writer.key(key);
  writeAny(value, walk);
}

function writeMap(map: ReadonlyMap<unknown, unknown>, walk: Walk): void {
  const { writer } = walk;
  let left = map.size;
  const taken = new Set<string>();
  writer.beginMap();
  for (const [key, item] of map) {
    if (++walk.items > MOST_ITEMS) {
      writeEntry("…", `[${left} more entries]`, walk);
      break;
    }
    left--;
    writeEntry(typeof key === "string" ? key : otherKey(key, map, taken, walk), item, walk);
  }
  writer.endMap();
}

/** Keys of a map are unique in OTLP, and 1 and "1" are two here. */
function otherKey(key: unknown, map: ReadonlyMap<unknown, unknown>, taken: Set<string>, walk: Walk): string {
  const text = freeKey(keyText(key, walk), (one) => map.has(one) || taken.has(one));
  taken.add(text);
  return text;
}

/** An object is shown as its data: inspection would run accessors that are in it. */
function keyText(key: unknown, walk: Walk): string {
  if (typeof key === "function") return functionText(key);
  if (typeof key !== "object" || key === null) return inspect(key);
  return JSON.stringify(
    plainBy((writer) => {
      const inner: Walk = { ...walk, writer };
      writeAny(key, inner);
      walk.items = inner.items;
      walk.characters = inner.characters;
    }),
  );
}

/** An error as a map: what an object's own properties would not say. */
function writeError({ type, message, stack, code, cause, errors, properties }: ErrorParts, walk: Walk): void {
  const parts = {
    type,
    message,
    ...(stack !== "" && { stack }),
    code,
    cause: cause ?? undefined,
    errors: errors ?? undefined,
  };
  walk.writer.beginMap();
  writeEntries(parts, Object.keys(parts), walk);
  if (properties) {
    const own = Object.keys(properties).filter((key) => ownValue(parts, key) === undefined);
    writeEntries(properties, own, walk);
  }
  walk.writer.endMap();
}
