import type { HrTime } from "./readable.ts";
import type { RecordHead } from "./value-writer.ts";

const MICROS = 1_000_000;
/** What 64 bits of nanoseconds hold: the year 2554. */
const LATEST = 18_446_744_072_999_000;

/**
 * Microseconds since 1970 as OpenTelemetry's hrtime. A double keeps quarters of a microsecond: 250 ns. What is no time of its range is
 * 0, which stands for "unknown", or the latest.
 *
 * @example
 * hrTimeOf(1_700_000_000_000_000.25); // [1700000000, 250]
 */
export function hrTimeOf(micros: number): HrTime {
  const known = micros > 0 ? Math.min(micros, LATEST) : 0;
  const seconds = Math.floor(known / MICROS);
  const nanos = Math.round((known - seconds * MICROS) * 1000);
  return nanos === 1_000_000_000 ? [seconds + 1, 0] : [seconds, nanos];
}

/** The time of a record. */
export function timeOf(head: RecordHead): HrTime {
  return head.time ?? hrTimeOf(head.micros);
}

/** Microseconds since 1970 of an hrtime. */
export function microsOf([seconds, nanos]: HrTime): number {
  return seconds * MICROS + nanos / 1000;
}

/** All nanoseconds as decimal digits. */
export function nanosText([seconds, nanos]: HrTime): string {
  return seconds === 0 ? String(nanos) : `${seconds}${String(nanos).padStart(9, "0")}`;
}

/** The hrtime for decimal digits of nanoseconds. */
export function hrTimeOfText(nanos: string): HrTime {
  return [Number(nanos.slice(0, -9)), Number(nanos.slice(-9))];
}

const NANOS = 1_000_000_000;

/** An hrtime of anybody's as one that OTLP can hold: whole parts, less than a second of nanoseconds; unknown where it is no time. */
export function normalHrTime([seconds, nanos]: HrTime): HrTime {
  const carried = Math.floor(nanos / NANOS);
  const whole = Math.floor(seconds) + carried;
  // Not a number is in no relation to any.
  if (!(whole >= 0 && whole < LATEST / MICROS)) return [0, 0];
  return [whole, Math.floor(nanos - carried * NANOS)];
}
