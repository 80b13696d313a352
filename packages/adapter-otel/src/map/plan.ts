import type { MapOptions } from "./map-options.ts";
import { PLACE_NAMES } from "./place-names.ts";
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
  /** The last key that was not, for each place in a list of keys: records of one call have the same in the same order. */
  readonly plain: string[];
  readonly most: number;
  readonly longest: number;
  /** There are neither limits nor attributes of all records. */
  readonly isFree: boolean;
  /** Nor is anything to be said of a record but its place. */
  readonly isPlain: boolean;
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
  const { attributes, attributeCountLimit: most, attributeValueLengthLimit: longest, uid, template } = options;
  const isFree = attributes === undefined && most === undefined && longest === undefined;
  return {
    options,
    special: new Set([...SAID_NAMES, ...PLACE_NAMES, ...TAKEN_NAMES, ...Object.keys(attributes ?? {})]),
    plain: [],
    most: most ?? Number.POSITIVE_INFINITY,
    longest: longest ?? Number.POSITIVE_INFINITY,
    isFree,
    isPlain: isFree && !uid && !template,
  };
}

/** So many places are remembered. */
const MOST_PLACES = 32;

/** Is any of the keys special? */
export function hasSpecial(fields: object | null, { special, plain }: Plan): boolean {
  if (fields === null) return false;
  let place = 0;
  for (const key in fields) {
    if (plain[place] !== key) {
      if (special.has(key)) return true;
      if (place < MOST_PLACES) plain[place] = key;
    }
    place++;
  }
  return false;
}
