import type { LogRecord } from "@logbridge/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeRecord, type MapOptions } from "../src/map.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import { recordOf } from "./map-support.ts";
import { decoded, plainMap } from "./official-messages.ts";

/** A writer that has only the way that all records can take. */
function slowWriter(): ProtobufWriter {
  return Object.defineProperty(new ProtobufWriter(), "beginPlain", { value: undefined });
}

const OPTIONS: MapOptions = {};
const fast = new ProtobufWriter();
const slow = slowWriter();

/** The record by both ways, one writer each for all records of this file. */
function bothWays(record: LogRecord): readonly [string, string] {
  const quickly = describeRecord(record, OPTIONS, fast, null).message;
  const slowly = describeRecord(record, OPTIONS, slow, null).message;
  return [Buffer.from(quickly).toString("hex"), Buffer.from(slowly).toString("hex")];
}

/** What arrives; integers as numbers. */
function attributesOf(
  record: LogRecord,
  options: MapOptions = OPTIONS,
  writer: ProtobufWriter = fast,
): Readonly<Record<string, unknown>> {
  const sent = plainMap(decoded(describeRecord(record, options, writer, null).message).attributes ?? []);
  return Object.fromEntries(
    Object.entries(sent).map(([name, one]) => [name, typeof one === "bigint" ? Number(one) : one]),
  );
}

const VALUES: readonly unknown[] = [
  ...[0, -0, 1, -1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, -(2 ** 31), 2 ** 53 - 1, 2 ** 53],
  ...[0.5, -12.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, -1e300, Number.MIN_VALUE],
  ...[
    "",
    "a",
    "x".repeat(40),
    "x".repeat(41),
    "x".repeat(127),
    "x".repeat(5_000),
    "ä",
    "漢字",
    "\ud800",
    "a\u007f\u0080",
  ],
  ...[true, false, null, undefined, 5n, 2n ** 63n, Symbol("s"), () => 1, new Date(0), new Uint8Array([1, 2])],
  ...[{ a: { b: [1, "x", null] } }, [], [1, 2.5, "x"], new Map([["k", 1]]), new Set([1]), new Error("inner").name],
];
const KEYS: readonly string[] = [
  "a",
  "userId",
  "x".repeat(40),
  "x".repeat(41),
  "ä",
  "",
  "with space",
  "0",
  "constructor",
];

const value = fc.oneof(fc.constantFrom(...VALUES), fc.string(), fc.double(), fc.integer());
const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 50 })).filter((one) => one !== "__proto__");
const fields = fc.dictionary(key, value, { noNullPrototype: true, maxKeys: 6 });

describe("a record with nothing but message, place and values", () => {
  test("is the same bytes as by the way that all records can take, whatever came before it", () => {
    fc.assert(
      fc.property(fields, fields, fc.boolean(), (bound, own, caller) => {
        const record = recordOf((logger) => logger.bind(bound).info(own, "served"), { caller });
        const [quickly, slowly] = bothWays(record);
        expect(quickly).toBe(slowly);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(VALUES.map((one) => [String(typeof one), one]))(
    "writes a value as it is written anywhere: %s",
    (_type, one) => {
      const [quickly, slowly] = bothWays(
        recordOf((logger) => logger.info({ before: 1, value: one, after: "x" }, "served")),
      );
      expect(quickly).toBe(slowly);
    },
  );

  test("goes the short way", () => {
    const refused = (): never => {
      throw new Error("the long way");
    };
    const writer = Object.defineProperty(new ProtobufWriter(), "attribute", { value: refused });
    const record = recordOf((logger) => logger.bind({ tenant: "acme" }).info({ id: 1, ok: true }, "served"));
    expect(attributesOf(record, OPTIONS, writer)).toEqual({ tenant: "acme", id: 1, ok: true });
  });

  test("runs no getter, also where the object before it had a plain value there", () => {
    let runs = 0;
    const plain = recordOf((logger) => logger.info({ id: 1, secret: "x" }, "served"));
    expect(attributesOf(plain)).toEqual({ id: 1, secret: "x" });
    const guarded = {
      id: 2,
      get secret() {
        runs++;
        return "y";
      },
    };
    expect(attributesOf(recordOf((logger) => logger.info(guarded, "served")))).toEqual({ id: 2, secret: "[Getter]" });
    expect(runs).toBe(0);
  });

  test("with more keys than are remembered has all of them, in order", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, index]));
    for (const own of [many, { first: 1, ...many }]) {
      const record = recordOf((logger) => logger.info(own, "served"));
      expect(Object.entries(attributesOf(record))).toEqual(Object.entries(own));
    }
  });

  test("is begun anew where a value turns out to have a meaning of its own", () => {
    const record = recordOf((logger) => logger.info({ id: 1, "otel.event.name": "order.paid" }, "served"));
    expect(decoded(describeRecord(record, OPTIONS, fast, null).message).eventName).toBe("order.paid");
    expect(attributesOf(record)).toEqual({ id: 1 });
    // What was remembered of its keys does not make it plain the next time.
    expect(bothWays(record)[0]).toBe(bothWays(record)[1]);
  });

  test("has a value of the call in place of one that the logger has bound under its key", () => {
    const record = recordOf((logger) => logger.bind({ id: 1, tenant: "acme" }).info({ id: 2 }, "served"));
    expect(attributesOf(record)).toEqual({ tenant: "acme", id: 2 });
  });

  test("remembers no key as plain that another table of options makes special", () => {
    const record = recordOf((logger) => logger.info({ region: "eu" }, "served"));
    const writer = new ProtobufWriter();
    const send = (options: MapOptions): unknown => attributesOf(record, options, writer);
    expect(send({})).toEqual({ region: "eu" });
    expect(send({ attributes: { region: "us", zone: "b" } })).toEqual({ zone: "b", region: "eu" });
    expect(send({})).toEqual({ region: "eu" });
  });

  test("of one place after the other has the place of its own", () => {
    const here = recordOf((logger) => logger.info("one"), { caller: true });
    const there = recordOf((logger) => logger.info("two"), { caller: true });
    const lines = [here, there, here, here, there].map((record) => attributesOf(record)["code.line.number"]);
    expect(lines).toEqual([here.line, there.line, here.line, here.line, there.line]);
    expect(here.line).not.toBe(there.line);
  });
});
