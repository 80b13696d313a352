/** One place at which two values differ. `undefined` stands for a part that is not there. */
export interface Difference {
  readonly path: string;
  readonly actual: unknown;
  readonly expected: unknown;
}

/**
 * Where two values differ, by own enumerable properties. A date equals its ISO text, since that is how JSON carries it,
 * and a property that is `undefined` equals one that is missing.
 *
 * @param path how the first level is called
 */
export function differences(actual: unknown, expected: unknown, path: string): readonly Difference[] {
  const found: Difference[] = [];
  collect(actual, expected, path, found, 0);
  return found;
}

/** Are two values the same by the rules of `differences`? */
export function isSame(actual: unknown, expected: unknown): boolean {
  return differences(actual, expected, "").length === 0;
}

const DEEPEST = 12;

function collect(actual: unknown, expected: unknown, path: string, found: Difference[], depth: number): void {
  const [left, right] = [comparable(actual), comparable(expected)];
  if (Object.is(left, right)) return;
  if (depth > DEEPEST || !isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    found.push({ path, actual, expected });
    return;
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys)
    collect(own(left, key), own(right, key), `${path}${pathOf(key, Array.isArray(right))}`, found, depth + 1);
}

function comparable(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  return value === 0 ? 0 : value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
}

function pathOf(key: string, inList: boolean): string {
  return inList ? `[${key}]` : /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
