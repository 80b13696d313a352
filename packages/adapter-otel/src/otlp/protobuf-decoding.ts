import { hrTimeOfText, microsOf } from "./hr-time.ts";
import { ProtobufReader } from "./protobuf-reader.ts";
import type { HrTime } from "./readable.ts";
import type { RecordHead, RecordWriter, TraceIds, ValueWriter } from "./value-writer.ts";

/** A record's fields, found in the order in which they stand; a writer wants them in its own. */
interface Found {
  time: HrTime;
  observed: HrTime | undefined;
  severityNumber: number;
  severityText: string;
  eventName: string | undefined;
  traceId: string;
  spanId: string;
  traceFlags: number;
  dropped: number;
  body: ProtobufReader | null;
  readonly attributes: ProtobufReader[];
}

/**
 * Gives a protobuf message `LogRecord` to a writer. Throws a `RangeError` where the bytes are none.
 *
 * @example
 * copyRecord(encoded.body, new JsonWriter()); // the same record as JSON
 */
export function copyRecord<Made>(bytes: Uint8Array, writer: RecordWriter<Made>): Made {
  const found = findFields(new ProtobufReader(bytes));
  writer.begin(headOf(found));
  if (found.body) {
    writer.body();
    copyValue(found.body, writer);
  }
  for (const attribute of found.attributes) copyEntry(attribute, writer, (key) => writer.attribute(key));
  return writer.end(found.dropped);
}

function headOf(found: Found): RecordHead {
  const { time, observed, severityNumber, severityText, eventName } = found;
  return {
    micros: microsOf(time),
    time,
    ...(observed && { observed }),
    severityNumber,
    severityText,
    trace: traceOf(found),
    ...(eventName !== undefined && { eventName }),
  };
}

function traceOf({ traceId, spanId, traceFlags }: Found): TraceIds | null {
  if (traceId === "") return null;
  return { traceId, ...(spanId !== "" && { spanId }), traceFlags };
}

function findFields(record: ProtobufReader): Found {
  const found: Found = {
    time: [0, 0],
    observed: undefined,
    severityNumber: 0,
    severityText: "",
    eventName: undefined,
    traceId: "",
    spanId: "",
    traceFlags: 0,
    dropped: 0,
    body: null,
    attributes: [],
  };
  while (record.next()) takeField(record, found);
  return found;
}

function takeField(record: ProtobufReader, found: Found): void {
  switch (record.field) {
    case 1:
      found.time = hrTimeOfText(String(record.fixed64()));
      break;
    case 2:
      found.severityNumber = record.varint();
      break;
    case 3:
      found.severityText = record.text();
      break;
    case 5:
      found.body = record.message();
      break;
    case 6:
      found.attributes.push(record.message());
      break;
    case 7:
      found.dropped = record.varint();
      break;
    case 8:
      found.traceFlags = record.fixed32();
      break;
    case 9:
      found.traceId = hexOf(record.bytes());
      break;
    case 10:
      found.spanId = hexOf(record.bytes());
      break;
    case 11:
      found.observed = hrTimeOfText(String(record.fixed64()));
      break;
    case 12:
      found.eventName = record.text();
      break;
    default:
      record.skip();
  }
}

function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** Gives a message `KeyValue` to a writer. */
export function copyEntry(entry: ProtobufReader, writer: ValueWriter, withKey: (key: string) => void): void {
  let key = "";
  let value: ProtobufReader | null = null;
  while (entry.next()) {
    if (entry.field === 1) key = entry.text();
    else if (entry.field === 2) value = entry.message();
    else entry.skip();
  }
  withKey(key);
  if (value) copyValue(value, writer);
  else writer.empty();
}

function copyValue(value: ProtobufReader, writer: ValueWriter): void {
  switch (value.next() ? value.field : 0) {
    case 1:
      writer.string(value.text());
      break;
    case 2:
      writer.bool(value.varint() !== 0);
      break;
    case 3:
      copyInt(value.int64(), writer);
      break;
    case 4:
      writer.double(value.double());
      break;
    case 5:
      copyArray(value.message(), writer);
      break;
    case 6:
      copyMap(value.message(), writer);
      break;
    case 7:
      writer.bytes(value.bytes());
      break;
    default:
      writer.empty();
  }
}

function copyInt(value: bigint, writer: ValueWriter): void {
  const number = Number(value);
  writer.int(Number.isSafeInteger(number) ? number : value);
}

function copyArray(array: ProtobufReader, writer: ValueWriter): void {
  writer.beginArray();
  while (array.next()) {
    if (array.field === 1) copyValue(array.message(), writer);
    else array.skip();
  }
  writer.endArray();
}

function copyMap(map: ProtobufReader, writer: ValueWriter): void {
  writer.beginMap();
  while (map.next()) {
    if (map.field === 1) copyEntry(map.message(), writer, (key) => writer.key(key));
    else map.skip();
  }
  writer.endMap();
}
