import { hrTimeOfText, microsOf } from "./hr-time.ts";
import type { RecordWriter, ValueWriter } from "./value-writer.ts";

/** The JSON of `AnyValue`, as `JsonWriter` writes it. */
interface JsonValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number | string;
  readonly bytesValue?: string;
  readonly arrayValue?: { readonly values: readonly JsonValue[] };
  readonly kvlistValue?: { readonly values: readonly JsonEntry[] };
}

interface JsonEntry {
  readonly key: string;
  readonly value: JsonValue;
}

interface JsonRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: JsonValue;
  readonly attributes?: readonly JsonEntry[];
  readonly droppedAttributesCount?: number;
  readonly flags?: number;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly eventName?: string;
}

/**
 * Gives a record that `JsonWriter` has written to another writer.
 *
 * @example
 * copyJson(item.body, new ProtobufWriter()); // the same record as a protobuf message
 */
export function copyJson<Made>(json: string, writer: RecordWriter<Made>): Made {
  const record = JSON.parse(json) as JsonRecord;
  const time = hrTimeOfText(record.timeUnixNano);
  const { traceId, spanId, flags: traceFlags = 0 } = record;
  writer.begin({
    micros: microsOf(time),
    time,
    observed: hrTimeOfText(record.observedTimeUnixNano),
    severityNumber: record.severityNumber ?? 0,
    severityText: record.severityText ?? "",
    trace: traceId === undefined ? null : { traceId, spanId, traceFlags },
    eventName: record.eventName,
  });
  if (record.body) {
    writer.body();
    copyValue(record.body, writer);
  }
  for (const { key, value } of record.attributes ?? []) {
    writer.attribute(key);
    copyValue(value, writer);
  }
  return writer.end(record.droppedAttributesCount ?? 0);
}

function copyValue(value: JsonValue, writer: ValueWriter): void {
  if (value.stringValue !== undefined) writer.string(value.stringValue);
  else if (value.boolValue !== undefined) writer.bool(value.boolValue);
  else if (value.intValue !== undefined) copyInt(value.intValue, writer);
  else if (value.doubleValue !== undefined) writer.double(Number(value.doubleValue));
  else if (value.bytesValue !== undefined) writer.bytes(bytesOf(value.bytesValue));
  else if (value.arrayValue) copyArray(value.arrayValue.values, writer);
  else if (value.kvlistValue) copyMap(value.kvlistValue.values, writer);
  else writer.empty();
}

function copyInt(digits: string, writer: ValueWriter): void {
  const number = Number(digits);
  writer.int(Number.isSafeInteger(number) ? number : BigInt(digits));
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function copyArray(items: readonly JsonValue[], writer: ValueWriter): void {
  writer.beginArray();
  for (const item of items) copyValue(item, writer);
  writer.endArray();
}

function copyMap(entries: readonly JsonEntry[], writer: ValueWriter): void {
  writer.beginMap();
  for (const { key, value } of entries) {
    writer.key(key);
    copyValue(value, writer);
  }
  writer.endMap();
}
