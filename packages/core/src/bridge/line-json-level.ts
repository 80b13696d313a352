import { PINO_TO_LOGURU, rescale, type Scale } from "./levels.ts";

/** Google's numbers, which stand under `severity`. */
const GOOGLE: Scale = [
  [100, 10],
  [200, 20],
  [300, 25],
  [400, 30],
  [500, 40],
  [600, 50],
  [700, 55],
  [800, 60],
];
const OTEL: Scale = [
  [1, 5],
  [5, 10],
  [9, 20],
  [13, 30],
  [17, 40],
  [21, 50],
];
/** Syslog counts the other way: 0 is an emergency. */
const SYSLOG: readonly number[] = [60, 55, 50, 40, 30, 25, 20, 10];

/** Whose numbers stand under these keys, whatever else is in the line. */
const BY_KEY: Readonly<Record<string, (no: number) => number | null>> = {
  levelno: (no) => no,
  level_no: (no) => no,
  severitynumber: (no) => (no >= 1 && no <= 24 ? Math.round(rescale(no, OTEL)) : null),
  severity_number: (no) => (no >= 1 && no <= 24 ? Math.round(rescale(no, OTEL)) : null),
};

/**
 * Our severity for a number in a JSON line: by the key that it stands under, else by the scale that such a number is of.
 *
 * @param isGelf the line is in Graylog's form, whose levels are those of syslog
 * @returns `null` for a number that could be of several scales
 */
export function levelOfNumber(key: string, no: number, isGelf: boolean): number | null {
  if (!Number.isFinite(no) || no < 0) return null;
  const byKey = Object.hasOwn(BY_KEY, key) ? BY_KEY[key] : undefined;
  if (byKey) return byKey(no);
  if (isGelf) return SYSLOG[no] ?? null;
  if (key === "severity" && no >= 100 && no <= 800) return Math.round(rescale(no, GOOGLE));
  // log4js's.
  if (no >= 1000 && no <= 100_000) return Math.round(no / 1000);
  // pino's, bunyan's and roarr's.
  return no >= 10 && no <= 100 ? Math.round(rescale(no, PINO_TO_LOGURU)) : null;
}
