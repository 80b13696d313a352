import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EncodedRecord, OtlpResource, OtlpScope } from "../src/otlp/encoded.ts";
import { JsonWriter } from "../src/otlp/json-writer.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { RecordBytes } from "../src/otlp/record-bytes.ts";
import { assembleJson, assembleProtobuf } from "../src/otlp/request.ts";
import type { RecordWriter } from "../src/otlp/value-writer.ts";
import { ExportLogsServiceRequest, encodedAgain, encodedJson } from "./official-messages.ts";

const SHOP: OtlpResource = {
  attributes: { "service.name": "shop", "process.pid": 7, tags: ["a", "b"], since: new Date(0), none: undefined },
  schemaUrl: "https://opentelemetry.io/schemas/1.40.0",
};
const STORE: OtlpResource = { attributes: { "service.name": "store" } };
const ORDERS: OtlpScope = { name: "orders" };
const NAMELESS: OtlpScope = { name: "" };
const LIBRARY: OtlpScope = {
  name: "lib",
  version: "1.2.3",
  schemaUrl: "https://example.com/1",
  attributes: { big: 2n ** 63n },
};

interface Placed {
  readonly resource: OtlpResource;
  readonly scope: OtlpScope;
  readonly text: string;
}

const placed: fc.Arbitrary<Placed[]> = fc.array(
  fc.record({
    resource: fc.constantFrom(SHOP, STORE),
    scope: fc.constantFrom(ORDERS, NAMELESS, LIBRARY),
    text: fc.string({ maxLength: 400 }),
  }),
  { maxLength: 40 },
);

function itemsOf<Body>(all: readonly Placed[], writer: RecordWriter<Body>): EncodedRecord<Body>[] {
  return all.map(({ resource, scope, text }) => {
    writer.begin({ micros: 1_700_000_000_000_000, severityNumber: 9, severityText: "INFO", trace: null });
    writer.body();
    writer.string(text);
    return { resource, scope, body: writer.end(0) };
  });
}

interface Request {
  readonly resourceLogs?: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: object }[] };
    readonly schemaUrl?: string;
    readonly scopeLogs: readonly {
      readonly scope: { readonly name?: string };
      readonly logRecords: readonly { readonly body: { readonly stringValue: string } }[];
    }[];
  }[];
}

function read(bytes: Uint8Array): Request {
  return ExportLogsServiceRequest.toObject(ExportLogsServiceRequest.decode(bytes), { longs: String }) as Request;
}

describe("a request", () => {
  test("holds each record under its resource and scope, in order", () => {
    fc.assert(
      fc.property(placed, (all) => {
        const { resourceLogs = [] } = read(Buffer.concat(assembleProtobuf(itemsOf(all, new ProtobufWriter()))));
        const found = resourceLogs.flatMap(({ resource, scopeLogs }) =>
          scopeLogs.flatMap(({ scope, logRecords }) =>
            logRecords.map(({ body }) => [resource.attributes[0]?.value, scope.name, body.stringValue]),
          ),
        );
        const groups = [...new Set(all.map((one) => one.resource))].flatMap((resource) => {
          const its = all.filter((one) => one.resource === resource);
          return [...new Set(its.map((one) => one.scope))].flatMap((scope) => its.filter((one) => one.scope === scope));
        });
        expect(found).toEqual(
          groups.map(({ resource, scope, text }) => [
            { stringValue: resource.attributes["service.name"] },
            scope === NAMELESS ? undefined : scope.name,
            text,
          ]),
        );
      }),
    );
  });

  test("holds records of several writers, whose bytes have equal places", () => {
    const [left, right] = ["left", "same"].map((text) => ({ resource: SHOP, scope: ORDERS, text }));
    const one = itemsOf([left, right] as Placed[], new ProtobufWriter());
    const other = itemsOf([right, left] as Placed[], new ProtobufWriter());
    const mixed = [one[0], other[1], one[1], other[0]] as EncodedRecord<RecordBytes>[];
    const { resourceLogs = [] } = read(Buffer.concat(assembleProtobuf(mixed)));
    const texts = resourceLogs[0]?.scopeLogs[0]?.logRecords.map(({ body }) => body.stringValue);
    expect(texts).toEqual(["left", "left", "same", "same"]);
  });

  test("is the same message in protobuf and JSON", () => {
    fc.assert(
      fc.property(placed, (all) => {
        // The official encoder brings schemas behind what they speak of, and an empty name into being.
        const named = all.map((one) => ({ ...one, scope: one.scope === NAMELESS ? ORDERS : one.scope }));
        const bytes = Buffer.concat(assembleProtobuf(itemsOf(named, new ProtobufWriter())));
        const json = assembleJson(itemsOf(named, new JsonWriter()));
        expect(
          Buffer.from(encodedAgain(bytes, ExportLogsServiceRequest)).equals(
            encodedJson(json, ExportLogsServiceRequest),
          ),
        ).toBe(true);
      }),
    );
  });

  test("says everything of a resource and a scope that is known", () => {
    const request = read(
      Buffer.concat(assembleProtobuf(itemsOf([{ resource: SHOP, scope: LIBRARY, text: "x" }], new ProtobufWriter()))),
    );
    expect(request).toEqual({
      resourceLogs: [
        {
          resource: {
            attributes: [
              { key: "service.name", value: { stringValue: "shop" } },
              { key: "process.pid", value: { intValue: "7" } },
              { key: "tags", value: { arrayValue: { values: [{ stringValue: "a" }, { stringValue: "b" }] } } },
              { key: "since", value: { stringValue: "1970-01-01T00:00:00.000Z" } },
            ],
          },
          schemaUrl: SHOP.schemaUrl,
          scopeLogs: [
            {
              scope: {
                name: "lib",
                version: "1.2.3",
                attributes: [{ key: "big", value: { stringValue: "9223372036854775808" } }],
              },
              schemaUrl: LIBRARY.schemaUrl,
              logRecords: [
                {
                  timeUnixNano: "1700000000000000000",
                  observedTimeUnixNano: "1700000000000000000",
                  severityNumber: 9,
                  severityText: "INFO",
                  body: { stringValue: "x" },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("shows what a resource has learned since it was first sent", () => {
    const late = { attributes: { "service.name": "late" } as Record<string, unknown>, asyncAttributesPending: true };
    const send = (): unknown =>
      read(
        Buffer.concat(assembleProtobuf(itemsOf([{ resource: late, scope: ORDERS, text: "x" }], new ProtobufWriter()))),
      ).resourceLogs?.[0]?.resource.attributes.length;
    expect(send()).toBe(1);
    late.attributes["host.id"] = "h";
    late.asyncAttributesPending = false;
    expect(send()).toBe(2);
  });

  test("is sent from where its records were written, but for records that lie scattered", () => {
    const at = (index: number): OtlpScope => (index % 2 === 0 ? ORDERS : LIBRARY);
    const side = Array.from({ length: 1_000 }, () => ({ resource: SHOP, scope: ORDERS, text: "x" }));
    const items = itemsOf(side, new ProtobufWriter());
    // The beginnings of the resource's field and of the scope's, and all records.
    const pieces = assembleProtobuf(items);
    expect(pieces).toHaveLength(3);
    expect(pieces[2]?.buffer).toBe(items[0]?.body.slab.buffer);
    const scattered = side.map((one, index) => ({ ...one, scope: at(index) }));
    const whole = assembleProtobuf(itemsOf(scattered, new ProtobufWriter()));
    expect(whole).toHaveLength(1);
    const { resourceLogs = [] } = read(Buffer.concat(whole));
    expect(resourceLogs[0]?.scopeLogs.map(({ logRecords }) => logRecords.length)).toEqual([500, 500]);
  });

  test("of nothing is an empty message", () => {
    expect(assembleProtobuf([])).toEqual([]);
    expect(assembleJson([])).toBe('{"resourceLogs":[]}');
  });
});
