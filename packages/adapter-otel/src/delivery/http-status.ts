/** The same request may succeed later: time-out, too many requests, and what gateways say of a collector that is not there. */
const LATER: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
/** One of the records may be at fault: too large, or not understood. Collectors answer 400 for both. */
const OF_RECORDS: ReadonlySet<number> = new Set([400, 413, 422, 500]);

/** May the collector that has answered so take the same request later? */
export function isLater(status: number): boolean {
  return LATER.has(status);
}

/** Is no record at fault, but the address, the credentials, the form of the request? */
export function isOfRequest(status: number): boolean {
  return !LATER.has(status) && !OF_RECORDS.has(status);
}
