import { eachAttribute } from "./attributes.ts";
import { microsOf, normalHrTime } from "./hr-time.ts";
import type { ReadableLogRecord } from "./readable.ts";
import { validTrace } from "./trace-ids.ts";
import { writeValue } from "./value.ts";
import type { RecordWriter } from "./value-writer.ts";

/**
 * Gives a record of OpenTelemetry's SDK to a writer. Its body may be anything: the SDK looks at attributes alone.
 *
 * @example
 * copyReadable(record, new ProtobufWriter()); // the record's protobuf message
 */
export function copyReadable<Made>(record: ReadableLogRecord, writer: RecordWriter<Made>): Made {
  const time = normalHrTime(record.hrTime);
  writer.begin({
    micros: microsOf(time),
    time,
    observed: normalHrTime(record.hrTimeObserved),
    severityNumber: Number.isInteger(record.severityNumber) ? (record.severityNumber as number) : 0,
    severityText: textOr(record.severityText, ""),
    trace: validTrace(record.spanContext),
    eventName: textOr(record.eventName, undefined),
  });
  if (record.body !== undefined) {
    writer.body();
    writeValue(record.body, writer);
  }
  eachAttribute(record.attributes, (key, value) => {
    writer.attribute(key);
    writeValue(value, writer);
  });
  return writer.end(record.droppedAttributesCount);
}

/** The SDK checks none of what an emitter gives for these. */
function textOr<Other>(value: unknown, other: Other): string | Other {
  return typeof value === "string" ? value : other;
}
