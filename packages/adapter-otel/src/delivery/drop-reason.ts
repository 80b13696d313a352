/**
 * Why a record was given up.
 *
 * - `refused`: the collector will not take it, in whatever batch
 * - `rejected`: the collector took its batch, and said that it has left out some
 * - `overload`: the queue was full, and no spool took it
 * - `expired`: it could not be sent before its deadline
 * - `exit`: the process ended, and no spool took it
 * - `closed`: it came after `close()`, or could not be sent before
 * - `unreadable`: it could not be encoded, or what lay in the spool is damaged
 */
export type DropReason = "refused" | "rejected" | "overload" | "expired" | "exit" | "closed" | "unreadable";

export const DROP_REASONS: readonly DropReason[] = [
  "refused",
  "rejected",
  "overload",
  "expired",
  "exit",
  "closed",
  "unreadable",
];
