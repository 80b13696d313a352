import shimmer from "shimmer";
import { afterEach, describe, expect, test, vi } from "vitest";
import winston from "winston";
import { interceptWinston } from "../src/index.ts";
import { loggerPrototype, ours, run, settle, theirs } from "./setting.ts";

const prototype = loggerPrototype;
const KEYS = ["write", "_transform", "isLevelEnabled"] as const;
const properties = (): unknown[] => KEYS.map((key) => Object.getOwnPropertyDescriptor(prototype, key));
const untouched = properties();

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
  expect(properties()).toEqual(untouched);
});

describe("restore()", () => {
  test("puts the properties back, in any order and called twice", () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const { logger: legacy } = theirs();
      const open = [
        interceptWinston(winston, { logger: ours().logger }),
        interceptWinston(legacy, { logger: ours().logger, mode: "replace" }),
        interceptWinston(legacy.child({}), { logger: ours().logger }),
      ];
      expect(properties()).not.toEqual(untouched);
      for (const at of order) open[at]?.restore();
      for (const at of order) open[at]?.restore();
      expect(properties()).toEqual(untouched);
      expect(legacy.level).toBe("silly");
    }
  });

  test("leaves nothing on a child", () => {
    const child = theirs().logger.child({});
    const before = Reflect.ownKeys(child);
    interceptWinston(child, { logger: ours().logger }).restore();
    expect(Reflect.ownKeys(child)).toEqual(before);
  });

  test("is what using calls", () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs();
    const interception = interceptWinston(legacy, { logger });
    interception[Symbol.dispose]();
    legacy.info("after");
    expect(texts()).toEqual([]);
    expect(interception.origin).toBe("winston");
  });

  test("a second copy of the adapter is one more subscriber of the same patch", async () => {
    vi.resetModules();
    const copy = (await import("../src/index.ts")) as typeof import("../src/index.ts");
    expect(copy.interceptWinston).not.toBe(interceptWinston);
    const [first, second] = [ours(), ours()];
    const { logger: legacy, lines } = theirs();
    const one = interceptWinston(winston, { logger: first.logger });
    const two = copy.interceptWinston(legacy, { logger: second.logger });
    legacy.info("both");
    one.restore();
    legacy.info("second");
    two.restore();
    legacy.info("none");
    await settle();
    expect(first.texts()).toEqual(["both"]);
    expect(second.texts()).toEqual(["both", "second"]);
    expect(lines).toHaveLength(3);
  });
});

describe("beside a foreign wrapper", () => {
  test("on top of ours: it goes on working, and ours takes nothing", () => {
    const { logger, texts } = ours();
    const { logger: legacy } = theirs();
    const seen: unknown[] = [];
    const interception = interceptWinston(winston, { logger });
    const wrapper = (original: (...args: unknown[]) => unknown) =>
      function (this: unknown, ...args: unknown[]): unknown {
        seen.push(args[0]);
        return original.apply(this, args);
      };
    shimmer.wrap(prototype, "write", wrapper);
    undo.push(() => {
      shimmer.unwrap(prototype, "write");
      // What is left of ours goes with the next round.
      interceptWinston(winston, { logger }).restore();
    });
    legacy.info("with both");
    interception.restore();
    legacy.info("without ours");
    expect(texts()).toEqual(["with both"]);
    expect(seen).toHaveLength(2);
  });

  test("on top, ours restored and made again: each record once", () => {
    const { logger, texts } = ours();
    const { logger: legacy, lines } = theirs();
    interceptWinston(winston, { logger }).restore();
    const first = interceptWinston(winston, { logger });
    shimmer.wrap(
      prototype,
      "write",
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          return original.apply(this, args);
        },
    );
    first.restore();
    const second = interceptWinston(winston, { logger });
    legacy.info("once");
    second.restore();
    shimmer.unwrap(prototype, "write");
    legacy.info("through what is left of the first");
    // It was under theirs, so it stays, and only passes on.
    delete prototype["write"];
    expect(texts()).toEqual(["once"]);
    expect(lines).toHaveLength(2);
  });
});

describe("beside OpenTelemetry's winston instrumentation", () => {
  test.each([
    ["below", "tee"],
    ["below", "replace"],
    ["above", "tee"],
    ["above", "replace"],
  ] as const)(
    "%s ours, %s: its trace ids are in winston's lines and in our records, and it outlives ours",
    (place, mode) => {
      const { records, lines, ...writes } = run("otel.ts", place, mode) as {
        records: { message: string; extra: object; file: string }[];
        lines: string[];
      };
      const ids = { trace_id: "0af7651916cd43dd8448eb211c80319c", span_id: "b7ad6b7169203331" };
      expect(records).toEqual([
        { message: "both", extra: expect.objectContaining({ step: 1, ...ids }), file: "otel.ts" },
        { message: "both, child", extra: expect.objectContaining({ part: 2, ...ids }), file: "otel.ts" },
      ]);
      const printed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(printed.map(({ message, trace_id }) => `${message} ${trace_id ?? "-"}`)).toEqual([
        ...(mode === "tee" ? [`both ${ids.trace_id}`, `both, child ${ids.trace_id}`] : []),
        `theirs ${ids.trace_id}`,
        `theirs, child ${ids.trace_id}`,
        "none -",
        "none, child -",
      ]);
      expect(writes).toEqual({
        outermost: place === "below" ? "ours" : "theirs",
        afterRestore: "theirs",
        atTheEnd: "native",
      });
    },
  );
});
