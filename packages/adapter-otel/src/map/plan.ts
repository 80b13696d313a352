import type { MapOptions } from "./map-options.ts";
import { TAKEN_NAMES } from "./taken-fields.ts";

/** Everything that this package says of a record. */
const SAID_NAMES: readonly string[] = [
  "exception.type",
  "exception.message",
  "exception.stacktrace",
  "exception.code",
  "exception.cause",
  "exception.errors",
  "exception.properties",
  "code.function.name",
  "code.file.path",
  "code.line.number",
  "code.column.number",
  "log.record.uid",
  "logger.name",
  "message_template.text",
  "message_template.arguments",
  "process.pid",
  "process.executable.name",
  "thread.id",
  "thread.name",
];

/** Options, with what would otherwise be found anew for each record. */
export interface Plan {
  readonly options: MapOptions;
  /** Keys of values that need a closer look: they may have a field of their own, or stand twice. */
  readonly special: ReadonlySet<string>;
  readonly most: number;
  readonly longest: number;
  /** There are neither limits nor attributes of all records. */
  readonly isFree: boolean;
}

const plans = new WeakMap<MapOptions, Plan>();
/** Most processes have one sink. */
let last: Plan | null = null;

/** The plan for options, made once for an object. */
export function planFor(options: MapOptions): Plan {
  if (last?.options === options) return last;
  last = plans.get(options) ?? planned(options);
  plans.set(options, last);
  return last;
}

function planned(options: MapOptions): Plan {
  const { attributes, attributeCountLimit: most, attributeValueLengthLimit: longest } = options;
  return {
    options,
    special: new Set([...SAID_NAMES, ...TAKEN_NAMES, ...Object.keys(attributes ?? {})]),
    most: most ?? Number.POSITIVE_INFINITY,
    longest: longest ?? Number.POSITIVE_INFINITY,
    isFree: attributes === undefined && most === undefined && longest === undefined,
  };
}

/** Is any of the keys special? */
export function hasSpecial(fields: object | null, { special }: Plan): boolean {
  if (fields === null) return false;
  for (const key in fields) if (special.has(key)) return true;
  return false;
}
