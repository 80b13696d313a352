import { linePattern } from "./line-patterns.ts";

const ZONE_OFFSET = linePattern(/^([+-])(\d\d):?(\d\d)$/);

/** A time that stands in a line. */
export interface TimeFound {
  /** Behind its last character. */
  readonly end: number;
  /** Milliseconds since 1970; `null` where the text does not say the day, or not beyond doubt. */
  readonly ms: number | null;
}

const ISO = linePattern(
  /(\d{4})[-/](\d\d)[-/](\d\d)(?:T|\s)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?/y,
);
const DATE = linePattern(/\d{4}[-/]\d\d[-/]\d\d(?![\w:])/y);
const CLOCK = linePattern(/\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?[AP]M)?(?![\w:])/y);
/** `02/Jan/2024:03:04:05 +0000`, `01/02/2024, 3:04:05 AM`, `02-Jan-2024 03:04:05 UTC`. */
const DAY_FIRST = linePattern(
  /\d{1,2}[-/](?:\d{1,2}|[A-Z][a-z]{2})[-/]\d{4}[:,]?\s?\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?(?:\s[AP]M)?(?:\s(?:[+-]\d{4}|[A-Z]{3}))?(?![\w:])/y,
);
/** `Wed Oct 11 14:32:52.123 2000`, `Oct  1 14:32:52`. */
const MONTH_FIRST = linePattern(
  /(?:[A-Z][a-z]{2}\s)?[A-Z][a-z]{2}\s{1,2}\d{1,2}\s\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:\s\d{4})?(?![\w:])/y,
);

/** Finds a time that begins at this place. */
export function timeAt(text: string, at: number): TimeFound | null {
  const iso = stickyMatch(ISO, text, at);
  if (iso) return { end: at + iso[0].length, ms: msOf(iso) };
  for (const shape of [DATE, CLOCK, DAY_FIRST, MONTH_FIRST]) {
    const found = stickyMatch(shape, text, at);
    if (found) return { end: at + found[0].length, ms: null };
  }
  return null;
}

/** A match of a sticky expression at this place. */
export function stickyMatch(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  const found = expression.exec(text);
  expression.lastIndex = 0;
  return found;
}

const LAST_MS = Date.UTC(9999, 11, 31);

/** Is this a moment that a record can have? */
export function isMoment(ms: unknown): ms is number {
  return typeof ms === "number" && ms >= 0 && ms <= LAST_MS;
}

/** A time without a zone is one of this machine's: the line was written here, or by a child. */
function msOf(found: RegExpExecArray): number | null {
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part = "0") => Number(part)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  const fraction = Number(`0.${found[7] ?? "0"}`) * 1000;
  const zone = found[8];
  const ms =
    zone === undefined
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second) - offsetOf(zone);
  return isMoment(ms) ? ms + fraction : null;
}

function offsetOf(zone: string): number {
  const digits = ZONE_OFFSET.exec(zone);
  if (!digits) return 0;
  const minutes = Number(digits[2]) * 60 + Number(digits[3]);
  return (digits[1] === "-" ? -minutes : minutes) * 60_000;
}

const DIGITS = linePattern(/^\d{9,19}(?:\.\d{1,9})?$/);

/**
 * The moment that a value means: an ISO time, or a number of seconds, milli-, micro- or nanoseconds since 1970, told apart by its size.
 *
 * @returns milliseconds since 1970, `null` for anything else
 */
export function momentOf(value: unknown): number | null {
  if (typeof value === "number") return scaled(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (DIGITS.test(text)) return scaled(Number(text));
  const found = timeAt(text, 0);
  return found && found.end === text.length ? found.ms : null;
}

function scaled(value: number): number | null {
  // A number that is smaller than a year in seconds is a duration or a counter.
  if (!Number.isFinite(value) || value < 31_536_000) return null;
  let ms = value * 1000;
  for (const most of [1e11, 1e14, 1e17]) {
    if (value < most) break;
    ms /= 1000;
  }
  return isMoment(ms) ? ms : null;
}
