import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonWriter } from "../src/otlp/json-writer.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { RecordHead } from "../src/otlp/value-writer.ts";
import { decoded, encodedAgain, encodedJson, LogRecord } from "./official-messages.ts";
import { recordModel, shownRecord, tellRecord } from "./otlp-values-model.ts";

const HEAD: RecordHead = { micros: 1_700_000_000_000_000, severityNumber: 9, severityText: "INFO", trace: null };

describe("the protobuf encoder", () => {
  test("writes what the official definitions read as the same record", () => {
    // One writer for all: what a record leaves behind must not show in the next.
    const writer = new ProtobufWriter();
    fc.assert(
      fc.property(recordModel, (record) => {
        const { message: bytes } = tellRecord(record, writer);
        expect(LogRecord.verify(LogRecord.decode(bytes))).toBe(null);
        expect(decoded(bytes)).toEqual(shownRecord(record));
      }),
      { numRuns: 500 },
    );
  });

  test("writes the very bytes that the official encoder writes", () => {
    const writer = new ProtobufWriter();
    fc.assert(
      fc.property(recordModel, (record) => {
        const { message: bytes } = tellRecord(record, writer);
        expect(Buffer.from(bytes).equals(encodedAgain(bytes))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("never touches a record that it has given out", () => {
    const writer = new ProtobufWriter();
    fc.assert(
      fc.property(fc.array(recordModel, { minLength: 2, maxLength: 6 }), (records) => {
        const made = records.map((record) => tellRecord(record, writer));
        expect(made.map(({ message }) => decoded(message))).toEqual(records.map(shownRecord));
      }),
      { numRuns: 100 },
    );
  });

  test("tells the spans of one trace apart", () => {
    const writer = new ProtobufWriter();
    const spans = ["b7ad6b7169203331", "c7ad6b7169203331", undefined, "c7ad6b7169203331"].map((spanId) => {
      writer.begin({ ...HEAD, trace: { traceId: "0af7651916cd43dd8448eb211c80319c", spanId, traceFlags: 1 } });
      const { spanId: sent } = decoded(writer.end(0).message);
      return sent && Buffer.from(sent, "base64").toString("hex");
    });
    expect(spans).toEqual(["b7ad6b7169203331", "c7ad6b7169203331", undefined, "c7ad6b7169203331"]);
  });

  test("takes a text of 5 MiB, and the records after it do not keep it alive", () => {
    const writer = new ProtobufWriter();
    const large = "漢".repeat(5 * 1_048_576);
    writer.begin(HEAD);
    writer.body();
    writer.string("small");
    writer.attribute("list");
    writer.beginArray();
    writer.string(large);
    writer.endArray();
    const { message: bytes } = writer.end(0);
    expect(decoded(bytes).attributes).toEqual([
      { key: "list", value: { arrayValue: { values: [{ stringValue: large }] } } },
    ]);
    writer.begin(HEAD);
    writer.body();
    writer.string("next");
    expect(writer.end(0).slab.length).toBeLessThanOrEqual(65_536);
  });

  test("begins anew after a record that was not ended", () => {
    const writer = new ProtobufWriter();
    writer.begin(HEAD);
    writer.attribute("left");
    writer.beginMap();
    writer.key("open");
    writer.begin(HEAD);
    writer.body();
    writer.string("whole");
    expect(decoded(writer.end(0).message)).toEqual({
      timeUnixNano: "1700000000000000000",
      observedTimeUnixNano: "1700000000000000000",
      severityNumber: 9,
      severityText: "INFO",
      body: { stringValue: "whole" },
    });
  });
});

describe("the JSON encoder", () => {
  test("writes what is the same message as the protobuf encoder's", () => {
    const json = new JsonWriter();
    const protobuf = new ProtobufWriter();
    fc.assert(
      fc.property(recordModel, (record) => {
        const { message: bytes } = tellRecord(record, protobuf);
        expect(Buffer.from(bytes).equals(encodedJson(tellRecord(record, json)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("writes 64-bit integers, doubles and times as every reader takes them", () => {
    const writer = new JsonWriter();
    writer.begin({ ...HEAD, time: [1_700_000_000, 1] });
    for (const [key, value] of Object.entries({
      nan: Number.NaN,
      up: Infinity,
      down: -Infinity,
      big: 1e21,
      low: -1e300,
    })) {
      writer.attribute(key);
      writer.double(value);
    }
    writer.attribute("int");
    writer.int(2n ** 63n - 1n);
    writer.attribute("power");
    writer.int(2 ** 62);
    expect(JSON.parse(writer.end(0))).toEqual({
      timeUnixNano: "1700000000000000001",
      observedTimeUnixNano: "1700000000000000001",
      severityNumber: 9,
      severityText: "INFO",
      attributes: [
        { key: "nan", value: { doubleValue: "NaN" } },
        { key: "up", value: { doubleValue: "Infinity" } },
        { key: "down", value: { doubleValue: "-Infinity" } },
        { key: "big", value: { doubleValue: 1e21 } },
        { key: "low", value: { doubleValue: -1e300 } },
        { key: "int", value: { intValue: "9223372036854775807" } },
        { key: "power", value: { intValue: "4611686018427387904" } },
      ],
    });
  });
});

test("times of a record keep what a double holds, and are unknown where there is no time", () => {
  const writer = new ProtobufWriter();
  const nanosOf = (micros: number): string => {
    writer.begin({ ...HEAD, micros });
    return decoded(writer.end(0).message).timeUnixNano;
  };
  expect(nanosOf(1_700_000_000_123_456 + 0.25)).toBe("1700000000123456250");
  expect(nanosOf(1_700_000_000_999_999 + 0.75)).toBe("1700000000999999750");
  expect(nanosOf(0.9999999)).toBe("1000");
  for (const none of [Number.NaN, -1, Number.NEGATIVE_INFINITY]) expect(nanosOf(none)).toBe("0");
  expect(BigInt(nanosOf(8.64e18))).toBeLessThan(2n ** 64n);
});
