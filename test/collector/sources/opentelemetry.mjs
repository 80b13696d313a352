// A library that logs through OpenTelemetry itself: bodies with structure, times to the nanosecond, severities that we have no level for.
import { interceptOtel } from "@logbridge/adapter-otel";
import { logs } from "@opentelemetry/api-logs";
import { array, int, map, string } from "../any-value.mjs";

export const name = "opentelemetry";

const SECONDS = 1_700_000_000;

/** @returns {(index: number, key: string) => void} logs one record */
export function open() {
  interceptOtel();
  const library = logs.getLogger("their.library", "2.0.0");
  return function emit(index, key) {
    library.emit({
      timestamp: [SECONDS + index, 123_456_789],
      severityNumber: 14,
      severityText: "notable",
      eventName: "cart.changed",
      body: { items: [index, "tea"], total: { cents: index } },
      attributes: { key, "cart.id": index },
    });
  };
}

/** @param {number} index @returns {import("../expectation.mjs").Expected} */
export function expected(index) {
  return {
    scope: "their.library",
    scopeVersion: "2.0.0",
    nanos: `${SECONDS + index}123456789`,
    severityNumber: 14,
    severityText: "notable",
    eventName: "cart.changed",
    body: map({ items: array(int(index), string("tea")), total: map({ cents: int(index) }) }),
    attributes: { "cart.id": int(index) },
  };
}
