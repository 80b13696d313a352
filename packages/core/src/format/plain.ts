import { platform } from "#platform";
import { KEEP, plainBuiltIn } from "./built-ins.ts";
import { isReadableError, readError } from "./error-parts.ts";

const DEEPEST = 10;
const MOST_ITEMS = 10_000;
const LONGEST = 1_048_576;
const LONGEST_IN_ALL = 16 * LONGEST;

interface Walk {
  readonly above: object[];
  items: number;
  characters: number;
}

/**
 * Any value as plain JSON data: what JSON cannot say becomes text. Never throws, runs no getter and no trap (a `toJSON` method is
 * called), is bounded: depth 10, 10,000 items, texts of 1 MiB and of 16 MiB in all.
 *
 * @example
 * toPlain({ big: 1n, when: new Date(0) }); // { big: "1", when: "1970-01-01T00:00:00.000Z" }
 */
export function toPlain(value: unknown): unknown {
  return plain(value, { above: [], items: 0, characters: 0 });
}

/** The own fields of an object, each as plain data with bounds of its own: a huge one takes no room from the others. */
export function plainFields(fields: object): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const found = Object.getOwnPropertyDescriptor(fields, key);
    if (!found || ("value" in found && found.value === undefined)) continue;
    put(result, key, "value" in found ? toPlain(found.value) : "[Getter]");
  }
  return result;
}

function plain(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case "string":
      return plainText(value, walk);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
      return value;
    case "undefined":
      return null;
    case "bigint":
    case "symbol":
      return plainText(String(value), walk);
    case "function":
      return functionText(value);
    default:
      return value === null ? null : plainObject(value as object, walk);
  }
}

function plainText(text: string, walk: Walk): string {
  const most = Math.min(LONGEST, Math.max(0, LONGEST_IN_ALL - walk.characters));
  walk.characters += Math.min(text.length, most);
  return text.length > most ? `${text.slice(0, most)}… [${text.length - most} more characters]` : text;
}

function functionText(value: unknown): string {
  if (platform.isProxy(value)) return "[Function]";
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value as unknown;
  return typeof name === "string" && name !== "" ? `[Function: ${name}]` : "[Function]";
}

function plainObject(value: object, walk: Walk): unknown {
  // Inspection shows a proxy's target without asking its handler.
  if (platform.isProxy(value)) return plainText(platform.inspect(value, { oneLine: true, depth: 2 }), walk);
  if (walk.above.includes(value)) return "[Circular]";
  if (walk.above.length >= DEEPEST) return Array.isArray(value) ? "[Array]" : "[Object]";
  if (++walk.items > MOST_ITEMS) return "[…]";
  walk.above.push(value);
  try {
    if (Array.isArray(value)) return plainArray(value as unknown[], walk);
    if (isReadableError(value)) return plainError(value, walk);
    const builtIn = plainBuiltIn(value);
    if (builtIn === KEEP) return plainShape(value, walk);
    if (builtIn instanceof Map) return plainMap(builtIn as Map<unknown, unknown>, walk);
    if (builtIn instanceof Set) return plainArray([...(builtIn as Set<unknown>)], walk);
    return plain(builtIn, walk);
  } catch {
    return "[Unreadable]";
  } finally {
    walk.above.pop();
  }
}

/** What the object's own `toJSON` gives; its properties where it has none, or where that throws or gives nothing. */
function plainShape(value: object, walk: Walk): unknown {
  const toJSON = methodOf(value, "toJSON");
  if (!toJSON) return plainProperties(value, walk);
  let shaped: unknown;
  try {
    shaped = toJSON.call(value, "");
  } catch {
    return plainProperties(value, walk);
  }
  if (shaped === undefined || shaped === value) return plainProperties(value, walk);
  // As JSON.stringify does: the result's own `toJSON` is not asked again.
  const isShape = typeof shaped === "object" && shaped !== null && !platform.isProxy(shaped) && !Array.isArray(shaped);
  return isShape && plainBuiltIn(shaped as object) === KEEP && !isReadableError(shaped)
    ? plainProperties(shaped as object, walk)
    : plain(shaped, walk);
}

/** A method of an object or of its prototypes, found without running a getter or a trap; `null` where there is none. */
export function methodOf(value: object, key: string): ((this: unknown, key: string) => unknown) | null {
  for (let at: object | null = value; at && !platform.isProxy(at); at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return typeof found.value === "function" ? (found.value as (key: string) => unknown) : null;
  }
  return null;
}

function plainArray(items: readonly unknown[], walk: Walk): unknown[] {
  const result: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    if (walk.items >= MOST_ITEMS) {
      result.push(`[${items.length - index} more items]`);
      break;
    }
    walk.items++;
    const found = Object.getOwnPropertyDescriptor(items, index);
    result.push(found && !("value" in found) ? "[Getter]" : plain(found?.value, walk));
  }
  return result;
}

function plainMap(map: ReadonlyMap<unknown, unknown>, walk: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let left = map.size;
  for (const [key, item] of map) {
    if (!takeItem(result, left--, walk)) break;
    const shown = plain(key, walk);
    put(result, typeof shown === "string" ? shown : JSON.stringify(shown), plain(item, walk));
  }
  return result;
}

function plainProperties(value: object, walk: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const keys = Object.keys(value);
  let left = keys.length;
  for (const key of keys) {
    const found = Object.getOwnPropertyDescriptor(value, key);
    if (!found || ("value" in found && found.value === undefined)) {
      left--;
      continue;
    }
    if (!takeItem(result, left--, walk)) break;
    put(result, plainText(key, walk), "value" in found ? plain(found.value, walk) : "[Getter]");
  }
  return result;
}

function takeItem(result: Record<string, unknown>, left: number, walk: Walk): boolean {
  if (walk.items < MOST_ITEMS) {
    walk.items++;
    return true;
  }
  put(result, "…", `[${left} more properties]`);
  return false;
}

/** Defines what assignment would take for the prototype. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** An error keeps what JSON would lose: type, message, stack, code, cause, inner errors, own properties. */
function plainError(error: Error, walk: Walk): Record<string, unknown> {
  const { type, message, stack, code, cause, errors, properties } = readError(error);
  const result: Record<string, unknown> = { type: plainText(type, walk), message: plainText(message, walk) };
  if (stack !== "") result["stack"] = plainText(stack, walk);
  if (code !== undefined) result["code"] = plain(code, walk);
  if (cause !== undefined && cause !== null) result["cause"] = plain(cause, walk);
  if (errors) result["errors"] = plainArray(errors, walk);
  if (!properties) return result;
  const own = plainProperties(properties, walk);
  for (const key of Object.keys(own)) if (!Object.hasOwn(result, key)) put(result, key, own[key]);
  return result;
}
