import { levelOf } from "../record/level.ts";
import { type LogRecord, NONE } from "../record/record.ts";
import { answered } from "./answer.ts";
import { type FilterHost, isSummary } from "./suppressing-filter.ts";
import { type Called, wrongOption } from "./suppression-options.ts";

/** The option `keep`, before the levels of a logger are known. */
export type CheckedKeep = string | number | false | ((record: LogRecord<object>) => unknown);

/**
 * Checks the option `keep`.
 *
 * @throws LogbridgeTypeError with the function's code for another type
 */
export function checkKeep(called: Called, keep: unknown, otherwise: string): CheckedKeep {
  if (keep === undefined) return otherwise;
  const isKnown = typeof keep === "string" || typeof keep === "number" || keep === false || typeof keep === "function";
  if (!isKnown) throw wrongOption(called, "keep", "a level's name or number, a function, or false", keep);
  return keep as CheckedKeep;
}

/** Has something been thrown? Asked without describing it, which costs more than the rest of a filter. */
function hasException({ _exception, _thrown }: LogRecord<object>): boolean {
  return _exception === undefined ? _thrown !== NONE : _exception !== null;
}

/**
 * Compiles the option `keep`: is this record never suppressed? Summaries never are.
 *
 * @throws LogbridgeError LB1003 for a level that the logger does not know
 */
export function compileKeep(
  called: Called,
  keep: CheckedKeep,
  { levels, exact }: FilterHost,
): (record: LogRecord<object>) => boolean {
  if (keep === false) return isSummary;
  if (typeof keep === "function") return (record) => isSummary(record) || answered(keep(record));
  const { no } = levelOf(levels, keep, exact, `${called.name}(): keep`);
  return (record) => record._level.no >= no || hasException(record) || isSummary(record);
}
