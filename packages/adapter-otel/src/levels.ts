import { LEVEL_TABLE, type LogRecord, type Origin, severityOfName } from "@logbridge/core";
import { keptLevel } from "./map/kept-parts.ts";

/** A severity as OpenTelemetry has it. */
export interface Severity {
  /** 1 (TRACE) to 24 (FATAL4). */
  readonly number: number;
  readonly text: string;
}

/** OpenTelemetry's numbers for levels of these names, where the table of the bands is not to decide. */
export type SeverityTable = Readonly<Record<string, number>>;

/** One of our levels. */
interface OurLevel {
  readonly name: string;
  readonly no: number;
}

/** How many numbers a range of OpenTelemetry has: INFO, INFO2, INFO3, INFO4. */
const RANGE = 4;
const HIGHEST = 24;

/** The levels that a range begins with; SUCCESS lies within one. */
const BASES: readonly OurLevel[] = LEVEL_TABLE.filter((row) => row.otel % RANGE === 1).map((row) => ({
  name: row.loguru,
  no: row.no,
}));
const INFO: OurLevel = { name: "INFO", no: 20 };

/**
 * The severity of a level: the range of the nearest standard level that is not more severe, in it the higher, the further above that.
 *
 * @param table numbers for levels by name, which go before
 * @example
 * severityOf({ name: "SUCCESS", no: 25 }); // { number: 10, text: "SUCCESS" }
 */
export function severityOf(level: OurLevel, table?: SeverityTable | null): Severity {
  return { number: severityNumberOf(level, table), text: level.name };
}

/** The number alone. */
export function severityNumberOf({ name, no }: OurLevel, table?: SeverityTable | null): number {
  if (table && Object.hasOwn(table, name)) return table[name] as number;
  let range = BASES.length - 1;
  while (range > 0 && no < (BASES[range] as OurLevel).no) range--;
  return range * RANGE + 1 + stepAbove(no - (BASES[range] as OurLevel).no);
}

function stepAbove(distance: number): number {
  if (distance >= 8) return 3;
  if (distance >= 6) return 2;
  return distance > 0 ? 1 : 0;
}

/**
 * Our level for a severity of OpenTelemetry: the registered one that the text names, where it is of the same range; else the one that
 * the range begins with. A severity that nobody has set goes by its text, and is INFO where that says nothing.
 *
 * @param levelNamed our level of a name, `null` where there is none
 * @example
 * levelOf(13, "warn", () => null); // { name: "WARNING", no: 30 }
 */
export function levelOf(
  severityNumber: number | undefined,
  severityText: string | undefined,
  levelNamed: (name: string) => OurLevel | null,
): OurLevel {
  const named = severityText ? levelNamed(severityText) : null;
  const range = rangeOf(severityNumber);
  if (range === null) return named ?? (severityText ? levelOfText(severityText) : null) ?? INFO;
  if (named && rangeOf(severityNumberOf(named)) === range) return named;
  const base = BASES[range] as OurLevel;
  return levelNamed(base.name) ?? base;
}

function levelOfText(text: string): OurLevel | null {
  const no = severityOfName(text);
  return BASES.findLast((base) => no !== null && base.no <= no) ?? null;
}

/** The range that a number lies in, from 0; `null`: unset or none of OpenTelemetry's. */
function rangeOf(severityNumber: number | undefined): number | null {
  if (severityNumber === undefined || !(severityNumber >= 1 && severityNumber <= HIGHEST)) return null;
  return Math.floor((severityNumber - 1) / RANGE);
}

/**
 * The severity of a record: the very one that it came in with, while the record still has the level which that was taken for; else that
 * of its level.
 *
 * @param table numbers for levels by name
 */
export function severityOfRecord(record: LogRecord, table?: SeverityTable | null): Severity {
  const level = keptLevel(record);
  const original = record.origin === null ? null : originalSeverity(record.origin, level);
  if (original) return original;
  // Records of one level follow each other.
  if (level.name !== last.level.name || level.no !== last.level.no || table !== last.table)
    last = { level: { name: level.name, no: level.no }, table, severity: severityOf(level, table) };
  return last.severity;
}

let last: { readonly level: OurLevel; readonly table: SeverityTable | null | undefined; readonly severity: Severity } =
  {
    level: INFO,
    table: null,
    severity: severityOf(INFO),
  };

function originalSeverity(origin: Origin, level: OurLevel): Severity | null {
  if (origin.name !== "otel" || origin.level === undefined) return null;
  const { name, no } = origin.level;
  const taken = levelOf(no, name, (asked) => (asked.toUpperCase() === level.name.toUpperCase() ? level : null));
  // A patcher may have given the record another level meanwhile.
  return taken.name === level.name && taken.no === level.no ? { number: no ?? 0, text: name } : null;
}
