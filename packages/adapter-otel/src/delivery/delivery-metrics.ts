import type { DeliveryCounts } from "./counters.ts";
import { DROP_REASONS } from "./drop-reason.ts";

interface ObservableResult {
  observe(value: number, attributes?: Readonly<Record<string, string>>): void;
}

interface Observable {
  addCallback(callback: (result: ObservableResult) => void): void;
  removeCallback(callback: (result: ObservableResult) => void): void;
}

interface InstrumentOptions {
  readonly description: string;
  readonly unit: string;
}

/** The part of a meter of OpenTelemetry that is used. */
export interface MeterLike {
  createObservableCounter(name: string, options?: InstrumentOptions): Observable;
  createObservableUpDownCounter(name: string, options?: InstrumentOptions): Observable;
}

/** Whoever gives meters; any copy of OpenTelemetry's MeterProvider is one. */
export interface MeterProviderLike {
  getMeter(name: string, version?: string): MeterLike;
}

const METER = "@logbridge/adapter-otel";
const COMPONENT = "logbridge_log_delivery";

let instances = 0;

interface Instrument {
  readonly kind: "createObservableCounter" | "createObservableUpDownCounter";
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  observe(result: ObservableResult, counts: DeliveryCounts, attributes: Readonly<Record<string, string>>): void;
}

/** Named by the semantic conventions `otel.sdk.*` where these have a name for it. */
const INSTRUMENTS: readonly Instrument[] = [
  {
    kind: "createObservableCounter",
    name: "otel.sdk.exporter.log.exported",
    unit: "{log_record}",
    description: "Log records that the collector has, and with error.type those that were given up",
    observe: (result, counts, attributes) => {
      result.observe(counts.sent, attributes);
      for (const reason of DROP_REASONS)
        if (counts.reasons[reason] > 0) result.observe(counts.reasons[reason], { ...attributes, "error.type": reason });
    },
  },
  {
    kind: "createObservableUpDownCounter",
    name: "otel.sdk.processor.log.queue.size",
    unit: "{log_record}",
    description: "Log records that wait or are under way, on disk too",
    observe: (result, counts, attributes) => result.observe(counts.pending, attributes),
  },
  {
    kind: "createObservableUpDownCounter",
    name: "logbridge.log.spool.size",
    unit: "{log_record}",
    description: "Log records that lie on disk",
    observe: (result, counts, attributes) => result.observe(counts.spooled, attributes),
  },
  {
    kind: "createObservableCounter",
    name: "logbridge.log.export.retries",
    unit: "{request}",
    description: "Requests that were made again",
    observe: (result, counts, attributes) => result.observe(counts.retried, attributes),
  },
];

/**
 * Does the provider give meters that have the instruments? Code of somebody else's: what it throws is thrown.
 *
 * @example
 * givesMeters(metrics.getMeterProvider()); // true
 */
export function givesMeters(provider: MeterProviderLike): boolean {
  const meter: unknown = provider.getMeter(METER);
  if (typeof meter !== "object" || meter === null) return false;
  return INSTRUMENTS.every(({ kind }) => typeof (meter as Partial<MeterLike>)[kind] === "function");
}

/**
 * Shows counts as OpenTelemetry metrics. They are read when somebody collects; a record costs nothing.
 *
 * @returns how to end that
 */
export function observeCounts(provider: MeterProviderLike, read: () => DeliveryCounts): () => void {
  const meter = provider.getMeter(METER);
  const attributes = { "otel.component.type": COMPONENT, "otel.component.name": `${COMPONENT}/${instances++}` };
  const ends = INSTRUMENTS.map(({ kind, name, unit, description, observe }) => {
    const instrument = meter[kind](name, { unit, description });
    const callback = (result: ObservableResult): void => observe(result, read(), attributes);
    instrument.addCallback(callback);
    return () => instrument.removeCallback(callback);
  });
  return () => {
    for (const end of ends) end();
  };
}
