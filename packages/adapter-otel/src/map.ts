import type { LogRecord } from "@logbridge/core";
import { severityOfRecord } from "./levels.ts";
import { AttributeList } from "./map/attribute-list.ts";
import { writeBody } from "./map/body.ts";
import { writeException } from "./map/exception.ts";
import { writeFields, writeSpecialFields } from "./map/fields.ts";
import { keptBase, keptCaller, keptOwn } from "./map/kept-parts.ts";
import type { MapOptions } from "./map/map-options.ts";
import { isMadeElsewhere, writeCaller, writeMaker } from "./map/place.ts";
import { hasPlace } from "./map/place-names.ts";
import { hasSpecial, type Plan, planFor } from "./map/plan.ts";
import { eventNameOf, traceIn } from "./map/taken-fields.ts";
import { arrivalOf } from "./origin-mark.ts";
import { recordUid } from "./otlp/record-uid.ts";
import { validTrace } from "./otlp/trace-ids.ts";
import type { PlainWriter, RecordHead, RecordWriter, RepeatingWriter, TraceIds } from "./otlp/value-writer.ts";

export type { MapOptions } from "./map/map-options.ts";

/**
 * Writes a record as OpenTelemetry has it: the exception first, then where the record comes from, then its values, so that a limit takes
 * the least. Each key is written once; a value of the record itself goes before what would be said of it under the same key.
 *
 * Nothing of the user's runs, but what formats the stack of an error: that may log, so a writer that is in use must not be handed in again.
 *
 * @param trace the one that the record belongs to, `null`: none; ids that stand in its values go before
 * @param loggerName is written as `logger.name`, for a scope that does not say it; `null`: not written
 * @example
 * describeRecord(record, {}, new ProtobufWriter(), null); // the protobuf message `LogRecord`
 */
export function describeRecord<Made>(
  record: LogRecord,
  options: MapOptions,
  writer: RecordWriter<Made>,
  trace: TraceIds | null,
  loggerName: string | null = null,
): Made {
  const plan = planFor(options);
  // Read before anything is written: what formats a stack may log.
  const { exception } = record;
  const known = validTrace(trace);
  if (plan.isPlain && exception === null && loggerName === null && record.origin === null) {
    const made = describePlain(record, plan, writer, known);
    if (made !== null) return made;
  }
  const base = keptBase(record);
  const own = keptOwn(record);
  const isSpecial = hasSpecial(own, plan) || hasSpecial(base, plan);
  const head = headOf(record, options, known);
  if (isSpecial) takeFields(record.extra, head);
  writer.begin(head);
  writeBody(record, writer);
  const attributes = new AttributeList(writer, isSpecial ? record.extra : null, plan);
  if (exception) writeException(exception, arrivalOf(record)?.thrown, attributes);
  if (options.code !== false && !(isSpecial && hasPlace(record.extra))) writeCaller(record, attributes);
  writeSaid(record, options, loggerName, attributes);
  if (isSpecial) writeSpecialFields(record.extra, head.trace, attributes);
  else writeFields(base, own, attributes);
  return writer.end(attributes.dropped + (arrivalOf(record)?.dropped ?? 0));
}

/**
 * The same for what most records are: a message, a place that was seen before, and values. What is in the way of that turns out while they
 * are written.
 *
 * @returns `null`: something was, and the record has to be begun anew
 */
function describePlain<Made>(
  record: LogRecord,
  { options, special }: Plan,
  writer: RecordWriter<Made> & Partial<PlainWriter & RepeatingWriter>,
  trace: TraceIds | null,
): Made | null {
  if (writer.beginPlain === undefined || writer.fields === undefined) return null;
  if (isMadeElsewhere(record, options.processId)) return null;
  const severity = severityOfRecord(record, options.severity);
  writer.beginPlain(record.micros, severity.number, severity.text, trace);
  writeBody(record, writer);
  const caller = options.code === false ? null : keptCaller(record);
  if (caller !== null && writer.repeat?.(caller) !== true) return null;
  const base = keptBase(record);
  const own = keptOwn(record);
  if (base !== null && own !== null && haveCommonKey(base, own)) return null;
  const keys = base === null ? 0 : writer.fields(base, special, 0);
  if (keys < 0 || (own !== null && writer.fields(own, special, keys) < 0)) return null;
  return writer.end(0);
}

function haveCommonKey(base: object, own: object): boolean {
  for (const key in base) if (Object.hasOwn(own, key)) return true;
  return false;
}

/** What is said of a record, beside its exception and its place. */
function writeSaid(record: LogRecord, options: MapOptions, loggerName: string | null, attributes: AttributeList): void {
  if (options.uid) attributes.add("log.record.uid", recordUid());
  writeMaker(record, options.processId, attributes);
  if (loggerName !== null) attributes.add("logger.name", loggerName);
  if (options.template) writeTemplate(record, attributes);
  if (options.attributes) attributes.addAll(options.attributes);
}

type Head = { -readonly [Key in keyof RecordHead]: RecordHead[Key] };

function headOf(record: LogRecord, options: MapOptions, trace: TraceIds | null): Head {
  const { number: severityNumber, text: severityText } = severityOfRecord(record, options.severity);
  const head: Head = {
    micros: record.micros,
    time: undefined,
    observed: undefined,
    severityNumber,
    severityText,
    trace,
    eventName: undefined,
  };
  const arrival = arrivalOf(record);
  if (arrival) {
    // A patcher may have moved the record's time.
    if (arrival.micros === record.micros) head.time = arrival.time ?? undefined;
    head.observed = arrival.observed ?? undefined;
  }
  return head;
}

/** What stands in the record's values and has a field of its own in OpenTelemetry. */
function takeFields(extra: object, head: Head): void {
  head.trace = traceIn(extra, head.trace);
  head.eventName = eventNameOf(extra);
}

/** The names are those that Serilog's exporter has made known: no convention has any yet. */
function writeTemplate({ template, message, args }: LogRecord, attributes: AttributeList): void {
  if (template === message) return;
  attributes.add("message_template.text", template);
  if (args.length > 0) attributes.add("message_template.arguments", args);
}
