import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-node";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Receiver } from "../../../test/otlp-receiver/index.mjs";
import { otelSink } from "../src/index.ts";
import { environment, logging, receiving } from "./sink-support.ts";

beforeEach(() => environment({}));
afterEach(() => {
  api.context.disable();
});

describe.each(["http/protobuf", "http/json"] as const)("a record over %s", (protocol) => {
  test("has time, severity, message, fields, error, caller, scope and resource", async () => {
    const receiver = await receiving();
    const { logger } = logging({ protocol, url: receiver.url, resource: { "service.name": "shop" } });
    const before = Date.now();
    logger.forModule("shop/cart").bind({ user: "u1" }).success("paid {amount}", { amount: 12.5 });
    logger.error("failed", new TypeError("no stock"));
    await logger.complete();
    const [paid, failed] = receiver.records;
    expect(paid).toMatchObject({
      resource: { attributes: { "service.name": "shop" } },
      scope: { name: "shop/cart" },
      severityNumber: 10,
      severityText: "SUCCESS",
      body: "paid 12.5",
      attributes: { user: "u1", amount: 12.5, "code.file.path": expect.stringMatching(/sink\.test\.ts$/) as string },
    });
    expect(Number(paid?.timeUnixNano) / 1e6).toBeGreaterThanOrEqual(before);
    expect(paid?.observedTimeUnixNano).toBe(paid?.timeUnixNano);
    expect(failed).toMatchObject({
      severityNumber: 17,
      attributes: { "exception.type": "TypeError", "exception.message": "no stock" },
    });
  });
});

test.each(["http/protobuf", "http/json", "grpc"] as const)(
  "S-OTL-1: a circular property costs neither its record nor those around it (%s)",
  async (protocol) => {
    const receiver = await receiving();
    const { logger } = logging({ protocol, url: protocol === "grpc" ? receiver.grpcUrl : receiver.url });
    const circular: Record<string, unknown> = { ok: 1 };
    circular["self"] = circular;
    for (let index = 0; index < 10; index++) {
      if (index === 5) logger.info("x", circular);
      logger.info("good", { i: index });
    }
    expect(await logger.complete()).toEqual({ sent: 11, dropped: 0, pending: 0 });
    expect(receiver.records).toHaveLength(11);
    const { attributes } = receiver.records.find(({ body }) => body === "x") ?? {};
    expect(attributes?.["ok"]).toBe(1);
    expect(JSON.stringify(attributes?.["self"])).toContain("[Circular]");
  },
);

test("S-OTL-2: the trace is that of the call, also when the batch goes out outside of the span", async () => {
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const receiver = await receiving();
  const { logger } = logging({ url: receiver.url });
  const span = new BasicTracerProvider().getTracer("test").startSpan("request");
  api.context.with(api.trace.setSpan(api.context.active(), span), () => logger.info("inside"));
  span.end();
  logger.info("outside");
  await logger.complete();
  const { traceId, spanId } = span.spanContext();
  expect(receiver.records).toMatchObject([
    { body: "inside", traceId, spanId },
    { body: "outside", traceId: "", spanId: "" },
  ]);
});

const noticesAt = ({ records }: Pick<Receiver, "records">) =>
  records.filter(({ scope }) => scope.name === "@logbridge/adapter-otel").map(({ attributes }) => attributes);

describe("scopes", () => {
  test("are names of records: of forModule, else of the caller's module", async () => {
    const receiver = await receiving();
    const { logger } = logging({ url: receiver.url });
    logger.forModule("db").info("a");
    logger.info("b");
    await logger.complete();
    expect(receiver.records.map(({ scope }) => scope.name)).toEqual(["db", "test/sink.test"]);
  });

  test("without the caller, those that were given; others share one", async () => {
    const receiver = await receiving();
    const { logger } = logging({ url: receiver.url, code: false });
    logger.forModule("db").info("a");
    logger.info("b");
    await logger.complete();
    expect(receiver.records.map(({ scope }) => scope.name)).toEqual(["db", "logbridge"]);
    expect(receiver.records.map(({ attributes }) => Object.keys(attributes))).toEqual([[], []]);
  });

  test("are one for all by the option", async () => {
    const receiver = await receiving();
    const scope = { name: "app", version: "2", schemaUrl: "https://s", attributes: { region: "north" } };
    const { logger } = logging({ url: receiver.url, scope });
    logger.forModule("db").info("a");
    await logger.complete();
    expect(receiver.records[0]?.scope).toMatchObject(scope);
  });

  test("are 1,000 at most; further names are in logger.name", async () => {
    const receiver = await receiving();
    const { logger } = logging({ url: receiver.url, code: false });
    for (let index = 0; index < 1_002; index++) logger.forModule(`name ${index}`).info("a");
    await logger.complete();
    expect(receiver.records[999]).toMatchObject({ scope: { name: "name 999" } });
    expect(receiver.records[999]?.attributes).not.toHaveProperty("logger.name");
    const shared = receiver.records.filter(({ scope }) => scope.name === "logbridge");
    expect(shared.map(({ attributes }) => attributes["logger.name"])).toEqual(["name 1000", "name 1001"]);
  });
});

test("severity, attributes, template and uid as the options say", async () => {
  const receiver = await receiving();
  const { logger } = logging({
    url: receiver.url,
    code: false,
    severity: { AUDIT: 12 },
    attributes: { team: "a", user: "nobody" },
    template: true,
    uid: true,
  });
  logger.level("AUDIT", { no: 35 });
  logger.log("AUDIT", "user {user}", { user: "u1" });
  logger.info("plain");
  await logger.complete();
  const [audit, plain] = receiver.records;
  expect(audit).toMatchObject({
    severityNumber: 12,
    severityText: "AUDIT",
    attributes: { team: "a", user: "u1", "log.record.uid": expect.stringMatching(/.{20,}/) as string },
  });
  expect(Object.values(audit?.attributes ?? {})).toContain("user {user}");
  expect(plain?.attributes["log.record.uid"]).not.toBe(audit?.attributes["log.record.uid"]);
});

test("a record that is logged while another one is written spoils neither", async () => {
  const receiver = await receiving();
  const { logger } = logging({ url: receiver.url, code: false });
  const { prepareStackTrace } = Error;
  const error = new Error("outer");
  let inner = 0;
  Error.prepareStackTrace = () => {
    if (inner++ === 0) logger.info("inner");
    return "Error: outer\n    at somewhere";
  };
  try {
    logger.error("outer", error, { i: 1 });
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
  expect(inner).toBeGreaterThan(0);
  await logger.complete();
  expect(receiver.records.map(({ body }) => body).sort()).toEqual(["inner", "outer"]);
  expect(receiver.records.find(({ body }) => body === "outer")).toMatchObject({
    attributes: { i: 1, "exception.message": "outer" },
  });
});

describe("what becomes of records", () => {
  test("complete() and stats() tell", async () => {
    const receiver = await receiving();
    const { logger, sink } = logging({ url: receiver.url, batch: { delayMs: 10_000 } });
    for (let index = 0; index < 10; index++) logger.info("x");
    expect(sink.stats()).toMatchObject({ sent: 0, pending: 10 });
    expect(await logger.complete()).toEqual({ sent: 10, dropped: 0, pending: 0 });
    expect(sink.stats()).toMatchObject({ sent: 10, dropped: 0, pending: 0, retried: 0, spooled: 0 });
  });

  test("a collector that is down is reported once, and what waits is pending, not sent", async () => {
    const receiver = await receiving({ down: true });
    const { logger, told } = logging({ url: receiver.url, flushTimeoutMs: 50 });
    logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
    expect(await logger.complete()).toMatchObject({ pending: 1 });
    expect(told.filter((line) => line.includes("LB1637"))).toHaveLength(1);
    expect(told.join()).toContain("ECONNREFUSED");
    await receiver.up();
    logger.info("y");
    expect(await logger.complete({ timeout: 20_000 })).toMatchObject({ dropped: 0 });
    await receiver.until(2);
    expect(receiver.counts("")).toMatchObject({ records: 2 });
  });

  test("what the collector leaves out is dropped, reported, and told to the collector as a record", async () => {
    const receiver = await receiving({ policy: { rejectEach: 2 } });
    const { logger, sink, told } = logging({ url: receiver.url, code: false });
    for (let index = 0; index < 10; index++) logger.info("x");
    expect(await logger.complete()).toMatchObject({ dropped: 2, pending: 0 });
    receiver.follow({});
    logger.info("again");
    await logger.complete();
    await logger.complete();
    expect(sink.stats().reasons.rejected).toBe(2);
    expect(told).toEqual([expect.stringMatching(/2 log records were dropped: left out by the collector: .*LB1636/)]);
    expect(receiver.records.find(({ scope }) => scope.name === "@logbridge/adapter-otel")).toMatchObject({
      severityNumber: 13,
      severityText: "WARNING",
      body: expect.stringMatching(/^2 log records were dropped/) as string,
      attributes: { "logbridge.dropped.count": 2, "logbridge.dropped.reason": "rejected" },
    });
  });

  test("a collector that leaves our own record out hears of no loss of a loss", async () => {
    const receiver = await receiving({ policy: { rejectEach: 1 } });
    const { logger, sink } = logging({ url: receiver.url, batch: { maxRecords: 1 } });
    for (let index = 0; index < 3; index++) logger.info("x");
    for (let round = 0; round < 5; round++) await logger.complete();
    expect(sink.stats()).toMatchObject({ sent: 0, dropped: 3, pending: 0 });
    // The three, and those of ours that were tried.
    expect(receiver.requests.length).toBeLessThanOrEqual(3 + 2);
  });

  test("the last losses are told to the collector where nothing is logged any more, and are counted once", async () => {
    const receiver = await receiving({ policy: { poison: "poison" } });
    const { logger, sink } = logging({ url: receiver.url });
    for (let index = 0; index < 9; index++) logger.info("fine", { i: index });
    logger.info("poison");
    expect(await logger.complete()).toEqual({ sent: 9, dropped: 1, pending: 0 });
    expect(noticesAt(receiver)).toEqual([{ "logbridge.dropped.count": 1, "logbridge.dropped.reason": "refused" }]);
    await logger.remove();
    expect(sink.stats()).toMatchObject({ sent: 9, dropped: 1, pending: 0 });
    expect(noticesAt(receiver)).toHaveLength(1);
  });

  test("the losses of a full queue are told to the collector with their sum, and take no place in the queue", async () => {
    const receiver = await receiving();
    const { logger, sink } = logging({ url: receiver.url, queue: { maxRecords: 3 } });
    for (let round = 1; round <= 2; round++) {
      for (let index = 0; index < 10; index++) logger.info("x");
      expect(await logger.complete()).toMatchObject({ sent: 3 * round, dropped: 7 * round, pending: 0 });
    }
    const counts = noticesAt(receiver).map((attributes) => attributes["logbridge.dropped.count"]);
    expect(counts).toEqual([7, 7]);
    await logger.remove();
    expect(sink.stats()).toMatchObject({ sent: 6, dropped: 14 });
  });

  test("a wrong token costs one request, not one for each half", async () => {
    const receiver = await receiving({ policy: { refuse: { times: 1_000, status: 401 } } });
    const { logger, told } = logging({ url: receiver.url });
    for (let index = 0; index < 1_000; index++) logger.info("x");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 1_000, pending: 0 });
    expect(receiver.requests.length).toBeLessThanOrEqual(2);
    expect(told.join()).toContain("401");
  });

  test("one record that is refused costs one record", async () => {
    const receiver = await receiving({ policy: { poison: "poison" } });
    const { logger } = logging({ url: receiver.url });
    for (let index = 0; index < 99; index++) logger.info("fine", { i: index });
    logger.info("poison");
    expect(await logger.complete()).toEqual({ sent: 99, dropped: 1, pending: 0 });
    expect(receiver.counts()).toMatchObject({ unique: 99, doubled: 0 });
  });

  test("what comes after the sink was removed is lost, and counted", async () => {
    const receiver = await receiving();
    const sink = otelSink({ url: receiver.url });
    const logger = createLogger();
    const kept: LogRecord[] = [];
    logger.add({ write: (_text: string, record: LogRecord) => void kept.push(record) });
    const id = logger.add(sink, { onError: () => {} });
    logger.info("in time");
    await logger.remove(id);
    expect(sink.stats()).toMatchObject({ sent: 1 });
    sink.write("", kept[0] as LogRecord);
    expect(sink.stats()).toMatchObject({ sent: 1, dropped: 1 });
  });

  test("a sink that is added again sends again", async () => {
    const receiver = await receiving();
    const sink = otelSink({ url: receiver.url });
    const logger = createLogger();
    for (let round = 0; round < 2; round++) {
      const id = logger.add(sink);
      logger.info("x");
      await logger.remove(id);
    }
    expect(receiver.records).toHaveLength(2);
    expect(sink.stats(), "of both times").toMatchObject({ sent: 2, pending: 0, dropped: 0 });
  });

  test("a sink that is added again before it was removed altogether sends for both, and counts both", async () => {
    const receiver = await receiving({ policy: { delayMs: 300 } });
    const sink = otelSink({ url: receiver.url });
    const logger = createLogger();
    const first = logger.add(sink);
    for (let index = 0; index < 10; index++) logger.info("first", { i: index });
    const removed = logger.remove(first);
    logger.add(sink);
    logger.info("second", { i: 10 });
    expect(sink.stats()).toMatchObject({ sent: 0, pending: 11 });
    expect(await logger.complete(), "of both").toEqual({ sent: 11, dropped: 0, pending: 0 });
    await removed;
    expect(sink.stats()).toMatchObject({ sent: 11, dropped: 0, pending: 0 });
    expect(receiver.counts()).toMatchObject({ unique: 11, doubled: 0 });
    await logger.remove();
  });

  test("what the first time has lost is none of the second one's", async () => {
    const receiver = await receiving({ policy: { refuse: { times: 1, status: 401 } } });
    const sink = otelSink({ url: receiver.url });
    const logger = createLogger();
    const id = logger.add(sink, { onError: () => {} });
    logger.info("first");
    await logger.remove(id);
    logger.add(sink);
    logger.info("second");
    expect(await logger.complete()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(sink.stats()).toMatchObject({ sent: 1, dropped: 1 });
    await logger.remove();
  });

  test("what one handler has lost is none of another one's with the same sink", async () => {
    const receiver = await receiving({ policy: { refuse: { times: 1, status: 401 } } });
    const sink = otelSink({ url: receiver.url });
    const [one, other] = [createLogger(), createLogger()];
    one.add(sink, { onError: () => {} });
    one.info("first");
    expect(await one.complete()).toEqual({ sent: 0, dropped: 1, pending: 0 });
    other.add(sink);
    for (const text of ["second", "third"]) other.info(text);
    expect(await other.complete()).toEqual({ sent: 2, dropped: 0, pending: 0 });
    await Promise.all([one.remove(), other.remove()]);
  });

  test("what was left on disk is sent by the next time, and counted once", async () => {
    const dir = mkdtempSync(join(tmpdir(), "logbridge-otel-sink-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const receiver = await receiving({ down: true });
    const sink = otelSink({ url: receiver.url, spool: { dir }, flushTimeoutMs: 500 });
    const logger = createLogger();
    const id = logger.add(sink, { onError: () => {} });
    for (let index = 0; index < 5; index++) logger.info("first", { i: index });
    await logger.remove(id);
    expect(sink.stats()).toMatchObject({ sent: 0, pending: 5, spooled: 5 });
    await receiver.up();
    logger.add(sink);
    for (let index = 5; index < 8; index++) logger.info("second", { i: index });
    await receiver.until(8);
    expect(await logger.complete()).toEqual({ sent: 3, dropped: 0, pending: 0 });
    expect(sink.stats()).toMatchObject({ sent: 8, pending: 0, spooled: 0 });
    expect(receiver.counts()).toMatchObject({ unique: 8, doubled: 0 });
    await logger.remove();
  });

  test("a request that is under way when the sink is removed is given up, and not made again", async () => {
    const receiver = await receiving();
    const sink = otelSink({ url: receiver.url, flushTimeoutMs: 200 });
    const logger = createLogger();
    const id = logger.add(sink, { onError: () => {} });
    logger.info("first", { i: 0 });
    await logger.complete();
    receiver.follow({ hang: 1 });
    logger.info("second", { i: 1 });
    await logger.remove(id);
    expect(sink.stats()).toMatchObject({ sent: 1, dropped: 1 });
    // Whatever comes over a new connection has come before what is sent now.
    const { logger: another } = logging({ url: receiver.url });
    another.info("third", { i: 2 });
    await another.complete();
    expect(receiver.records.map(({ body }) => body)).toEqual(["first", "third"]);
  });

  test("a sink that two handlers have is open until the second one is removed", async () => {
    const receiver = await receiving();
    const sink = otelSink({ url: receiver.url });
    const logger = createLogger();
    const first = logger.add(sink);
    const second = logger.add(sink);
    await logger.remove(first);
    logger.info("x");
    await logger.remove(second);
    expect(receiver.records).toHaveLength(1);
  });
});
