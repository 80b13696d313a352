import { LogbridgeError, shown } from "../diagnostics.ts";
import { readyPattern } from "../ready-pattern.ts";

const OFFSET = readyPattern(/^(?:GMT|UTC)[+\-−]/);

/** A time zone, asked for one instant at a time. */
export interface Zone {
  /** Seconds east of Greenwich. */
  offsetSecondsAt(ms: number): number;
  /** The abbreviation: "CEST". */
  nameAt(ms: number): string;
}

/**
 * A zone whose offset never changes.
 *
 * @param offsetSeconds seconds east of Greenwich
 * @example
 * fixedZone(19_800, "IST").offsetSecondsAt(0); // 19800
 */
export function fixedZone(offsetSeconds: number, name: string): Zone {
  return { offsetSecondsAt: () => offsetSeconds, nameAt: () => name };
}

export const utcZone: Zone = fixedZone(0, "UTC");

/** The zone of the process. */
export function systemZone(): Zone {
  let formats: readonly Intl.DateTimeFormat[] | null = null;
  return {
    offsetSecondsAt: (ms) => -new Date(ms).getTimezoneOffset() * 60,
    nameAt(ms) {
      formats ??= namingFormats(undefined);
      return abbreviation(formats, ms, -new Date(ms).getTimezoneOffset() * 60);
    },
  };
}

/**
 * A zone by its IANA name.
 *
 * @throws LogbridgeError LB1120 for a name that the runtime does not know
 * @example
 * ianaZone("Europe/Paris").offsetSecondsAt(Date.UTC(2024, 6, 1)); // 7200
 */
export function ianaZone(name: string): Zone {
  let clock: Intl.DateTimeFormat;
  let formats: readonly Intl.DateTimeFormat[];
  try {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats = namingFormats(name);
  } catch (cause) {
    throw new LogbridgeError(
      "LB1120",
      `the time zone ${shown(name)} is unknown; give an IANA name such as "Europe/Paris"`,
      { cause },
    );
  }
  let cachedQuarter = Number.NaN;
  let cachedOffset = 0;
  const offsetSecondsAt = (ms: number): number => {
    // Offsets change at whole quarters of an hour only.
    const quarter = Math.floor(ms / 900_000);
    if (quarter !== cachedQuarter) {
      cachedOffset = offsetOf(clock, ms);
      cachedQuarter = quarter;
    }
    return cachedOffset;
  };
  return { offsetSecondsAt, nameAt: (ms) => abbreviation(formats, ms, offsetSecondsAt(ms)) };
}

function offsetOf(clock: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(ms)) part[type] = value;
  const year = part["era"]?.startsWith("B") ? 1 - Number(part["year"]) : Number(part["year"]);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(part["month"]) - 1, Number(part["day"]));
  local.setUTCHours(Number(part["hour"]), Number(part["minute"]), Number(part["second"]));
  return (local.getTime() - Math.floor(ms / 1000) * 1000) / 1000;
}

/** No single locale has abbreviations for all zones; each of these knows its own part of the world. */
const LOCALES = ["en-US", "en-GB", "en-AU", "en-IN", "en-NZ", "en-ZA", "en-CA"];

function namingFormats(timeZone: string | undefined): readonly Intl.DateTimeFormat[] {
  return LOCALES.map((locale) => new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }));
}

function abbreviation(formats: readonly Intl.DateTimeFormat[], ms: number, offset: number): string {
  for (const format of formats) {
    const name = format.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value;
    if (name && !OFFSET.test(name)) return name;
  }
  const minutes = Math.abs(Math.trunc(offset / 60));
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${hours}${minutes % 60 ? String(minutes % 60).padStart(2, "0") : ""}`;
}
