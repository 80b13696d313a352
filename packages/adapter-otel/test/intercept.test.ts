import { inspect, isError, type LogRecord, report } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { logs, type LogRecord as OtelRecord } from "@opentelemetry/api-logs";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type InterceptOtelOptions, interceptOtel } from "../src/intercept.ts";
import { arrivalOf } from "../src/origin-mark.ts";
import { exporting, type Listened, listened, only, SPAN, TRACED, withContexts } from "./intercept-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

beforeEach(() => void vi.mocked(report).mockClear());
afterEach(() => logs.disable());

/** What is emitted by a provider's logger "app 1.2" comes to a logger of ours. */
function tapped(options: InterceptOtelOptions = {}): Listened & { emit(record: OtelRecord): void } {
  const heard = listened();
  const { provider } = exporting();
  interceptOtel({ provider, logger: heard.logger, ...options });
  const logger = provider.getLogger("app", "1.2");
  return { ...heard, emit: (record) => logger.emit(record) };
}

/** The same without any provider. */
function standingIn(): Listened & { emit(record: OtelRecord): void } {
  const heard = listened();
  const interception = interceptOtel({ logger: heard.logger });
  onTestFinished(() => interception.restore());
  const logger = logs.getLogger("app", "1.2");
  return { ...heard, emit: (record) => logger.emit(record) };
}

describe("a record of OpenTelemetry becomes one of ours", () => {
  test("with time, severity, scope and attributes", () => {
    const { records, emit } = tapped();
    emit({
      timestamp: [1_700_000_000, 123_456_789],
      severityNumber: 13,
      severityText: "warn",
      body: "disk at 91 %",
      attributes: { disk: "sda", used: 0.91, tags: ["a", "b"], nested: { deep: true }, bytes: new Uint8Array([1, 2]) },
    });
    const record = only(records);
    expect(record.micros).toBe(1_700_000_000_123_457);
    expect(record.level).toMatchObject({ name: "WARNING", no: 30 });
    expect(record.message).toBe("disk at 91 %");
    expect(record.args).toEqual([]);
    expect(record.name).toBe("app");
    expect(record.extra).toEqual({
      disk: "sda",
      used: 0.91,
      tags: ["a", "b"],
      nested: { deep: true },
      bytes: new Uint8Array([1, 2]),
    });
    expect(record.origin).toEqual({ name: "otel", level: { name: "warn", no: 13 } });
    expect(arrivalOf(record)).toMatchObject({
      time: [1_700_000_000, 123_456_789],
      micros: record.micros,
      scope: { name: "app", version: "1.2" },
      printed: true,
    });
    // What has no field of a record's own is in no output.
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({
      origin: { name: "otel", level: { name: "warn", no: 13 } },
    });
  });

  test.each<[number | undefined, string | undefined, string]>([
    [1, "TRACE", "TRACE"],
    [5, undefined, "DEBUG"],
    [10, "SUCCESS", "SUCCESS"],
    [10, "INFO2", "INFO"],
    [17, "error", "ERROR"],
    [21, "FATAL", "CRITICAL"],
    [24, undefined, "CRITICAL"],
    [undefined, undefined, "INFO"],
    [0, undefined, "INFO"],
  ])("of severity %s %s at level %s", (severityNumber, severityText, level) => {
    const { records, emit } = tapped();
    emit({ ...(severityNumber !== undefined && { severityNumber }), ...(severityText && { severityText }), body: "x" });
    expect(only(records).level.name).toBe(level);
    expect(only(records).origin?.level).toEqual({ name: severityText ?? "", no: severityNumber ?? 0 });
  });

  test("a body that is no text is shown on one line and stays what it is", () => {
    const { records, emit, logger } = tapped();
    emit({ body: { order: 7, items: ["a", { sku: "b" }] } });
    emit({ body: 42 });
    emit({ eventName: "session.start", attributes: { user: "ada" } });
    const [map, number, event] = records;
    expect(map?.message).toBe("{ order: 7, items: [ 'a', { sku: 'b' } ] }");
    expect(map?.template).toBe(map?.message);
    expect(map?.args).toEqual([{ order: 7, items: ["a", { sku: "b" }] }]);
    expect([number?.message, number?.args]).toEqual(["42", [42]]);
    expect([event?.message, event?.args, event?.extra]).toEqual([
      "session.start",
      [undefined],
      { user: "ada", "otel.event.name": "session.start" },
    ]);
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 3, dropped: 0 });
  });

  test("redaction of ours reaches into a structured body, its text included", () => {
    const { logger } = listened();
    const texts: string[] = [];
    const bodies: unknown[] = [];
    const write = (text: string, { args }: LogRecord): void => {
      texts.push(text);
      bodies.push(args[0]);
    };
    logger.add(write, { redact: ["**.password"], format: "{message}" });
    const { provider } = exporting();
    interceptOtel({ provider, logger });
    provider.getLogger("app").emit({ body: { user: "ada", password: "hunter2" } });
    expect(only(texts)).not.toContain("hunter2");
    expect(only(texts)).toContain("ada");
    expect(JSON.stringify(only(bodies))).not.toContain("hunter2");
  });

  test("what was thrown is the very object, with causes, code and class, also at the limit of attributes", () => {
    const { records, emit } = tapped();
    const thrown = Object.assign(new TypeError("no user", { cause: new Error("db down") }), { code: "E_USER" });
    emit({ body: "failed", exception: thrown, attributes: { step: 1 } });
    const many = Object.fromEntries(Array.from({ length: 128 }, (_, index) => [`key${index}`, index]));
    emit({ body: "failed", exception: thrown, attributes: many });
    for (const { exception } of records) {
      expect(exception?.value).toBe(thrown);
      expect(exception).toMatchObject({ type: "TypeError", code: "E_USER", cause: { message: "db down" } });
    }
    expect(records[0]?.extra).toEqual({ step: 1 });
    expect(Object.keys(records[1]?.extra ?? {})).toHaveLength(128);
  });

  test("texts of an exception are revived as an error: class from the stack, code where the SDK put it", () => {
    const { records, emit } = tapped();
    emit({
      body: "failed",
      attributes: {
        "exception.type": "E_USER",
        "exception.message": "no user",
        "exception.stacktrace": "TypeError: no user\n    at load (/srv/app/users.js:10:7)",
        user: 7,
      },
    });
    emit({ body: "failed", attributes: { "exception.type": "ValueError", "exception.message": "bad" } });
    const [first, second] = records;
    expect(first?.exception).toMatchObject({
      type: "TypeError",
      message: "no user",
      code: "E_USER",
      stack: [{ function: "load", file: "/srv/app/users.js", line: 10 }],
    });
    expect(isError(first?.exception?.value)).toBe(true);
    expect(first?.extra).toEqual({ user: 7 });
    expect(second?.exception).toMatchObject({ type: "ValueError", message: "bad", stack: [] });
  });

  test("a time that the SDK could make nothing of is the time of the call", () => {
    const { records, emit } = tapped();
    emit({ body: "x", timestamp: Number.NaN });
    expect(Math.abs(only(records).micros / 1000 - Date.now())).toBeLessThan(60_000);
    expect(arrivalOf(only(records))?.time).toBe(null);
  });

  test("what was thrown and is no error is kept", () => {
    const { records, emit } = tapped();
    emit({ body: "failed", exception: "just a text" });
    expect(only(records).exception).toMatchObject({ type: "string", value: "just a text" });
    expect(only(records).extra).toEqual({});
  });

  test("a processor's redaction of an exception wins over the object", () => {
    const hiding: LogRecordProcessor = {
      onEmit: (record) => void record.setAttribute("exception.message", "[hidden]"),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const { logger, records } = listened();
    const { provider } = exporting(hiding);
    interceptOtel({ provider, logger });
    provider.getLogger("app").emit({ body: "failed", exception: new Error("card 4111") });
    expect(only(records).exception?.message).toBe("[hidden]");
    expect(only(records).exception?.value).not.toMatchObject({ message: "card 4111" });
  });

  test.each(["tee", "replace"] as const)("what a processor has removed of an exception stays removed: %s", (mode) => {
    const keys = ["exception.type", "exception.message", "exception.stacktrace"];
    for (const removed of [keys, ["exception.stacktrace"], ["exception.message", "exception.stacktrace"]]) {
      const hiding: LogRecordProcessor = {
        onEmit({ attributes }) {
          for (const key of removed) Reflect.deleteProperty(attributes, key);
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      };
      const { logger, records } = listened();
      const { provider } = exporting(hiding);
      const interception = interceptOtel({ provider, logger, mode });
      provider.getLogger("app").emit({ body: "failed", exception: new Error("card 4111") });
      interception.restore();
      const { exception } = only(records);
      expect(exception?.stack ?? []).toEqual([]);
      if (removed.includes("exception.message")) expect(inspect(exception)).not.toContain("4111");
      expect(exception === null).toBe(removed === keys);
    }
  });

  test("as a processor behind one that has removed texts, too", () => {
    const hiding: LogRecordProcessor = {
      onEmit: ({ attributes }) => void Reflect.deleteProperty(attributes, "exception.stacktrace"),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const { logger, records } = listened();
    // Somebody else listens at a provider, so that what was thrown is at hand.
    const beside = interceptOtel({ provider: exporting().provider, logger: listened().logger });
    const interception = interceptOtel({ logger });
    const { provider } = exporting(hiding, interception);
    provider.getLogger("app").emit({ body: "failed", exception: new Error("no user") });
    expect(only(records).exception).toMatchObject({ message: "no user", stack: [] });
    for (const one of [beside, interception]) one.restore();
  });

  test("attributes that are no parts of an exception stay attributes", () => {
    const { records, emit } = tapped();
    const odd = { "exception.code": true, "exception.cause": "why", "exception.errors": [1, 2], "exception.id": 7 };
    emit({ body: "x", attributes: { "exception.type": "A", "exception.message": "m", ...odd } });
    emit({ body: "y", attributes: { "exception.type": 5, "exception.message": "m" } });
    expect(records[0]?.exception).toMatchObject({ type: "A", message: "m" });
    expect(records[0]?.extra).toEqual(odd);
    expect(records[1]?.extra).toEqual({ "exception.type": 5 });
  });

  test.each<[string, Record<string, unknown>]>([
    ["a severity text that is none", { severityText: 30 }],
    ["an event name that is none", { eventName: 5 }],
    ["a severity number that is none", { severityNumber: "high" }],
    ["a symbol for each", { severityText: Symbol("x"), eventName: Symbol("x"), severityNumber: Symbol("x") }],
    ["a list as attributes", { attributes: [1, 2] }],
    ["attributes that are none", { attributes: 5 }],
    ["no attributes at all", { attributes: null }],
  ])("%s costs no record", (_, odd) => {
    for (const emit of [tapped(), standingIn()].map((one) => [one.records, one.emit] as const)) {
      const [records, send] = emit;
      try {
        send({ body: "x", ...odd } as OtelRecord);
      } catch {
        // The SDK itself does not take it.
        continue;
      }
      expect(only(records).message).toBe("x");
    }
    expect(reported()).toEqual([]);
  });

  test("a context that is none is that of the call", () => {
    const { records, emit } = standingIn();
    emit({ body: "x", context: 5 as never });
    expect(only(records).message).toBe("x");
  });

  test("the caller that the emitter names is the record's", () => {
    const { records, emit } = tapped();
    emit({
      body: "x",
      attributes: { "code.file.path": "/srv/app/users.ts", "code.line.number": 12, "code.function.name": "load" },
    });
    expect(only(records)).toMatchObject({ line: 12, function: "load", module: "users" });
    expect(only(records).file).toEqual({ name: "users.ts", path: "/srv/app/users.ts" });
  });

  test("its span is active at our sinks", () => {
    withContexts();
    const { spans, records, emit } = tapped();
    emit({ body: "explicit", context: TRACED });
    api.context.with(TRACED, () => emit({ body: "active" }));
    emit({ body: "none" });
    expect(spans).toEqual([SPAN.spanId, SPAN.spanId, undefined]);
    expect(records.map((record) => arrivalOf(record)?.trace?.traceId)).toEqual([SPAN.traceId, SPAN.traceId, undefined]);
  });

  test("without a context manager its span is known all the same", () => {
    const { spans, records, emit } = tapped();
    emit({ body: "explicit", context: TRACED });
    expect(spans).toEqual([undefined]);
    expect(arrivalOf(only(records))?.trace).toMatchObject(SPAN);
  });

  test("no getter of the emitter's objects runs", () => {
    const { records, emit } = tapped();
    let runs = 0;
    const body = Object.defineProperty({}, "secret", { enumerable: true, get: () => ++runs });
    emit({ body: body as never });
    expect(only(records).message).toContain("[Getter]");
    expect(runs).toBe(0);
  });
});

describe("interceptOtel() listens to the process", () => {
  test("where there is no provider what is emitted comes in, and no longer vanishes", () => {
    withContexts();
    const early = logs.getLogger("early");
    const { logger, records, spans } = listened();
    const interception = interceptOtel({ logger });
    const late = logs.getLogger("late", "2.0", { schemaUrl: "https://example.org/1" });
    expect(late.enabled()).toBe(true);
    late.emit({
      severityNumber: 17,
      severityText: "ERROR",
      body: "one",
      timestamp: [1_700_000_000, 5_000],
      exception: new RangeError("too far"),
      context: TRACED,
    });
    early.emit({ body: "two" });
    expect(records.map(({ message }) => message)).toEqual(["one", "two"]);
    const [one] = records;
    expect(one).toMatchObject({ message: "one", name: "late", micros: 1_700_000_000_000_005 });
    expect(one?.level.name).toBe("ERROR");
    expect(one?.exception?.type).toBe("RangeError");
    expect(one?.file?.name).toBe("intercept.test.ts");
    expect(spans[0]).toBe(SPAN.spanId);
    expect(arrivalOf(one as never)?.scope).toMatchObject({ version: "2.0", schemaUrl: "https://example.org/1" });
    interception.restore();
    late.emit({ body: "three" });
    early.emit({ body: "four" });
    expect(records).toHaveLength(2);
    expect(late.enabled()).toBe(false);
  });

  test("a time that is none becomes the time of the call, and nothing is thrown", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const before = Date.now();
    const none = [undefined, Number.NaN, "now", 12n, new Date(Number.NaN), [1], [Number.NaN, 0]];
    // Nanoseconds where milliseconds are asked for, and the like: no 64 bits hold them.
    const beyond = [Date.now() * 1e6, 1e30, [1e12, 0], [-5, 0], new Date(8.64e15)];
    for (const timestamp of [...none, ...beyond])
      logs.getLogger("app").emit({ body: "x", timestamp: timestamp as never });
    logs.getLogger("app").emit({ body: "x", timestamp: new Date(1_700_000_000_007) });
    logs.getLogger("app").emit({ body: "x", timestamp: performance.now() });
    const times = records.map(({ micros }) => micros / 1000);
    expect(times).toHaveLength(14);
    expect(times[12]).toBe(1_700_000_000_007);
    times.splice(12, 1);
    for (const time of times) expect(Math.abs(time - before)).toBeLessThan(60_000);
    interception.restore();
  });

  test("a record whose getters throw comes in without what they stand for, and those of attributes do not run", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const get = (): never => {
      throw new Error("theirs");
    };
    const names = ["severityNumber", "severityText", "timestamp", "eventName", "attributes", "exception", "context"];
    for (const name of names)
      logs.getLogger("app").emit(Object.defineProperty({ body: name }, name, { enumerable: true, get }));
    const unreadable = new Proxy({}, { ownKeys: get, getOwnPropertyDescriptor: get });
    logs.getLogger("app").emit({ body: "proxy", attributes: unreadable });
    let runs = 0;
    const attributes = Object.defineProperty({ user: "ada" }, "secret", { enumerable: true, get: () => ++runs });
    logs.getLogger("app", "1", { attributes }).emit({ body: "y", attributes });
    interception.restore();
    expect(records.map(({ message }) => message)).toEqual([...names, "proxy", "y"]);
    expect(records.at(-1)?.extra).toEqual({ user: "ada", secret: "[Getter]" });
    expect(runs).toBe(0);
  });

  test("an SDK that is set up later takes its place, exports, and is listened to; loggers from before go there", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const before = logs.getLogger("before");
    before.emit({ body: "1" });
    const { provider, bodies } = exporting();
    logs.setGlobalLoggerProvider(provider);
    expect(logs.getLoggerProvider()).toBe(provider);
    before.emit({ body: "2" });
    logs.getLogger("after").emit({ body: "3" });
    expect(bodies()).toEqual(["2", "3"]);
    expect(records.map(({ message }) => message)).toEqual(["1", "2", "3"]);
    interception.restore();
    before.emit({ body: "4" });
    expect(bodies()).toEqual(["2", "3", "4"]);
    expect(records).toHaveLength(3);
    expect(logs.getLoggerProvider()).toBe(provider);
  });

  test("an SDK that was set up before is listened to, loggers that were made before included", () => {
    const { provider, bodies } = exporting();
    logs.setGlobalLoggerProvider(provider);
    const before = logs.getLogger("before");
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    before.emit({ body: "1" });
    logs.getLogger("after").emit({ body: "2" });
    interception.restore();
    before.emit({ body: "3" });
    expect(records.map(({ message }) => message)).toEqual(["1", "2"]);
    expect(bodies()).toEqual(["1", "2", "3"]);
  });

  test("a second SDK, after logs.disable(), is listened to as well; until then what is emitted comes here", () => {
    for (const isThereFirst of [true, false]) {
      const [first, second] = [exporting(), exporting()];
      if (isThereFirst) logs.setGlobalLoggerProvider(first.provider);
      const { logger, records } = listened();
      const interception = interceptOtel({ logger });
      if (!isThereFirst) logs.setGlobalLoggerProvider(first.provider);
      const early = logs.getLogger("early");
      early.emit({ body: "1" });
      logs.disable();
      logs.getLogger("app").emit({ body: "2" });
      early.emit({ body: "3" });
      const between = logs.getLogger("between");
      logs.setGlobalLoggerProvider(second.provider);
      logs.getLogger("app").emit({ body: "4" });
      between.emit({ body: "5" });
      expect(records.map(({ message }) => message)).toEqual(["1", "2", "3", "4", "5"]);
      expect([first.bodies(), second.bodies()]).toEqual([
        ["1", "3"],
        ["4", "5"],
      ]);
      interception.restore();
      for (const one of [early, between]) one.emit({ body: "6" });
      expect(records).toHaveLength(5);
      logs.disable();
      expect(reported()).toEqual([]);
    }
  });

  test("logs.disable() while nobody is registered takes nothing from us, and an SDK that comes then is heard", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const early = logs.getLogger("early");
    logs.disable();
    early.emit({ body: "1" });
    logs.getLogger("app").emit({ body: "2" });
    const { provider, bodies } = exporting();
    logs.setGlobalLoggerProvider(provider);
    logs.getLogger("app").emit({ body: "3" });
    early.emit({ body: "4" });
    expect(records.map(({ message }) => message)).toEqual(["1", "2", "3", "4"]);
    expect(bodies()).toEqual(["3", "4"]);
    interception.restore();
    expect(Object.hasOwn(logs, "setGlobalLoggerProvider")).toBe(false);
    expect(Object.hasOwn(logs, "disable")).toBe(false);
  });

  test("one of a registered provider's processors takes each record once", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const { provider, bodies } = exporting(interception);
    logs.setGlobalLoggerProvider(provider);
    logs.getLogger("app").emit({ body: "1" });
    provider.getLogger("app").emit({ body: "2" });
    expect(records.map(({ message }) => message)).toEqual(["1", "2"]);
    expect(bodies()).toEqual(["1", "2"]);
    interception.restore();
  });

  test("a processor behind somebody's wrapper takes each record once", () => {
    const { logger, records } = listened();
    const interception = interceptOtel({ logger });
    const wrapper: LogRecordProcessor = {
      onEmit: (record, context) => interception.onEmit(record, context),
      forceFlush: () => interception.forceFlush(),
      shutdown: () => interception.shutdown(),
    };
    const { provider } = exporting(wrapper);
    logs.setGlobalLoggerProvider(provider);
    logs.getLogger("app").emit({ body: "1" });
    expect(records.map(({ message }) => message)).toEqual(["1"]);
    interception.restore();
  });

  test("two loggers of ours both hear what is emitted without a provider, and one goes on when the other ends", () => {
    const [one, other] = [listened(), listened()];
    const first = interceptOtel({ logger: one.logger });
    const second = interceptOtel({ logger: other.logger });
    const logger = logs.getLogger("app");
    logger.emit({ body: "both" });
    first.restore();
    logger.emit({ body: "second" });
    second.restore();
    logger.emit({ body: "nobody" });
    expect(one.records.map(({ message }) => message)).toEqual(["both"]);
    expect(other.records.map(({ message }) => message)).toEqual(["both", "second"]);
    const slot = Symbol.for("io.opentelemetry.js.api.logs");
    expect(Object.getOwnPropertyDescriptor(globalThis, slot)).toBeUndefined();
  });
});

describe("a provider", () => {
  test("without processors is listened to, and has none afterwards", () => {
    const provider = new LoggerProvider();
    const { logger, records } = listened("WARNING");
    const interception = interceptOtel({ provider, logger });
    const theirs = provider.getLogger("app");
    expect([theirs.enabled({ severityNumber: 13 }), theirs.enabled({ severityNumber: 9 })]).toEqual([true, false]);
    theirs.emit({ severityNumber: 17, body: "1" });
    theirs.emit({ severityNumber: 9, body: "below" });
    interception.restore();
    expect(theirs.enabled()).toBe(false);
    expect(records.map(({ message }) => message)).toEqual(["1"]);
  });

  test("replaced: processors that change records run, those that export do not", () => {
    const seen: unknown[] = [];
    const changing: LogRecordProcessor = {
      onEmit(record) {
        seen.push(record.body);
        record.setBody("changed");
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const { provider, bodies } = exporting(changing);
    const { logger, records } = listened();
    const interception = interceptOtel({ provider, logger, mode: "replace" });
    provider.getLogger("app").emit({ body: "original" });
    expect(seen).toEqual(["original"]);
    expect(records.map(({ message }) => message)).toEqual(["changed"]);
    expect(bodies()).toEqual([]);
    interception.restore();
    provider.getLogger("app").emit({ body: "later" });
    expect(bodies()).toEqual(["changed"]);
  });

  test("raw: what is emitted, before any processor", () => {
    const changing: LogRecordProcessor = {
      onEmit: (record) => void record.setBody("changed"),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const { provider, bodies } = exporting(changing);
    const { logger, records } = listened();
    interceptOtel({ provider, logger, stage: "raw" });
    provider.getLogger("app").emit({ body: "original" });
    expect(records.map(({ message }) => message)).toEqual(["original"]);
    expect(bodies()).toEqual(["changed"]);
  });

  test.each(["tee", "replace"] as const)(
    "whose processor throws throws as before, and nothing comes in: %s",
    (mode) => {
      const failing: LogRecordProcessor = {
        onEmit() {
          throw new Error("theirs");
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      };
      const hiding: LogRecordProcessor = { ...failing, onEmit: (record) => void record.setBody("[hidden]") };
      const { provider, bodies } = exporting(failing, hiding);
      const { logger, records } = listened();
      const interception = interceptOtel({ provider, logger, mode });
      for (let call = 0; call < 2; call++)
        expect(() => provider.getLogger("app").emit({ body: "secret" })).toThrow("theirs");
      expect(records).toEqual([]);
      expect(bodies()).toEqual([]);
      expect(reported()).toEqual(["LB1657"]);
      interception.restore();
    },
  );

  test("whose exporter has a record before another processor throws has it in replace mode, too", () => {
    const failing: LogRecordProcessor = {
      onEmit() {
        throw new Error("theirs");
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter }), failing] });
    const { logger, records } = listened();
    const interception = interceptOtel({ provider, logger, mode: "replace" });
    expect(() => provider.getLogger("app").emit({ body: "x" })).toThrow("theirs");
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(["x"]);
    expect(records).toEqual([]);
    interception.restore();
  });

  test("as a processor, replace silences nobody, and says so once", () => {
    const { logger } = listened();
    const interception = interceptOtel({ logger, mode: "replace" });
    const { provider, bodies } = exporting(interception);
    provider.getLogger("app").emit({ body: "1" });
    provider.getLogger("app").emit({ body: "2" });
    expect(bodies()).toEqual(["1", "2"]);
    expect(reported()).toEqual(["LB1651"]);
    logs.setGlobalLoggerProvider(provider);
    provider.getLogger("app").emit({ body: "3" });
    expect(bodies()).toEqual(["1", "2"]);
    expect(reported()).toEqual(["LB1651"]);
    interception.restore();
  });

  test("is given to name() by its scope", () => {
    const { records, emit } = tapped({ name: () => "named" });
    emit({ body: "x" });
    expect(only(records).name).toBe("named");
  });
});

describe("what is refused", () => {
  test.each<[unknown, string]>([
    [{ provider: {} }, "LB1650"],
    [{ provider: { getLogger: () => ({ emit() {} }) } }, "LB1650"],
    [{ provider: null }, "LB1650"],
    [{ level: "follow" }, "LB1652"],
    [{ modes: "tee" }, "LB1002"],
    [{ mode: "both" }, "LB1406"],
    [null, "LB1406"],
  ])("%o", (options, code) => {
    expect(() => interceptOtel(options as never)).toThrow(expect.objectContaining({ code }));
    // Nothing is left behind.
    expect(Object.hasOwn(globalThis, Symbol.for("io.opentelemetry.js.api.logs"))).toBe(false);
  });

  test("a second copy of the package is known: it is told of the first one, and has the very object that was thrown", async () => {
    const { provider } = exporting();
    const { logger, records } = listened();
    const first = interceptOtel({ provider, logger });
    vi.resetModules();
    const copy = await import("../src/intercept.ts");
    const { report: reportOfCopy } = await import("@logbridge/core");
    expect(copy.interceptOtel).not.toBe(interceptOtel);
    const second = copy.interceptOtel({ provider, logger });
    expect(vi.mocked(reportOfCopy).mock.calls.map(([code]) => code)).toEqual(["LB1653"]);
    const thrown = new TypeError("no user");
    provider.getLogger("app").emit({ body: "failed", exception: thrown });
    expect(records.map(({ exception }) => exception?.value === thrown)).toEqual([true, true]);
    first.restore();
    second.restore();
  });

  test("two interceptions of one provider for one logger of ours are reported, and allowed", () => {
    const { provider } = exporting();
    const { logger } = listened();
    const first = interceptOtel({ provider, logger });
    expect(reported()).toEqual([]);
    const second = interceptOtel({ provider, logger: logger.bind({ x: 1 }) as never });
    expect(reported()).toEqual(["LB1653"]);
    first.restore();
    second.restore();
    logs.setGlobalLoggerProvider(provider);
    const everything = interceptOtel({ logger });
    expect(reported()).toEqual(["LB1653"]);
    const third = interceptOtel({ provider, logger });
    expect(reported()).toEqual(["LB1653", "LB1653"]);
    third.restore();
    interceptOtel({ logger: listened().logger }).restore();
    expect(reported()).toHaveLength(2);
    everything.restore();
  });

  test("a registered provider that is none of the SDK's is said, and its records are its own", () => {
    const emitted: unknown[] = [];
    logs.setGlobalLoggerProvider({
      getLogger: () => ({ emit: (record) => void emitted.push(record.body), enabled: () => true }),
    });
    const { logger } = listened();
    const interception = interceptOtel({ logger });
    logs.getLogger("app").emit({ body: "1" });
    expect(emitted).toEqual(["1"]);
    expect(reported()).toEqual(["LB1650"]);
    interception.restore();
  });
});
