import { isError } from "@logbridge/core";

/** What pino's own serializer adds to an error's own properties. */
const ADDED: ReadonlySet<string> = new Set(["type", "message", "stack", "aggregateErrors", "cause", "raw"]);
const FREE: ReadonlySet<string> = new Set(["type", "message", "stack", "cause"]);

type Data = Record<string, unknown>;

/**
 * Does a line show an error as pino itself would, with nothing hidden, changed or added?
 *
 * @param shown the error's part of the line
 * @param isSerialized it went through a serializer; without one JSON shows the own properties alone
 * @param isOpen may be shown whole too: asked for the causes and inner errors, whose properties pino does not write
 */
export function isWhole(
  shown: unknown,
  error: object,
  isSerialized: boolean,
  isOpen: (inner: object) => boolean,
): boolean {
  return whole(shown, error, isSerialized, isOpen, []);
}

function whole(
  shown: unknown,
  error: object,
  isSerialized: boolean,
  isOpen: (inner: object) => boolean,
  above: readonly object[],
): boolean {
  if (typeof shown !== "object" || shown === null || above.includes(error)) return false;
  const data = shown as Data;
  if (isSerialized && !hasTitle(data, error)) return false;
  const path = [...above, error];
  const own = Object.keys(error);
  const listed = own.every((key) => {
    if (isSerialized && FREE.has(key)) return true;
    const value = valueOf(error, key);
    if (isSerialized && isError(value) && typeof data[key] === "object" && data[key] !== null)
      return whole(data[key], value, Object.hasOwn(data[key], "stack"), isOpen, path);
    return same(value, data[key], path);
  });
  if (!listed) return false;
  const known = new Set(own);
  for (const key in error) known.add(key);
  if (!Object.keys(data).every((key) => known.has(key) || (isSerialized && ADDED.has(key)))) return false;
  return innerErrors(error).every(([key, inner, at]) => {
    const part = at === null ? data[key] : (data["aggregateErrors"] as readonly unknown[] | undefined)?.[at];
    if (above.includes(inner) || inner === error) return true;
    return isSerialized && part !== undefined ? whole(part, inner, true, isOpen, path) : isOpen(inner);
  });
}

function hasTitle({ type, message, stack }: Data, error: object): boolean {
  const made = (error as Error).constructor as { readonly name?: unknown } | undefined;
  const isClass = typeof type === "string" && (type === made?.name || type === (error as Error).name);
  return isClass && begins(message, (error as Error).message) && begins(stack, (error as Error).stack);
}

/** pino adds the texts of the causes. */
function begins(shown: unknown, text: unknown): boolean {
  if (typeof text !== "string") return same(text, shown, []);
  return typeof shown === "string" && shown.startsWith(text);
}

/** Causes and inner errors, with where a line may have them. */
export function innerErrors(error: object): readonly (readonly [key: string, inner: object, at: number | null])[] {
  const found: [string, object, number | null][] = [];
  const [cause, errors] = ["cause", "errors"].map((key) => valueOf(error, key));
  if (typeof cause === "object" && cause !== null) found.push(["cause", cause, null]);
  if (Array.isArray(errors))
    errors.forEach((one: unknown, index) => {
      if (typeof one === "object" && one !== null) found.push(["errors", one, index]);
    });
  return found;
}

/** Is there nothing in an error that a line could hide by its key: no property beside title and stack, in its causes neither? */
export function isBare(error: object, above: readonly object[] = []): boolean {
  if (above.includes(error)) return true;
  const own = Object.keys(error).filter((key) => !FREE.has(key) && key !== "errors" && key !== "name");
  return (
    own.length === 0 && isError(error) && innerErrors(error).every(([, inner]) => isBare(inner, [...above, error]))
  );
}

function valueOf(object: object, key: string): unknown {
  const found = Object.getOwnPropertyDescriptor(object, key);
  // What a getter gave pino nobody else asks for: nothing of it is in a record.
  return found && "value" in found ? found.value : ANY;
}

const ANY: unique symbol = Symbol("any");

/** Is a value what JSON makes of another? */
function same(value: unknown, shown: unknown, above: readonly object[]): boolean {
  if (value === ANY) return true;
  if (typeof value !== "object" || value === null) return (text(value) ?? "null") === text(shown ?? null);
  if (above.includes(value)) return shown === "[Circular]";
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return text(value) === text(shown);
  if (typeof shown !== "object" || shown === null || Array.isArray(value) !== Array.isArray(shown)) return false;
  const path = [...above, value];
  const keys = Object.keys(value);
  return (
    keys.every((key) => same(valueOf(value, key), (shown as Data)[key], path)) &&
    Object.keys(shown).every((key) => Object.hasOwn(value, key))
  );
}

function text(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
