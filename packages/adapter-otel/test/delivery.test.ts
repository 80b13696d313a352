import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { Outcome } from "../src/delivery/outcome.ts";
import { later, ScriptedExporter, SENT, textCodec, texts, until } from "./scripted-exporter.ts";

const open: Delivery<string>[] = [];

function deliver(exporter: ScriptedExporter<string>, options: DeliveryOptions = {}): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, { onDropped: () => {}, ...options });
  open.push(delivery);
  return delivery;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(open.splice(0).map((delivery) => delivery.close(0)));
});

describe("a delivery", () => {
  test("brings every record once, in order, in batches of the given size", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { maxRecords: 100 } });
    const records = texts(1_050);
    for (const record of records) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 1_050, dropped: 0, pending: 0 });
    expect(exporter.taken).toEqual(records);
    expect(exporter.calls.map(({ items }) => items.length)).toEqual([...Array(10).fill(100), 50]);
  });

  test("keeps batches below the given bytes, and sends a larger record alone", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { maxBytes: 1_000 } });
    const records = [..."abc".split("").map((one) => one.repeat(300)), "L".repeat(5_000), "d".repeat(300)];
    for (const record of records) delivery.push(record);
    await delivery.flush();
    expect(exporter.taken).toEqual(records);
    const sizes = exporter.calls.map(({ items }) => items.reduce((sum, { length }) => sum + length, 0));
    expect(sizes).toEqual([900, 5_000, 300]);
  });

  test("sends a full batch at once, and one that is not when its time is over", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { maxRecords: 10, delayMs: 3_600_000 } });
    for (const record of texts(15)) delivery.push(record);
    await until(() => exporter.taken.length === 10, "the full batch");
    expect(delivery.counts()).toMatchObject({ sent: 10, pending: 5 });

    const soon = deliver(exporter, { batch: { delayMs: 20 } });
    soon.push("alone");
    expect(exporter.taken).not.toContain("alone");
    await until(() => exporter.taken.includes("alone"), "the batch whose time is over");
  });

  test("sends nothing in the call that logs", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { maxRecords: 1 } });
    delivery.push("one");
    expect(exporter.calls).toEqual([]);
    await delivery.flush();
    expect(exporter.taken).toEqual(["one"]);
  });

  test("has as many exports under way as it may, and no more", async () => {
    const exporter = new ScriptedExporter<string>(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return SENT;
    });
    const delivery = deliver(exporter, { batch: { maxRecords: 1 }, concurrency: 3 });
    for (const record of texts(30)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 30 });
    expect(exporter.mostUnderWay).toBe(3);
  });

  test("takes a synchronous burst of 200,000 within its bounds", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter);
    for (let index = 0; index < 200_000; index++) delivery.push(`record ${index}`);
    expect(await delivery.flush()).toMatchObject({ sent: 200_000, dropped: 0, pending: 0 });
    expect(new Set(exporter.taken).size).toBe(200_000);
  });

  test("drops what comes when the queue is full, counts it, and tells of it", async () => {
    const told: unknown[] = [];
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter, {
      queue: { maxRecords: 100 },
      onDropped: (count, reason, error) => told.push([count, reason, (error as Error).message]),
    });
    for (const record of texts(150)) delivery.push(record);
    expect(delivery.counts()).toMatchObject({ pending: 100, dropped: 50, reasons: { overload: 50 } });
    expect(told, "not in the call").toEqual([]);
    await until(() => told.length > 0, "the news");
    expect(told).toEqual([[50, "overload", "more than 100 records or 67108864 bytes would have to wait"]]);
    exporter.policy = () => SENT;
    expect(await delivery.flush()).toMatchObject({ sent: 100, dropped: 50, pending: 0 });
    expect(exporter.taken).toEqual(texts(100));
  });

  test("is bounded by bytes, too, and takes records again when there is room", async () => {
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter, { queue: { maxBytes: 1_000 } });
    for (let index = 0; index < 15; index++) delivery.push("x".repeat(100));
    delivery.push("y".repeat(1_001));
    expect(delivery.counts()).toMatchObject({ pending: 10, dropped: 6 });
    exporter.policy = () => SENT;
    await delivery.flush();
    delivery.push("z".repeat(1_000));
    expect(await delivery.flush()).toMatchObject({ sent: 11, dropped: 6, pending: 0 });
  });

  test("counts records of which the codec does not know the weight", async () => {
    const delivery = new Delivery(
      new ScriptedExporter<string>(),
      {
        ...textCodec,
        weigh: (item: string) => {
          if (item === "bad") throw new Error("no weight");
          return 1;
        },
      },
      { onDropped: () => {} },
    );
    for (const record of ["good", "bad", "good"]) delivery.push(record);
    expect(await delivery.close()).toMatchObject({ sent: 2, dropped: 1, reasons: { unreadable: 1 } });
  });

  test("drops what comes after it was closed, and closes its exporter", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter);
    delivery.push("before");
    const [first, second] = await Promise.all([delivery.close(), delivery.close()]);
    expect(first).toMatchObject({ sent: 1, pending: 0 });
    expect(second).toEqual(first);
    expect(exporter.isClosed).toBe(true);
    delivery.push("after");
    expect(delivery.counts()).toMatchObject({ sent: 1, dropped: 1, reasons: { closed: 1 } });
    expect(exporter.taken).toEqual(["before"]);
  });

  test("gives up what it cannot send before it is closed", async () => {
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter);
    for (const record of texts(7)) delivery.push(record);
    expect(await delivery.close(50)).toMatchObject({ sent: 0, dropped: 7, pending: 0, reasons: { closed: 7 } });
  });

  test("hears an answer that comes after its time, and counts the batch as sent, though it is under way again", async () => {
    let resolveAnswer: (outcome: Outcome) => void = () => {};
    const answer = new Promise<Outcome>((resolve) => (resolveAnswer = resolve));
    const held = new Promise<Outcome>(() => {});
    const error = new Error("no answer");
    const exporter = new ScriptedExporter<string>((_, call) => (call === 1 ? { kind: "later", error, answer } : held));
    const delivery = deliver(exporter, { retry: { initialMs: 1, maxMs: 1 }, batch: { delayMs: 1 } });
    delivery.push("slow");
    await until(() => exporter.calls.length === 2, "the second try");
    resolveAnswer(SENT);
    expect(await delivery.flush()).toMatchObject({ sent: 1, pending: 0, dropped: 0, isComplete: true });
    exporter.policy = () => SENT;
    delivery.push("next");
    expect(await delivery.flush(), "the collector is not taken for one that is down").toMatchObject({ sent: 2 });
  });

  test("is not misled by an answer to a batch that was given up, halved, or is a refusal", async () => {
    const answers: ((outcome: Outcome) => void)[] = [];
    const error = new Error("no answer");
    const late = (): Outcome => ({ kind: "later", error, answer: new Promise((resolve) => answers.push(resolve)) });
    const exporter = new ScriptedExporter<string>((_, call) => (call <= 6 ? late() : SENT));
    const delivery = deliver(exporter, { retry: { initialMs: 1, maxMs: 1 }, batch: { delayMs: 1 } });
    for (const record of texts(4)) delivery.push(record);
    await until(() => exporter.calls.length > 6, "enough tries");
    await delivery.flush();
    for (const answer of answers) answer(SENT);
    await delivery.flush();
    expect(delivery.counts()).toMatchObject({ sent: 4, pending: 0, dropped: 0 });
    exporter.policy = (_, call) => (call <= 8 ? late() : SENT);
    delivery.push("five");
    answers.at(-1)?.({ kind: "refused", error });
    expect(await delivery.flush()).toMatchObject({ sent: 5, pending: 0, dropped: 0 });
  });

  describe("gathers its news", () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
    afterEach(() => void vi.useRealTimers());

    test("of dropped records: the first at once, the others every 10 seconds", async () => {
      const told: number[] = [];
      const delivery = deliver(new ScriptedExporter<string>(() => later()), {
        queue: { maxRecords: 4 },
        onDropped: (count) => told.push(count),
      });
      for (const record of texts(5)) delivery.push(record);
      await Promise.resolve();
      expect(told).toEqual([1]);
      for (const record of texts(3)) delivery.push(record);
      await Promise.resolve();
      expect(told).toEqual([1]);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(told).toEqual([1, 3]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(told).toEqual([1, 3]);
      delivery.push("later");
      await Promise.resolve();
      expect(told).toEqual([1, 3, 1]);
    });
  });
});
