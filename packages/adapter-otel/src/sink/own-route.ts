import { LogbridgeError, type LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import type { DeliveryCounts } from "../delivery/counters.ts";
import { Delivery } from "../delivery/delivery.ts";
import type { DeliveryOptions } from "../delivery/delivery-options.ts";
import { type Loss, lossText } from "../delivery/drop-report.ts";
import { closeWithNotices, LossNotices } from "../delivery/loss-notices.ts";
import { monotonicMs, msUntil } from "../delivery/timer.ts";
import { outageError, watched } from "../exporters/outage.ts";
import { describeRecord, type MapOptions } from "../map.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";
import { traceOf } from "./active-trace.ts";
import { describeLoss, OWN_SCOPE } from "./loss-record.ts";
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

/** Records, encoded in the call, by a delivery of our own. */
export class OwnRoute<Made, Item> implements Route {
  readonly #outlet: Outlet<Made, Item>;
  readonly #delivery: Delivery<Item>;
  readonly #scopes: Scopes;
  readonly #map: MapOptions;
  readonly #fail: (error: unknown) => void;
  readonly #notices: LossNotices<Item>;
  /** Has the collector failed to take something, and nothing since? */
  #isDown = false;
  /** The writer that is free; what formats an error's stack may log, in the middle of a record. */
  #writer: RecordWriter<Made> | null = null;

  constructor(outlet: Outlet<Made, Item>, { scopes, map, delivery, fail }: OwnRouteParts) {
    this.#outlet = outlet;
    this.#scopes = scopes;
    this.#map = map;
    this.#fail = fail;
    this.#notices = new LossNotices(outlet.exporter, (loss) =>
      outlet.pack(describeLoss(loss, outlet.createWriter(), map.uid ?? false), OWN_SCOPE),
    );
    const exporter = watched(outlet.exporter, {
      began: (error) => this.#began(error),
      took: () => this.#took(),
    });
    this.#delivery = new Delivery(exporter, outlet.codec, {
      ...delivery,
      onDropped: (count, reason, error) => this.#lost({ count, reason, error }),
    });
  }

  write(record: LogRecord): void {
    const scope = this.#scopes.of(record);
    const { loggerName } = this.#scopes;
    const trace = traceOf(record, api.context.active());
    const writer = this.#takeWriter();
    const made = describeRecord(record, this.#map, writer, trace, loggerName);
    this.#writer = writer;
    this.#delivery.push(this.#outlet.pack(made, scope));
  }

  async flush(timeoutMs: number = this.#delivery.flushTimeoutMs): Promise<void> {
    const by = monotonicMs() + timeoutMs;
    const { isComplete } = await this.#delivery.flush(timeoutMs);
    if (isComplete) await this.#notices.finish(msUntil(by));
  }

  flushSync(): void {
    this.#notices.end();
    this.#delivery.flushSync();
  }

  endNaturally(): Promise<void> | undefined {
    return this.#delivery.endNaturally()?.then(() => this.#tellLast());
  }

  /** Where all has left, the collector can be told of the rest. */
  async #tellLast(): Promise<void> {
    if (!this.#isDown && this.#delivery.counts().pending === 0) await this.#notices.finish();
  }

  close(): Promise<void> {
    return closeWithNotices(this.#delivery, this.#notices);
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

  #began(error: unknown): void {
    this.#isDown = true;
    this.#fail(outageError(error));
  }

  #took(): void {
    this.#isDown = false;
    this.#notices.took();
  }

  #lost(loss: Loss): void {
    this.#notices.add(loss);
    this.#fail(new LogbridgeError("LB1636", `otelSink(): ${lossText(loss)}`, { cause: loss.error }));
    // Nothing is on its way that would show whether the collector takes something.
    if (!this.#isDown && this.#delivery.counts().pending === 0) this.#notices.tell();
  }
}
