import type { OtlpResource, OtlpScope } from "./encoded.ts";
import { copyEntry } from "./protobuf-decoding.ts";
import { ProtobufReader } from "./protobuf-reader.ts";
import { ReadableWriter } from "./readable-writer.ts";

/** Resources and scopes that are known by their bytes; more than this many are not kept. */
const MOST_KEPT = 1_000;

interface ScopeLogs {
  readonly scope: OtlpScope;
  /** The protobuf messages `LogRecord`. */
  readonly records: readonly Uint8Array[];
}

/** The resource of a protobuf message `ResourceLogs`. Equal bytes give one object, so that records of one process stay together. */
export function resourceOf(bytes: Uint8Array): OtlpResource {
  return kept(resources, bytes, readResource);
}

/** What a protobuf message `ScopeLogs` holds. Equal scopes are one object. Throws a `RangeError` where the bytes are none. */
export function scopeLogsIn(bytes: Uint8Array): ScopeLogs {
  const reader = new ProtobufReader(bytes);
  const records: Uint8Array[] = [];
  let scope: Uint8Array = NOTHING;
  let schemaUrl = "";
  while (reader.next()) {
    if (reader.field === 1) scope = reader.bytes();
    else if (reader.field === 2) records.push(reader.bytes());
    else if (reader.field === 3) schemaUrl = reader.text();
    else reader.skip();
  }
  return { scope: kept(scopes, scope, (known) => readScope(known, schemaUrl), schemaUrl), records };
}

const NOTHING = new Uint8Array(0);
const resources = new Map<string, OtlpResource>();
const scopes = new Map<string, OtlpScope>();

function kept<Owner>(
  owners: Map<string, Owner>,
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Owner,
  more = "",
): Owner {
  let key = `${more}\n`;
  for (const byte of bytes) key += String.fromCharCode(byte);
  let owner = owners.get(key);
  if (owner === undefined) {
    owner = read(bytes);
    if (owners.size >= MOST_KEPT) owners.clear();
    owners.set(key, owner);
  }
  return owner;
}

function readResource(bytes: Uint8Array): OtlpResource {
  const reader = new ProtobufReader(bytes);
  let attributes: Readonly<Record<string, unknown>> = {};
  let schemaUrl = "";
  while (reader.next()) {
    if (reader.field === 1) attributes = attributesIn(reader.message(), 1);
    else if (reader.field === 3) schemaUrl = reader.text();
    else reader.skip();
  }
  return { attributes, ...(schemaUrl !== "" && { schemaUrl }) };
}

function readScope(bytes: Uint8Array, schemaUrl: string): OtlpScope {
  const reader = new ProtobufReader(bytes);
  let name = "";
  let version = "";
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) version = reader.text();
    else reader.skip();
  }
  const attributes = attributesIn(new ProtobufReader(bytes), 3);
  return {
    name,
    ...(version !== "" && { version }),
    ...(schemaUrl !== "" && { schemaUrl }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

/** The fields of this number as attributes. */
function attributesIn(message: ProtobufReader, field: number): Readonly<Record<string, unknown>> {
  const writer = new ReadableWriter({ attributes: {} }, { name: "" });
  writer.body();
  writer.beginMap();
  while (message.next()) {
    if (message.field === field) copyEntry(message.message(), writer, (key) => writer.key(key));
    else message.skip();
  }
  writer.endMap();
  return writer.value() as Readonly<Record<string, unknown>>;
}
