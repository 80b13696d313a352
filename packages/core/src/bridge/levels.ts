/** One severity in the words and numbers of each library. */
export interface LevelRow {
  readonly loguru: string;
  readonly no: number;
  readonly npm: string;
  readonly syslog: string;
  readonly pino: number;
  readonly log4js: number;
  readonly otel: number;
  readonly console: "debug" | "info" | "log" | "warn" | "error" | "trace";
}

/** The table by which every level crosses. */
export const LEVEL_TABLE: readonly LevelRow[] = [
  { loguru: "TRACE", no: 5, npm: "silly", syslog: "debug", pino: 10, log4js: 5000, otel: 1, console: "debug" },
  { loguru: "DEBUG", no: 10, npm: "debug", syslog: "debug", pino: 20, log4js: 10_000, otel: 5, console: "debug" },
  { loguru: "INFO", no: 20, npm: "info", syslog: "info", pino: 30, log4js: 20_000, otel: 9, console: "info" },
  { loguru: "SUCCESS", no: 25, npm: "info", syslog: "notice", pino: 35, log4js: 25_000, otel: 10, console: "log" },
  { loguru: "WARNING", no: 30, npm: "warn", syslog: "warning", pino: 40, log4js: 30_000, otel: 13, console: "warn" },
  { loguru: "ERROR", no: 40, npm: "error", syslog: "error", pino: 50, log4js: 40_000, otel: 17, console: "error" },
  { loguru: "CRITICAL", no: 50, npm: "error", syslog: "crit", pino: 60, log4js: 50_000, otel: 21, console: "error" },
];

/** What names of other libraries mean, beside the seven and those of the table. */
const NAMED: ReadonlyMap<string, number> = new Map([
  ["SILLY", 5],
  ["ALL", 0],
  ["VERBOSE", 13],
  ["HTTP", 17],
  ["HELP", 20],
  ["DATA", 20],
  ["PROMPT", 20],
  ["INPUT", 5],
  ["LOG", 20],
  ["MARK", 20],
  ["NOTICE", 25],
  ["WARN", 30],
  ["ERR", 40],
  ["CRIT", 50],
  ["FATAL", 50],
  ["ALERT", 55],
  ["EMERG", 60],
  ["EMERGENCY", 60],
]);

/**
 * The Loguru severity that a level's name means in any library, `null` for a name that none has.
 *
 * @example
 * severityOfName("warn"); // 30
 */
export function severityOfName(name: string): number | null {
  const upper = name.toUpperCase();
  for (const row of LEVEL_TABLE) if (row.loguru === upper) return row.no;
  return NAMED.get(upper) ?? null;
}

/** A severity that is only a number: by Loguru's name where one has it, else "Level 35". */
export function severityOfNumber(no: number): NamedSeverity {
  return { name: LEVEL_TABLE.find((row) => row.no === no)?.loguru ?? `Level ${no}`, no };
}

/** The Loguru name of a severity that has one, else the foreign name in upper case. */
export function nameOfSeverity(no: number, foreign: string): string {
  const row = LEVEL_TABLE.find((one) => one.no === no);
  const known = severityOfName(foreign);
  // "warn" is WARNING here; "notice" or a level of the user's own keeps its name.
  return row && known === no && !KEEPS_NAME.has(foreign.toUpperCase()) ? row.loguru : foreign.toUpperCase();
}

const KEEPS_NAME: ReadonlySet<string> = new Set(["NOTICE", "HELP", "DATA", "PROMPT", "INPUT", "MARK"]);

/** Anchors of two numeric scales, the smaller first. */
export type Scale = readonly (readonly [from: number, to: number])[];

/**
 * A number of one scale in another, between the anchors in proportion, beyond them at the same distance ratio as the outermost pair.
 *
 * @example
 * rescale(35, PINO_TO_LOGURU); // 25
 */
export function rescale(value: number, scale: Scale): number {
  const first = scale[0] as readonly [number, number];
  if (value <= first[0]) return first[0] === 0 ? first[1] : Math.max(0, (value / first[0]) * first[1]);
  for (let index = 1; index < scale.length; index++) {
    const [low, lowTo] = scale[index - 1] as readonly [number, number];
    const [high, highTo] = scale[index] as readonly [number, number];
    if (value <= high) return lowTo + ((value - low) / (high - low)) * (highTo - lowTo);
  }
  const last = scale[scale.length - 1] as readonly [number, number];
  return last[1] + (value - last[0]);
}

/** pino's numbers (bunyan's and roarr's too) in Loguru's. */
export const PINO_TO_LOGURU: Scale = LEVEL_TABLE.map((row) => [row.pino, row.no]);
/** Loguru's numbers in pino's. */
export const LOGURU_TO_PINO: Scale = LEVEL_TABLE.map((row) => [row.no, row.pino]);

/** One level of a closed set. */
export interface NamedSeverity {
  readonly name: string;
  /** In Loguru's numbers. */
  readonly no: number;
}

/**
 * The level of a closed set for one of ours: by name where the set has it, else the nearest that is not more severe,
 * else the least severe of all.
 *
 * @param level ours
 * @param set the other side's levels, in Loguru's numbers
 */
export function nearestLevel(
  level: { readonly name: string; readonly no: number },
  set: readonly NamedSeverity[],
): NamedSeverity | null {
  const upper = level.name.toUpperCase();
  const same = set.find((one) => one.name.toUpperCase() === upper);
  if (same) return same;
  let best: NamedSeverity | null = null;
  let least: NamedSeverity | null = null;
  for (const one of set) {
    if (one.no <= level.no && (best === null || one.no > best.no)) best = one;
    if (least === null || one.no < least.no) least = one;
  }
  return best ?? least;
}
