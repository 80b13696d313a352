import { Writable } from "node:stream";
import { createLogger, type LogRecord } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { describe, expect, test } from "vitest";
import { interceptOtel } from "../src/intercept.ts";
import { traceContext } from "../src/trace.ts";
import { exporting, listened, only, SPAN, TRACED, withContexts } from "./intercept-support.ts";

const FIELDS = { trace_id: SPAN.traceId, span_id: SPAN.spanId, trace_flags: "01" };

describe("traceContext()", () => {
  test("writes the active trace into each record, and nothing where there is none", () => {
    withContexts();
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext() });
    api.context.with(TRACED, () => logger.info("inside", { user: "ada" }));
    logger.info("outside");
    expect(records.map(({ extra }) => extra)).toEqual([{ user: "ada", ...FIELDS }, {}]);
  });

  test("as the patcher of one logger", () => {
    withContexts();
    const { logger, records } = listened();
    const traced = logger.patch(traceContext());
    api.context.with(TRACED, () => {
      traced.info("one");
      logger.info("two");
    });
    expect(records.map(({ extra }) => extra)).toEqual([FIELDS, {}]);
  });

  test("a record that has a trace keeps it, whole", () => {
    withContexts();
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext() });
    api.context.with(TRACED, () => logger.info("x", { trace_id: "theirs" }));
    expect(only(records).extra).toEqual({ trace_id: "theirs" });
  });

  test("an invalid span is none, and flags have two digits", () => {
    withContexts();
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext() });
    const within = (span: api.SpanContext): void =>
      api.context.with(api.trace.setSpanContext(api.ROOT_CONTEXT, span), () => logger.info("x"));
    within({ ...SPAN, traceId: api.INVALID_TRACEID });
    within({ ...SPAN, traceFlags: 0 });
    within({ ...SPAN, traceFlags: 0x1b });
    expect(records.map(({ extra }) => extra["trace_flags"])).toEqual([undefined, "00", "1b"]);
  });

  test("other names, hostile ones too", () => {
    withContexts();
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext({ keys: { traceId: "dd.trace_id", spanId: "__proto__" } }) });
    api.context.with(TRACED, () => logger.info("x"));
    const { extra } = only(records);
    expect(Object.entries(extra)).toEqual([
      ["dd.trace_id", SPAN.traceId],
      ["__proto__", SPAN.spanId],
      ["trace_flags", "01"],
    ]);
    expect(Object.getPrototypeOf(extra)).toBe(Object.prototype);
  });

  test("records that came in from OpenTelemetry get their own trace, also without a context manager", () => {
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext() });
    const { provider } = exporting();
    interceptOtel({ provider, logger });
    provider.getLogger("app").emit({ body: "traced", context: TRACED });
    provider.getLogger("app").emit({ body: "not" });
    expect(records.map(({ extra }) => extra)).toEqual([FIELDS, {}]);
  });

  test("records of other libraries get it", async () => {
    withContexts();
    const { default: winston } = await import("winston");
    const { interceptWinston } = await import("@logbridge/adapter-winston");
    const { logger, records } = listened();
    logger.configure({ patcher: traceContext() });
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    const theirs = winston.createLogger({ transports: [new winston.transports.Stream({ stream })] });
    const interception = interceptWinston(theirs, { logger });
    api.context.with(TRACED, () => theirs.info("from winston"));
    interception.restore();
    expect(only(records).extra).toMatchObject(FIELDS);
  });

  test("a record that was held for the first handler has the trace of its call", () => {
    withContexts();
    const logger = createLogger();
    const hold = logger.holdEarly();
    logger.configure({ patcher: traceContext() });
    api.context.with(TRACED, () => logger.info("early"));
    const records: LogRecord[] = [];
    logger.add((_text, record) => void records.push(record));
    hold.release();
    expect(only(records).extra).toEqual(FIELDS);
  });

  test.each([
    [null],
    ["trace_id"],
    [{ key: "x" }],
    [{ keys: null }],
    [{ keys: { traceId: 7 } }],
    [{ keys: { traceID: "x" } }],
    [{ keys: { spanId: "" } }],
    [{ keys: { traceId: "a", spanId: "a" } }],
    [{ keys: { traceFlags: "span_id" } }],
  ])("refuses %o", (options) => {
    expect(() => traceContext(options as never)).toThrow(expect.objectContaining({ code: "LB1656" }));
  });
});
