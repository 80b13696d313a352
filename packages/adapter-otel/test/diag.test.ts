import { report } from "@logbridge/core";
import * as api from "@opentelemetry/api";
import { globalErrorHandler } from "@opentelemetry/core";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type DiagForwarding, forwardDiag, isDiagRecord } from "../src/diag.ts";
import { listened, only } from "./intercept-support.ts";

vi.mock("@logbridge/core", async (original) => ({ ...(await original<object>()), report: vi.fn() }));
const reported = (): unknown[] => vi.mocked(report).mock.calls.map(([code]) => code);

let forwarding: DiagForwarding | undefined;

beforeEach(() => void vi.mocked(report).mockClear());
afterEach(() => {
  forwarding?.restore();
  forwarding = undefined;
  api.diag.disable();
  vi.useRealTimers();
});

describe("forwardDiag()", () => {
  test("takes in warnings and errors of OpenTelemetry's SDK, marked, and no more by default", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    api.diag.error("cannot send");
    api.diag.warn("attribute %s is odd", "user");
    api.diag.info("started");
    api.diag.debug("items to be sent", [1, 2, 3]);
    expect(records.map(({ level, message, name }) => [level.name, message, name])).toEqual([
      ["ERROR", "cannot send", "@opentelemetry/api"],
      ["WARNING", "attribute user is odd", "@opentelemetry/api"],
    ]);
    expect(records.every(isDiagRecord)).toBe(true);
    expect(records[1]?.origin).toEqual({ name: "otel-diag", level: { name: "WARN" } });
    logger.info("ours");
    expect(isDiagRecord(records.at(-1) as never)).toBe(false);
  });

  test("level ALL the way down; values beside the texts are left out where they are whole batches", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger, level: "VERBOSE" });
    const batch = [{ resource: "huge" }];
    api.diag.verbose("v", batch);
    api.diag.debug("items to be sent", batch);
    api.diag.info("i", { port: 4318 });
    expect(records.map(({ level, message, extra }) => [level.name, message, extra])).toEqual([
      ["TRACE", "v", {}],
      ["DEBUG", "items to be sent", {}],
      ["INFO", "i", { details: [{ port: 4318 }] }],
    ]);
  });

  test("a component's name is the record's", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    api.diag.createComponentLogger({ namespace: "@opentelemetry/instrumentation-http" }).warn("no", "span");
    api.diag.createComponentLogger({ namespace: "my-instrumentation" }).error("broken", new TypeError("no hook"));
    api.diag.warn("failed", "twice");
    expect(records.map(({ name, message }) => [name, message])).toEqual([
      ["@opentelemetry/instrumentation-http", "no span"],
      ["my-instrumentation", "broken"],
      ["@opentelemetry/api", "failed twice"],
    ]);
    expect(records[1]?.exception).toMatchObject({ type: "TypeError", message: "no hook" });
  });

  test("an error that the SDK's global handler writes as JSON is an error again", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    const refused = Object.assign(new TypeError("connect ECONNREFUSED"), { code: "ECONNREFUSED", port: 4318 });
    globalErrorHandler(refused);
    globalErrorHandler("a text");
    api.diag.error('{"not":"an error"}');
    api.diag.error("{broken");
    const [first, ...rest] = records;
    expect(first?.message).toBe("connect ECONNREFUSED");
    expect(first?.exception).toMatchObject({
      type: "TypeError",
      message: "connect ECONNREFUSED",
      code: "ECONNREFUSED",
      properties: { port: "4318" },
    });
    expect(first?.exception?.stack.length).toBeGreaterThan(0);
    expect(first?.extra).toEqual({});
    expect(rest.map(({ message }) => message)).toEqual(["a text", '{"not":"an error"}', "{broken"]);
  });

  test("so many a minute; more are counted, and said once", () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger, perMinute: 6 });
    for (let count = 0; count < 10; count++) api.diag.warn("again");
    expect(records).toHaveLength(6);
    expect(forwarding.dropped()).toBe(4);
    vi.advanceTimersByTime(20_000);
    for (let count = 0; count < 10; count++) api.diag.warn("again");
    expect(records).toHaveLength(8);
    expect(forwarding.dropped()).toBe(12);
    vi.advanceTimersByTime(3_600_000);
    for (let count = 0; count < 10; count++) api.diag.warn("again");
    expect(records).toHaveLength(14);
    expect(reported()).toEqual(["LB1654"]);
  });

  test("what is below our threshold takes nothing from the rate", () => {
    const { logger, records } = listened("ERROR");
    forwarding = forwardDiag({ logger, perMinute: 1 });
    for (let count = 0; count < 10; count++) api.diag.warn("below");
    api.diag.error("above");
    expect(records.map(({ message }) => message)).toEqual(["above"]);
    expect(forwarding.dropped()).toBe(0);
  });

  test("what the SDK says because of such a record is dropped and counted: no recursion", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    logger.add(({ length }) => api.diag.warn(`a sink of somebody else fails at ${length} characters`), { level: 0 });
    api.diag.warn("seed");
    expect(records.map(({ message }) => message)).toEqual(["seed"]);
    expect(forwarding.dropped()).toBe(1);
  });

  test("a diag logger that was set before still gets everything at its level, and is put back", () => {
    const said: unknown[] = [];
    const theirs: api.DiagLogger = {
      error: (...args) => void said.push(["error", ...args]),
      warn: (...args) => void said.push(["warn", ...args]),
      info: (...args) => void said.push(["info", ...args]),
      debug: (...args) => void said.push(["debug", ...args]),
      verbose: (...args) => void said.push(["verbose", ...args]),
    };
    api.diag.setLogger(theirs, api.DiagLogLevel.INFO);
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    api.diag.warn("both", 1);
    api.diag.info("theirs");
    api.diag.debug("nobody");
    expect(said).toEqual([
      ["warn", "both", 1],
      ["info", "theirs"],
    ]);
    expect(records.map(({ message }) => message)).toEqual(["both 1"]);
    forwarding.restore();
    api.diag.warn("theirs again");
    expect(said.at(-1)).toEqual(["warn", "theirs again"]);
    expect(records).toHaveLength(1);
  });

  test("in replace mode the one before is silent for what is taken", () => {
    const said: unknown[] = [];
    const push = (text: string): void => void said.push(text);
    api.diag.setLogger({ error: push, warn: push, info: push, debug: push, verbose: push }, api.DiagLogLevel.ALL);
    said.length = 0;
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger, mode: "replace" });
    api.diag.warn("ours");
    api.diag.info("below our level");
    expect(records.map(({ message }) => message)).toEqual(["ours"]);
    expect(said).toEqual(["below our level"]);
  });

  test("where there was none, there is none after restore()", () => {
    const { logger } = listened();
    forwardDiag({ logger }).restore();
    const api1 = (globalThis as unknown as Record<symbol, object>)[Symbol.for("opentelemetry.js.api.1")] as object;
    expect(Object.hasOwn(api1, "diag")).toBe(false);
  });

  test("two of them, ended in any order, each go on alone", () => {
    const [one, other] = [listened(), listened()];
    const first = forwardDiag({ logger: one.logger });
    const second = forwardDiag({ logger: other.logger });
    api.diag.warn("both");
    first.restore();
    api.diag.warn("second");
    second.restore();
    api.diag.warn("nobody");
    expect(one.records.map(({ message }) => message)).toEqual(["both"]);
    expect(other.records.map(({ message }) => message)).toEqual(["both", "second"]);
  });

  test("NodeSDK takes the place where OTEL_LOG_LEVEL is set: that is said, and restore() leaves theirs alone", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    const said: unknown[] = [];
    const push = (text: string): void => void said.push(text);
    // As NodeSDK's constructor does it, with a console logger.
    api.diag.setLogger({ error: push, warn: push, info: push, debug: push, verbose: push }, api.DiagLogLevel.INFO);
    expect(only(records).message).toContain("Current logger will be overwritten");
    api.diag.warn("theirs");
    expect(records).toHaveLength(1);
    forwarding.restore();
    api.diag.warn("theirs still");
    expect(said.slice(-2)).toEqual(["theirs", "theirs still"]);
  });

  test("takes in what the logs SDK really says", () => {
    const { logger, records } = listened();
    forwarding = forwardDiag({ logger });
    const exporter = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    provider.getLogger("app").emit({ body: "x", attributes: { when: new Date() } as never });
    expect(only(records).level.name).toBe("WARNING");
    expect(only(records).message).toMatch(/attribute/i);
  });

  test.each<[unknown, string]>([
    [{ level: "ALL" }, "LB1655"],
    [{ perMinute: 0 }, "LB1655"],
    [{ perMinute: "many" }, "LB1655"],
    [{ rate: 1 }, "LB1002"],
    [{ stage: "raw" }, "LB1002"],
    [{ mode: "both" }, "LB1406"],
    [{ logger: {} }, "LB1406"],
    [null, "LB1406"],
    [5, "LB1406"],
    ["WARN", "LB1406"],
  ])("refuses %o", (options, code) => {
    expect(() => forwardDiag(options as never)).toThrow(expect.objectContaining({ code }));
  });
});

test("two that leave in the order in which they came leave nothing behind", () => {
  const holder = (globalThis as unknown as Record<symbol, { diag?: unknown }>)[Symbol.for("opentelemetry.js.api.1")];
  const theirs = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn(), verbose: vi.fn() };
  for (const before of [undefined, theirs]) {
    if (before) api.diag.setLogger(before);
    const known = holder?.diag;
    const [first, second, third] = [forwardDiag(), forwardDiag(), forwardDiag()];
    first?.restore();
    third?.restore();
    second?.restore();
    expect(holder?.diag).toBe(known);
  }
});
