import { afterEach, describe, expect, test, vi } from "vitest";
import { Delivery } from "../src/delivery/delivery.ts";
import type { DeliveryOptions } from "../src/delivery/delivery-options.ts";
import type { BatchExporter, Outcome } from "../src/delivery/outcome.ts";
import { later, ScriptedExporter, SENT, textCodec, texts, until } from "./scripted-exporter.ts";

const open: Delivery<string>[] = [];

function deliver(exporter: ScriptedExporter<string>, options: DeliveryOptions = {}): Delivery<string> {
  const delivery = new Delivery(exporter, textCodec, { onDropped: () => {}, ...options });
  open.push(delivery);
  return delivery;
}

/** From here on time goes by when the test says so. */
function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
}

/** An exporter that answers when it is told to. */
class HeldExporter extends ScriptedExporter<string> {
  readonly held: ((outcome: Outcome) => void)[] = [];

  constructor() {
    super(() => new Promise((resolve) => this.held.push(resolve)));
  }

  async answer(outcome: Outcome = SENT): Promise<void> {
    await until(() => this.held.length > 0, "an export");
    this.held.shift()?.(outcome);
  }
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((delivery) => delivery.close(0)));
});

describe("a flush", () => {
  test("of nothing is done at once", async () => {
    const delivery = deliver(new ScriptedExporter<string>());
    expect(await delivery.flush(1e9)).toMatchObject({ sent: 0, dropped: 0, pending: 0, isComplete: true });
  });

  test("waits for what is under way, and a second one does so, too", async () => {
    const exporter = new HeldExporter();
    const delivery = deliver(exporter);
    delivery.push("one");
    const done: string[] = [];
    const first = delivery.flush().then(() => done.push("first"));
    const second = delivery.flush().then(() => done.push("second"));
    await until(() => exporter.held.length > 0, "the export");
    expect(done).toEqual([]);
    await exporter.answer();
    await Promise.all([first, second]);
    expect(delivery.counts()).toMatchObject({ sent: 1, pending: 0 });
  });

  test("waits for what was pushed before it alone", async () => {
    const exporter = new HeldExporter();
    const delivery = deliver(exporter, { concurrency: 1 });
    delivery.push("before");
    const first = delivery.flush();
    delivery.push("after");
    let isSecondDone = false;
    const second = delivery.flush().then((counts) => {
      isSecondDone = true;
      return counts;
    });
    await exporter.answer();
    expect(await first).toMatchObject({ sent: 1, pending: 1, isComplete: true });
    expect(isSecondDone).toBe(false);
    await exporter.answer();
    expect(await second).toMatchObject({ sent: 2, pending: 0 });
  });

  test("ends at its deadline, and says what has not left", async () => {
    const exporter = new HeldExporter();
    const delivery = deliver(exporter);
    for (const record of texts(3)) delivery.push(record);
    expect(await delivery.flush(30)).toMatchObject({ sent: 0, dropped: 0, pending: 3, isComplete: false });
    await exporter.answer();
    expect(await delivery.flush()).toMatchObject({ sent: 3, pending: 0 });
  });

  test("has the deadline of the options where its caller says none", async () => {
    const delivery = deliver(new HeldExporter(), { flushTimeoutMs: 30 });
    delivery.push("one");
    expect(await delivery.flush()).toMatchObject({ pending: 1 });
  });

  test("waits for all parts of a batch that is divided", async () => {
    const exporter = new ScriptedExporter<string>(async (items) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return items.includes("record 5") ? { kind: "refused", error: new Error("bad") } : SENT;
    });
    const delivery = deliver(exporter, { concurrency: 2 });
    for (const record of texts(16)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 15, dropped: 1, pending: 0 });
  });

  test("tries at once what would have waited longer", async () => {
    const exporter = new ScriptedExporter<string>((_, call) => (call === 1 ? later() : SENT));
    const delivery = deliver(exporter, { retry: { initialMs: 3_600_000, maxMs: 3_600_000 }, batch: { delayMs: 0 } });
    delivery.push("one");
    await until(() => exporter.calls.length === 1 && exporter.underWay === 0, "the first try");
    expect(await delivery.flush()).toMatchObject({ sent: 1, pending: 0 });
  });

  test("does not break into a pause that the collector has asked for", async () => {
    const exporter = new ScriptedExporter<string>((_, call) => (call === 1 ? later(3_600_000) : SENT));
    const delivery = deliver(exporter, { batch: { delayMs: 0 } });
    delivery.push("one");
    await until(() => exporter.calls.length === 1 && exporter.underWay === 0, "the first try");
    expect(await delivery.flush(30)).toMatchObject({ sent: 0, pending: 1 });
    expect(exporter.calls.length).toBe(1);
  });

  test("sees what is logged while the exporter runs", async () => {
    const exporter = new ScriptedExporter<string>((items) => {
      if (items[0] === "first") delivery.push("second");
      return SENT;
    });
    const delivery = deliver(exporter);
    delivery.push("first");
    await delivery.flush();
    expect(await delivery.flush()).toMatchObject({ sent: 2, pending: 0 });
  });
});

describe("the end of a process", () => {
  test("counts what is not known to have arrived as lost where nothing keeps it, and tells of it once", async () => {
    const told: unknown[] = [];
    const exporter = new HeldExporter();
    const delivery = deliver(exporter, {
      batch: { maxRecords: 2 },
      concurrency: 1,
      onDropped: (count, reason) => told.push([count, reason]),
    });
    for (const record of texts(5)) delivery.push(record);
    await until(() => exporter.held.length > 0, "the export");
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ sent: 0, dropped: 5, pending: 0, reasons: { exit: 5 } });
    expect(told).toEqual([[5, "exit"]]);
    await exporter.answer();
    expect(delivery.counts(), "counted once").toMatchObject({ sent: 0, dropped: 5, pending: 0 });
  });

  test("has a last word for what is logged after it", () => {
    const delivery = deliver(new HeldExporter());
    delivery.flushSync();
    delivery.push("late");
    expect(delivery.counts()).toMatchObject({ dropped: 1, reasons: { exit: 1 }, pending: 0 });
  });

  test("that comes by itself sends what waits, and does not wait twice for the same", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { delayMs: 3_600_000 } });
    expect(delivery.endNaturally()).toBeUndefined();
    for (const record of texts(3)) delivery.push(record);
    await delivery.endNaturally();
    expect(exporter.taken).toEqual(texts(3));
    expect(delivery.endNaturally()).toBeUndefined();
  });

  test("that comes by itself is waited for no longer than once in all, until the process has gone on", async () => {
    stopClock();
    const exporter = new ScriptedExporter<string>(() => later());
    const dead = deliver(exporter, { exitTimeoutMs: 30, retry: { initialMs: 1, maxMs: 1 } });
    dead.push("one");
    const ending = dead.endNaturally();
    await vi.advanceTimersByTimeAsync(30);
    await ending;
    expect(dead.counts()).toMatchObject({ pending: 1 });
    expect(dead.endNaturally(), "tried before").toBeUndefined();
    dead.push("another");
    expect(dead.endNaturally(), "something new, but the time is over").toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(dead.endNaturally(), "the process has gone on").toBeInstanceOf(Promise);
  });

  test("that comes again and again, because somebody logs each time, is waited for twice", async () => {
    stopClock();
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { batch: { delayMs: 3_600_000 } });
    let rounds = 0;
    for (let end = 0; end < 100; end++) {
      delivery.push(`bye ${end}`);
      const round = delivery.endNaturally();
      if (!round) break;
      rounds++;
      await round;
    }
    expect(rounds).toBe(2);
    expect(exporter.taken).toEqual(["bye 0", "bye 1"]);
    delivery.flushSync();
    expect(delivery.counts()).toMatchObject({ sent: 2, dropped: 1, reasons: { exit: 1 } });
  });

  test("has an exporter flush what it keeps, while records are under way and at the end", async () => {
    let answer: ((outcome: Outcome) => void) | null = null;
    let flushes = 0;
    const keeping: BatchExporter<string> = {
      export: () => new Promise((resolve) => (answer = resolve)),
      flush: async () => {
        flushes++;
        answer?.(SENT);
      },
    };
    const delivery = new Delivery(keeping, textCodec, { onDropped: () => {} });
    for (const record of texts(5)) delivery.push(record);
    expect(await delivery.flush()).toMatchObject({ sent: 5, pending: 0, isComplete: true });
    expect(flushes).toBeGreaterThanOrEqual(2);
    delivery.push("at the end");
    await delivery.endNaturally();
    expect(delivery.counts()).toMatchObject({ sent: 6, pending: 0 });
    await delivery.close(0);
  });

  test("is not complete where the exporter fails to flush, or does not end", async () => {
    const error = new Error("disk full");
    const failing: BatchExporter<string> = { export: async () => SENT, flush: () => Promise.reject(error) };
    const delivery = new Delivery(failing, textCodec, { onDropped: () => {} });
    delivery.push("one");
    expect(await delivery.flush()).toMatchObject({ sent: 1, isComplete: false, error });
    failing.flush = () => new Promise(() => {});
    expect(await delivery.flush(20)).toMatchObject({ sent: 1, isComplete: false });
    await delivery.close(0);
  });

  test("gives exports no more time than there is", async () => {
    const exporter = new ScriptedExporter<string>();
    const delivery = deliver(exporter, { exitTimeoutMs: 300 });
    delivery.push("one");
    await delivery.endNaturally();
    expect(exporter.calls[0]?.timeoutMs).toBeLessThanOrEqual(300);
    delivery.push("another");
    await delivery.flush();
    expect(exporter.calls[1]?.timeoutMs, "it has gone on").toBe(10_000);
  });

  test("can be told not to wait", () => {
    const delivery = deliver(new ScriptedExporter<string>(), { exitTimeoutMs: 0 });
    delivery.push("one");
    expect(delivery.endNaturally()).toBeUndefined();
  });
});
