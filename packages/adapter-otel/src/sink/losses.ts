import { LogbridgeError } from "@logbridge/core";
import type { DropReason } from "../delivery/drop-reason.ts";
import { errorText } from "../delivery/error-text.ts";
import type { OtlpScope } from "../otlp/encoded.ts";
import { recordUid } from "../otlp/record-uid.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";

/** The scope of records that are ours. */
export const OWN_SCOPE: OtlpScope = { name: "@logbridge/adapter-otel" };

/** The number of WARN. */
const NOTICE_SEVERITY = 13;

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
  closed: "the sink was closed before it was done",
  unreadable: "could not be read or encoded",
};

/** What a loss is called, for people. */
export function lossText({ count, reason, error }: Loss): string {
  const records = count === 1 ? "1 log record was" : `${count} log records were`;
  return `${records} dropped: ${WORDS[reason]}: ${errorText(error)}`;
}

/** A loss as an error for the handler's report. */
export function lossError(loss: Loss): LogbridgeError {
  return new LogbridgeError("LB1636", `otelSink(): ${lossText(loss)}`, { cause: loss.error });
}

/** Losses of which the collector has not been told yet: it is told when it takes records again. */
export class Losses {
  readonly #untold = new Map<DropReason, Loss>();

  add(loss: Loss): void {
    const earlier = this.#untold.get(loss.reason)?.count ?? 0;
    this.#untold.set(loss.reason, { ...loss, count: loss.count + earlier });
  }

  /** All of them, once. */
  take(): readonly Loss[] {
    if (this.#untold.size === 0) return [];
    const losses = [...this.#untold.values()];
    this.#untold.clear();
    return losses;
  }
}

/** Writes a loss as a record of ours. */
export function describeLoss<Made>(loss: Loss, writer: RecordWriter<Made>, uid: boolean): Made {
  writer.begin({
    micros: Date.now() * 1000,
    severityNumber: NOTICE_SEVERITY,
    severityText: "WARNING",
    trace: null,
  });
  writer.body();
  writer.string(lossText(loss));
  writer.attribute("logbridge.dropped.count");
  writer.int(loss.count);
  writer.attribute("logbridge.dropped.reason");
  writer.string(loss.reason);
  if (uid) {
    writer.attribute("log.record.uid");
    writer.string(recordUid());
  }
  return writer.end(0);
}
