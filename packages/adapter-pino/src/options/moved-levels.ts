import { LEVEL_TABLE, LogbridgeError, type MovedConfiguration } from "@logbridge/core";
import { inboundLevel, levelsWith, type PinoLevels, STANDARD } from "../levels.ts";
import type { PinoOptions } from "./pino-options.ts";

/** The levels of a configuration in our words. */
export interface MovedLevels {
  /** The handler's level; `null` where nothing is logged. */
  readonly threshold: number | null;
  /** Does a line's number pass? `null` where our levels have the order of pino's numbers, so that the threshold says all. */
  readonly passes: ((number: number) => boolean) | null;
  /** Levels that we do not have yet. */
  readonly levels: NonNullable<MovedConfiguration["levels"]>;
}

type OurLevel = ReturnType<typeof inboundLevel>;

/** @throws LogbridgeError LB1574 for a level that there is not */
export function moveLevels(options: PinoOptions): MovedLevels {
  const { customLevels = {}, useOnlyCustomLevels = false, enabled, level = "info", levelComparison } = options;
  const isDescending = levelComparison === "DESC";
  const table = levelsWith(customLevels, useOnlyCustomLevels);
  const ours = ourLevels(table, isDescending);
  const levels = Object.keys(customLevels)
    .filter((label) => !Object.hasOwn(STANDARD, label) && !isOurs(label))
    .map((label) => ours.get(label) as OurLevel);
  if (enabled === false || level === "silent" || level === Number.POSITIVE_INFINITY)
    return { threshold: null, passes: null, levels };
  const least = leastOf(level, useOnlyCustomLevels ? customLevels : { ...STANDARD, ...customLevels });
  const passes = (number: number): boolean => (isDescending ? number <= least : number >= least);
  const all = Object.entries(table.values).map(([label, number]) => ({
    no: (ours.get(label) as OurLevel).no,
    isPassed: passes(number),
  }));
  const threshold = Math.min(...all.filter(({ isPassed }) => isPassed).map(({ no }) => no));
  const isTold = all.every(({ no, isPassed }) => isPassed === no >= threshold);
  return { threshold, passes: isTold ? null : passes, levels };
}

function isOurs(label: string): boolean {
  return LEVEL_TABLE.some(({ loguru }) => loguru === label.toUpperCase());
}

/** The number of the level that is set: one that the logger itself knows. */
function leastOf(level: string | number, known: Readonly<Record<string, number>>): number {
  const lower = String(level).toLowerCase();
  const label = Object.hasOwn(STANDARD, lower) ? lower : level;
  const isKnown = typeof label === "number" ? Object.values(known).includes(label) : Object.hasOwn(known, label);
  if (!isKnown)
    throw new LogbridgeError(
      "LB1574",
      `fromPinoOptions(): there is no level ${JSON.stringify(level)}; known are ${[...Object.keys(known), "silent"].join(", ")}`,
    );
  return typeof label === "number" ? label : (known[label] as number);
}

/** What the levels of a table are to us. Where small numbers are severe and no name tells, they are taken from the other end. */
function ourLevels(table: PinoLevels, isDescending: boolean): ReadonlyMap<string, OurLevel> {
  const found = (levels: PinoLevels): Map<string, OurLevel> =>
    new Map(Object.entries(levels.values).map(([label, number]) => [label, inboundLevel(number, levels)]));
  const straight = found(table);
  if (!isDescending || isFalling(table, straight)) return straight;
  const numbers = Object.values(table.values);
  const ends = Math.min(...numbers) + Math.max(...numbers);
  const values = Object.fromEntries(Object.entries(table.values).map(([label, number]) => [label, ends - number]));
  return found({
    values,
    labels: Object.fromEntries(Object.entries(values).map(([label, number]) => [number, label])),
  });
}

/** Does severity fall where the numbers rise? */
function isFalling({ values }: PinoLevels, ours: ReadonlyMap<string, OurLevel>): boolean {
  const severities = Object.entries(values)
    .sort(([, one], [, other]) => one - other)
    .map(([label]) => (ours.get(label) as OurLevel).no);
  return severities.every((no, index) => index === 0 || no < (severities[index - 1] as number));
}
