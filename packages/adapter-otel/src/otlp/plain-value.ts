import { plainBy } from "./plain-writing.ts";
import { writeValue } from "./value.ts";

/**
 * Any JavaScript value as OpenTelemetry's SDK takes it: texts, numbers, booleans, `null`, `Uint8Array`, lists and maps (without a
 * prototype) of these, nothing of it shared with the value. See `writeValue` for what becomes of the rest.
 *
 * @example
 * plainValue(new Map([["when", new Date(0)]])); // { when: "1970-01-01T00:00:00.000Z" }
 */
export function plainValue(value: unknown): unknown {
  return plainBy((writer) => writeValue(value, writer));
}
