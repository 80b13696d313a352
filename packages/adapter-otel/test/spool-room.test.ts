import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "@logbridge/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import { openSpool } from "../src/runtime/node-spool.ts";
import { countFitting, encodeFrames, ResourceTable } from "../src/runtime/node-spool-frames.ts";
import { ScriptedExporter, SENT, texts, until } from "./scripted-exporter.ts";
import { deliverBy, down, endDeliveries } from "./spool-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

const SMALL = 65_536;
let dir = "";

beforeEach(() => {
  vi.mocked(report).mockClear();
  dir = mkdtempSync(join(tmpdir(), "logbridge-spool-"));
});

afterEach(async () => {
  await endDeliveries();
  rmSync(dir, { recursive: true, force: true });
});

function deliver(
  exporter: ScriptedExporter<string>,
  maxBytes: number,
  options: DeliveryOptions = {},
): Delivery<string> {
  return deliverBy(exporter, openSpool({ dir, maxBytes }), options);
}

function bytesOnDisk(): number {
  return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
}

async function found(): Promise<string[]> {
  const exporter = new ScriptedExporter<string>();
  await deliver(exporter, 1e9, { concurrency: 1 }).flush();
  return exporter.taken;
}

describe("a batch that does not fit into the spool", () => {
  const records = texts(1_500, "x".repeat(1_000));

  test("is written as far as it does, at the end of the process", async () => {
    const delivery = deliver(down(), SMALL);
    for (const record of records) delivery.push(record);
    delivery.flushSync();
    const { pending, spooled, dropped, reasons } = delivery.counts();
    expect({ spooled, dropped }).toEqual({ spooled: pending, dropped: 1_500 - pending });
    expect(reasons.exit).toBe(dropped);
    expect(bytesOnDisk()).toBeLessThanOrEqual(SMALL);
    expect(bytesOnDisk(), "not one record more would have fitted").toBeGreaterThan(SMALL - 1_100);
    expect(reported().filter((code) => code === "LB1613")).toEqual(["LB1613"]);
    expect(await found()).toEqual(records.slice(0, pending));
  });

  test("is written as far as it does, while the collector is down", async () => {
    const exporter = down();
    const delivery = deliver(exporter, SMALL, { batch: { maxRecords: 100 } });
    for (const record of records) delivery.push(record);
    await until(() => bytesOnDisk() > SMALL - 1_100, "a full spool");
    const { spooled, pending, dropped } = delivery.counts();
    expect(spooled).toBeGreaterThan(50);
    expect({ pending, dropped }).toEqual({ pending: 1_500, dropped: 0 });
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: 1_500, dropped: 0, pending: 0, spooled: 0 });
    expect([...exporter.taken].sort()).toEqual([...records].sort());
    expect(readdirSync(dir)).toEqual([]);
  });

  test("fills it to its end when the queue overflows", () => {
    const delivery = deliver(down(), 1_000_000, { queue: { maxBytes: 800_000 } });
    for (let index = 0; index < 5; index++) for (const record of records) delivery.push(record);
    const { pending, dropped } = delivery.counts();
    expect(pending + dropped).toBe(7_500);
    expect(bytesOnDisk()).toBeLessThanOrEqual(1_000_000);
    expect(bytesOnDisk()).toBeGreaterThan(990_000);
  });

  test("is measured exactly", () => {
    const all = fc.array(
      fc.record({ resource: fc.constantFrom(new Uint8Array(7), new Uint8Array(30)), scopeLogs: fc.uint8Array() }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(all, fc.nat(2_000), (given, room) => {
        const count = countFitting(given, new ResourceTable(), room);
        const bytesOf = (records: number): number =>
          encodeFrames(given.slice(0, records), { born: 0, first: 1 }, new ResourceTable()).length;
        if (count > 0) expect(bytesOf(count)).toBeLessThanOrEqual(room);
        if (count < given.length) expect(bytesOf(count + 1)).toBeGreaterThan(room);
      }),
    );
  });
});

test("maxBytes is for all that share the folder", async () => {
  const deliveries = Array.from({ length: 4 }, () => deliver(down(), 400_000, { batch: { maxRecords: 20 } }));
  const record = "x".repeat(1_000);
  for (let index = 0; index < 300; index++) for (const delivery of deliveries) delivery.push(record);
  await until(() => bytesOnDisk() > 300_000, "a full folder");
  for (const delivery of deliveries) delivery.flushSync();
  const counts = deliveries.map((delivery) => delivery.counts());
  expect(bytesOnDisk(), "but for what is written before the others' is counted again").toBeLessThan(
    400_000 + 4 * 64_000,
  );
  expect(counts.reduce((sum, { dropped }) => sum + dropped, 0)).toBeGreaterThan(500);
  expect((await found()).length).toBe(counts.reduce((sum, { spooled }) => sum + spooled, 0));
});

test("what overflows a queue that is under way as a whole goes to the disk in pieces", async () => {
  const exporter = new ScriptedExporter<string>(() => new Promise(() => {}));
  const queue = { maxRecords: 2_048 };
  const delivery = deliver(exporter, 1e9, { queue, batch: { maxRecords: 256 }, concurrency: 16 });
  const write = vi.spyOn(Object.getPrototypeOf(openSpool({ dir })), "write");
  const records = texts(20_000);
  for (const [index, record] of records.entries()) {
    delivery.push(record);
    if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(exporter.underWay).toBeGreaterThan(6);
  expect(write.mock.calls.length).toBeLessThan(20_000 / 100);
  write.mockRestore();
  delivery.flushSync();
  expect(delivery.counts()).toMatchObject({ pending: 20_000, spooled: 20_000, dropped: 0 });
  expect((await found()).sort()).toEqual([...records].sort());
});
