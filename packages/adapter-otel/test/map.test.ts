import {
  createLogger,
  inspect,
  type Logger,
  type LogRecord,
  NATURE,
  recordFromJSON,
  type SinkNature,
} from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { describeRecord } from "../src/map.ts";
import { type Arrival, arrivedOrigin } from "../src/origin-mark.ts";
import { ProtobufWriter } from "../src/otlp/protobuf-writer.ts";
import type { TraceIds } from "../src/otlp/value-writer.ts";
import { received, recordOf } from "./map-support.ts";
import { decoded, plainMap } from "./official-messages.ts";

const TRACE: TraceIds = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 };
const OTHER = { trace_id: "1af7651916cd43dd8448eb211c80319c", span_id: "c7ad6b7169203331", trace_flags: "01" };

describe("a record", () => {
  test("has its time to the quarter of a microsecond, its severity, message and values", () => {
    const record = recordOf((logger) => logger.bind({ user: "ada" }).warning("order {id}", { id: 7 }));
    record.micros = 1_700_000_000_123_456 + 0.25;
    expect(received(record)).toEqual({
      timeUnixNano: "1700000000123456250",
      observedTimeUnixNano: "1700000000123456250",
      severityNumber: 13,
      severityText: "WARNING",
      body: "order 7",
      attributes: { user: "ada", id: 7n },
      traceId: null,
      spanId: null,
    });
  });

  test("has the number of the user's table", () => {
    expect(
      received(
        recordOf((logger) => logger.success("x")),
        { severity: { SUCCESS: 9 } },
      ).severityNumber,
    ).toBe(9);
  });

  test("keeps an empty message and values that are empty", () => {
    const { body, attributes } = received(
      recordOf((logger) => logger.info("", { none: null, no: undefined, list: [] })),
    );
    expect(body).toBe("");
    expect(attributes).toEqual({ none: null, list: [] });
  });

  test("S-OTL-1: a circular value costs itself alone", () => {
    const circular: Record<string, unknown> = { of: "itself" };
    circular["self"] = circular;
    expect(received(recordOf((logger) => logger.info("x", { ok: 1, self: circular }))).attributes).toEqual({
      ok: 1n,
      self: { of: "itself", self: "[Circular]" },
    });
  });

  test("keeps keys that mean something to JavaScript", () => {
    const fields = JSON.parse('{"__proto__":1,"constructor":2,"toString":3,"level":4,"message":5,"time":6}') as object;
    const { attributes, body, severityText } = received(recordOf((logger) => logger.info("x", fields)));
    expect(Object.entries(attributes)).toEqual([
      ["__proto__", 1n],
      ["constructor", 2n],
      ["toString", 3n],
      ["level", 4n],
      ["message", 5n],
      ["time", 6n],
    ]);
    expect([body, severityText]).toEqual(["x", "INFO"]);
  });
});

describe("hidden values", () => {
  test.each(["logger", "handler"])("stay hidden, bound and given ones: by the %s", (where) => {
    const redact = ["password", "user.card"];
    const logger = createLogger(where === "logger" ? { redact } : {});
    let taken: LogRecord | undefined;
    // As the sinks of this package: what is our own gets records whose values are not merged yet.
    const sink = { needs: { text: false }, write: (_text: string, record: LogRecord) => void (taken = record) };
    const nature: SinkNature = { own: true, colors: false, label: "test" };
    logger.add(Object.assign(sink, { [NATURE]: nature }), where === "handler" ? { redact } : {});
    logger.bind({ password: "secret1", bound: 1 }).info("x", { user: { card: "secret2", name: "ada" } });
    const { attributes } = received(taken as LogRecord);
    expect(Object.keys(attributes)).toEqual(["password", "bound", "user"]);
    expect(attributes).toMatchObject({ bound: 1n, user: { name: "ada" } });
    expect(inspect(attributes)).not.toContain("secret");
  });
});

test("values of the call go before those of the logger, each once, and getters are not run", () => {
  const logger = createLogger();
  let got: unknown;
  // Read in the call: that is when nothing has been merged.
  const sink = {
    needs: { text: false },
    write: (_text: string, record: LogRecord) => void (got = received(record, { code: false }).attributes),
  };
  const nature: SinkNature = { own: true, colors: false, label: "test" };
  logger.add(Object.assign(sink, { [NATURE]: nature }));
  const bound = logger.bind({ a: 1, b: 2, __proto__: null, trace_id: "mine" });
  const getter = Object.defineProperty({ b: 3, c: undefined }, "got", {
    enumerable: true,
    get: () => {
      throw new Error("called");
    },
  });
  bound.info("x", getter);
  expect(got).toEqual({ a: 1n, b: 3n, trace_id: "mine", got: "[Getter]" });
  logger.bind({ a: 1, b: 2 }).info("x", getter);
  expect(got).toEqual({ a: 1n, b: 3n, got: "[Getter]" });
});

describe("the body", () => {
  test("is the value, where the message is nothing but one structured value", () => {
    const value = { order: { id: 7, lines: [1, 2] } };
    expect(received(recordOf((logger) => logger.info("{}", value.order, {}))).body).toEqual({
      id: 7n,
      lines: [1n, 2n],
    });
    expect(received(recordOf((logger) => logger.info("{}", [1, "a"]))).body).toEqual([1n, "a"]);
  });

  test.each<[string, unknown, unknown]>([
    ["a list", [1, { a: "b" }], [1n, { a: "b" }]],
    ["a Map", new Map([["k", [1]]]), { k: [1n] }],
    ["a Set", new Set(["x"]), ["x"]],
    [
      "an instance",
      new (class Order {
        id = 7;
      })(),
      { id: 7n },
    ],
  ])("is the value that stands in place of a text: %s", (_name, value, expected) => {
    expect(received(recordOf((logger) => logger.info(value))).body).toEqual(expected);
  });

  test("of a plain object in place of a text is its text: its properties are attributes", () => {
    expect(received(recordOf((logger) => logger.info({ a: [1] })))).toMatchObject({
      body: "{ a: [ 1 ] }",
      attributes: { a: [1n] },
    });
  });

  test("is the value that the console was given alone", () => {
    const logger = createLogger();
    const records: LogRecord[] = [];
    logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) }, { level: 0 });
    const interception = interceptConsole({ logger, mode: "replace" });
    const list = Array.from({ length: 30 }, (_, index) => ({ index, text: "long enough for more lines" }));
    console.log(list);
    console.log(list, 1);
    interception.restore();
    expect(records.map((record) => typeof received(record).body)).toEqual(["object", "string"]);
    expect(received(records[0] as LogRecord).body).toHaveLength(30);
  });

  test.each<[string, (logger: Logger) => void]>([
    ["an object", (logger) => logger.info("{}", { token: "hunter2" }, {})],
    ["a list", (logger) => logger.info([{ token: "hunter2" }])],
  ])("is the message that a patcher has made: %s", (_name, log) => {
    const patcher = (record: LogRecord): void => {
      record.message = record.message.replaceAll("hunter2", "***");
    };
    const { body } = received(recordOf(log, { patcher }));
    expect(body).toContain("token: '***'");
  });

  test("is the text, where the message is one", () => {
    expect(received(recordOf((logger) => logger.info("{}", "text"))).body).toBe("text");
    expect(received(recordOf((logger) => logger.info("{}", 7))).body).toBe("7");
    expect(received(recordOf((logger) => logger.info("got {}", [1]))).body).toBe("got [ 1 ]");
    expect(received(recordOf((logger) => logger.info("{}", new Error("boom")))).body).toBe("boom");
  });

  test("shows no value that a handler hides", () => {
    const record = recordOf((logger) => logger.info("{}", { user: "ada", password: "secret" }, {}), {
      redact: ["password"],
    });
    const { body, attributes } = received(record);
    expect(JSON.stringify({ body, attributes: Object.keys(attributes) })).not.toContain("secret");
    expect(body).toMatchObject({ user: "ada" });
    const numbers = recordOf((logger) => logger.info("{}", { pin: 1234, list: [1] }, {}), { redact: ["pin"] });
    expect(received(numbers).body).toEqual({ pin: "[REDACTED]", list: [1n] });
  });
});

describe("the trace", () => {
  test("is that of the active span", () => {
    expect(
      received(
        recordOf((logger) => logger.info("x")),
        {},
        TRACE,
      ),
    ).toMatchObject({
      traceId: TRACE.traceId,
      spanId: TRACE.spanId,
      flags: 1,
    });
  });

  test("is not said once more among the values", () => {
    const noted = { trace_id: TRACE.traceId, span_id: TRACE.spanId, trace_flags: "01", user: 1 };
    expect(
      received(
        recordOf((logger) => logger.info("x", noted)),
        {},
        TRACE,
      ).attributes,
    ).toEqual({ user: 1n });
  });

  test("is what another library has noted, where no span is active", () => {
    const { traceId, spanId, flags, attributes } = received(
      recordOf((logger) => logger.info("x", { ...OTHER, user: 1 })),
    );
    expect({ traceId, spanId, flags }).toEqual({ traceId: OTHER.trace_id, spanId: OTHER.span_id, flags: 1 });
    expect(attributes).toEqual({ user: 1n });
    expect(
      received(recordOf((logger) => logger.info("x", { trace_id: OTHER.trace_id, trace_flags: 1 }))),
    ).toMatchObject({
      traceId: OTHER.trace_id,
      spanId: null,
      flags: 1,
      attributes: {},
    });
  });

  test("is the one that the record brings, whatever span is active", () => {
    const record = recordOf((logger) => logger.info("x", OTHER));
    const { traceId, spanId, attributes } = received(record, {}, TRACE);
    expect({ traceId, spanId, attributes }).toEqual({ traceId: OTHER.trace_id, spanId: OTHER.span_id, attributes: {} });
    const bound = recordOf((logger) => logger.bind({ trace_id: OTHER.trace_id }).info("x"));
    expect(received(bound, {}, TRACE)).toMatchObject({ traceId: OTHER.trace_id, spanId: null, attributes: {} });
    const same = recordOf((logger) => logger.info("x", { trace_id: TRACE.traceId }));
    expect(received(same, {}, TRACE)).toMatchObject({ traceId: TRACE.traceId, spanId: TRACE.spanId, attributes: {} });
  });

  test.each([
    ["too short", { trace_id: "abc", span_id: OTHER.span_id }],
    ["all zero", { trace_id: "0".repeat(32), span_id: OTHER.span_id }],
    ["no digits", { trace_id: "x".repeat(32) }],
    ["no text", { trace_id: 7 }],
    ["a getter", Object.defineProperty({}, "trace_id", { get: () => OTHER.trace_id, enumerable: true })],
  ])("is no id that is %s", (_name, fields) => {
    const { traceId, attributes } = received(recordOf((logger) => logger.info("x", fields)));
    expect(traceId).toBe(null);
    expect(Object.keys(attributes)).toEqual(Object.keys(fields));
  });

  test("that is none costs nothing but itself", () => {
    const record = recordOf((logger) => logger.info("x"));
    expect(received(record, {}, { traceId: "", spanId: "", traceFlags: 0 })).toMatchObject({
      traceId: null,
      body: "x",
    });
    expect(received(record, {}, { ...TRACE, spanId: "short" })).toMatchObject({ traceId: TRACE.traceId, spanId: null });
    expect(received(record, {}, { ...TRACE, traceFlags: 0x101 }).flags).toBe(1);
  });
});

describe("what is said of a record", () => {
  test("is where it was logged", () => {
    const record = recordOf(
      function place(logger) {
        logger.info("x");
      },
      { caller: true },
    );
    expect(received(record).attributes).toEqual({
      "code.function.name": "place",
      "code.file.path": import.meta.filename,
      "code.line.number": BigInt(record.line ?? 0),
      "code.column.number": BigInt(record.column ?? 0),
    });
    expect(record.line).toBeGreaterThan(100);
    expect(received(record, { code: false }).attributes).toEqual({});
  });

  test("is where it was logged for each place, however often each logs", () => {
    const writer = new ProtobufWriter();
    const places = [0, 1].flatMap(() => [
      recordOf((logger) => logger.info("one"), { caller: true }),
      recordOf((logger) => logger.info("other"), { caller: true }),
    ]);
    const lineIn = (record: LogRecord, options: object): unknown =>
      plainMap(decoded(describeRecord(record, options, writer, null).message).attributes ?? [])["code.line.number"];
    const free = {};
    const lines = places.map((record) => BigInt(record.line ?? 0));
    for (let round = 0; round < 3; round++) expect(places.map((record) => lineIn(record, free))).toEqual(lines);
    const given = recordOf((logger) => logger.info("own", { "code.line.number": 1 }), { caller: true });
    given.line = Number(lines[0]);
    expect(lineIn(given, free)).toBe(1n);
    const limited = { attributeCountLimit: 2 };
    expect(places.map((record) => lineIn(record, limited))).toEqual([undefined, undefined, undefined, undefined]);
    expect(places.map((record) => lineIn(record, { attributes: { "code.line.number": 2 } }))).toEqual([2n, 2n, 2n, 2n]);
  });

  test.each([
    ["code.function.name", "django.views.index"],
    ["code.file.path", "/srv/app.py"],
    ["code.line.number", 7],
    ["code.filepath", "/srv/app.py"],
    ["code.namespace", "com.example"],
  ])("is no part of a place where the record brings one: %s", (key, value) => {
    const record = recordOf((logger) => logger.info("x", { [key]: value }), { caller: true });
    expect(Object.keys(received(record).attributes)).toEqual([key]);
    const bound = recordOf((logger) => logger.bind({ [key]: value }).info("x"), { caller: true });
    expect(Object.keys(received(bound).attributes)).toEqual([key]);
  });

  test("is its id, where that is asked for: another for each, in order", () => {
    const record = recordOf((logger) => logger.info("x"));
    const ids = Array.from({ length: 1_000 }, () => received(record, { uid: true }).attributes["log.record.uid"]);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids).toEqual([...ids].sort());
    expect(ids[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  test("is the template with its arguments, where that is asked for", () => {
    const record = recordOf((logger) => logger.info("{} of {kind}", 7, { kind: "order" }));
    expect(received(record, { template: true }).attributes).toEqual({
      "message_template.text": "{} of {kind}",
      "message_template.arguments": [7n],
      kind: "order",
    });
    expect(received(record).attributes).toEqual({ kind: "order" });
    expect(
      received(
        recordOf((logger) => logger.info("plain")),
        { template: true },
      ).attributes,
    ).toEqual({});
  });

  test("is the thread and process, where these are not what the resource says", () => {
    const data = recordOf((logger) => logger.info("x")).toJSON();
    const mine = { processId: data.process.id };
    expect(received(recordFromJSON(data), mine).attributes).toEqual({});
    const worker = recordFromJSON({ ...data, thread: { id: 3, name: "worker-3" } });
    expect(received(worker, mine).attributes).toEqual({ "thread.id": 3n, "thread.name": "worker-3" });
    const elsewhere = recordFromJSON({ ...data, process: { id: 1, name: "init" } });
    expect(received(elsewhere, mine).attributes).toEqual({ "process.pid": 1n, "process.executable.name": "init" });
  });

  test("is the logger's name, for a scope that does not say it", () => {
    expect(
      received(
        recordOf((logger) => logger.info("x")),
        {},
        null,
        "app/db",
      ).attributes,
    ).toEqual({
      "logger.name": "app/db",
    });
  });

  test("is the event that it is, in the field for that", () => {
    const record = recordOf((logger) => logger.info("x", { "otel.event.name": "order.placed" }));
    expect(received(record)).toMatchObject({ eventName: "order.placed", attributes: {} });
  });

  test("gives way to what the record says itself, and all records' attributes to both", () => {
    const record = recordOf(
      (logger) =>
        logger.error("x", new TypeError("no"), { "exception.type": "Mine", "code.line.number": 1, env: "own" }),
      { caller: true },
    );
    const { attributes } = received(record, { attributes: { env: "all", "code.file.path": "all", region: "eu" } });
    expect(attributes).toMatchObject({
      "exception.type": "Mine",
      "exception.message": "no",
      "code.line.number": 1n,
      "code.file.path": "all",
      env: "own",
      region: "eu",
    });
  });
});

describe("limits", () => {
  const fields = Object.fromEntries(Array.from({ length: 131 }, (_, index) => [`k${index}`, index]));

  test("there is none unless one is given: 131 attributes and an error are kept", () => {
    const { attributes, droppedAttributesCount } = received(
      recordOf((logger) => logger.error("x", new Error("boom"), fields)),
    );
    expect(attributes).toMatchObject({ "exception.message": "boom", k0: 0n, k130: 130n });
    expect(droppedAttributesCount).toBe(undefined);
  });

  test("take the values first, never the exception, and what is gone is counted", () => {
    const record = recordOf((logger) => logger.error("x", new Error("boom"), fields));
    const { attributes, droppedAttributesCount } = received(record, { attributeCountLimit: 128 });
    expect(Object.keys(attributes).slice(0, 4)).toEqual([
      "exception.type",
      "exception.message",
      "exception.stacktrace",
      "k0",
    ]);
    expect(Object.keys(attributes)).toHaveLength(128);
    expect(droppedAttributesCount).toBe(6);
  });

  test("cut texts in attributes, not in the body", () => {
    const record = recordOf((logger) => logger.error("a long message", new Error("boom boom"), { list: ["123456"] }));
    expect(received(record, { attributeValueLengthLimit: 4 })).toMatchObject({
      body: "a long message",
      attributes: { "exception.message": "boom", list: ["1234"] },
    });
  });
});

describe("a record that came in from OpenTelemetry", () => {
  const arrival: Arrival = {
    target: {},
    printed: false,
    time: [1_700_000_000, 123_456_789],
    observed: [1_700_000_001, 1],
    micros: 1_700_000_000_123_457,
    scope: { name: "lib" },
    trace: undefined,
    dropped: 3,
  };

  function arrived(body: unknown, message: string): ReturnType<typeof recordOf> {
    const record = recordOf((logger) => logger.info("x"));
    record.origin = arrivedOrigin({ name: "Info2", no: 10 }, arrival);
    record.micros = arrival.micros as number;
    record.message = record.template = message;
    if (typeof body !== "string") record.args = [body];
    return record;
  }

  test("has its nanoseconds, severity, dropped attributes and structured body again", () => {
    expect(received(arrived({ a: [1] }, "{ a: [ 1 ] }"))).toEqual({
      timeUnixNano: "1700000000123456789",
      observedTimeUnixNano: "1700000001000000001",
      severityNumber: 10,
      severityText: "Info2",
      body: { a: [1n] },
      attributes: {},
      droppedAttributesCount: 3,
      traceId: null,
      spanId: null,
    });
    expect(received(arrived(7, "7")).body).toBe(7n);
    expect(received(arrived(undefined, "")).body).toBe(undefined);
    expect(received(arrived("text", "text")).body).toBe("text");
  });

  test("has the time and message that a patcher has given it", () => {
    const record = arrived({ a: 1 }, "{ a: 1 }");
    record.message = "patched";
    record.micros = 1_700_000_005_000_000;
    expect(received(record)).toMatchObject({ timeUnixNano: "1700000005000000000", body: "patched" });
  });
});
