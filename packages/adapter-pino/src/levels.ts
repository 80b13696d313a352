import { LOGURU_TO_PINO, type NamedSeverity, nearestLevel, nameOfSeverity, PINO_TO_LOGURU, rescale, severityOfName } from "@logbridge/core";

/** The levels of a pino logger. */
export interface PinoLevels {
  readonly values: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<number, string>>;
}

/** pino's own six and ours that has no name there: lines need the number, transports the name. */
export const OWN_LEVELS: Readonly<Record<string, number>> = { success: 35 };

/** `levelComparison: "DESC"` makes the smallest number the most severe; then only names tell the severity. */
function isDescending({ values }: PinoLevels): boolean {
  const { trace, fatal } = values;
  return trace !== undefined && fatal !== undefined && trace > fatal;
}

/** One of pino's levels in our words. */
export function inboundLevel(number: number, levels: PinoLevels): { readonly name: string; readonly no: number } {
  const label = levels.labels[number] ?? String(number);
  const no = isDescending(levels) ? (severityOfName(label) ?? 20) : Math.round(rescale(number, PINO_TO_LOGURU));
  return { name: nameOfSeverity(no, label), no };
}

/** The label of the logger's level for one of ours. */
export function levelFor(level: { readonly name: string; readonly no: number }, levels: PinoLevels, original: number | undefined): string {
  const same = original === undefined ? undefined : levels.labels[original];
  if (same !== undefined) return same;
  const set: NamedSeverity[] = Object.entries(levels.values).map(([name, number]) => ({ name, no: inboundLevel(number, levels).no }));
  const alias = { WARNING: "warn", CRITICAL: "fatal" }[level.name];
  const byName = alias !== undefined && levels.values[alias] !== undefined && levels.values[level.name.toLowerCase()] === undefined;
  return byName ? alias : (nearestLevel(level, set)?.name ?? "info");
}

/** The lowest of pino's numbers that is not below one of our severities. */
export function numberAt(threshold: number): number {
  return Number.isFinite(threshold) ? rescale(threshold, LOGURU_TO_PINO) : Number.POSITIVE_INFINITY;
}
