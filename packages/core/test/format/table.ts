import { readFileSync } from "node:fs";

/** What every row of a conformance table has. */
export interface Row {
  readonly id: string;
  readonly python_only: boolean;
  readonly tags: readonly string[];
  readonly error?: { readonly type: string; readonly kind?: string };
}

/** The rows of a conformance table that a port to JavaScript has to meet. */
export function rowsOf<R extends Row>(table: string): readonly R[] {
  const text = readFileSync(new URL(`../fixtures/conformance/${table}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly rows: readonly R[] }).rows.filter((row) => !row.python_only);
}

/** A value of a row: JSON, and the marks for what JSON cannot write. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  const marked = value as Readonly<Record<string, unknown>>;
  if ("$float" in marked) return floatOf(String(marked["$float"]));
  if ("$bigint" in marked) return BigInt(String(marked["$bigint"]));
  const inner = "$obj" in marked ? (marked["$obj"] as object) : value;
  return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, revived(item)]));
}

function floatOf(text: string): number {
  return /inf/.test(text) ? (text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number(text);
}
