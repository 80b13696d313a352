import { LEVEL_TABLE, LogbridgeError, type MovedConfiguration } from "@logbridge/core";
import { inboundLevel, levelsWith } from "../levels.ts";
import type { PinoOptions } from "./pino-options.ts";

/** The levels of a configuration in our words. */
export interface MovedLevels {
  /** The handler's level; `null` where nothing is logged. */
  readonly threshold: number | null;
  /** Levels that we do not have yet. */
  readonly levels: NonNullable<MovedConfiguration["levels"]>;
}

const STANDARD: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error", "fatal"]);

/** @throws LogbridgeError LB1574 for a level that there is not */
export function moveLevels(options: PinoOptions): MovedLevels {
  const { customLevels = {}, useOnlyCustomLevels = false, enabled, level = "info" } = options;
  const table = levelsWith(customLevels, useOnlyCustomLevels);
  const levels = Object.entries(customLevels)
    .filter(([label]) => !STANDARD.has(label) && !LEVEL_TABLE.some(({ loguru }) => loguru === label.toUpperCase()))
    .map(([, number]) => inboundLevel(number, table));
  if (enabled === false || level === "silent" || level === Number.POSITIVE_INFINITY) return { threshold: null, levels };
  const label = typeof level === "string" && STANDARD.has(level.toLowerCase()) ? level.toLowerCase() : level;
  const number = typeof label === "number" ? label : table.values[label];
  if (number === undefined || table.labels[number] === undefined)
    throw new LogbridgeError(
      "LB1574",
      `fromPinoOptions(): there is no level ${JSON.stringify(level)}; known are ${[...Object.keys(table.values), "silent"].join(", ")}`,
    );
  return { threshold: inboundLevel(number, table).no, levels };
}
