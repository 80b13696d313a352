import { report } from "@logbridge/core";
import type { DropReason } from "./drop-reason.ts";
import { errorText } from "./error-text.ts";

/** Says on stderr that records were given up, for those who have not asked to be told. */
export function reportDropped(name: string, count: number, reason: DropReason, error: unknown): void {
  const records = count === 1 ? "1 log record was" : `${count} log records were`;
  report(reason === "exit" ? "LB1611" : "LB1615", `${name}: ${records} dropped (${reason}): ${errorText(error)}`);
}
