import { ProtobufLogsSerializer } from "@opentelemetry/otlp-transformer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { ReadableLogRecord } from "../src/otlp/readable.ts";
import { copyReadable } from "../src/otlp/readable-copy.ts";
import { ReadableWriter } from "../src/otlp/readable-writer.ts";
import { type DecodedRecord, decoded, ExportLogsServiceRequest } from "./official-messages.ts";
import { recordModel, tellRecord } from "./otlp-values-model.ts";

const RESOURCE = { attributes: { "service.name": "shop" } };
const SCOPE = { name: "orders" };

/** What the SDK's own exporters send of a record. */
function sentBySdk(record: ReadableLogRecord): DecodedRecord {
  const bytes = ProtobufLogsSerializer.serializeRequest([record as never]) as Uint8Array;
  const request = decoded(bytes, ExportLogsServiceRequest) as unknown as {
    resourceLogs: { scopeLogs: { logRecords: DecodedRecord[] }[] }[];
  };
  return request.resourceLogs[0]?.scopeLogs[0]?.logRecords[0] as DecodedRecord;
}

describe("a record for the SDK's exporters", () => {
  test("is sent by them as the one that we encode ourselves", () => {
    fc.assert(
      fc.property(recordModel, (record) => {
        const readable = tellRecord(record, new ReadableWriter(RESOURCE, SCOPE));
        const ours = decoded(copyReadable(readable, new ProtobufWriter()).message);
        expect(meaning(sentBySdk(readable))).toEqual(meaning(ours));
      }),
      { numRuns: 300 },
    );
  });

  test("has the time to the nanosecond, whatever the emitter wrote for a time", () => {
    const record = tellRecord(
      { head: { ...HEAD, time: [1_700_000_000, 123_456_789] }, body: null, attributes: [], dropped: 0 },
      new ReadableWriter(RESOURCE, SCOPE),
    );
    const timeOf = (hrTime: [number, number]): string =>
      decoded(copyReadable({ ...record, hrTime }, new ProtobufWriter()).message).timeUnixNano;
    expect(timeOf(record.hrTime)).toBe("1700000000123456789");
    expect(timeOf([1_700_000_000, 1_500_000_000])).toBe("1700000001500000000");
    expect(timeOf([Number.NaN, Number.NaN])).toBe("0");
    expect(timeOf([-5, 0])).toBe("0");
  });

  test("loses nothing else by a severity or a name of a wrong type", () => {
    const record = tellRecord(
      { head: HEAD, body: { kind: "string", value: "x" }, attributes: [], dropped: 0 },
      new ReadableWriter(RESOURCE, SCOPE),
    );
    const wrong = { ...record, severityNumber: "9", severityText: 5, eventName: {} } as unknown as ReadableLogRecord;
    expect(decoded(copyReadable(wrong, new ProtobufWriter()).message)).toEqual({
      timeUnixNano: "1700000000000000000",
      observedTimeUnixNano: "1700000000000000000",
      body: { stringValue: "x" },
    });
  });

  test("may have any body: the SDK looks at attributes alone", () => {
    const circular: unknown[] = [new Date(0), 1n, undefined];
    circular.push(circular);
    const record = {
      ...tellRecord({ head: HEAD, body: null, attributes: [], dropped: 0 }, new ReadableWriter(RESOURCE, SCOPE)),
      body: circular,
    };
    expect(decoded(copyReadable(record, new ProtobufWriter()).message).body).toEqual({
      arrayValue: {
        values: [{ stringValue: "1970-01-01T00:00:00.000Z" }, { intValue: "1" }, {}, { stringValue: "[Circular]" }],
      },
    });
  });
});

const HEAD = { micros: 1_700_000_000_000_000, severityNumber: 9, severityText: "INFO", trace: null };

/** Without what means nothing: the SDK writes zeros and empty texts that need not be there, and whole doubles (minus zero, too) as integers. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => !NOTHING.has(key) || (one !== 0 && one !== ""))
      .map(([key, one]) => (NUMBERS.has(key) ? ["number", Number(one) + 0] : [key, meaning(one)])),
  );
}

const NUMBERS: ReadonlySet<string> = new Set(["intValue", "doubleValue"]);
const NOTHING: ReadonlySet<string> = new Set([
  "flags",
  "severityNumber",
  "severityText",
  "spanId",
  "traceId",
  "droppedAttributesCount",
  "eventName",
]);
