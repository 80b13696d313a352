import {
  type LogRecord,
  type NamedSeverity,
  nameOfSeverity,
  nearestLevel,
  rescale,
  type Scale,
  severityOfName,
} from "@logbridge/core";

/** winston's levels: a lower number is more severe. */
export type WinstonLevels = Readonly<Record<string, number>>;

/** npm's table, which a logger has when it is told no other. */
export const NPM_LEVELS: WinstonLevels = { error: 0, warn: 1, info: 2, http: 3, verbose: 4, debug: 5, silly: 6 };

/** Severities beyond both ends of a table whose outermost names mean nothing to us. */
const MOST_SEVERE = 60;
const LEAST_SEVERE = 0;

/** How many levels the table had when it was read: winston lets it grow. */
const known = new WeakMap<WinstonLevels, { readonly size: number; readonly set: readonly NamedSeverity[] }>();

/**
 * The severities of a logger's own levels in Loguru's numbers, the most severe first: by name where the name is known, else
 * in proportion between the neighbours whose names are.
 */
export function severitiesOf(levels: WinstonLevels): readonly NamedSeverity[] {
  const size = Object.keys(levels).length;
  const found = known.get(levels);
  if (found?.size === size) return found.set;
  const ranked = Object.entries(levels)
    .map(([name, rank]) => ({ name, rank, no: severityOfName(name) }))
    .sort((a, b) => a.rank - b.rank);
  const anchors = ranked.filter((one): one is typeof one & { readonly no: number } => one.no !== null);
  const first = ranked[0]?.rank ?? 0;
  const last = ranked[ranked.length - 1]?.rank ?? 0;
  const top = { rank: first - 1, no: Math.max(MOST_SEVERE, (anchors[0]?.no ?? 0) + 10) };
  const bottom = { rank: last + 1, no: LEAST_SEVERE };
  const set = ranked.map(({ name, rank, no }) => ({ name, no: no ?? between(rank, [top, ...anchors, bottom]) }));
  known.set(levels, { size, set });
  return set;
}

interface Anchor {
  readonly rank: number;
  readonly no: number;
}

function between(rank: number, anchors: readonly Anchor[]): number {
  const above = anchors.findLast((one) => one.rank <= rank) as Anchor;
  const below = anchors.find((one) => one.rank >= rank) as Anchor;
  if (above.rank === below.rank) return above.no;
  return Math.round(above.no + ((rank - above.rank) / (below.rank - above.rank)) * (below.no - above.no));
}

/**
 * A level of theirs in our words.
 *
 * @param ours our own level of that name, if there is one
 */
export function inboundLevel(name: string, levels: WinstonLevels, ours: NamedSeverity | null): NamedSeverity {
  if (ours) return { name: ours.name, no: ours.no };
  const no = severityOfName(name) ?? severitiesOf(levels).find((one) => one.name === name)?.no ?? 20;
  return { name: nameOfSeverity(no, name), no };
}

/** The levels of a table that ours are not: what must be created before code can log at them by name. */
export function customLevels(levels: WinstonLevels): readonly NamedSeverity[] {
  return severitiesOf(levels)
    .map(({ name, no }) => ({ name: nameOfSeverity(no, name), no }))
    .filter(
      ({ name }, index, all) => !Object.hasOwn(NAMES, name) && all.findIndex((one) => one.name === name) === index,
    );
}

/** Their level for a record: the very one that it came with, else of the same name, else the nearest that is not more severe. */
export function levelFor({ level, origin }: LogRecord, levels: WinstonLevels): string {
  const set = severitiesOf(levels);
  const original = origin?.name === "winston" ? origin.level?.name : undefined;
  // A patcher may have changed the level since.
  const same = original === undefined ? undefined : set.find((one) => one.name === original && one.no === level.no);
  return (same ?? nearestLevel(level, set))?.name ?? "info";
}

/** The least severe level of the logger that is not below a threshold: what `logger.level` is set to in order to follow it. */
export function levelAt(threshold: number, levels: WinstonLevels): string | undefined {
  const set = severitiesOf(levels);
  return (set.findLast((one) => one.no >= threshold) ?? set[0])?.name;
}

/** npm's numbers by our severities: what lies between gets a fraction, so that no transport meets another number for npm's own. */
export const NPM_RANKS: Scale = [
  [0, 7],
  [5, 6],
  [10, 5],
  [13, 4],
  [17, 3],
  [20, 2],
  [30, 1],
  [40, 0],
  [50, -1],
  [60, -2],
  [1000, -96],
];
const MOST = 1000;
/** A threshold that a transport has of its own may be any of these names. */
const THRESHOLDS = [
  "error",
  "warn",
  "info",
  "http",
  "verbose",
  "debug",
  "silly",
  "trace",
  "success",
  "notice",
  "warning",
  "critical",
  "crit",
  "fatal",
  "alert",
  "emerg",
];

/** The names that the seven have on a transport that stands alone: npm's, and our own two. */
const NAMES: Readonly<Record<string, string>> = {
  TRACE: "silly",
  DEBUG: "debug",
  INFO: "info",
  SUCCESS: "success",
  WARNING: "warn",
  ERROR: "error",
  CRITICAL: "critical",
};
const NPM = ["error", "warn", "info", "http", "verbose", "debug", "silly"].map((name) => ({
  name,
  no: severityOfName(name) as number,
}));

/** The levels of a host: what a transport that stands alone finds in `levels`. Complete, and grows with each custom level. */
export class HostLevels {
  readonly table: Record<string, number> = {};
  /** The severities of the names that records had. */
  readonly severities: Map<string, number> = new Map();

  constructor() {
    for (const name of THRESHOLDS) this.table[name] = rescale(severityOfName(name) as number, NPM_RANKS);
  }

  /** The name of a record's level in the table. */
  nameOf({ level, origin }: LogRecord): string {
    const original = origin?.name === "winston" ? origin.level?.name : undefined;
    const kept = original !== undefined && (severityOfName(original) ?? level.no) === level.no ? original : undefined;
    const name = kept ?? NAMES[level.name] ?? (isNumber(level) ? this.#nearest(level) : level.name.toLowerCase());
    this.severities.set(name, level.no);
    if (!Object.hasOwn(this.table, name)) this.table[name] = rescale(Math.min(level.no, MOST), NPM_RANKS);
    return name;
  }

  #nearest(level: NamedSeverity): string {
    const set = Object.values(NAMES).map((name) => ({ name, no: severityOfName(name) as number }));
    for (const [name, no] of this.severities) set.push({ name, no });
    return nearestLevel({ name: "", no: level.no }, set)?.name ?? "info";
  }
}

/** Severities without a name are shown as "Level 35". */
function isNumber({ name, no }: NamedSeverity): boolean {
  return name === `Level ${no}`;
}

/** The level of npm's set for a name that a transport's format refuses: `colorize()` throws at a level that has no colour. */
export function plainName(level: { readonly name: string; readonly no: number }): string {
  return nearestLevel(level, NPM)?.name ?? "info";
}
