import { startReceiver } from "../../../test/otlp-receiver/index.mjs";

const NANOS_PER_MILLI = 1_000_000n;

/**
 * Starts a receiver of OTLP in this process, which keeps what comes in memory.
 *
 * @returns {Promise<import("./collector-and-store.mjs").Backend>}
 */
export async function openEmbedded() {
  const receiver = await startReceiver();
  const all = () => receiver.records.map(stored);
  return {
    title: "an OTLP receiver in the demo's own process, since this machine has no Go to build a collector and a store",
    endpoint: receiver.endpoint,
    page: null,
    count: async () => receiver.records.length,
    all: async () => all(),
    ofTrace: async (traceId) =>
      all()
        .filter((record) => record.traceId === traceId)
        .sort((left, right) => (left.time < right.time ? -1 : 1)),
    close: () => receiver.close(),
  };
}

function stored({ timeUnixNano, severityText, scope, body, traceId, attributes }) {
  const seconds = new Date(Number(timeUnixNano / NANOS_PER_MILLI)).toISOString().slice(0, -"123Z".length);
  const nanos = String(timeUnixNano % (1000n * NANOS_PER_MILLI)).padStart(9, "0");
  return {
    time: `${seconds}${nanos}Z`,
    severity: severityText,
    scope: scope.name,
    message: String(body),
    traceId,
    fields: attributes,
  };
}
