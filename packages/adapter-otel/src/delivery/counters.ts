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
  /** Of these, what ended processes had left in the spool. */
  readonly inherited: { readonly pending: number; readonly dropped: number };
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
    inherited: {
      pending: one.inherited.pending + other.inherited.pending,
      dropped: one.inherited.dropped + other.inherited.dropped,
    },
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
  /** Of the taken, the sent and the dropped: those that were found on disk. */
  readonly inherited: { taken: number; sent: number; dropped: number } = { taken: 0, sent: 0, dropped: 0 };
  #dropped = 0;
  readonly #reasons: Record<DropReason, number> = Object.fromEntries(
    DROP_REASONS.map((reason) => [reason, 0]),
  ) as Record<DropReason, number>;

  /** @param isInherited another process had left them */
  drop(count: number, reason: DropReason, isInherited = false): void {
    this.#dropped += count;
    if (isInherited) this.inherited.dropped += count;
    this.#reasons[reason] += count;
  }

  get pending(): number {
    return this.taken - this.sent - this.#dropped;
  }

  read(): DeliveryCounts {
    const { sent, retried, spooled, pending } = this;
    const { taken, sent: arrived, dropped } = this.inherited;
    const inherited = { pending: taken - arrived - dropped, dropped };
    return { sent, dropped: this.#dropped, pending, retried, spooled, inherited, reasons: { ...this.#reasons } };
  }
}
