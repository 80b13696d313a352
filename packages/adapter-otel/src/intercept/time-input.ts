import { normalHrTime } from "../otlp/hr-time.ts";
import type { HrTime } from "../otlp/readable.ts";

const MILLISECONDS_A_SECOND = 1_000;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

/**
 * What OpenTelemetry takes as a time: an hrtime, milliseconds since 1970 or since the process began, a `Date`. `null` for anything else, and
 * for what 64 bits of nanoseconds do not hold: somebody has mistaken the unit.
 */
export function hrTimeOf(input: unknown): HrTime | null {
  const time = given(input);
  if (time === null) return null;
  const [seconds, nanos] = normalHrTime(time);
  const isUnset = time[0] === 0 && time[1] === 0;
  return seconds === 0 && nanos === 0 && !isUnset ? null : [seconds, nanos];
}

function given(input: unknown): HrTime | null {
  if (Array.isArray(input)) return isHrTime(input) ? [input[0], input[1]] : null;
  if (typeof input === "number") return fromMilliseconds(input);
  if (!(input instanceof Date)) return null;
  return fromMilliseconds(Date.prototype.getTime.call(input));
}

function isHrTime(input: readonly unknown[]): input is HrTime {
  return input.length === 2 && Number.isFinite(input[0]) && Number.isFinite(input[1]);
}

function fromMilliseconds(given: number): HrTime | null {
  if (!Number.isFinite(given)) return null;
  // As the SDK reads it: no process runs for half of the time since 1970.
  const milliseconds = given < performance.timeOrigin / 2 ? performance.timeOrigin + given : given;
  const seconds = Math.trunc(milliseconds / MILLISECONDS_A_SECOND);
  const rest = milliseconds - seconds * MILLISECONDS_A_SECOND;
  return [seconds, Math.round(rest * NANOSECONDS_A_MILLISECOND)];
}
