import { platform } from "#platform";

const DEEPEST = 10;
const MOST_ITEMS = 10_000;
const LONGEST = 1_048_576;

interface Walk {
  readonly above: unknown[];
  items: number;
}

/**
 * Any value as plain JSON data. Never throws, runs no getter, is bounded: depth 10, 10,000 items, texts of 1 MiB.
 *
 * @example
 * toPlain({ big: 1n, when: new Date(0) }); // { big: "1", when: "1970-01-01T00:00:00.000Z" }
 */
export function toPlain(value: unknown): unknown {
  return plain(value, { above: [], items: 0 });
}

function plain(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST ? `${value.slice(0, LONGEST)}… [${value.length - LONGEST} more characters]` : value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
      return value;
    case "undefined":
      return null;
    case "bigint":
      return String(value);
    case "symbol":
      return String(value);
    case "function":
      return "[Function]";
    default:
      return value === null ? null : plainObject(value as object, walk);
  }
}

function plainObject(value: object, walk: Walk): unknown {
  if (platform.isProxy(value)) return "[Proxy]";
  if (walk.above.includes(value)) return "[Circular]";
  if (walk.above.length >= DEEPEST) return Array.isArray(value) ? "[Array]" : "[Object]";
  if (++walk.items > MOST_ITEMS) return "[…]";
  const special = specialObject(value);
  if (special !== undefined) return special;
  walk.above.push(value);
  try {
    if (platform.isError(value)) return plainError(value, walk);
    if (Array.isArray(value)) return plainArray(value as unknown[], walk);
    if (value instanceof Map) return plainEntries([...value].map(([key, item]) => [typeof key === "string" ? key : String(plain(key, walk)), item]), walk);
    if (value instanceof Set) return plainArray([...value], walk);
    const shaped = ownShape(value);
    if (shaped !== value) return plain(shaped, walk);
    return plainProperties(value, walk);
  } catch {
    return "[Unreadable]";
  } finally {
    walk.above.pop();
  }
}

function specialObject(value: object): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (value instanceof URL) return URL.prototype.toString.call(value);
  const boxed: unknown = value;
  if (boxed instanceof String || boxed instanceof Number || boxed instanceof Boolean) return boxed.valueOf();
  if (ArrayBuffer.isView(boxed)) return `[${Object.prototype.toString.call(value).slice(8, -1)} of ${boxed.byteLength} bytes]`;
  if (boxed instanceof ArrayBuffer) return `[ArrayBuffer of ${boxed.byteLength} bytes]`;
  if (value instanceof Promise) return "[Promise]";
  if (value instanceof WeakMap || value instanceof WeakSet) return "[Weak collection]";
  return undefined;
}

/** What the object's own `toJSON` gives; the object itself where it has none, or where that throws or gives nothing. */
function ownShape(value: object): unknown {
  let toJSON: unknown;
  for (let at: object | null = value; at && toJSON === undefined; at = Object.getPrototypeOf(at) as object | null)
    toJSON = Object.getOwnPropertyDescriptor(at, "toJSON")?.value;
  if (typeof toJSON !== "function") return value;
  try {
    const shaped: unknown = (toJSON as (key: string) => unknown).call(value, "");
    return shaped === undefined ? value : shaped;
  } catch {
    return value;
  }
}

function plainArray(items: readonly unknown[], walk: Walk): unknown[] {
  const result: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    if (walk.items > MOST_ITEMS) {
      result.push(`[${items.length - index} more items]`);
      break;
    }
    walk.items++;
    const found = Object.getOwnPropertyDescriptor(items, index);
    result.push(found && !("value" in found) ? "[Getter]" : plain(found?.value, walk));
  }
  return result;
}

function plainProperties(value: object, walk: Walk): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (!found) continue;
    if ("value" in found && found.value === undefined) continue;
    entries.push([key, "value" in found ? found.value : "[Getter]"]);
  }
  return plainEntries(entries, walk);
}

function plainEntries(entries: readonly (readonly [string, unknown])[], walk: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    if (++walk.items > MOST_ITEMS) {
      set(result, "…", `[${entries.length} properties]`);
      break;
    }
    set(result, key, plain(item, walk));
  }
  return result;
}

function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** An error keeps what JSON would lose: type, message, stack, code, cause, inner errors, own properties. */
function plainError(error: Error, walk: Walk): Record<string, unknown> {
  const read = (key: string): unknown => {
    for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null) {
      const found = Object.getOwnPropertyDescriptor(at, key);
      if (found) return "value" in found ? found.value : key === "stack" ? nativeStack(error, found.get) : undefined;
    }
    return undefined;
  };
  const result: Record<string, unknown> = {};
  const made = read("constructor") as { name?: unknown } | undefined;
  const name = read("name");
  result["type"] = typeof name === "string" && name !== "Error" ? name : typeof made === "function" ? String((made as { name: string }).name) : "Error";
  result["message"] = plain(read("message"), walk);
  const stack = read("stack");
  if (typeof stack === "string") result["stack"] = stack;
  for (const key of ["code", "cause", "errors"]) {
    const value = read(key);
    if (value !== undefined) result[key] = plain(value, walk);
  }
  for (const [key, value] of Object.entries(plainProperties(error, walk))) if (!(key in result) && key !== "name") set(result, key, value);
  return result;
}

function nativeStack(error: Error, get: (() => unknown) | undefined): unknown {
  return get && /\[native code\]/.test(Function.prototype.toString.call(get)) ? get.call(error) : undefined;
}
