/** An object whose keys are attributes, so that it is never taken for keyword values. */
class Attributes {}

/** Values of a wrong type, by what the tables call them. */
const INVALID: Readonly<Record<string, () => unknown>> = {
  object: () => Symbol("object"),
  number: () => 3.4,
  float: () => 3.4,
  negative: () => -1,
  set: () => new Set(),
  list: () => [],
  null: () => null,
  dict: () => ({}),
  true: () => true,
};

/** Reads a mark of one table's own; `undefined` where it knows none. */
export type Mark = (name: string, value: unknown) => { readonly value: unknown } | undefined;

/** A value of a row: JSON, and the marks for what JSON cannot write. */
export function revived(value: unknown, mark?: Mark): unknown {
  if (Array.isArray(value)) return value.map((item) => revived(item, mark));
  if (typeof value !== "object" || value === null) return value;
  const [name = "", inner] = Object.entries(value)[0] ?? [];
  const own = name.startsWith("$") ? mark?.(name, inner) : undefined;
  if (own) return own.value;
  switch (name) {
    case "$float":
      return floatOf(String(inner));
    case "$bigint":
      return BigInt(String(inner));
    case "$obj":
      return Object.assign(new Attributes(), fields(inner as object, mark));
    case "$invalid":
      return (INVALID[String(inner)] as () => unknown)();
    default:
      return fields(value, mark);
  }
}

/** The fields of a row's object, revived. */
export function fields(value: object | undefined, mark?: Mark): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, item]) => [key, revived(item, mark)]));
}

function floatOf(text: string): number {
  if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
