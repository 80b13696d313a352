import { report } from "@logbridge/core";
import { Availability } from "./availability.ts";
import { Backlog, SAFE_AFTER_MS } from "./backlog.ts";
import type { Batch } from "./batch.ts";
import { BatchStore } from "./batch-store.ts";
import { Counters, type DeliveryCounts, type FlushCounts } from "./counters.ts";
import { observeCounts } from "./delivery-metrics.ts";
import { type DeliveryOptions, type ResolvedDelivery, resolveDelivery } from "./delivery-options.ts";
import { DropNotices } from "./drop-notices.ts";
import type { DropReason } from "./drop-reason.ts";
import { reportDropped } from "./drop-report.ts";
import { errorText } from "./error-text.ts";
import { runExport } from "./export-run.ts";
import { ExporterFlush } from "./exporter-flush.ts";
import { FlushWaiters } from "./flush-waiters.ts";
import { type Heir, Inheritor } from "./inheritor.ts";
import { NaturalEnd } from "./natural-end.ts";
import type { BatchExporter, Codec, Outcome } from "./outcome.ts";
import type { Spool } from "./spool.ts";
import { withoutTracing } from "./suppressed-tracing.ts";
import { monotonicMs, msUntil } from "./timer.ts";
import { WakeTimer } from "./wake-timer.ts";
import { within } from "./within.ts";

/** After so many vain tries it may be the batch that fails, not the collector: another one is tried, and this one goes out in halves. */
const PATIENCE = 5;
/** A batch that others have overtaken so often waits longer, so that it does not make the collector look as if it were down. */
const OFTEN_OVERTAKEN = 3;
/** A single record without a deadline that others have overtaken so often: the collector says "later" and means "never". */
const MOST_OVERTAKEN = 50;
/** So many refusals by a collector that has never taken anything: it may be that the fault is not in the records. */
const REFUSALS_BY_A_STRANGER = 200;
/** So many in a row by one that has taken others before: records may be bad in great numbers. */
const REFUSALS_IN_A_ROW = 10_000;

/**
 * Brings records to a collector, each once, in the order in which they came.
 *
 * They wait in a bounded queue and go out in batches, several at a time. What the collector does not take now is tried again at its turn
 * until its deadline; a batch that it refuses is halved until the record is found that it refuses. With a spool, records lie on disk when
 * they have not arrived after a second, from the first failure on, when the queue is full, and when the process ends; the next process sends
 * them. Whatever is given up is counted and told.
 *
 * @example
 * const delivery = new Delivery(exporter, protobufCodec, { name: "otelSink" });
 * delivery.push(record);
 * const { sent, dropped, pending } = await delivery.flush();
 */
export class Delivery<Item> {
  readonly #exporter: BatchExporter<Item>;
  readonly #codec: Codec<Item>;
  readonly #limits: ResolvedDelivery;
  readonly #name: string;
  readonly #spool: Spool | null;
  readonly #availability: Availability;
  readonly #notices: DropNotices;
  readonly #counters = new Counters();
  readonly #waiters = new FlushWaiters();
  /** Waiters that wait no longer than until the collector turns out to be down. */
  readonly #hasty = new FlushWaiters();
  readonly #backlog: Backlog<Item>;
  readonly #timer = new WakeTimer(() => this.#wake());
  readonly #inheritor: Inheritor<Item> | null;
  readonly #endMetrics: () => void;
  readonly #naturalEnd: NaturalEnd;
  /** `null` for an exporter that keeps nothing. */
  readonly #exporterFlush: ExporterFlush | null;
  /** One for all: when it rains records, each error with its stack would cost more than the record. */
  readonly #overload: Error;
  #refusals = 0;
  /** How many batches the collector has taken. */
  #taken = 0;
  #dispatching = false;
  /** When exports have to be over because the process wants to end. */
  #exitBy = Number.POSITIVE_INFINITY;
  #leftAt = -1;
  #exited = false;
  #closed = false;
  #closing: Promise<DeliveryCounts> | null = null;

  constructor(exporter: BatchExporter<Item>, codec: Codec<Item>, options: DeliveryOptions = {}) {
    this.#exporter = exporter;
    this.#codec = codec;
    this.#limits = resolveDelivery(options);
    this.#name = options.name ?? "logbridge";
    this.#spool = options.spool ?? null;
    this.#overload = new Error(
      `more than ${this.#limits.maxRecords} records or ${this.#limits.maxBytes} bytes would have to wait`,
    );
    this.#availability = new Availability(this.#limits);
    this.#naturalEnd = new NaturalEnd(this.#limits.exitTimeoutMs);
    this.#exporterFlush = exporter.flush ? new ExporterFlush(async () => exporter.flush?.()) : null;
    this.#notices = new DropNotices(options.onDropped ?? ((...told) => reportDropped(this.#name, ...told)));
    const store = new BatchStore(this.#name, this.#spool, codec, this.#counters, (...drop) => this.#drop(...drop));
    this.#backlog = new Backlog(this.#limits, store, this.#availability, {
      begun: () => this.#timer.wakeBy(monotonicMs() + this.#limits.delayMs),
      full: () => this.#dispatchSoon(),
    });
    this.#endMetrics = options.meterProvider ? observeCounts(options.meterProvider, () => this.counts()) : () => {};
    const portions = { maxRecords: this.#limits.batchRecords, maxBytes: this.#limits.batchBytes };
    this.#inheritor = this.#spool && new Inheritor<Item>(this.#spool, portions, this.#heir());
    this.#inheritor?.look();
  }

  /** Takes a record to deliver. Never throws, and sends nothing itself. */
  push(item: Item): void {
    this.#counters.taken++;
    if (this.#closed) this.#drop(1, "closed", new Error("it was logged after the end"));
    else this.#add(item);
    if (this.#exited) this.flushSync();
  }

  /** Counts a record that could not be made into an item. */
  failed(error: unknown): void {
    this.#counters.taken++;
    this.#drop(1, "unreadable", error);
  }

  /** What has become of all records so far. */
  counts(): DeliveryCounts {
    return this.#counters.read();
  }

  /**
   * Sends what waits, at once where the collector has not asked for a pause.
   *
   * @param timeoutMs how long to wait; default: `flushTimeoutMs` of the options
   * @returns the counts when all that was pushed before has been sent or given up, or the time is over; never rejects
   */
  async flush(timeoutMs: number = this.#limits.flushTimeoutMs): Promise<FlushCounts> {
    const by = monotonicMs() + timeoutMs;
    const isSent = await this.#wait(this.#waiters, timeoutMs);
    const failure = isSent ? await this.#flushExporter(by) : null;
    this.#notices.tellNow();
    return { ...this.counts(), isComplete: isSent && failure === null, ...(failure && { error: failure.error }) };
  }

  /** How long a flush waits that nobody has given a time. */
  get flushTimeoutMs(): number {
    return this.#limits.flushTimeoutMs;
  }

  /**
   * For a process that has nothing left to do: sends what waits, for no longer than `exitTimeoutMs` of the options. With a spool it ends as
   * soon as the collector turns out to be down. Whoever logs whenever the process is about to end does not keep it alive for ever.
   *
   * @returns `undefined` where nothing waits, or what waits was tried before
   */
  endNaturally(): Promise<void> | undefined {
    const timeoutMs = this.#naturalEnd.left;
    if (this.#closed || timeoutMs === 0 || this.#leftAt === this.#backlog.position || this.#isEmpty()) return undefined;
    this.#leftAt = this.#backlog.position;
    return this.#naturalEnd.round(() => this.#leave(timeoutMs));
  }

  async #leave(timeoutMs: number): Promise<void> {
    const by = monotonicMs() + timeoutMs;
    this.#exitBy = by;
    const isSent = await this.#wait(this.#spool ? this.#hasty : this.#waiters, timeoutMs);
    if (isSent) await this.#flushExporter(by);
    this.#notices.tellNow();
    this.#exitBy = Number.POSITIVE_INFINITY;
  }

  /** At the end of the process, when nothing can be awaited: what is not known to have arrived goes to the spool, or is counted as dropped. */
  flushSync(): void {
    this.#exited = true;
    this.#inheritor?.stop();
    this.#storeRest("exit");
    this.#spool?.release();
    this.#notices.tellNow();
  }

  /**
   * Sends what waits, leaves the rest to the spool, and ends the exporter. Later records are dropped.
   *
   * @param timeoutMs how long to wait; default: `flushTimeoutMs` of the options
   * @returns the counts; never rejects
   */
  close(timeoutMs: number = this.#limits.flushTimeoutMs): Promise<DeliveryCounts> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  async #close(timeoutMs: number): Promise<DeliveryCounts> {
    await this.#wait(this.#waiters, timeoutMs);
    this.#closed = true;
    this.#timer.stop();
    this.#inheritor?.stop();
    this.#storeRest("closed");
    this.#backlog.clear();
    this.#spool?.release();
    this.#waiters.release();
    this.#hasty.release();
    try {
      const said = `it has not ended for ${this.#limits.flushTimeoutMs} ms`;
      await within(this.#limits.flushTimeoutMs, Promise.resolve(this.#exporter.close?.()), { said, keepsAlive: true });
    } catch (error) {
      report("LB1616", `${this.#name}: the exporter failed to close: ${errorText(error)}`);
    }
    this.#endMetrics();
    this.#notices.stop();
    return this.counts();
  }

  async #wait(waiters: FlushWaiters, timeoutMs: number): Promise<boolean> {
    this.#backlog.seal();
    this.#availability.hurry();
    this.#backlog.hurry();
    if (this.#isEmpty()) return true;
    const waiting = waiters.wait(this.#backlog.position, timeoutMs);
    this.#dispatch();
    return waiting;
  }

  async #flushExporter(by: number): Promise<{ readonly error: unknown } | null> {
    return this.#exporterFlush ? this.#exporterFlush.finish(msUntil(by)) : null;
  }

  #add(item: Item): void {
    try {
      if (!this.#backlog.add(item, this.#codec.weigh(item))) this.#drop(1, "overload", this.#overload);
    } catch (error) {
      this.#drop(1, "unreadable", error);
    }
  }

  /** Not in the call that logs. */
  #dispatchSoon(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    queueMicrotask(() => {
      this.#dispatching = false;
      this.#dispatch();
    });
  }

  /** Sends what may be sent now, and arranges for the rest. */
  #dispatch(): void {
    const now = monotonicMs();
    this.#expire(now);
    while (!this.#closed && this.#room(now) > 0) {
      const batch = this.#backlog.take(now, this.#isSecondsTurn());
      if (!batch) break;
      void this.#send(batch);
    }
    this.#schedule();
    this.#settleWaiters();
  }

  /** How many exports may begin at that time. */
  #room(time: number): number {
    const concurrency = this.#isRefusingAll ? 1 : this.#limits.concurrency;
    return this.#availability.room(this.#backlog.inFlight, concurrency, time);
  }

  /** Does it look as if the collector refuses whatever it is sent? */
  get #isRefusingAll(): boolean {
    return this.#refusals >= (this.#taken === 0 ? REFUSALS_BY_A_STRANGER : REFUSALS_IN_A_ROW);
  }

  #isSecondsTurn(): boolean {
    const { failures } = this.#availability;
    return failures > 0 && failures % PATIENCE === 0;
  }

  async #send(batch: Batch<Item>): Promise<void> {
    const round = this.#availability.begin();
    batch.begins(this.#taken);
    if (batch.tries > 0) this.#counters.retried++;
    const items = await this.#backlog.itemsOf(batch);
    if (items.length === 0) this.#availability.skipped(round);
    const outcome = items.length === 0 ? null : await this.#export(items);
    this.#counters.retried += outcome?.repeats ?? 0;
    // Given up meanwhile: the process ends, or the delivery was closed.
    if (!this.#backlog.landed(batch)) return;
    if (outcome === null) this.#backlog.settle(batch);
    else this.#conclude(batch, round, outcome);
    this.#dispatch();
  }

  #export(items: readonly Item[]): Promise<Outcome> {
    const left = msUntil(this.#exitBy);
    const timeoutMs = Math.min(this.#limits.exportTimeoutMs, left);
    const outcome = withoutTracing(() => runExport(this.#exporter, items, timeoutMs));
    if (this.#waiters.size + this.#hasty.size > 0) this.#exporterFlush?.begin();
    return outcome;
  }

  #conclude(batch: Batch<Item>, round: number, outcome: Outcome): void {
    if (outcome.kind === "later") {
      this.#availability.failed(round, monotonicMs(), outcome.afterMs);
      this.#again(batch, outcome.error);
      void outcome.answer?.then((answer) => this.#answered(batch, round, answer));
      return;
    }
    this.#availability.answered(round);
    if (outcome.kind === "refused") this.#refused(batch, outcome);
    else this.#arrived(batch, outcome);
  }

  /** The answer to an attempt that had been given up: what has arrived need not be sent again, or is twice there already. */
  #answered(batch: Batch<Item>, round: number, answer: Outcome): void {
    if (answer.kind !== "sent" || !this.#backlog.withdraw(batch)) return;
    this.#availability.answered(round);
    this.#arrived(batch, answer);
    this.#dispatch();
  }

  #arrived(batch: Batch<Item>, { rejected = 0, message }: Outcome & { readonly kind: "sent" }): void {
    const lost = Math.min(Math.max(0, rejected), batch.count);
    this.#refusals = 0;
    this.#taken++;
    this.#counters.sent += batch.count - lost;
    if (batch.isInherited) this.#counters.inherited.sent += batch.count - lost;
    if (lost > 0) {
      // Made when it is needed: its stack costs as much as a hundred records.
      const refusal = new Error(message || "the collector gave no reason");
      this.#drop(lost, "rejected", refusal, batch.isInherited);
    }
    this.#backlog.settle(batch);
  }

  /**
   * One bad record costs one record. Where everything is refused, one end of each batch is halved down to a record, and the rest has one
   * try in pieces: that is enough to find what is taken, and little to send where nothing is.
   */
  #refused(batch: Batch<Item>, { error, whole }: Outcome & { readonly kind: "refused" }): void {
    this.#refusals++;
    const isOver = batch.count === 1 || whole || (this.#isRefusingAll && batch.hasOneTry);
    if (isOver) this.#giveUp(batch, "refused", error);
    else this.#backlog.halve(batch, this.#isRefusingAll);
  }

  #again(batch: Batch<Item>, error: unknown): void {
    batch.failed(this.#taken);
    const { deadlineMs, maxMs } = this.#limits;
    const now = monotonicMs();
    const isHopeless =
      batch.count === 1 && batch.overtaken >= MOST_OVERTAKEN && deadlineMs === Number.POSITIVE_INFINITY;
    if (batch.overtaken >= OFTEN_OVERTAKEN) batch.notBefore = now + maxMs;
    if (now - batch.born > deadlineMs) this.#giveUp(batch, "expired", error);
    else if (isHopeless) this.#giveUp(batch, "refused", error);
    else if (batch.tries % PATIENCE === 0 && batch.count > 1) this.#backlog.halve(batch);
    else this.#backlog.putBack(batch);
    this.#backlog.protectWaiting();
    const { until, failures } = this.#availability;
    if (until >= this.#exitBy || failures > 1) this.#hasty.release();
  }

  #expire(now: number): void {
    const { deadlineMs } = this.#limits;
    for (let old: Batch<Item> | null; (old = this.#backlog.takeOlderThan(now - deadlineMs)); )
      this.#giveUp(old, "expired", new Error(`it could not be sent for ${deadlineMs} ms`));
  }

  #giveUp(batch: Batch<Item>, reason: DropReason, error: unknown): void {
    this.#drop(batch.count, reason, error, batch.isInherited);
    this.#backlog.settle(batch);
  }

  #drop(count: number, reason: DropReason, error: unknown, isInherited = false): void {
    this.#counters.drop(count, reason, isInherited);
    this.#notices.add(count, reason, error);
  }

  /** What is not known to have arrived stays on disk; what cannot is given up. */
  #storeRest(reason: "exit" | "closed"): void {
    const error = new Error("it could not be sent before the end");
    for (const batch of this.#backlog.protectAll()) this.#giveUp(batch, reason, error);
  }

  #isEmpty(): boolean {
    return this.#oldest() === Number.POSITIVE_INFINITY;
  }

  /** The position of the oldest record that is on its way. */
  #oldest(): number {
    return this.#inheritor?.isLooking ? 0 : this.#backlog.first;
  }

  #settleWaiters(): void {
    if (this.#waiters.size + this.#hasty.size === 0) return;
    const oldest = this.#oldest();
    this.#waiters.settle(oldest);
    this.#hasty.settle(oldest);
  }

  #wake(): void {
    if (monotonicMs() >= this.#backlog.dueTime) this.#backlog.seal();
    this.#backlog.protectWaiting();
    this.#dispatch();
  }

  /** Sleeps until something may be due. */
  #schedule(): void {
    const { hasReady, born, nextTime, dueTime, wantsSafety } = this.#backlog;
    const { until } = this.#availability;
    if (hasReady) this.#timer.wakeBy(born + this.#limits.deadlineMs + 1);
    if (hasReady && this.#room(until) > 0) this.#timer.wakeBy(Math.max(until, nextTime));
    if (wantsSafety) this.#timer.wakeBy(monotonicMs() + SAFE_AFTER_MS);
    this.#timer.wakeBy(dueTime);
  }

  #heir(): Heir<Item> {
    return {
      batch: (batch) => {
        this.#counters.taken += batch.count;
        this.#counters.inherited.taken += batch.count;
        this.#counters.spooled += batch.count;
        this.#backlog.inherit(batch);
        this.#dispatchSoon();
      },
      damaged: (records, error) => {
        this.#counters.taken += records;
        this.#counters.inherited.taken += records;
        this.#drop(records, "unreadable", error, true);
      },
      done: () => this.#dispatch(),
    };
  }
}
