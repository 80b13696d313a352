/**
 * Milliseconds that a collector asks to wait: `Retry-After` in seconds or as a date. 0 means at once.
 *
 * @param nowMs milliseconds since 1970
 * @returns `undefined` where it asks for nothing, or for nothing that can be understood
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // What Date.parse makes of other texts ("1", "-5") are dates that nobody meant.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
