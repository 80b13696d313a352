import { report } from "@logbridge/core";
import type { DropReason } from "./drop-reason.ts";
import { errorText } from "./error-text.ts";

/** Records that were given up for one reason. */
export interface Loss {
  readonly reason: DropReason;
  readonly count: number;
  readonly error: unknown;
}

const WORDS: Readonly<Record<DropReason, string>> = {
  refused: "refused by the collector",
  rejected: "left out by the collector",
  overload: "the queue was full",
  expired: "the collector took nothing until the deadline",
  exit: "the process ended before it was done",
  closed: "it was closed before it was done",
  unreadable: "could not be read or encoded",
};

/** What a loss is called, for people. */
export function lossText({ count, reason, error }: Loss): string {
  const records = count === 1 ? "1 log record was" : `${count} log records were`;
  return `${records} dropped: ${WORDS[reason]}: ${errorText(error)}`;
}

/** Says on stderr that records were given up, for those who have not asked to be told. */
export function reportDropped(name: string, count: number, reason: DropReason, error: unknown): void {
  report(reason === "exit" ? "LB1611" : "LB1615", `${name}: ${lossText({ count, reason, error })}`);
}
