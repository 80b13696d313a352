import http from "node:http";
import http2 from "node:http2";
import { syncBuiltinESMExports } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import * as api from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { isTracingSuppressed } from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import {
  BatchLogRecordProcessor,
  ConsoleLogRecordExporter,
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ReceivedRecord } from "../../../test/otlp-receiver/record.mjs";
import { type ForwardDiagOptions, forwardDiag } from "../src/diag.ts";
import { interceptOtel } from "../src/intercept.ts";
import { otelSink } from "../src/sink.ts";
import { exporting, listened, withContexts } from "./intercept-support.ts";
import { receiving } from "./sink-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));

afterEach(() => {
  logs.disable();
  api.diag.disable();
});

const messages = (records: readonly LogRecord[]): string[] => records.map(({ message }) => message);
const bodies = (records: readonly ReceivedRecord[]): unknown[] => records.map(({ body }) => body);

/** The SDK's messages come to a logger, for the time of a test. */
function forwarding(options: ForwardDiagOptions): ReturnType<typeof forwardDiag> {
  const made = forwardDiag(options);
  onTestFinished(() => made.restore());
  return made;
}

function intercepting(...args: Parameters<typeof interceptOtel>): ReturnType<typeof interceptOtel> {
  const made = interceptOtel(...args);
  onTestFinished(() => made.restore());
  return made;
}

/** Lets everything happen that is under way: until so much time has passed without a change. */
async function settled(count: () => number, quietMs = 300): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await pause(quietMs);
  }
}

describe("the SDK's own messages", () => {
  test("at VERBOSE into a sink that takes them: as many records as the rate allows, none with a batch in it", async () => {
    const receiver = await receiving();
    const { logger, records } = listened();
    const exporter = new OTLPLogExporter({ url: receiver.url });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    logger.add(otelSink({ provider, includeDiag: true }), { level: 0 });
    const forward = forwarding({ logger, level: "VERBOSE", perMinute: 10 });
    logger.info("seed");
    await settled(() => receiver.records.length);
    await logger.complete();
    expect(bodies(receiver.records)).toContain("seed");
    // The loop is there, each export says something, and it is bounded.
    expect(receiver.records.length).toBeGreaterThan(3);
    expect(receiver.records.length).toBeLessThanOrEqual(13);
    expect(forward.dropped()).toBeGreaterThan(0);
    const longest = Math.max(...receiver.records.map((record) => JSON.stringify(record.attributes).length));
    expect(longest).toBeLessThan(1_000);
    expect(records.length).toBeLessThanOrEqual(13);
  });

  test("never reach a sink that does not ask for them, and reach all others", async () => {
    const receiver = await receiving();
    const { logger, records } = listened();
    const exporter = new OTLPLogExporter({ url: receiver.url });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    logger.add(otelSink({ provider }), { level: 0 });
    logger.add(otelSink({ url: receiver.url }), { level: 0 });
    forwarding({ logger, level: "VERBOSE" });
    logger.info("seed");
    await settled(() => receiver.records.length);
    await logger.complete();
    expect(bodies(receiver.records)).toEqual(["seed", "seed"]);
    expect(messages(records)).toContain("seed");
    expect(records.length).toBeGreaterThan(1);
    await logger.remove();
  });

  test("about an attribute that is refused, into sinks that hand on what is refused: one for each, and no recursion", () => {
    const { logger, records } = listened();
    const { provider, bodies: exported } = exporting();
    const forward = forwarding({ logger });
    // A sink of somebody else, which hands on what the SDK does not take; and one more, which gets what the first one causes.
    const naive = (text: string, { message }: LogRecord): void =>
      provider.getLogger("naive").emit({ body: message, attributes: { at: new Date(text.length) } as never });
    logger.add(naive);
    logger.add((text, record) => naive(text, record));
    logger.info("seed");
    const refused = exported().filter((body) => /attribute/i.test(String(body)));
    expect(exported()).toContain("seed");
    expect(messages(records)).toContain("seed");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(2);
    expect(records.length).toBeLessThanOrEqual(3);
    expect(forward.dropped()).toBeGreaterThan(0);
  });

  test("while the collector is down, at INFO: as many records as the rate allows", async () => {
    const receiver = await receiving({ down: true });
    const { logger, records } = listened();
    const exporter = new OTLPLogExporter({ url: receiver.url, timeoutMillis: 300 });
    const provider = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 20 })],
    });
    logger.add(otelSink({ provider, includeDiag: true }), { level: 0 });
    const forward = forwarding({ logger, level: "INFO", perMinute: 5 });
    logger.info("seed");
    await vi.waitFor(() => expect(forward.dropped()).toBeGreaterThan(0), { timeout: 20_000 });
    await settled(() => records.length, 1_000);
    expect(messages(records)).toContain("seed");
    expect(records.length).toBeGreaterThan(1);
    expect(records.length).toBeLessThanOrEqual(8);
    await provider.shutdown().catch(() => {});
  });
});

describe("in and out by one provider", () => {
  /** The way in and the way out, and a plain sink beside them. */
  function ring(how: "tap" | "processor" | "global") {
    const { logger, records } = listened();
    const interception = how === "processor" ? intercepting({ logger }) : null;
    const { provider, bodies: exported } = exporting(...(interception ? [interception] : []));
    if (how === "global") {
      logs.setGlobalLoggerProvider(provider);
      intercepting({ logger });
    }
    if (how === "tap") intercepting({ logger, provider });
    return { logger, records, provider, exported };
  }

  test.each(["tap", "processor", "global"] as const)("each record is once on each side: %s", (how) => {
    const { logger, records, provider, exported } = ring(how);
    logger.add(otelSink({ provider }), { level: 0 });
    logger.info("ours");
    provider.getLogger("library").emit({ body: "theirs" });
    api.context.with(api.ROOT_CONTEXT, () => logger.info("ours again"));
    expect(messages(records)).toEqual(["ours", "theirs", "ours again"]);
    expect(exported()).toEqual(["ours", "theirs", "ours again"]);
  });

  test.each(["tap", "processor"] as const)(
    "a record that came in is not sent back by a detour, later: %s",
    async (how) => {
      const { logger, records, provider, exported } = ring(how);
      const other = createLogger();
      other.add(otelSink({ provider }), { level: 0 });
      logger.add((_text, record) => void setTimeout(() => other.emit(record)), { level: 0 });
      provider.getLogger("library").emit({ body: "theirs" });
      logger.info("ours");
      await settled(() => exported().length, 50);
      expect(messages(records)).toEqual(["theirs", "ours"]);
      // The hidden mark on the record tells; what is ours goes out by the detour, once, and comes in no more.
      expect(exported()).toEqual(["theirs", "ours"]);
    },
  );

  test("a record that goes out and comes back later, with another text, is known by its context", async () => {
    const { logger, records } = listened();
    const { provider: second, bodies: exported } = exporting(intercepting({ logger }));
    const deferring: LogRecordProcessor = {
      onEmit(_record, context) {
        setTimeout(() =>
          second.getLogger("deferred").emit({ body: "rewritten", ...(context && { context }) } as never),
        );
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const first = new LoggerProvider({ processors: [deferring] });
    logger.add(otelSink({ provider: first }), { level: 0 });
    logger.info("ours");
    await settled(() => exported().length, 50);
    expect(exported()).toEqual(["rewritten"]);
    expect(messages(records)).toEqual(["ours"]);
    // What is emitted at the end of that way is heard, and goes round by it once.
    second.getLogger("library").emit({ body: "theirs" });
    await settled(() => exported().length, 50);
    expect(exported()).toEqual(["rewritten", "theirs", "rewritten"]);
    expect(messages(records)).toEqual(["ours", "theirs"]);
  });

  test("another logger of ours, which has no part in it, hears what this one emits", () => {
    const [one, other] = [listened(), listened()];
    const { provider, bodies: exported } = exporting(intercepting({ logger: other.logger }));
    one.logger.add(otelSink({ provider }), { level: 0 });
    one.logger.info("from one");
    expect(messages(other.records)).toEqual(["from one"]);
    expect(exported()).toEqual(["from one"]);
    expect(messages(one.records)).toEqual(["from one"]);
  });

  test("two providers in a ring each get each record once", () => {
    const { logger, records } = listened();
    const [first, second] = [exporting(intercepting({ logger })), exporting(intercepting({ logger }))];
    logger.add(otelSink({ provider: first.provider }), { level: 0 });
    logger.add(otelSink({ provider: second.provider }), { level: 0 });
    first.provider.getLogger("a").emit({ body: "at the first" });
    second.provider.getLogger("b").emit({ body: "at the second" });
    logger.info("ours");
    const all = ["at the first", "at the second", "ours"];
    expect(messages(records)).toEqual(all);
    expect(first.bodies()).toEqual(all);
    expect(second.bodies()).toEqual(all);
  });

  test("two loggers of ours and two providers in a ring end as well", () => {
    const [one, other] = [listened(), listened()];
    const first = exporting(intercepting({ logger: other.logger }));
    const second = exporting(intercepting({ logger: one.logger }));
    one.logger.add(otelSink({ provider: first.provider }), { level: 0 });
    other.logger.add(otelSink({ provider: second.provider }), { level: 0 });
    one.logger.info("x");
    expect(messages(one.records)).toEqual(["x"]);
    expect(messages(other.records)).toEqual(["x"]);
    expect([first.bodies(), second.bodies()]).toEqual([["x"], ["x"]]);
  });

  test.each(["tee", "replace"] as const)(
    "a sink that is registered for the process and an interception send each record once: %s",
    async (mode) => {
      const receiver = await receiving();
      const { logger, records } = listened();
      logger.add(otelSink({ url: receiver.url, registerGlobal: true }), { level: 0 });
      intercepting({ logger, mode });
      logs.getLogger("library").emit({ body: "theirs" });
      logger.info("ours");
      await logger.complete();
      expect(bodies(receiver.records).sort()).toEqual(["ours", "theirs"]);
      expect(messages(records)).toEqual(["theirs", "ours"]);
      await logger.remove();
    },
  );

  test("a handler of ours that logs while it takes in what was emitted ends", () => {
    const { logger, records } = listened();
    const { provider, bodies: exported } = exporting(intercepting({ logger }));
    logger.add(otelSink({ provider }), { level: 0 });
    logger.add((_text, record) => void logger.debug(`seen ${record.message}`), { level: "INFO" });
    provider.getLogger("library").emit({ body: "theirs" });
    expect(messages(records)).toEqual(["theirs", "seen theirs"]);
    expect(exported().sort()).toEqual(["seen theirs", "theirs"]);
  });
});

describe("instrumentation of what exporters use", () => {
  /** Replaces a function of a module of Node's for the time of a test, for whoever imports it. */
  function instrument<Module extends object>(module: Module, name: keyof Module, seen: () => void): void {
    const original = module[name] as (...args: unknown[]) => unknown;
    (module as Record<keyof Module, unknown>)[name] = function instrumented(this: unknown, ...args: unknown[]) {
      // As OpenTelemetry's instrumentations do it.
      if (!isTracingSuppressed(api.context.active())) seen();
      return original.apply(this, args);
    };
    syncBuiltinESMExports();
    onTestFinished(() => {
      (module as Record<keyof Module, unknown>)[name] = original;
      syncBuiltinESMExports();
    });
  }

  async function sentOnce(logger: Logger, receiver: Awaited<ReturnType<typeof receiving>>): Promise<void> {
    logger.info("seed");
    await logger.complete();
    await settled(() => receiver.records.length, 100);
    expect(bodies(receiver.records)).toEqual(["seed"]);
  }

  test.each(["http/protobuf", "http/json"] as const)("of HTTP sees no request of a sink: %s", async (protocol) => {
    withContexts();
    const receiver = await receiving();
    const { logger, records } = listened();
    instrument(http, "request", () => logger.info("outgoing request"));
    logger.add(otelSink({ url: receiver.url, protocol }), { level: 0 });
    await sentOnce(logger, receiver);
    // And it sees those of others.
    http
      .request(receiver.url)
      .on("error", () => {})
      .destroy();
    expect(messages(records)).toEqual(["seed", "outgoing request"]);
    await logger.remove();
  });

  test("of HTTP/2 sees no connection of a sink to gRPC", async () => {
    withContexts();
    const receiver = await receiving();
    const { logger, records } = listened();
    instrument(http2, "connect", () => logger.info("outgoing connection"));
    logger.add(otelSink({ url: receiver.grpcUrl, protocol: "grpc" }), { level: 0 });
    await sentOnce(logger, receiver);
    http2
      .connect(receiver.endpoint)
      .on("error", () => {})
      .destroy();
    expect(messages(records)).toEqual(["seed", "outgoing connection"]);
    await logger.remove();
  });
});

describe("the console exporter", () => {
  const prints = (records: readonly LogRecord[]): number =>
    records.filter(({ origin }) => origin?.name === "console").length;

  /** The console comes in, and stays silent. */
  function quietConsole(logger: Logger): void {
    const interception = interceptConsole({ logger });
    onTestFinished(() => interception.restore());
  }

  test("at once, with the console intercepted: what it prints of a record of ours is no record", () => {
    const { logger, records } = listened();
    quietConsole(logger);
    const exporter = new ConsoleLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    logger.add(otelSink({ provider }), { level: 0 });
    logger.info("seed");
    console.info("the application's own");
    expect(messages(records)).toEqual(["seed", "the application's own"]);
  });

  test("at once, with console and provider intercepted: what it prints of theirs is no record", () => {
    const { logger, records } = listened();
    quietConsole(logger);
    const exporter = new ConsoleLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    intercepting({ logger, provider });
    provider.getLogger("library").emit({ body: "theirs" });
    expect(messages(records)).toEqual(["theirs"]);
  });

  test("in batches, with the console intercepted: it ends", async () => {
    const { logger, records } = listened();
    quietConsole(logger);
    const exporter = new ConsoleLogRecordExporter();
    const provider = new LoggerProvider({
      processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 10 })],
    });
    logger.add(otelSink({ provider }), { level: 0 });
    logger.info("seed");
    await settled(() => records.length);
    expect(messages(records)).toContain("seed");
    expect(prints(records)).toBeLessThanOrEqual(1);
    await provider.shutdown();
  });

  test("behind an interception that is a processor: what it prints of theirs comes in once, and no more of that", () => {
    const { logger, records } = listened();
    quietConsole(logger);
    const kept = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({
      processors: [
        intercepting({ logger }),
        new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() }),
        new SimpleLogRecordProcessor({ exporter: kept }),
      ],
    });
    logger.add(otelSink({ provider }), { level: 0 });
    logger.info("ours");
    provider.getLogger("library").emit({ body: "theirs" });
    const [first, ...rest] = kept.getFinishedLogRecords().map(({ body }) => body);
    expect(first).toBe("ours");
    expect(rest.filter((body) => body === "theirs")).toHaveLength(1);
    expect(rest.length).toBeLessThanOrEqual(2);
    expect(messages(records).slice(0, 2)).toEqual(["ours", "theirs"]);
    expect(prints(records)).toBeLessThanOrEqual(1);
  });
});
