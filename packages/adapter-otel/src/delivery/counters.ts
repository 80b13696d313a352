import { DROP_REASONS, type DropReason } from "./drop-reason.ts";

/** What has become of the records, as numbers. */
export interface DeliveryCounts {
  /** The collector has them. */
  readonly sent: number;
  /** Given up: they will not arrive. */
  readonly dropped: number;
  /** Neither yet. Those of ended processes, found in the spool, are among them. */
  readonly pending: number;
  /** How many requests were made again. */
  readonly retried: number;
  /** How many of the pending lie on disk, and would be sent by the next process. */
  readonly spooled: number;
  /** The dropped by why. */
  readonly reasons: Readonly<Record<DropReason, number>>;
}

/** How a flush has ended. */
export interface FlushCounts extends DeliveryCounts {
  /** All that was pushed before the flush has been sent or given up. */
  readonly isComplete: boolean;
  /** What the exporter could not flush, though it had taken all. */
  readonly error?: unknown;
}

/** The counts of two that deliver, as of one. */
export function sumOfCounts(one: DeliveryCounts, other: DeliveryCounts): DeliveryCounts {
  const reasons = Object.entries(one.reasons).map(
    ([reason, count]) => [reason, count + other.reasons[reason as DropReason]] as const,
  );
  return {
    sent: one.sent + other.sent,
    dropped: one.dropped + other.dropped,
    pending: one.pending + other.pending,
    retried: one.retried + other.retried,
    spooled: one.spooled + other.spooled,
    reasons: Object.fromEntries(reasons) as DeliveryCounts["reasons"],
  };
}

/** Counts what becomes of records. */
export class Counters {
  sent = 0;
  retried = 0;
  /** All that are to be delivered: pushed, or found on disk. */
  taken = 0;
  /** Of those that are neither sent nor dropped. */
  spooled = 0;
  #dropped = 0;
  readonly #reasons: Record<DropReason, number> = Object.fromEntries(
    DROP_REASONS.map((reason) => [reason, 0]),
  ) as Record<DropReason, number>;

  drop(count: number, reason: DropReason): void {
    this.#dropped += count;
    this.#reasons[reason] += count;
  }

  get pending(): number {
    return this.taken - this.sent - this.#dropped;
  }

  read(): DeliveryCounts {
    const { sent, retried, spooled, pending } = this;
    return { sent, dropped: this.#dropped, pending, retried, spooled, reasons: { ...this.#reasons } };
  }
}
