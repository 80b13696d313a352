import type { LogRecord } from "@logbridge/core";
import type { DeliveryCounts } from "../delivery/counters.ts";

/** A way by which records leave. */
export interface Route {
  write(record: LogRecord): void;
  /** Resolves when what was written before has left, or after `timeoutMs`. */
  flush(timeoutMs?: number): Promise<void>;
  /** At the end of the process, when nothing can be awaited. */
  flushSync(): void;
  /** The process is about to end: sends what waits, for as long as the options say. `undefined`: there is nothing to wait for. */
  endNaturally(): Promise<unknown> | undefined;
  close(): Promise<void>;
  counts(): DeliveryCounts;
  /** Does what is written here reach this logger provider? */
  reaches(provider: unknown): boolean;
}
