import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec } from "../src/delivery/outcome.ts";
import { jsonCodec, protobufCodec, readableCodec } from "../src/otlp/codecs.ts";
import type { EncodedRecord, OtlpResource, OtlpScope } from "../src/otlp/encoded.ts";
import { JsonWriter } from "../src/otlp/json-writer.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { ReadableLogRecord } from "../src/otlp/readable.ts";
import { ReadableWriter } from "../src/otlp/readable-writer.ts";
import { RecordBytes } from "../src/otlp/record-bytes.ts";
import type { RecordWriter } from "../src/otlp/value-writer.ts";
import { type RecordModel, recordModel, tellRecord } from "./otlp-values-model.ts";

const RESOURCE: OtlpResource = { attributes: { "service.name": "shop", ports: [80, 443] }, schemaUrl: "https://a/1" };
const SCOPE: OtlpScope = { name: "orders", version: "2", schemaUrl: "https://b/1", attributes: { side: "left" } };

function item<Body>(record: RecordModel, writer: RecordWriter<Body>): EncodedRecord<Body> {
  return { resource: RESOURCE, scope: SCOPE, body: tellRecord(record, writer) };
}

/** With texts in place of bytes, which the test runner compares one by one. */
function texts(value: object): object {
  const shown = (one: unknown): unknown =>
    one instanceof Uint8Array
      ? Buffer.from(one).toString("base64")
      : one instanceof RecordBytes
        ? shown(one.message)
        : one;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]));
}

describe("what lies in a spool", () => {
  test("comes back as the item that it was: http/protobuf", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const given = item(record, new ProtobufWriter());
        expect(texts(protobufCodec.decode(protobufCodec.encode(given)))).toEqual(texts(given));
      }),
    );
  });

  test("comes back as the item that it was: http/json", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const given = item(record, new JsonWriter());
        expect(jsonCodec.decode(jsonCodec.encode(given))).toEqual(given);
      }),
    );
  });

  test("comes back as the record that it was: the SDK's", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const given = tellRecord(record, new ReadableWriter(RESOURCE, SCOPE));
        const again = readableCodec.decode(readableCodec.encode(given));
        expect(again.resource).toEqual(RESOURCE);
        expect(again.instrumentationScope).toEqual(SCOPE);
        // What JavaScript cannot tell apart (2 and 2.0) may have changed sides: the message is the same.
        const sent = readableCodec.encode(again).scopeLogs;
        expect(Buffer.from(sent).equals(readableCodec.encode(given).scopeLogs)).toBe(true);
      }),
    );
  });

  test("can be served by every protocol, whichever has written it", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const stored = protobufCodec.encode(item(record, new ProtobufWriter()));
        expect(texts(jsonCodec.encode(item(record, new JsonWriter())))).toEqual(texts(stored));
        expect(texts(jsonCodec.encode(jsonCodec.decode(stored)))).toEqual(texts(stored));
        expect(texts(protobufCodec.encode(protobufCodec.decode(stored)))).toEqual(texts(stored));
      }),
    );
  });

  test("keeps the records of one resource and scope together", () => {
    const stored = protobufCodec.encode(
      item({ head: HEAD, body: null, attributes: [], dropped: 0 }, new ProtobufWriter()),
    );
    const [first, second] = [protobufCodec.decode(stored), protobufCodec.decode(stored)];
    expect(second.resource).toBe(first.resource);
    expect(second.scope).toBe(first.scope);
  });

  test.each<[string, Codec<unknown>]>([
    ["http/protobuf", protobufCodec as Codec<unknown>],
    ["http/json", jsonCodec as Codec<unknown>],
    ["the SDK's", readableCodec as Codec<unknown>],
  ])("is refused where it is no record, and nothing but that is thrown: %s", (_name, codec) => {
    const stored = protobufCodec.encode(
      item({ head: HEAD, body: { kind: "string", value: "text" }, attributes: [], dropped: 0 }, new ProtobufWriter()),
    );
    expect(() => codec.decode({ ...stored, scopeLogs: stored.scopeLogs.subarray(0, -3) })).toThrow(RangeError);
    expect(() => codec.decode({ ...stored, scopeLogs: new Uint8Array(0) })).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          codec.decode({ resource: bytes, scopeLogs: stored.scopeLogs });
          codec.decode({ resource: stored.resource, scopeLogs: bytes });
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  test("weighs about what it takes", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const protobuf = item(record, new ProtobufWriter());
        expect(protobufCodec.weigh(protobuf)).toBeGreaterThanOrEqual(protobuf.body.length);
        const json = item(record, new JsonWriter());
        expect(jsonCodec.weigh(json)).toBeGreaterThanOrEqual(json.body.length);
        const readable: ReadableLogRecord = tellRecord(record, new ReadableWriter(RESOURCE, SCOPE));
        expect(readableCodec.weigh(readable)).toBeGreaterThan(protobuf.body.length / 4);
      }),
    );
  });
});

const HEAD = { micros: 1, severityNumber: 9, severityText: "INFO", trace: null };
