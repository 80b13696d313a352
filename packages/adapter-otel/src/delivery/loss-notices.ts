import type { Delivery } from "./delivery.ts";
import type { DropReason } from "./drop-reason.ts";
import type { Loss } from "./drop-report.ts";
import { runExport } from "./export-run.ts";
import type { BatchExporter } from "./outcome.ts";
import { withoutTracing } from "./suppressed-tracing.ts";
import { monotonicMs, msUntil } from "./timer.ts";
import { within } from "./within.ts";

/** How long a collector may take over a notice. */
const NOTICE_MS = 5_000;

/**
 * Tells the collector of records that were given up, by records of ours: one for each reason, with the sum of what it has not been told yet.
 *
 * They go beside the queue, which may be full. They are none of the application's, and are counted nowhere; one that the collector does not
 * take now is told later with what is lost meanwhile. One that it refuses is told once more when it has taken something else: it may refuse
 * whatever it is sent. Of notices that are lost nothing is told.
 *
 * @example
 * const notices = new LossNotices(exporter, (loss) => describeLoss(loss, new JsonWriter(), false));
 * notices.add({ count: 3, reason: "overload", error });
 * await notices.finish();
 */
export class LossNotices<Item> {
  readonly #exporter: BatchExporter<Item>;
  readonly #describe: (loss: Loss) => Item;
  readonly #untold = new Map<DropReason, Loss>();
  #telling: Promise<void> | null = null;
  /** Has the collector taken something since the last loss, or since it was last told? */
  #hasTaken = false;
  /** It has refused a notice, and taken nothing since. */
  #isRefusing = false;
  #ended = false;

  constructor(exporter: BatchExporter<Item>, describe: (loss: Loss) => Item) {
    this.#exporter = exporter;
    this.#describe = describe;
  }

  add(loss: Loss): void {
    this.#hasTaken = false;
    this.#keep(loss);
  }

  #keep(loss: Loss): void {
    const earlier = this.#untold.get(loss.reason)?.count ?? 0;
    this.#untold.set(loss.reason, { ...loss, count: loss.count + earlier });
  }

  /** The collector has taken something. */
  took(): void {
    this.#hasTaken = true;
    this.#isRefusing = false;
    this.tell();
  }

  /** The collector is told, unless that is under way. */
  tell(): void {
    void this.#tellOnce(NOTICE_MS);
  }

  /** Tells of the rest, for no longer than that. Never rejects. */
  async finish(timeoutMs: number = NOTICE_MS): Promise<void> {
    const by = monotonicMs() + Math.min(timeoutMs, NOTICE_MS);
    try {
      // What is under way may have begun with more time.
      if (this.#telling) await within(msUntil(by), this.#telling, { keepsAlive: true });
    } catch {
      return;
    }
    await this.#tellOnce(msUntil(by));
  }

  /** Nothing can be sent any more. */
  end(): void {
    this.#ended = true;
  }

  #tellOnce(timeoutMs: number): Promise<void> {
    if (this.#ended || this.#isRefusing || this.#untold.size === 0) return Promise.resolve();
    this.#telling ??= this.#tell(timeoutMs).finally(() => {
      this.#telling = null;
    });
    return this.#telling;
  }

  async #tell(timeoutMs: number): Promise<void> {
    // What is told of at the same time goes together.
    await null;
    const losses = [...this.#untold.values()];
    this.#untold.clear();
    const items = losses.map((loss) => this.#describe(loss));
    const hasTaken = this.#hasTaken;
    this.#hasTaken = false;
    const outcome = await withoutTracing(() => runExport(this.#exporter, items, timeoutMs));
    const isRefused = outcome.kind === "refused" || (outcome.kind === "sent" && (outcome.rejected ?? 0) > 0);
    if (outcome.kind === "sent" && !isRefused) return this.#flush();
    this.#isRefusing = isRefused && !this.#hasTaken;
    if (!isRefused || !hasTaken) for (const loss of losses) this.#keep(loss);
  }

  /** An exporter may keep what it has taken. */
  async #flush(): Promise<void> {
    try {
      await this.#exporter.flush?.();
    } catch {
      // Of a notice that is lost nothing is told.
    }
  }
}

/** Sends what waits, tells of what is lost, and ends both. What the collector does not take has had its time. */
export async function closeWithNotices<Item>(delivery: Delivery<Item>, notices: LossNotices<Item>): Promise<void> {
  const by = monotonicMs() + delivery.flushTimeoutMs;
  const { isComplete } = await delivery.flush();
  if (isComplete) await notices.finish(msUntil(by));
  notices.end();
  await delivery.close(isComplete ? undefined : 0);
}
