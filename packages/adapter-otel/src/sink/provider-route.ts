import { LogbridgeError, type LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { Counters, type DeliveryCounts } from "../delivery/counters.ts";
import { NaturalEnd } from "../delivery/natural-end.ts";
import { SerialFlush } from "../delivery/serial-flush.ts";
import { within } from "../delivery/within.ts";
import { describeRecord, type MapOptions } from "../map.ts";
import { contextWithMark, hasPrinted, ownsTarget } from "../origin-mark.ts";
import type { OtlpResource, OtlpScope } from "../otlp/encoded.ts";
import type { ReadableLogRecord } from "../otlp/readable.ts";
import { type OtelLogger, type OtelLoggerProvider, realProvider } from "../providers.ts";
import { traceOf } from "./active-trace.ts";
import { plainScope } from "./plain-owners.ts";
import { ProviderWriter } from "./provider-writer.ts";
import type { Route } from "./route.ts";
import type { Scopes } from "./scopes.ts";

/** What a route has beside its provider. */
export interface ProviderRouteParts {
  readonly scopes: Scopes;
  readonly map: MapOptions;
  readonly flushTimeoutMs: number;
  readonly exitTimeoutMs: number;
  /** What the context of each record is marked with: nothing that comes back with the mark is taken. */
  readonly mark: object;
}

/** Records through a LoggerProvider of the application. */
export class ProviderRoute implements Route {
  readonly provider: OtelLoggerProvider;
  readonly #parts: ProviderRouteParts;
  readonly #loggers = new WeakMap<OtlpScope, OtelLogger>();
  readonly #counters = new Counters();
  /** Flushes of the SDK's processors do not wait for each other. */
  readonly #flushes = new SerialFlush();
  readonly #naturalEnd: NaturalEnd;
  /** How many records had been emitted when the process had last nothing left to do. */
  #triedAt = 0;

  constructor(provider: OtelLoggerProvider, parts: ProviderRouteParts) {
    this.provider = provider;
    this.#parts = parts;
    this.#naturalEnd = new NaturalEnd(parts.exitTimeoutMs);
  }

  /** @throws what the provider throws, LogbridgeError LB1635 where nothing is behind it, LB1646 where it was shut down */
  write(record: LogRecord): void {
    // Its processors have it already.
    if (hasPrinted(this.provider, record)) return;
    if (isShutDown(this.provider))
      throw new LogbridgeError(
        "LB1646",
        "otelSink(): the LoggerProvider was shut down, and swallows what it is given; the record is lost",
      );
    this.#counters.taken++;
    try {
      this.#emit(record);
    } catch (error) {
      // The handler counts what throws.
      this.#counters.taken--;
      throw error;
    }
  }

  #emit(record: LogRecord): void {
    const { scopes, map, mark } = this.#parts;
    const scope = scopes.of(record);
    const active = api.context.active();
    const span = traceOf(record, active);
    const made = describeRecord(record, map, new ProviderWriter(NOBODY, scope), span, scopes.loggerName);
    const context = contextWithMark(contextOf(active, span, made), mark);
    this.#loggerFor(scope).emit({
      timestamp: made.hrTime,
      observedTimestamp: made.hrTimeObserved,
      severityNumber: made.severityNumber,
      severityText: made.severityText,
      body: made.body,
      attributes: made.attributes,
      ...(made.eventName !== undefined && { eventName: made.eventName }),
      context,
    });
  }

  #loggerFor(scope: OtlpScope): OtelLogger {
    const known = this.#loggers.get(scope);
    if (known) return known;
    if (realProvider(this.provider) === null)
      throw new LogbridgeError(
        "LB1635",
        "otelSink(): nothing is behind the LoggerProvider yet: it stands for one that is registered later, and the record is lost",
      );
    const { name, version, schemaUrl, attributes } = plainScope(scope);
    const logger = this.provider.getLogger(name, version, { schemaUrl, attributes });
    this.#loggers.set(scope, logger);
    return logger;
  }

  flush(timeoutMs: number = this.#parts.flushTimeoutMs): Promise<void> {
    return this.#flushes.run(() => this.#flush(timeoutMs));
  }

  async #flush(timeoutMs: number): Promise<void> {
    const { taken } = this.#counters;
    try {
      await within(timeoutMs, Promise.resolve(realProvider(this.provider)?.forceFlush?.({ timeoutMillis: timeoutMs })));
    } catch (cause) {
      throw new LogbridgeError("LB1638", `otelSink(): the LoggerProvider's forceFlush() failed: ${String(cause)}`, {
        cause,
      });
    }
    this.#counters.sent = Math.max(this.#counters.sent, taken);
  }

  flushSync(): void {}

  endNaturally(): Promise<unknown> | undefined {
    const timeoutMs = this.#naturalEnd.left;
    if (timeoutMs === 0 || this.#counters.pending === 0 || this.#triedAt === this.#counters.taken) return undefined;
    this.#triedAt = this.#counters.taken;
    return this.#naturalEnd.round(() => this.flush(timeoutMs));
  }

  /** The provider is the application's: it is flushed, and shut down by whoever made it. */
  async close(): Promise<void> {
    await this.flush();
  }

  counts(): DeliveryCounts {
    return this.#counters.read();
  }

  reaches(target: unknown): boolean {
    return ownsTarget(this.provider, target);
  }
}

/** The SDK's providers say it by a field that is no part of their interface; of others nothing is known. */
function isShutDown(provider: OtelLoggerProvider): boolean {
  const { _shutdownOnce: once } = (realProvider(provider) ?? {}) as { readonly _shutdownOnce?: { isCalled?: unknown } };
  return once?.isCalled === true;
}

/** The provider has a resource of its own. */
const NOBODY: OtlpResource = { attributes: {} };

/** The record's trace may be another than the active one: it came in with its own. */
function contextOf(active: api.Context, span: object | null, { spanContext }: ReadableLogRecord): api.Context {
  if (!spanContext) return api.trace.getSpanContext(active) === undefined ? active : api.trace.deleteSpan(active);
  if (span !== null && api.trace.getSpanContext(active) === span && sameTrace(span as api.SpanContext, spanContext))
    return active;
  return api.trace.setSpanContext(active, spanContext as api.SpanContext);
}

function sameTrace(one: api.SpanContext, other: { readonly traceId: string; readonly spanId: string }): boolean {
  return one.traceId === other.traceId && one.spanId === other.spanId;
}
