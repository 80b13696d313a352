import type { BatchExporter, Outcome } from "./outcome.ts";
import { startTimer } from "./timer.ts";

/** How much longer than asked for an exporter may take before it is given up. */
const GRACE_MS = 1_000;

/**
 * Hands a batch over and gives what became of it, also where the exporter breaks its word: one that throws or rejects has refused the batch,
 * one that never answers may be asked again.
 */
export function runExport<Item>(
  exporter: BatchExporter<Item>,
  items: readonly Item[],
  timeoutMs: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = startTimer(() => {
      resolve({ kind: "later", error: new Error(`the exporter has not answered for ${timeoutMs + GRACE_MS} ms`) });
    }, timeoutMs + GRACE_MS);
    const settle = (outcome: Outcome): void => {
      cancel();
      resolve(outcome);
    };
    try {
      exporter.export(items, timeoutMs).then(settle, (error: unknown) => settle({ kind: "refused", error }));
    } catch (error) {
      settle({ kind: "refused", error });
    }
  });
}
