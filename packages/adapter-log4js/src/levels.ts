import { type LogRecord, type NamedSeverity, nameOfSeverity, nearestLevel } from "@logbridge/core";

/** A level of log4js. Its number is a thousand times Loguru's. */
export interface Log4jsLevel {
  readonly level: number;
  readonly levelStr: string;
}

/** The levels of one copy of log4js: `log4js.levels`. Appenders compare the instances in it, so ours are always taken from there. */
export interface Log4jsLevels {
  readonly levels: readonly Log4jsLevel[];
  addLevels(levels: object): void;
}

/** Their numbers stand above every threshold: they say "always", not how severe something is. */
const ALWAYS: ReadonlySet<string> = new Set(["MARK", "OFF"]);
/** No level for a record of ours, unless it came from there by that name. */
const NEVER_CHOSEN: ReadonlySet<string> = new Set(["ALL", "MARK", "OFF"]);
const SIX: ReadonlySet<string> = new Set(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);
const SCALE = 1000;
const ALWAYS_NO = 20;

/** A level's severity in Loguru's numbers. */
export function severityOf(level: Log4jsLevel): number {
  return ALWAYS.has(level.levelStr) ? ALWAYS_NO : level.level / SCALE;
}

/** A level of theirs in our words. */
export function inboundLevel(level: Log4jsLevel): { readonly name: string; readonly no: number } {
  const no = severityOf(level);
  return { name: nameOfSeverity(no, level.levelStr), no };
}

/** The level of the registry for a record: the very one that it came with, else of the same name, else the nearest that is not more severe. */
export function levelFor(record: LogRecord, { levels }: Log4jsLevels): Log4jsLevel {
  const { level, origin } = record;
  const original = origin?.name === "log4js" ? origin.level?.name : undefined;
  const same = original === undefined ? undefined : levels.find((one) => one.levelStr === original);
  // A patcher may have changed the level since.
  if (same && severityOf(same) === level.no) return same;
  return nearest(level, levels.filter((one) => !NEVER_CHOSEN.has(one.levelStr) || one.levelStr === level.name));
}

/** For an appender with a closed table of its own: the nearest of log4js' six levels, `null` where the level is one of them. */
export function standardLevel(level: Log4jsLevel, { levels }: Log4jsLevels): Log4jsLevel | null {
  if (SIX.has(level.levelStr)) return null;
  return nearest({ name: level.levelStr, no: severityOf(level) }, levels.filter((one) => SIX.has(one.levelStr)));
}

function nearest(level: NamedSeverity, levels: readonly Log4jsLevel[]): Log4jsLevel {
  const found = nearestLevel(level, levels.map((one) => ({ name: one.levelStr, no: severityOf(one) })));
  return (levels.find((one) => one.levelStr === found?.name) ?? levels[0]) as Log4jsLevel;
}

/**
 * Gives the registry a SUCCESS, if it has none.
 *
 * The registry is shared by the whole copy of log4js, and nothing is ever taken out of it. A level more changes no other
 * level and no configuration; one that the application configures later by this name replaces ours.
 */
export function addSuccess(registry: Log4jsLevels): void {
  if (registry.levels.some((one) => one.levelStr === "SUCCESS")) return;
  registry.addLevels({ SUCCESS: { value: 25 * SCALE, colour: "green" } });
}

/** True for a category that was switched off, or that nobody has configured. */
export function isOff(level: Log4jsLevel): boolean {
  return level.levelStr === "OFF";
}
