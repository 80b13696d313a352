import type { LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { DeliveryCounts } from "../delivery/counters.ts";
import { Delivery } from "../delivery/delivery.ts";
import type { DeliveryOptions } from "../delivery/delivery-options.ts";
import { outageError, watched } from "../exporters/outage.ts";
import type { Emitted } from "../intercept/emitted.ts";
import { describeRecord, type MapOptions } from "../map.ts";
import { arrivalOf } from "../origin-mark.ts";
import type { OtlpScope } from "../otlp/encoded.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";
import { traceIn } from "./active-trace.ts";
import { describeEmitted } from "./emitted-record.ts";
import { describeLoss, Losses, lossError, OWN_SCOPE } from "./losses.ts";
import type { Outlet } from "./outlet.ts";
import type { Route } from "./route.ts";
import type { Scopes } from "./scopes.ts";

/** What a route has beside its outlet. */
export interface OwnRouteParts {
  readonly scopes: Scopes;
  readonly map: MapOptions;
  readonly delivery: DeliveryOptions;
  /** How what happens outside of `write` is told. */
  readonly fail: (error: unknown) => void;
}

/** A route that also takes what was emitted to OpenTelemetry's logs API. */
export interface EmittedRoute extends Route {
  writeEmitted(emitted: Emitted): void;
}

/** Records, encoded in the call, by a delivery of our own. */
export class OwnRoute<Made, Item> implements EmittedRoute {
  readonly #outlet: Outlet<Made, Item>;
  readonly #delivery: Delivery<Item>;
  readonly #scopes: Scopes;
  readonly #map: MapOptions;
  readonly #fail: (error: unknown) => void;
  readonly #losses = new Losses();
  /** Has the application logged anything since the collector was last told of losses? */
  #hasNew = false;
  /** The writer that is free; what formats an error's stack may log, in the middle of a record. */
  #writer: RecordWriter<Made> | null = null;

  constructor(outlet: Outlet<Made, Item>, { scopes, map, delivery, fail }: OwnRouteParts) {
    this.#outlet = outlet;
    this.#scopes = scopes;
    this.#map = map;
    this.#fail = fail;
    const exporter = watched(outlet.exporter, {
      began: (error) => this.#fail(outageError(error)),
      took: () => this.#tellLosses(),
    });
    this.#delivery = new Delivery(exporter, outlet.codec, {
      ...delivery,
      onDropped: (count, reason, error) => {
        const loss = { count, reason, error };
        this.#losses.add(loss);
        this.#fail(lossError(loss));
      },
    });
  }

  write(record: LogRecord): void {
    const scope = this.#scopes.of(record);
    const { loggerName } = this.#scopes;
    const trace = traceIn(api.context.active()) ?? arrivalOf(record)?.trace ?? null;
    const writer = this.#takeWriter();
    const made = describeRecord(record, this.#map, writer, trace, loggerName);
    this.#writer = writer;
    this.#hasNew = true;
    this.#push(made, scope);
  }

  writeEmitted(emitted: Emitted): void {
    const writer = this.#takeWriter();
    const made = describeEmitted(emitted, this.#map, writer);
    this.#writer = writer;
    this.#hasNew = true;
    this.#push(made, emitted.scope);
  }

  async flush(timeoutMs?: number): Promise<void> {
    await this.#delivery.flush(timeoutMs);
  }

  flushSync(): void {
    this.#delivery.flushSync();
  }

  endNaturally(): Promise<void> | undefined {
    return this.#delivery.endNaturally();
  }

  async close(): Promise<void> {
    await this.#delivery.close();
  }

  counts(): DeliveryCounts {
    return this.#delivery.counts();
  }

  reaches(): boolean {
    return false;
  }

  #takeWriter(): RecordWriter<Made> {
    const writer = this.#writer ?? this.#outlet.createWriter();
    this.#writer = null;
    return writer;
  }

  #push(made: Made, scope: OtlpScope): void {
    this.#delivery.push(this.#outlet.pack(made, scope));
  }

  /** The collector hears of losses by records of ours, now that it takes some. */
  #tellLosses(): void {
    // Else it is our own record that was lost.
    if (!this.#hasNew) return;
    const losses = this.#losses.take();
    if (losses.length > 0) this.#hasNew = false;
    for (const loss of losses) {
      const made = describeLoss(loss, this.#outlet.createWriter(), this.#map.uid ?? false);
      this.#push(made, OWN_SCOPE);
    }
  }
}
