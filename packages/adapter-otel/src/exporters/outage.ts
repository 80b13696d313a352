import { LogbridgeError } from "@logbridge/core";
import { errorText } from "../delivery/error-text.ts";
import type { BatchExporter, Outcome } from "../delivery/outcome.ts";

/** Who wants to know how exports go. */
export interface OutageListener {
  /** The collector has taken nothing for this reason, for the first time since it has last taken something. */
  began(error: unknown): void;
  /** The collector has taken a batch. */
  took(): void;
}

/** Tells of outages: whoever has written a wrong address is to hear of it before the records are given up. */
class WatchedExporter<Item> implements BatchExporter<Item> {
  readonly #inner: BatchExporter<Item>;
  readonly #listener: OutageListener;
  #isDown = false;

  constructor(inner: BatchExporter<Item>, listener: OutageListener) {
    this.#inner = inner;
    this.#listener = listener;
  }

  async export(items: readonly Item[], timeoutMs: number): Promise<Outcome> {
    const outcome = await this.#inner.export(items, timeoutMs);
    if (outcome.kind === "sent") {
      this.#isDown = false;
      this.#listener.took();
    } else if (outcome.kind === "later" && !this.#isDown) {
      this.#isDown = true;
      this.#listener.began(outcome.error);
    }
    return outcome;
  }

  async flush(): Promise<void> {
    await this.#inner.flush?.();
  }

  async close(): Promise<void> {
    await this.#inner.close?.();
  }
}

/** The exporter, watched. */
export function watched<Item>(exporter: BatchExporter<Item>, listener: OutageListener): BatchExporter<Item> {
  return new WatchedExporter(exporter, listener);
}

/** What is told of an outage. */
export function outageError(error: unknown): LogbridgeError {
  return new LogbridgeError(
    "LB1637",
    `otelSink(): the collector takes no records now: ${reasonOf(error)}; they are kept and tried again`,
    { cause: error },
  );
}

/** A connection that fails at several addresses has its reasons inside. */
function reasonOf(error: unknown): string {
  const inner: unknown = Object.getOwnPropertyDescriptor(Object(error), "errors")?.value;
  return errorText(Array.isArray(inner) && inner.length > 0 ? (inner as unknown[])[0] : error);
}
