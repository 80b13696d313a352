import { ownValue } from "../otlp/value.ts";
import type { TraceIds } from "../otlp/value-writer.ts";
import type { AttributeList } from "./attribute-list.ts";
import { takenFields } from "./taken-fields.ts";

/** The record's own values, but for those that have a field of their own in OpenTelemetry. */
export function writeSpecialFields(extra: object, trace: TraceIds | null, attributes: AttributeList): void {
  const isTaken = takenFields(extra, trace);
  for (const key of Object.keys(extra)) {
    const value = ownValue(extra, key);
    if (!isTaken(key, value)) attributes.write(key, value);
  }
}

/**
 * The record's own values, of which none is special: nothing is merged for that.
 *
 * @param base plain data, as core has copied it
 * @param own goes before; may be an object of the caller's
 */
export function writeFields(
  base: Readonly<Record<string, unknown>> | null,
  own: object | null,
  attributes: AttributeList,
): void {
  if (base !== null) writeBase(base, own, attributes);
  for (const key in own) {
    const found = Object.getOwnPropertyDescriptor(own, key);
    if (found !== undefined) attributes.write(key, "value" in found ? found.value : "[Getter]");
  }
}

function writeBase(base: Readonly<Record<string, unknown>>, own: object | null, attributes: AttributeList): void {
  for (const key in base)
    if (Object.hasOwn(base, key) && (own === null || !Object.hasOwn(own, key))) attributes.write(key, base[key]);
}
