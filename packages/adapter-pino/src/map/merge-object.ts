import { givenName, type LogRecord, toPlain } from "@logbridge/core";

/** How a record's parts are called and shown on pino's side. */
export interface Mapping {
  /** Keys that the line has already: fields of these names get a trailing underscore. */
  readonly reserved: ReadonlySet<string>;
  readonly errorKey: string;
  /** What the line has already, and a record too where it was captured from that very logger: it is not said twice. */
  readonly bound: Readonly<Record<string, unknown>>;
  /** What of a field of this name may be shown, where the line shows it by another: `undefined` leaves it out. */
  hidden(key: string, value: unknown): unknown;
  /** A field's value as it is handed over. */
  valueOf(key: string, value: unknown): unknown;
  errorOf(exception: NonNullable<LogRecord["exception"]>): unknown;
}

/**
 * A record's fields as pino's merge object: fresh for each receiver.
 *
 * @param level the label of a level that the other side has no place for
 */
export function mergeObject(record: LogRecord, mapping: Mapping, level: string | null): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  const { exception } = record;
  const add = (key: string, value: unknown): void => {
    if (Object.hasOwn(mapping.bound, key) && isSame(mapping.bound[key], value)) return;
    let name = key;
    while (mapping.reserved.has(name) || (exception && name === mapping.errorKey) || Object.hasOwn(merged, name))
      name += "_";
    const shown = name === key ? value : mapping.hidden(key, value);
    if (shown !== undefined) merged[name] = shown;
  };
  for (const key of Object.keys(record.extra)) {
    const value = record.extra[key];
    if (value !== undefined) add(key, mapping.valueOf(key, value));
  }
  const name = givenName(record);
  if (name !== null) add("name", name);
  if (level !== null) add("levelName", level);
  if (exception) merged[mapping.errorKey] = mapping.errorOf(exception);
  return merged;
}

function isSame(bound: unknown, value: unknown): boolean {
  return bound === value || JSON.stringify(bound) === JSON.stringify(toPlain(value));
}
