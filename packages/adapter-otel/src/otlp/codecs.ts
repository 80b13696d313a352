import type { Codec, StoredRecord } from "../delivery/outcome.ts";
import type { EncodedRecord, OtlpResource, OtlpScope } from "./encoded.ts";
import { copyJson } from "./json-copy.ts";
import { JsonWriter } from "./json-writer.ts";
import { resourceBytes } from "./protobuf-beginnings.ts";
import { copyRecord } from "./protobuf-decoding.ts";
import { resourceOf, scopeLogsIn } from "./protobuf-owners.ts";
import { scopeLogsOf } from "./protobuf-request.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
import type { ReadableLogRecord } from "./readable.ts";
import { copyReadable } from "./readable-copy.ts";
import { ReadableWriter } from "./readable-writer.ts";
import type { RecordBytes } from "./record-bytes.ts";
import { RecordWeight } from "./record-weight.ts";
import type { RecordWriter } from "./value-writer.ts";

/** What a record takes in a request beside its own JSON: a comma. */
const COMMA = 1;

// One of each: what is copied here are plain values, which run no code that could come back.
const protobuf = new ProtobufWriter();
const json = new JsonWriter();
const weight = new RecordWeight();

/** Between the items of http/protobuf and what is stored. */
export const protobufCodec: Codec<EncodedRecord<RecordBytes>> = {
  weigh: ({ body }) => body.length,
  encode: stored,
  // Written anew: bytes that only look like a record would spoil the request that they are put into.
  decode: (bytes) => encoded(bytes, protobuf),
};

/** Between the items of http/json and what is stored. */
export const jsonCodec: Codec<EncodedRecord<string>> = {
  weigh: ({ body }) => body.length + COMMA,
  encode: (item) => stored({ ...item, body: copyJson(item.body, protobuf) }),
  decode: (bytes) => encoded(bytes, json),
};

/** Between the records of the SDK and what is stored. */
export const readableCodec: Codec<ReadableLogRecord> = {
  weigh: (record) => copyReadable(record, weight),
  encode: (record) =>
    stored({
      resource: record.resource,
      scope: record.instrumentationScope,
      body: copyReadable(record, protobuf),
    }),
  decode(bytes) {
    const { resource, scope, record } = opened(bytes);
    return copyRecord(record, new ReadableWriter(resource, scope));
  },
};

function stored(item: EncodedRecord<RecordBytes>): StoredRecord {
  return { resource: resourceBytes(item.resource), scopeLogs: scopeLogsOf(item) };
}

/** A record out of a spool. */
interface Opened {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
  readonly record: Uint8Array;
}

function opened(bytes: StoredRecord): Opened {
  const { scope, records } = scopeLogsIn(bytes.scopeLogs);
  const [record] = records;
  if (record === undefined || records.length > 1) throw new RangeError(`expected one record, found ${records.length}`);
  return { resource: resourceOf(bytes.resource), scope, record };
}

function encoded<Body>(bytes: StoredRecord, writer: RecordWriter<Body>): EncodedRecord<Body> {
  const { resource, scope, record } = opened(bytes);
  return { resource, scope, body: copyRecord(record, writer) };
}
