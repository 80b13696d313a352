import * as api from "@opentelemetry/api";
import type { OtlpScope } from "../otlp/encoded.ts";
import type { OtelLogger, OtelLoggerOptions, OtelLoggerProvider, OtelLogRecord } from "./types.ts";

/** Where the records of a `BridgeProvider` go. */
export interface BridgeOutlet {
  /** One scope object per logger; the context is the record's own, or that of the call. */
  take(record: OtelLogRecord, scope: OtlpScope, context: api.Context): void;
  /** Would a record of this severity (a number of OpenTelemetry, 0: unknown) be taken? Default: yes. */
  wants?(severityNumber: number): boolean;
  flush?(): Promise<void>;
  shutdown?(): Promise<void>;
}

/** Known to every copy of this package. */
const BRAND = Symbol.for("logbridge.otel.bridgeProvider");

/** So many loggers are kept; further ones are made at each call of `getLogger`. */
const MOST_LOGGERS = 1_000;

/** A logger provider of ours, of both generations of the API: it hands each record to an outlet as it was emitted. */
export class BridgeProvider implements OtelLoggerProvider {
  readonly #outlet: BridgeOutlet;
  readonly #loggers = new Map<string, OtelLogger>();
  #isShut = false;

  constructor(outlet: BridgeOutlet) {
    this.#outlet = outlet;
  }

  getLogger(name: string, version?: string, options?: OtelLoggerOptions): OtelLogger {
    const { schemaUrl, attributes } = options ?? {};
    // What attributes are alike could be told by their text alone, which may be code of theirs.
    if (attributes) return this.#loggerOf({ name, version, schemaUrl, attributes });
    const key = JSON.stringify([name, version, schemaUrl].map(String));
    const known = this.#loggers.get(key);
    if (known) return known;
    const made = this.#loggerOf({ name, version, schemaUrl });
    if (this.#loggers.size < MOST_LOGGERS) this.#loggers.set(key, made);
    return made;
  }

  async forceFlush(): Promise<void> {
    await this.#outlet.flush?.();
  }

  async shutdown(): Promise<void> {
    if (this.#isShut) return;
    this.#isShut = true;
    await this.#outlet.shutdown?.();
  }

  #loggerOf(scope: OtlpScope): OtelLogger {
    return {
      emit: (record) => {
        if (!this.#isShut && record) this.#outlet.take(record, scope, contextOf(record));
      },
      enabled: (options) => !this.#isShut && (this.#outlet.wants?.(options?.severityNumber ?? 0) ?? true),
    };
  }
}

/** Libraries without types may give anything as one. */
function contextOf(record: OtelLogRecord): api.Context {
  try {
    const { context } = record;
    if (typeof context?.getValue === "function" && typeof context.setValue === "function") return context;
  } catch {
    // A getter of theirs threw.
  }
  return api.context.active();
}

Object.defineProperty(BridgeProvider.prototype, BRAND, { value: true });

/** True for one of any copy: what is emitted there has come to us. */
export function isBridgeProvider(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}
