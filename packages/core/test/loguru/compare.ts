/** Stands for any value: the wording of our own errors is ours. */
export const ANY: unique symbol = Symbol("any");

/** Equal in depth; object keys in any order. */
export function same(expected: unknown, got: unknown): boolean {
  if (got === ANY || Object.is(expected, got) || expected === got) return true;
  if (typeof expected !== "object" || typeof got !== "object" || expected === null || got === null) return false;
  if (Array.isArray(expected) !== Array.isArray(got)) return false;
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(got).length) return false;
  return keys.every((key) => Object.hasOwn(got, key) && same((expected as Values)[key], (got as Values)[key]));
}

type Values = Readonly<Record<string, unknown>>;

/** A copy that later changes do not reach. */
export function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snapshot);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, snapshot(item)]));
}

/** A value on one line, for a report. */
export function shown(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item === ANY) return "(any)";
    if (item === undefined) return "(undefined)";
    if (typeof item === "bigint") return `${item}n`;
    return typeof item === "number" && (!Number.isFinite(item) || Object.is(item, -0)) ? `(${item})` : item;
  });
}
