import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Availability } from "../src/delivery/availability.ts";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { Outcome } from "../src/delivery/outcome.ts";
import { later, ScriptedExporter, SENT, textCodec, texts } from "./scripted-exporter.ts";

const open: Delivery<string>[] = [];

function deliver(exporter: ScriptedExporter<string>, options: DeliveryOptions = {}): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, { onDropped: () => {}, ...options });
  open.push(delivery);
  return delivery;
}

/** Not now for the first calls, then yes. */
function after(calls: number, outcome: Outcome): (items: readonly string[], call: number) => Outcome {
  return (_, call) => (call <= calls ? outcome : SENT);
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));

afterEach(async () => {
  const closing = Promise.all(open.splice(0).map((delivery) => delivery.close(1)));
  await vi.advanceTimersByTimeAsync(10);
  await closing;
  vi.useRealTimers();
});

describe("a batch that the collector does not take now", () => {
  test("is sent again until it is taken, and its records keep their place", async () => {
    const exporter = new ScriptedExporter<string>(after(4, later()));
    const delivery = deliver(exporter, { batch: { maxRecords: 10 }, concurrency: 1 });
    for (const record of texts(50)) delivery.push(record);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exporter.taken).toEqual(texts(50));
    expect(exporter.calls.length).toBe(5 + 4);
    expect(delivery.counts()).toMatchObject({ sent: 50, dropped: 0, pending: 0, retried: expect.any(Number) });
    expect(delivery.counts().retried).toBe(4);
  });

  test("is asked about by one request at a time, more and more seldom", async () => {
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter, { batch: { maxRecords: 10 }, retry: { initialMs: 100, maxMs: 1_600 } });
    for (const record of texts(100)) delivery.push(record);
    await vi.advanceTimersByTimeAsync(0);
    expect(exporter.calls.length, "what was under way when it went down").toBe(4);
    await vi.advanceTimersByTimeAsync(20_000);
    const [, , , first, ...probes] = exporter.calls.map(({ at }) => at);
    const waits = probes.map((at, index) => at - (index === 0 ? (first as number) : (probes[index - 1] as number)));
    for (const [index, wait] of waits.entries()) {
      const longest = Math.min(100 * 2 ** index, 1_600);
      expect(wait, `wait ${index}`).toBeGreaterThanOrEqual(longest / 2);
      expect(wait, `wait ${index}`).toBeLessThanOrEqual(longest + 1);
    }
    expect(waits.length).toBeGreaterThan(12);
    expect(exporter.mostUnderWay).toBe(4);
  });

  test("goes out several at a time again when the collector is back", async () => {
    let isUp = false;
    const exporter = new ScriptedExporter<string>(async () => {
      if (!isUp) return later();
      await new Promise((resolve) => setTimeout(resolve, 10));
      return SENT;
    });
    const delivery = deliver(exporter, { batch: { maxRecords: 10 } });
    for (const record of texts(200)) delivery.push(record);
    await vi.advanceTimersByTimeAsync(5_000);
    isUp = true;
    exporter.mostUnderWay = 0;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(exporter.mostUnderWay).toBe(4);
    expect([...exporter.taken].sort()).toEqual(texts(200).sort());
  });

  test("waits as long as the collector asks for, whatever else there is to send", async () => {
    const exporter = new ScriptedExporter<string>(after(1, later(30_000)));
    const delivery = deliver(exporter, { batch: { maxRecords: 1, delayMs: 10 }, concurrency: 1 });
    delivery.push("first");
    await vi.advanceTimersByTimeAsync(1_000);
    delivery.push("second");
    await vi.advanceTimersByTimeAsync(28_900);
    expect(exporter.calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(exporter.taken).toEqual(["first", "second"]);
  });

  test("is sent again at once where the collector asks for that, but not without end", async () => {
    const exporter = new ScriptedExporter<string>(() => later(0));
    const delivery = deliver(exporter);
    delivery.push("one");
    await vi.advanceTimersByTimeAsync(501);
    const { length } = exporter.calls;
    expect(length).toBeGreaterThanOrEqual(10);
    expect(length).toBeLessThanOrEqual(12);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exporter.calls.length - length, "then as seldom as others").toBeLessThan(20);
    exporter.policy = () => SENT;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(exporter.taken).toEqual(["one"]);
  });

  test("is dropped when its deadline is over, and counted; younger records are not", async () => {
    const told: unknown[] = [];
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter, {
      retry: { deadlineMs: 60_000 },
      onDropped: (count, reason) => told.push([count, reason]),
    });
    for (const record of texts(3, "old")) delivery.push(record);
    await vi.advanceTimersByTimeAsync(50_000);
    for (const record of texts(2, "young")) delivery.push(record);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(delivery.counts()).toMatchObject({ dropped: 3, reasons: { expired: 3 } });
    expect(told).toEqual([[3, "expired"]]);
    exporter.policy = () => SENT;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(exporter.taken).toEqual(texts(2, "young"));
  });

  test("is kept for ten minutes where nothing else is said", async () => {
    const exporter = new ScriptedExporter<string>(() => later());
    const delivery = deliver(exporter);
    delivery.push("one");
    await vi.advanceTimersByTimeAsync(595_000);
    expect(delivery.counts()).toMatchObject({ pending: 1, dropped: 0 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(delivery.counts()).toMatchObject({ pending: 0, dropped: 1, reasons: { expired: 1 } });
  });

  test("gets through in parts, in order, when it is too large for its time", async () => {
    const exporter = new ScriptedExporter<string>((items) => (items.length > 8 ? later() : SENT));
    const delivery = deliver(exporter, { batch: { maxRecords: 64 }, concurrency: 1, retry: { maxMs: 1_000 } });
    for (const record of texts(64)) delivery.push(record);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([...exporter.taken].sort()).toEqual(texts(64).sort());
    expect(delivery.counts()).toMatchObject({ sent: 64, dropped: 0, pending: 0 });
  });

  test.each([-86_400_000, 86_400_000])("is sent, and not given up, when the clock is set by %d ms", async (step) => {
    const exporter = new ScriptedExporter<string>((_, call) => (call === 1 ? later() : SENT));
    const delivery = deliver(exporter);
    delivery.push("one");
    await vi.advanceTimersByTimeAsync(210);
    expect(exporter.calls.length).toBe(1);
    vi.setSystemTime(Date.now() + step);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(delivery.counts()).toMatchObject({ sent: 1, dropped: 0 });
  });

  test("goes out with others in one request when many small ones have gathered", async () => {
    let isUp = false;
    const exporter = new ScriptedExporter<string>(() => (isUp ? SENT : later()));
    const delivery = deliver(exporter, { batch: { maxRecords: 100 }, concurrency: 1 });
    for (const record of texts(300)) {
      delivery.push(record);
      // Each is a batch of its own.
      void delivery.flush(1);
      await vi.advanceTimersByTimeAsync(1);
    }
    isUp = true;
    exporter.calls.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([...exporter.taken].sort()).toEqual(texts(300).sort());
    expect(exporter.calls.length).toBeLessThan(20);
  });

  test("lets others pass when it alone fails, and expires alone", async () => {
    const exporter = new ScriptedExporter<string>((items) => (items.includes("record 3") ? later() : SENT));
    const delivery = deliver(exporter, { batch: { maxRecords: 4 } });
    for (const record of texts(40)) delivery.push(record);
    await vi.advanceTimersByTimeAsync(300_000);
    for (const record of texts(40, "young")) delivery.push(record);
    await vi.advanceTimersByTimeAsync(200_000);
    const others = [...texts(40), ...texts(40, "young")].filter((one) => one !== "record 3");
    expect([...exporter.taken].sort()).toEqual(others.sort());
    expect(delivery.counts()).toMatchObject({ sent: 79, dropped: 0, pending: 1 });
    await vi.advanceTimersByTimeAsync(200_000);
    expect(delivery.counts()).toMatchObject({ sent: 79, dropped: 1, reasons: { expired: 1 } });
  });

  test("is given up where there is no deadline and the collector says later of one record, and means never", async () => {
    const exporter = new ScriptedExporter<string>((items) => (items.includes("record 3") ? later() : SENT));
    const delivery = deliver(exporter, { batch: { maxRecords: 4 }, retry: { maxMs: 100, deadlineMs: Infinity } });
    for (const record of texts(8)) delivery.push(record);
    for (let second = 0; second < 400; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      delivery.push(`later ${second}`);
    }
    expect(delivery.counts()).toMatchObject({ dropped: 1, reasons: { refused: 1 } });
    expect(exporter.taken).toEqual(expect.arrayContaining(texts(8).filter((one) => one !== "record 3")));
    expect(exporter.taken).not.toContain("record 3");
  });

  test("is sent again when the exporter never answers; a late answer changes nothing", async () => {
    const late: (() => void)[] = [];
    const exporter = new ScriptedExporter<string>((_, call) =>
      call === 1 ? new Promise<Outcome>((resolve) => late.push(() => resolve(SENT))) : SENT,
    );
    const delivery = deliver(exporter, { exportTimeoutMs: 5_000 });
    delivery.push("one");
    await vi.advanceTimersByTimeAsync(5_500);
    expect(exporter.taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(exporter.taken).toEqual(["one"]);
    for (const answer of late) answer();
    await vi.advanceTimersByTimeAsync(10);
    expect(delivery.counts()).toMatchObject({ sent: 1, pending: 0 });
    expect(exporter.calls.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000]);
  });
});

describe("the availability of a collector", () => {
  test("does not take late answers to old questions for new failures", () => {
    const availability = new Availability({ initialMs: 100, maxMs: 10_000 }, () => 1);
    const rounds = [1, 2, 3, 4].map(() => availability.begin());
    for (const round of rounds) availability.failed(round, 1_000, undefined);
    expect(availability.until).toBe(1_100);
    expect(availability.room(0, 4, 1_099)).toBe(0);
    expect(availability.room(0, 4, 1_100)).toBe(1);
    availability.begin();
    expect(availability.room(1, 4, 1_100)).toBe(0);
    availability.answered(1);
    expect(availability.room(1, 4, 1_100)).toBe(3);
  });

  test("keeps to a pause that was asked for though older questions are answered", () => {
    const availability = new Availability({ initialMs: 100, maxMs: 10_000 }, () => 1);
    const [one, other] = [availability.begin(), availability.begin()];
    availability.failed(one, 1_000, 30_000);
    availability.answered(other);
    expect(availability.room(0, 4, 30_999)).toBe(0);
    expect(availability.room(0, 4, 31_000)).toBe(1);
    availability.answered(availability.begin());
    expect(availability.room(0, 4, 31_000)).toBe(4);
  });

  test("keeps to a pause that was asked for when somebody is in a hurry, and to no other", () => {
    const availability = new Availability({ initialMs: 100, maxMs: 10_000 }, () => 1);
    availability.failed(availability.begin(), 1_000, undefined);
    availability.hurry();
    expect(availability.until).toBe(0);
    availability.failed(availability.begin(), 1_000, 30_000);
    availability.hurry();
    expect(availability.until).toBe(31_000);
  });
});
