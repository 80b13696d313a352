import { LogbridgeTypeError, shown } from "../diagnostics.ts";
import { type Level, levelOf } from "../record/level.ts";
import { isWithin, nearestRule } from "../record/module-name.ts";
import { isPlainObject } from "../record/plain-object.ts";
import type { LogRecord } from "../record/record.ts";

/** The lowest level by module name: a level's name or number; `true` all, `false` none. The key `""` is for all others. */
export type LevelByName =
  | Readonly<Record<string, string | number | boolean>>
  | ReadonlyMap<string | null, string | number | boolean>;

/** Which records a handler takes: a function, the name of a module, or levels by module name. */
export type Filter<Extra extends object = Record<string, unknown>> =
  | string
  | LevelByName
  | ((record: LogRecord<Extra>) => unknown);

/** A filter as the handler runs it. */
export interface CompiledFilter {
  readonly accepts: (record: LogRecord<object>) => boolean;
  readonly needsCaller: boolean;
}

/**
 * Compiles the option `filter`.
 *
 * @throws LogbridgeTypeError LB1007 for another type, LogbridgeError LB1003 for an unknown level in a map
 */
export function compileFilter(
  filter: unknown,
  levels: ReadonlyMap<string, Level>,
  exact: boolean,
): CompiledFilter | null {
  if (filter === undefined || filter === null) return null;
  if (typeof filter === "function") {
    const ask = filter as (record: LogRecord<object>) => unknown;
    return { accepts: (record) => answered(ask(record)), needsCaller: false };
  }
  if (typeof filter === "string")
    return { accepts: ({ name }) => name !== null && isWithin(name, filter), needsCaller: true };
  if (filter instanceof Map || isPlainObject(filter)) return byName(filter, levels, exact);
  throw new LogbridgeTypeError(
    "LB1007",
    `add(): filter must be a function, the name of a module, or levels by module name, got ${shown(filter)}`,
  );
}

/** A promise is truthy whatever it resolves to, and nobody can wait for it here. */
function answered(answer: unknown): boolean {
  if (typeof answer === "object" && answer !== null && typeof (answer as { then?: unknown }).then === "function")
    throw new LogbridgeTypeError("LB1007", "filter: the function gave a promise; it must answer at once");
  return Boolean(answer);
}

function byName(filter: object, levels: ReadonlyMap<string, Level>, exact: boolean): CompiledFilter {
  const rules = new Map<string | null, number>();
  for (const [name, level] of filter instanceof Map ? filter : Object.entries(filter)) {
    if (name !== null && typeof name !== "string")
      throw new LogbridgeTypeError(
        "LB1007",
        `add(): filter: a module's name must be a text or null, got ${shown(name)}`,
      );
    if (typeof level !== "boolean" && typeof level !== "string" && typeof level !== "number")
      throw new LogbridgeTypeError(
        "LB1007",
        `add(): filter[${shown(name)}] must be a level's name or number, true or false, got ${shown(level)}`,
      );
    if (typeof level === "boolean") rules.set(name, level ? 0 : Number.POSITIVE_INFINITY);
    else rules.set(name, levelOf(levels, level, exact, `add(): filter[${shown(name)}]`).no);
  }
  const accepts = (record: LogRecord<object>): boolean => {
    const rule = record.name === null ? rules.get(null) : nearestRule(rules, record.name);
    return rule === undefined || record.level.no >= rule;
  };
  return { accepts, needsCaller: true };
}
