import { type Loss, lossText } from "../delivery/drop-report.ts";
import type { OtlpScope } from "../otlp/encoded.ts";
import { recordUid } from "../otlp/record-uid.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";

/** The scope of records that are ours. */
export const OWN_SCOPE: OtlpScope = { name: "@logbridge/adapter-otel" };

/** The number of WARN. */
const NOTICE_SEVERITY = 13;

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
