import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import { refusing, ScriptedExporter, SENT, textCodec, texts } from "./scripted-exporter.ts";

const open: Delivery<string>[] = [];

function deliver(exporter: ScriptedExporter<string>, options: DeliveryOptions = {}): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, { onDropped: () => {}, ...options });
  open.push(delivery);
  return delivery;
}

/** Refuses every batch that has one of these in it. */
function refusingAll(bad: ReadonlySet<string>): ScriptedExporter<string> {
  return new ScriptedExporter<string>((items) => (items.some((item) => bad.has(item)) ? refusing() : SENT));
}

afterEach(() => Promise.all(open.splice(0).map((delivery) => delivery.close(0))));

describe("a batch that is refused", () => {
  test("loses the one record that is bad, and no other", async () => {
    const told: unknown[] = [];
    const exporter = refusingAll(new Set(["record 1234"]));
    const delivery = deliver(exporter, {
      concurrency: 1,
      onDropped: (count, reason, error) => told.push([count, reason, (error as Error).message]),
    });
    for (const record of texts(2_048)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 2_047, dropped: 1, pending: 0, reasons: { refused: 1 } });
    expect(exporter.taken).toEqual(texts(2_048).filter((one) => one !== "record 1234"));
    expect(exporter.calls.length, "two for each halving").toBeLessThanOrEqual(1 + 2 * 11);
    expect(told).toEqual([[1, "refused", "bad record"]]);
  });

  test("of one record is that record", async () => {
    const exporter = refusingAll(new Set(["bad"]));
    const delivery = deliver(exporter, { batch: { maxRecords: 1 } });
    for (const record of ["good", "bad", "better"]) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 2, dropped: 1 });
    expect(exporter.calls.length).toBe(3);
  });

  test("is halved whichever and however many records are bad", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        async (positions, maxRecords) => {
          const bad = new Set(positions.map((position) => `record ${position}`));
          const exporter = refusingAll(bad);
          const delivery = deliver(exporter, { batch: { maxRecords }, concurrency: 1 });
          for (const record of texts(100)) delivery.push(record);
          const counts = await delivery.flush();
          expect(counts).toMatchObject({ sent: 100 - bad.size, dropped: bad.size, pending: 0 });
          expect(exporter.taken).toEqual(texts(100).filter((one) => !bad.has(one)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is dropped whole where the fault is not in the records", async () => {
    const error = new Error("wrong token");
    const exporter = new ScriptedExporter<string>(() => ({ kind: "refused", error, whole: true }));
    const delivery = deliver(exporter, { batch: { maxRecords: 100 } });
    for (const record of texts(300)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 300, reasons: { refused: 300 } });
    expect(exporter.calls.length).toBe(3);
  });

  test("does not make a collector that refuses everything answer for each record", async () => {
    const exporter = new ScriptedExporter<string>(() => refusing());
    const delivery = deliver(exporter);
    for (const record of texts(10_000)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 10_000 });
    expect(exporter.calls.length).toBeLessThan(700);
    const before = exporter.calls.length;
    for (const record of texts(2_048)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 12_048 });
    expect(exporter.calls.length - before, "one end of it, and the rest once").toBeLessThanOrEqual(1 + 2 * 11);
  });

  test.each([
    ["4,096 bad ones first, then one in 1,000", 4_096, 1_000, 2_048],
    ["500 bad ones first, then one in 50", 500, 50, 500],
    ["100 bad ones first, then one in 50", 100, 50, 2_048],
  ])(
    "costs little more than the bad records where a stranger begins with refusals: %s",
    async (_, first, every, size) => {
      const exporter = new ScriptedExporter<string>((items) =>
        items.some((item) => item.startsWith("bad")) ? refusing() : SENT,
      );
      const delivery = deliver(exporter, { batch: { maxRecords: size } });
      let good = 0;
      for (let index = 0; index < 20_000; index++) {
        const isBad = index < first || index % every === 0;
        if (!isBad) good++;
        delivery.push(`${isBad ? "bad" : "good"} ${index}`);
      }
      await delivery.flush();
      expect(good - exporter.taken.length, "good ones that were lost").toBeLessThan(100);
    },
  );

  test("loses no good record among a thousand bad ones, once the collector is known to take some", async () => {
    const exporter = new ScriptedExporter<string>((items) =>
      items.some((item) => item.startsWith("bad")) ? refusing() : SENT,
    );
    const delivery = deliver(exporter, { concurrency: 1 });
    delivery.push("good to begin with");
    await delivery.flush();
    for (const record of [...texts(1_000, "bad"), ...texts(500)]) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 501, dropped: 1_000, pending: 0 });
    expect(exporter.taken).toEqual(["good to begin with", ...texts(500)]);
  });

  test("by an exporter that throws is one like any other", async () => {
    const exporter = new ScriptedExporter<string>((items) => {
      if (items.includes("record 7")) throw new TypeError("Converting circular structure to JSON");
      return SENT;
    });
    const delivery = deliver(exporter);
    for (const record of texts(500)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 499, dropped: 1, reasons: { refused: 1 } });
  });

  test("by an exporter that throws in the call, too", async () => {
    const exporter = new ScriptedExporter<string>();
    exporter.export = (items) => {
      if (items.includes("record 7")) throw new TypeError("Converting circular structure to JSON");
      exporter.taken.push(...items);
      return Promise.resolve(SENT);
    };
    const delivery = deliver(exporter);
    for (const record of texts(500)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 499, dropped: 1, reasons: { refused: 1 } });
  });
});

describe("a batch that is taken in part", () => {
  test("counts the rejected records as dropped, with what the collector says of them", async () => {
    const told: unknown[] = [];
    const exporter = new ScriptedExporter<string>(() => ({ kind: "sent", rejected: 5, message: "too old" }));
    const delivery = deliver(exporter, {
      batch: { maxRecords: 100 },
      onDropped: (count, reason, error) => told.push([count, reason, (error as Error).message]),
    });
    for (const record of texts(200)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 190, dropped: 10, pending: 0, reasons: { rejected: 10 } });
    expect(told).toEqual([[10, "rejected", "too old"]]);
  });

  test("cannot have more rejected records than it has records", async () => {
    const delivery = deliver(new ScriptedExporter<string>(() => ({ kind: "sent", rejected: 1e9 })));
    for (const record of texts(3)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 0, dropped: 3, pending: 0 });
  });
});
