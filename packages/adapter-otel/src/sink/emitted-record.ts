import { type ErrorParts, inspect, isReadableError, readError } from "@logbridge/core";
import type { Emitted } from "../intercept/emitted.ts";
import { hrTimeOf } from "../intercept/time-input.ts";
import { AttributeList } from "../map/attribute-list.ts";
import { planFor } from "../map/plan.ts";
import type { MapOptions } from "../map.ts";
import { microsOf, normalHrTime } from "../otlp/hr-time.ts";
import { recordUid } from "../otlp/record-uid.ts";
import { ownValue, writeValue } from "../otlp/value.ts";
import type { RecordWriter } from "../otlp/value-writer.ts";
import { traceIn } from "./active-trace.ts";

type Exception = Pick<ErrorParts, "type" | "message" | "stack">;

/** Writes what another library has emitted to OpenTelemetry's logs API. Its own attributes go before what is said of it. */
export function describeEmitted<Made>(emitted: Emitted, options: MapOptions, writer: RecordWriter<Made>): Made {
  const now = hrTimeOf(Date.now()) ?? [0, 0];
  const time = normalHrTime(emitted.time ?? emitted.observed ?? now);
  // Read before anything is written: what formats a stack may log.
  const exception = exceptionOf(emitted.thrown);
  writer.begin({
    micros: microsOf(time),
    time,
    observed: normalHrTime(emitted.observed ?? now),
    severityNumber: emitted.severityNumber ?? 0,
    severityText: emitted.severityText ?? "",
    trace: traceIn(emitted.context),
    eventName: emitted.eventName,
  });
  if (emitted.body !== undefined) {
    writer.body();
    writeValue(emitted.body, writer);
  }
  const list = new AttributeList(writer, emitted.attributes, planFor(options));
  if (exception) {
    list.add("exception.type", exception.type || undefined);
    list.add("exception.message", exception.message);
    list.add("exception.stacktrace", exception.stack || undefined);
  }
  if (options.uid) list.add("log.record.uid", recordUid());
  if (options.attributes) list.addAll(options.attributes);
  for (const key of Object.keys(emitted.attributes)) list.write(key, ownValue(emitted.attributes, key));
  return writer.end(list.dropped + emitted.dropped);
}

function exceptionOf(thrown: unknown): Exception | null {
  if (thrown === undefined || thrown === null) return null;
  if (isReadableError(thrown)) return readError(thrown);
  return { type: "", message: typeof thrown === "string" ? thrown : inspect(thrown), stack: "" };
}
