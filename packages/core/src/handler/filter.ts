import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { levelOf } from "../record/level.ts";
import { isWithin, nearestRule } from "../record/module-name.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";
import { answered } from "./answer.ts";
import {
  type FilterHost,
  isSuppressingFilter,
  OPEN,
  type OpenFilter,
  type SuppressingFilter,
} from "./suppressing-filter.ts";

/** The lowest level by module name: a level's name or number; `true` all, `false` none. The key `""` is for all others. */
export type LevelByName =
  | Readonly<Record<string, string | number | boolean>>
  | ReadonlyMap<string | null, string | number | boolean>;

/**
 * Which records a handler takes: a function, the name of a module, levels by module name, `sample()` or `throttle()`; or a list of these,
 * which are asked in their order until one refuses the record.
 */
export type Filter<Extra extends object = Record<string, unknown>> =
  | string
  | LevelByName
  | ((record: LogRecord<Extra>) => unknown)
  | SuppressingFilter<Extra>
  | readonly Filter<Extra>[];

/** A filter as the handler runs it. */
export interface CompiledFilter {
  readonly accepts: (record: LogRecord<object>) => boolean;
  readonly needsCaller: boolean;
  /** It calls functions of the application. */
  readonly runsUserCode: boolean;
  /** The parts of it that count what they refuse. */
  readonly suppressing: readonly OpenFilter<object>[];
}

/**
 * Compiles the option `filter`.
 *
 * @throws LogbridgeTypeError LB1007 for another type, LogbridgeError LB1003 for an unknown level in a map
 */
export function compileFilter(filter: unknown, host: FilterHost): CompiledFilter | null {
  return filter === undefined || filter === null ? null : compile(filter, host, "filter");
}

function compile(filter: unknown, host: FilterHost, option: string): CompiledFilter {
  if (typeof filter === "function") {
    const ask = filter as (record: LogRecord<object>) => unknown;
    return { ...PLAIN, accepts: (record) => answered(ask(record)), runsUserCode: true };
  }
  if (typeof filter === "string")
    return { ...PLAIN, accepts: ({ name }) => name !== null && isWithin(name, filter), needsCaller: true };
  if (isSuppressingFilter(filter)) {
    const open = filter[OPEN](host);
    const { needsCaller, runsUserCode } = open;
    return { accepts: (record) => open.accepts(record), needsCaller, runsUserCode, suppressing: [open] };
  }
  if (Array.isArray(filter)) return every(filter, host, option);
  if (filter instanceof Map || isPlainObject(filter)) return byName(filter, host, option);
  throw new LogbridgeTypeError(
    "LB1007",
    `add(): ${option} must be a function, the name of a module, levels by module name, sample(), throttle(), or a list of these, got ${shown(filter)}`,
  );
}

const PLAIN = { needsCaller: false, runsUserCode: false, suppressing: [] } as const;

/** What one refuses, those after it neither see nor count. */
function every(list: readonly unknown[], host: FilterHost, option: string): CompiledFilter {
  // Takes everything, or nothing? Nobody who writes it can mean both.
  if (list.length === 0)
    throw new LogbridgeTypeError("LB1007", `add(): ${option} is an empty list; leave it out, or name a filter in it`);
  const all = list.map((filter, index) => compile(filter, host, `${option}[${index}]`));
  return {
    accepts: (record) => {
      for (let index = 0; index < all.length; index++)
        if (!(all[index] as CompiledFilter).accepts(record)) return false;
      return true;
    },
    needsCaller: all.some(({ needsCaller }) => needsCaller),
    runsUserCode: all.some(({ runsUserCode }) => runsUserCode),
    suppressing: all.flatMap(({ suppressing }) => suppressing),
  };
}

function byName(filter: object, { levels, exact }: FilterHost, option: string): CompiledFilter {
  const rules = new Map<string | null, number>();
  for (const [name, level] of filter instanceof Map ? filter : Object.entries(filter)) {
    if (name !== null && typeof name !== "string")
      throw new LogbridgeTypeError(
        "LB1007",
        `add(): ${option}: a module's name must be a text or null, got ${shown(name)}`,
      );
    if (typeof level !== "boolean" && typeof level !== "string" && typeof level !== "number")
      throw new LogbridgeTypeError(
        "LB1007",
        `add(): ${option}[${shown(name)}] must be a level's name or number, true or false, got ${shown(level)}`,
      );
    if (typeof level === "boolean") rules.set(name, level ? 0 : Number.POSITIVE_INFINITY);
    else rules.set(name, levelOf(levels, level, exact, `add(): ${option}[${shown(name)}]`).no);
  }
  const accepts = (record: LogRecord<object>): boolean => {
    const rule = record.name === null ? rules.get(null) : nearestRule(rules, record.name);
    return rule === undefined || record.level.no >= rule;
  };
  return { ...PLAIN, accepts, needsCaller: true };
}
