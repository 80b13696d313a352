import {
  LOGURU_TO_PINO,
  type LogRecord,
  type NamedSeverity,
  nameOfSeverity,
  nearestLevel,
  PINO_TO_LOGURU,
  rescale,
  severityOfName,
  severityOfNumber,
} from "@logbridge/core";

/** The levels of a pino logger. */
export interface PinoLevels {
  readonly values: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<number, string>>;
}

/** One level in pino's words. */
export interface PinoLevel {
  readonly label: string;
  readonly number: number;
}

/** One level in ours. */
interface OurLevel {
  readonly name: string;
  readonly no: number;
}

/** What pino has when nothing is said. */
export const STANDARD: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
};
/** Our level between INFO and WARNING. pino's scale has room for it, not a name. */
const SUCCESS: PinoLevel = { label: "success", number: 35 };

/**
 * pino's six levels, SUCCESS, and further ones by name, with pino's numbers.
 *
 * @param isClosed there are the further ones alone
 */
export function levelsWith(more: Readonly<Record<string, number>>, isClosed = false): PinoLevels {
  const values: Record<string, number> = isClosed ? { ...more } : { ...STANDARD, ...more };
  const free = !isClosed && values[SUCCESS.label] === undefined && !Object.values(values).includes(SUCCESS.number);
  if (free) values[SUCCESS.label] = SUCCESS.number;
  const labels: Record<number, string> = {};
  for (const [label, number] of Object.entries(values)) labels[number] = label;
  return { values, labels };
}

const inbound = new WeakMap<PinoLevels, Map<number, OurLevel>>();

/** One of a logger's levels in our words: by its name where that is a known one, else by its place between pino's numbers. */
export function inboundLevel(number: number, levels: PinoLevels): OurLevel {
  let known = inbound.get(levels);
  if (!known) inbound.set(levels, (known = new Map()));
  let level = known.get(number);
  if (!level) known.set(number, (level = understood(number, levels)));
  return level;
}

function understood(number: number, levels: PinoLevels): OurLevel {
  const label = levels.labels[number];
  const named = label === undefined ? null : severityOfName(label);
  const no = named ?? severityByNeighbour(number, levels) ?? Math.round(rescale(number, PINO_TO_LOGURU));
  return label === undefined ? severityOfNumber(no) : { name: nameOfSeverity(no, label), no };
}

/** `levelComparison: "DESC"` makes small numbers severe: there only the neighbours with a known name tell what a number means. */
function severityByNeighbour(number: number, { values }: PinoLevels): number | null {
  const named = Object.entries(values)
    .map(([label, at]) => ({ at, no: severityOfName(label) }))
    .filter((one): one is { at: number; no: number } => one.no !== null)
    .sort((a, b) => a.at - b.at);
  const [first, last] = [named[0], named[named.length - 1]];
  if (!first || !last || first.no <= last.no) return null;
  return (named.find((one) => one.at >= number) ?? last).no;
}

/**
 * The level of a pino logger for that of a record: the one it came with, else by name, else the nearest that is not more severe.
 * The result may be one that the logger has no name for: SUCCESS, or the level of another pino logger.
 */
export function outboundLevel(record: LogRecord, levels: PinoLevels): PinoLevel {
  return originalLevel(record, levels) ?? nearest(record.level, levels);
}

function originalLevel({ origin, level }: LogRecord, levels: PinoLevels): PinoLevel | null {
  const original = origin?.name === "pino" ? origin.level : undefined;
  if (original?.no === undefined) return null;
  const { name, no } = understood(original.no, {
    values: { [original.name]: original.no },
    labels: { [original.no]: original.name },
  });
  // A patcher may have given the record another level meanwhile.
  if (name !== level.name || no !== level.no) return null;
  const same = levels.values[original.name];
  if (same !== undefined) return { label: original.name, number: same };
  const onScale = levels.labels[original.no] === undefined && Math.round(rescale(no, LOGURU_TO_PINO)) === original.no;
  return onScale ? { label: original.name, number: original.no } : null;
}

const outbound = new WeakMap<PinoLevels, Map<string, PinoLevel>>();

function nearest(level: OurLevel, levels: PinoLevels): PinoLevel {
  let known = outbound.get(levels);
  if (!known) outbound.set(levels, (known = new Map()));
  const key = `${level.no} ${level.name}`;
  let found = known.get(key);
  if (!found) known.set(key, (found = searched(level, levels)));
  return found;
}

function searched(level: OurLevel, levels: PinoLevels): PinoLevel {
  const set: NamedSeverity[] = Object.entries(levels.values).map(([name, number]) => ({
    name,
    no: inboundLevel(number, levels).no,
  }));
  const isOpen = levels.values["info"] === STANDARD["info"] && levels.values["warn"] === STANDARD["warn"];
  if (isOpen && !set.some((one) => one.no === 25)) set.push({ name: SUCCESS.label, no: 25 });
  const { name } = nearestLevel(level, set) ?? { name: "info" };
  return { label: name, number: levels.values[name] ?? SUCCESS.number };
}

/** The name of a level that crosses neither by its name nor with its severity, so that it is kept beside the line's; else `null`. */
export function lostName(level: OurLevel, { label, number }: PinoLevel, levels: PinoLevels): string | null {
  const isKept = label.toUpperCase() === level.name.toUpperCase() || inboundLevel(number, levels).no === level.no;
  return isKept ? null : level.name;
}

/**
 * The label that a logger's `level` must have to pass what we take from a severity on; `silent` where we take nothing.
 *
 * @param named our level of a label, where we have one
 */
export function labelAt(
  threshold: number,
  levels: PinoLevels,
  named: (label: string) => { readonly no: number } | null | undefined,
): string {
  let best: { readonly label: string; readonly no: number } | null = null;
  for (const [label, number] of Object.entries(levels.values)) {
    const { no } = named(label) ?? inboundLevel(number, levels);
    if (no >= threshold && (best === null || no < best.no)) best = { label, no };
  }
  return best?.label ?? "silent";
}
