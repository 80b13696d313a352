import { report } from "@logbridge/core";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Delivery } from "../src/delivery/delivery.ts";
import { checkDeliverySettings, type DeliverySettings } from "../src/delivery/delivery-options.ts";
import { later, refusing, ScriptedExporter, SENT, textCodec, texts } from "./scripted-exporter.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
beforeEach(() => void vi.mocked(report).mockClear());

/** Collects when it is asked. */
class AskedReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

interface Point {
  readonly name: string;
  readonly value: unknown;
  readonly errorType: unknown;
}

async function read(reader: AskedReader): Promise<readonly Point[]> {
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  return resourceMetrics.scopeMetrics.flatMap(({ scope, metrics }) => {
    expect(scope.name).toBe("@logbridge/adapter-otel");
    return metrics.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ value, attributes }) => {
        expect(attributes["otel.component.type"]).toBe("logbridge_log_delivery");
        expect(attributes["otel.component.name"]).toMatch(/^logbridge_log_delivery\/\d+$/);
        return { name: descriptor.name, value, errorType: attributes["error.type"] };
      }),
    );
  });
}

describe("counts", () => {
  test("add up, whatever becomes of the records", async () => {
    const exporter = new ScriptedExporter<string>((items, call) => {
      if (call === 1) return later(0);
      return items.includes("record 4") ? refusing() : { kind: "sent", rejected: items.includes("record 9") ? 1 : 0 };
    });
    const delivery = new Delivery(exporter, textCodec, {
      batch: { maxRecords: 10 },
      concurrency: 1,
      onDropped: () => {},
    });
    for (const record of texts(30)) delivery.push(record);
    await delivery.flush();
    const counts = delivery.counts();
    expect(counts).toEqual({
      sent: 28,
      dropped: 2,
      pending: 0,
      retried: expect.any(Number),
      spooled: 0,
      inherited: { pending: 0, dropped: 0 },
      reasons: { refused: 1, rejected: 1, overload: 0, expired: 0, exit: 0, closed: 0, unreadable: 0 },
    });
    expect(counts.retried).toBeGreaterThanOrEqual(1);
    await delivery.close();
  });

  test("are OpenTelemetry metrics where a meter provider is given", async () => {
    const reader = new AskedReader();
    const meterProvider = new MeterProvider({ readers: [reader] });
    const exporter = new ScriptedExporter<string>((items) => (items.includes("record 2") ? refusing() : SENT));
    const delivery = new Delivery(exporter, textCodec, {
      meterProvider,
      onDropped: () => {},
      batch: { delayMs: 60_000 },
    });
    for (const record of texts(5)) delivery.push(record);
    await delivery.flush();
    delivery.push("one that waits");
    const points = await read(reader);
    expect(points).toEqual([
      { name: "otel.sdk.exporter.log.exported", value: 4, errorType: undefined },
      { name: "otel.sdk.exporter.log.exported", value: 1, errorType: "refused" },
      { name: "otel.sdk.processor.log.queue.size", value: 1, errorType: undefined },
      { name: "logbridge.log.spool.size", value: 0, errorType: undefined },
      { name: "logbridge.log.export.retries", value: 0, errorType: undefined },
    ]);
    await delivery.close();
    delivery.push("too late");
    expect(delivery.counts().reasons.closed).toBe(1);
    const reasons = (await read(reader)).map(({ errorType }) => errorType);
    expect(reasons, "nobody looks any more").not.toContain("closed");
    await meterProvider.shutdown();
  });
});

describe("dropped records", () => {
  test("are told of to whoever wants to know; what that one throws changes nothing", async () => {
    const told: unknown[] = [];
    const delivery = new Delivery(new ScriptedExporter<string>(() => refusing()), textCodec, {
      onDropped: (count, reason) => {
        told.push([count, reason]);
        throw new Error("the listener's own trouble");
      },
    });
    delivery.push("one");
    expect(await delivery.close()).toMatchObject({ dropped: 1 });
    expect(told).toEqual([[1, "refused"]]);
    expect(report).not.toHaveBeenCalled();
  });

  test("are all told of when the process has nothing left to do, also those that were being gathered", async () => {
    const told: unknown[] = [];
    const delivery = new Delivery(new ScriptedExporter<string>(() => refusing()), textCodec, {
      onDropped: (count) => void told.push(count),
    });
    delivery.push("one");
    await delivery.flush();
    for (const record of texts(3)) delivery.push(record);
    await delivery.endNaturally();
    expect(told).toEqual([1, 3]);
    await delivery.close();
  });

  test("are reported where nobody wants to know", async () => {
    const options = { name: "here", concurrency: 1, batch: { maxRecords: 1 } };
    const delivery = new Delivery(new ScriptedExporter<string>(() => refusing("no\nway")), textCodec, options);
    delivery.push("one");
    await delivery.flush();
    expect(vi.mocked(report).mock.calls).toEqual([
      ["LB1615", "here: 1 log record was dropped: refused by the collector: no way"],
    ]);
    for (const record of texts(3)) delivery.push(record);
    delivery.flushSync();
    expect(vi.mocked(report).mock.calls.slice(1)).toEqual([
      [
        "LB1611",
        "here: 3 log records were dropped: the process ended before it was done: it could not be sent before the end",
      ],
    ]);
    await delivery.close();
  });
});

test("an exporter that fails to close is reported, and the delivery is closed", async () => {
  const exporter = new ScriptedExporter<string>();
  exporter.close = () => Promise.reject(new Error("no way to shut down"));
  const delivery = new Delivery(exporter, textCodec, { name: "here" });
  delivery.push("one");
  expect(await delivery.close()).toMatchObject({ sent: 1, pending: 0 });
  expect(vi.mocked(report).mock.calls).toEqual([["LB1616", "here: the exporter failed to close: no way to shut down"]]);
});

test("an exporter that does not end is reported, and nobody waits for it any longer", async () => {
  const exporter = new ScriptedExporter<string>();
  exporter.close = () => new Promise(() => {});
  const delivery = new Delivery(exporter, textCodec, { name: "here", flushTimeoutMs: 50 });
  expect(await delivery.close()).toMatchObject({ pending: 0 });
  expect(vi.mocked(report).mock.calls).toEqual([
    ["LB1616", "here: the exporter failed to close: it has not ended for 50 ms"],
  ]);
});

describe("settings of a delivery", () => {
  test.each<[unknown, string]>([
    [{ queue: 5 }, "option queue must be an object of maxBytes, maxRecords, got 5"],
    [{ queue: { bytes: 5 } }, "option queue.bytes must be absent: queue has maxBytes, maxRecords, got 5"],
    [{ queue: { maxBytes: 0 } }, "option queue.maxBytes must be a whole number above 0, got 0"],
    [{ queue: { constructor: 1 } }, "option queue.constructor must be absent: queue has maxBytes, maxRecords, got 1"],
    [{ batch: { delayMs: "1s" } }, "option batch.delayMs must be milliseconds from 0 up, got '1s'"],
    [{ batch: { maxRecords: 1.5 } }, "option batch.maxRecords must be a whole number above 0, got 1.5"],
    [{ retry: { deadlineMs: 0 } }, "option retry.deadlineMs must be milliseconds above 0, or Infinity, got 0"],
    [{ retry: { maxMs: Infinity } }, "option retry.maxMs must be milliseconds above 0, got Infinity"],
    [{ concurrency: 0 }, "option concurrency must be a whole number above 0, got 0"],
    [{ exportTimeoutMs: Number.NaN }, "option exportTimeoutMs must be milliseconds above 0, got NaN"],
    [{ exitTimeoutMs: -1 }, "option exitTimeoutMs must be milliseconds from 0 up, got -1"],
    [{ meterProvider: {} }, "option meterProvider must be an OpenTelemetry MeterProvider, got {}"],
  ])("are refused with their name: %o", (settings, message) => {
    expect(() => checkDeliverySettings("here()", settings as DeliverySettings)).toThrow(
      expect.objectContaining({ name: "LogbridgeTypeError", code: "LB1610", message: `here(): ${message} [LB1610]` }),
    );
  });

  const METERS =
    "here(): option meterProvider must be an OpenTelemetry MeterProvider, whose meters have createObservableCounter() and createObservableUpDownCounter()";

  test.each<[unknown, string]>([
    [() => ({}), ", got { getMeter: "],
    [() => undefined, ", got { getMeter: "],
    [() => ({ createObservableCounter: () => {} }), ", got { getMeter: "],
    [
      () => {
        throw new Error("no meter today");
      },
      "; its getMeter() has thrown: no meter today",
    ],
  ])("are refused with a meter that lacks the instruments: %#", (getMeter, rest) => {
    const settings = { meterProvider: { getMeter } } as DeliverySettings;
    const message = expect.stringContaining(METERS + rest) as string;
    expect(() => checkDeliverySettings("here()", settings)).toThrow(
      expect.objectContaining({ name: "LogbridgeTypeError", code: "LB1610", message }),
    );
  });

  test("may be left out, one by one and all together", () => {
    checkDeliverySettings("here()", {});
    checkDeliverySettings("here()", {
      queue: {},
      batch: { delayMs: 0 },
      retry: { deadlineMs: Infinity },
      exitTimeoutMs: 0,
    });
  });
});
