import { type LogRecord, report } from "@logbridge/core";
import type * as api from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import {
  BatchLogRecordProcessor,
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
  type SdkLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type InterceptOtelOptions, interceptOtel } from "../src/intercept.ts";
import { bridgeProcessor } from "../src/processor.ts";
import { otelSink } from "../src/sink.ts";
import { listened, only } from "./intercept-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

beforeEach(() => void vi.mocked(report).mockClear());
afterEach(() => logs.disable());

const messages = (records: readonly LogRecord[]): string[] => records.map(({ message }) => message);

function processor(onEmit: LogRecordProcessor["onEmit"]): LogRecordProcessor {
  return { onEmit, forceFlush: async () => {}, shutdown: async () => {} };
}

/** Hands on to others, as people write it. */
class Composite implements LogRecordProcessor {
  readonly list: readonly LogRecordProcessor[];

  constructor(...list: readonly LogRecordProcessor[]) {
    this.list = list;
  }

  onEmit(record: SdkLogRecord, context?: api.Context): void {
    for (const one of this.list) one.onEmit(record, context);
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.list.map((one) => one.forceFlush()));
  }

  async shutdown(): Promise<void> {}
}

type Makes = (exporter: InMemoryLogRecordExporter) => LogRecordProcessor;

const batching: Makes = (exporter) => new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 60_000 });
const simple: Makes = (exporter) => new SimpleLogRecordProcessor({ exporter });
const ours: Makes = (exporter) => bridgeProcessor({ exporter }) as unknown as LogRecordProcessor;

const EXPORTING: Readonly<Record<string, Makes>> = {
  simple,
  batching,
  "bridgeProcessor()": ours,
  "three composites": (exporter) => new Composite(new Composite(new Composite(simple(exporter)))),
  "bridgeProcessor() in a composite": (exporter) =>
    new Composite(
      processor(() => {}),
      ours(exporter),
    ),
};
const kinds = Object.keys(EXPORTING);

/** A provider, and what its exporter has got once all is flushed. */
function providerOf(make: Makes, ...before: readonly LogRecordProcessor[]) {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [...before, make(exporter)] });
  const exported = async (): Promise<unknown[]> => {
    await provider.forceFlush();
    return exporter.getFinishedLogRecords().map(({ body }) => body);
  };
  return { provider, exporter, exported };
}

function intercepting(options: InterceptOtelOptions): ReturnType<typeof interceptOtel> {
  const made = interceptOtel(options);
  onTestFinished(() => made.restore());
  return made;
}

describe.each(kinds)("replaced, %s", (kind) => {
  const make = EXPORTING[kind] as Makes;

  test("exports nothing that came in, and all again after restore()", async () => {
    const { provider, exporter, exported } = providerOf(make);
    const before = Object.getOwnPropertyNames(exporter);
    const { logger, records } = listened();
    const interception = intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "1" });
    expect(await exported()).toEqual([]);
    expect(messages(records)).toEqual(["1"]);
    expect(reported()).toEqual([]);
    interception.restore();
    expect(Object.getOwnPropertyNames(exporter)).toEqual(before);
    provider.getLogger("app").emit({ body: "2" });
    expect(await exported()).toEqual(["2"]);
    expect(messages(records)).toEqual(["1"]);
  });

  test("what it still holds when the interception ends is not exported either", async () => {
    const { provider, exporter, exported } = providerOf(make);
    const { logger } = listened();
    provider.getLogger("app").emit({ body: "before" });
    const interception = intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "ours" });
    interception.restore();
    provider.getLogger("app").emit({ body: "after" });
    expect(await exported()).toEqual(["before", "after"]);
    expect(Object.hasOwn(exporter, "export")).toBe(false);
  });

  test("in and out by one provider: each record once on each side", async () => {
    const { provider, exported } = providerOf(make);
    const { logger, records } = listened();
    logger.add(otelSink({ provider }), { level: 0 });
    intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "foreign" });
    logger.info("own");
    expect((await exported()).sort()).toEqual(["foreign", "own"]);
    expect(messages(records)).toEqual(["foreign", "own"]);
  });

  test("exports what is below the level of the interception neither, and what a filter of ours takes", async () => {
    const { provider, exported } = providerOf(make);
    const { logger, records } = listened("WARNING");
    intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "below", severityNumber: 5 });
    expect([await exported(), messages(records)]).toEqual([[], []]);
  });

  test("every processor runs, each once, and what it does is done to our record", async () => {
    const seen: unknown[] = [];
    const hiding = processor((record) => {
      seen.push(record.body);
      record.setAttribute("password", "***");
    });
    const { provider, exported } = providerOf(make, hiding);
    const { logger, records } = listened();
    intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "x", attributes: { password: "hunter2" } });
    expect(only(records).extra).toEqual({ password: "***" });
    expect([seen, await exported()]).toEqual([["x"], []]);
  });
});

/** Redacts and exports, in one class. */
class Redacting extends BatchLogRecordProcessor {
  override onEmit(record: SdkLogRecord): void {
    record.setAttribute("password", "***");
    super.onEmit(record);
  }
}

/** The usual wrapper: others get a redacted copy. */
function handingOnACopy(next: LogRecordProcessor): LogRecordProcessor {
  return Object.assign(
    processor((record, context) => {
      const attributes = { ...record.attributes, password: "***" };
      next.onEmit(
        Object.create(record, { attributes: { value: attributes, enumerable: true } }) as SdkLogRecord,
        context,
      );
    }),
    { next, forceFlush: () => next.forceFlush() },
  );
}

const HIDING: Readonly<Record<string, Makes>> = {
  "a subclass that exports": (exporter) => new Redacting({ exporter }),
  "a wrapper of the simple one that hands on a copy": (exporter) => handingOnACopy(simple(exporter)),
  "a wrapper of the batching one that hands on a copy": (exporter) => handingOnACopy(batching(exporter)),
  "a wrapper of bridgeProcessor() that hands on a copy": (exporter) => handingOnACopy(ours(exporter)),
};

describe.each(Object.keys(HIDING))("what is hidden by %s", (name) => {
  const make = HIDING[name] as Makes;

  test.each(["tee", "replace"] as const)("stays hidden: %s", async (mode) => {
    const { provider, exporter } = providerOf(make);
    const { logger, records } = listened();
    intercepting({ provider, logger, mode });
    provider.getLogger("app").emit({ body: "x", attributes: { password: "hunter2" } });
    expect(only(records).extra).toEqual({ password: "***" });
    await provider.forceFlush();
    const exported = exporter.getFinishedLogRecords().map(({ attributes }) => attributes);
    expect(exported).toEqual(mode === "tee" ? [{ password: "***" }] : []);
  });
});

test("an exporter that is shared by two processors exports what nobody took, once for each", async () => {
  const exporter = new InMemoryLogRecordExporter();
  const [listenedTo, other] = [simple, batching].map((make) => new LoggerProvider({ processors: [make(exporter)] }));
  const { logger } = listened();
  intercepting({ provider: listenedTo as LoggerProvider, logger, mode: "replace" });
  listenedTo?.getLogger("app").emit({ body: "ours" });
  other?.getLogger("app").emit({ body: "theirs" });
  await other?.forceFlush();
  expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["theirs"]);
});

test("a batch of both is exported without ours, and its processor hears of success", async () => {
  const batches: (readonly ReadableLogRecord[])[] = [];
  const results: unknown[] = [];
  const exporter = {
    export(records: ReadableLogRecord[], done: (result: { code: number }) => void) {
      batches.push(records);
      done({ code: 0 });
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
  const { logger } = listened();
  logger.add(otelSink({ provider }), { level: "ERROR" });
  intercepting({ provider, logger, mode: "replace" });
  const theirs = provider.getLogger("app");
  for (const [severityNumber, body] of [
    [9, "1"],
    [17, "2"],
    [9, "3"],
  ] as const)
    theirs.emit({ severityNumber, body });
  await provider.forceFlush().then(() => results.push("flushed"));
  expect(batches.map((records) => records.map(({ body }) => body))).toEqual([["2"]]);
  expect(results).toEqual(["flushed"]);
});

test("what waits behind batches of others when the interception ends is not exported either", async () => {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter, maxExportBatchSize: 2, scheduledDelayMillis: 60_000 })],
  });
  const { logger } = listened();
  const theirs = provider.getLogger("app");
  for (const body of ["1", "2", "3", "4"]) theirs.emit({ body });
  const interception = intercepting({ provider, logger, mode: "replace" });
  theirs.emit({ body: "ours" });
  interception.restore();
  theirs.emit({ body: "5" });
  await provider.forceFlush();
  expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["1", "2", "3", "4", "5"]);
  expect(Object.hasOwn(exporter, "export")).toBe(false);
});

test("exporters that throw or log in their export cost nobody a record", () => {
  const exporter = new InMemoryLogRecordExporter();
  const failing = {
    export: () => {
      throw new Error("theirs");
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const provider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: failing }), simple(exporter)],
  });
  const { logger } = listened();
  logger.add(otelSink({ provider }), { level: 0 });
  intercepting({ provider, logger, mode: "replace" });
  logger.info("own");
  expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["own"]);
});

describe("an exporter that nobody can reach", () => {
  const exporter = new InMemoryLogRecordExporter();
  const closed = processor((record) => exporter.export([record], () => {}));

  test("is said, and the records are theirs as well: out by the same provider they are not sent twice", () => {
    const provider = new LoggerProvider({ processors: [closed] });
    const { logger, records } = listened();
    logger.add(otelSink({ provider }), { level: 0 });
    intercepting({ provider, logger, mode: "replace" });
    expect(reported()).toEqual(["LB1658"]);
    provider.getLogger("app").emit({ body: "x" });
    expect(messages(records)).toEqual(["x"]);
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["x"]);
  });

  test("a provider without processors has none, and nothing is said", () => {
    const { logger, records } = listened();
    const provider = new LoggerProvider();
    intercepting({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "x" });
    expect([reported(), messages(records)]).toEqual([[], ["x"]]);
  });

  test("frozen ones are none that can be reached", () => {
    const frozen = Object.freeze(
      new SimpleLogRecordProcessor({ exporter: Object.freeze(new InMemoryLogRecordExporter()) }),
    );
    const { logger } = listened();
    intercepting({ provider: new LoggerProvider({ processors: [frozen] }), logger, mode: "replace" });
    expect(reported()).toEqual(["LB1658"]);
  });
});
