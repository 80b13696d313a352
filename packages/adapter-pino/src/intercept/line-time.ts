import { parsed } from "../map/parsed.ts";

/** The time that a line has, in milliseconds since 1970, whatever the clock's form; `undefined` where it has none that can be read. */
export function timeOf(chunk: string): number | undefined {
  if (chunk === "") return undefined;
  const quick = chunk.startsWith(',"time":') ? Number(chunk.slice(8)) : Number.NaN;
  if (!Number.isNaN(quick)) return plausible(scaled(quick));
  const [value] = Object.values(parsed(chunk));
  if (typeof value === "number") return plausible(scaled(value));
  if (typeof value !== "string") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return plausible(scaled(Number(value)));
  const below = /\.\d{3}(\d{1,6})/.exec(value)?.[1];
  return plausible(Date.parse(value) + (below ? Number(`0.${below}`) : 0));
}

/** Seconds, milliseconds, microseconds and nanoseconds since 1970 differ by their size. */
function scaled(value: number): number {
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);

/** A clock that counts from somewhere else tells no time of day. */
function plausible(ms: number): number | undefined {
  return ms >= EARLIEST && ms < LATEST ? ms : undefined;
}
