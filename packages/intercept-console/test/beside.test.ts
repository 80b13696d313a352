import { createLogger } from "@logbridge/core";
import { describeProperties } from "@logbridge/core/conformance";
import { interceptConsole } from "@logbridge/intercept-console";
import { afterEach, describe, expect, test, vi } from "vitest";
import { browserConsole, nodeConsole } from "./support/consoles.ts";
import { keeping } from "./support/records.ts";

const METHODS = [
  "log",
  "info",
  "warn",
  "error",
  "debug",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "groupEnd",
];
const ALL = [...METHODS, "count", "countReset", "assert", "time", "timeLog", "timeEnd"];

function expectUntouched(described: ReturnType<typeof describeProperties>): void {
  for (const [target, key, before] of described) expect(Object.getOwnPropertyDescriptor(target, key)).toEqual(before);
}

let isCopied = false;

/** The same package loaded a second time, as a bundled or nested copy is. */
async function secondCopy(): Promise<typeof import("@logbridge/intercept-console")> {
  vi.resetModules();
  isCopied = true;
  const copy = await import("@logbridge/intercept-console");
  expect(copy.interceptConsole).not.toBe(interceptConsole);
  return copy;
}

afterEach(() => {
  if (isCopied) vi.resetModules();
  isCopied = false;
});

describe.each(["the first ends first", "the second ends first"])("two interceptions, S-CON-3: %s", (order) => {
  test.each(["of one copy", "of two copies"])("%s take each call once and leave nothing behind", async (copies) => {
    const { target, lines } = nodeConsole();
    const described = describeProperties(target, ...ALL);
    const other = copies === "of two copies" ? (await secondCopy()).interceptConsole : interceptConsole;
    const [a, b] = [keeping(), keeping()];
    const first = interceptConsole({ logger: a.logger, console: target, mode: "tee" });
    const second = other({ logger: b.logger, console: target, mode: "tee" });
    target.log("both");
    target.table([1]);
    target.trace("both");
    for (const { records } of [a, b]) expect(records.map(({ level }) => level.name)).toEqual(["INFO", "INFO", "DEBUG"]);
    expect(lines).toHaveLength(3);
    const [earlier, later, left] =
      order === "the first ends first" ? ([first, second, b] as const) : ([second, first, a] as const);
    earlier.restore();
    target.error("one");
    expect(left.messages().at(-1)).toBe("one");
    expect(a.records.length + b.records.length).toBe(7);
    later.restore();
    target.error("none");
    expect(a.records.length + b.records.length).toBe(7);
    expect(lines).toHaveLength(5);
    expectUntouched(described);
  });
});

test("one that replaces silences the console for one that listens in tee mode too, and both get the record", () => {
  const { target, lines } = nodeConsole();
  const [a, b] = [keeping(), keeping()];
  interceptConsole({ logger: a.logger, console: target, mode: "tee" });
  const replacing = interceptConsole({ logger: b.logger, console: target, mode: "replace" });
  target.count("n");
  target.log("x");
  expect(lines).toEqual([]);
  replacing.restore();
  target.count("n");
  expect(lines).toEqual(["n: 2\n"]);
  expect(a.messages()).toEqual(["n: 1", "x", "n: 2"]);
  expect(b.messages()).toEqual(["n: 1", "x"]);
});

test("a patch of somebody else on top goes on working after ours has ended, and ours takes nothing", () => {
  const { target, lines } = nodeConsole();
  const { logger, messages } = keeping();
  const interception = interceptConsole({ logger, console: target, mode: "tee" });
  const seen: string[] = [];
  for (const method of ["log", "table", "error", "trace"] as const) {
    const inner = target[method] as (...args: unknown[]) => void;
    target[method] = (...args: unknown[]) => {
      seen.push(method);
      inner.apply(target, args);
    };
  }
  target.log("before");
  interception.restore();
  target.log("after");
  target.table("after");
  target.trace("after");
  expect(messages()).toEqual(["before"]);
  expect(seen).toEqual(["log", "log", "table", "log", "trace", "error"]);
  expect(lines.slice(0, 3)).toEqual(["before\n", "after\n", "after\n"]);
  expect(lines[3]).toMatch(/^Trace: after\n/);
  const again = keeping();
  interceptConsole({ logger: again.logger, console: target, mode: "tee" });
  target.table("again");
  expect(again.messages()).toEqual(["again"]);
});

describe("what is printed from inside", () => {
  test("a sink that prints to the console closes no ring, in either mode, synchronous or not", async () => {
    for (const mode of ["tee", "replace"] as const)
      for (const later of [false, true]) {
        const { target, lines } = nodeConsole();
        const { logger, messages } = keeping();
        const interception = interceptConsole({ logger, console: target, mode });
        logger.add(
          async (text) => {
            if (later) await Promise.resolve();
            else target.table("table inside");
            target.log(text.trimEnd());
          },
          { format: "SINK {message}", level: 0 },
        );
        target.log("from the console");
        logger.info("from the logger");
        await logger.complete();
        expect(messages()).toEqual(["from the console", "from the logger"]);
        expect(lines.filter((line) => line.startsWith("SINK"))).toHaveLength(2);
        interception.restore();
        await logger.remove();
      }
  });

  test("what a patcher prints is printed and no record, S-CON-2", () => {
    const { target, lines } = nodeConsole();
    const { logger, messages } = keeping();
    const patched = logger.patch((record) => {
      target.log("saw", record.message);
      target.table("in a patcher");
    });
    interceptConsole({ logger: patched, console: target, mode: "replace" });
    patched.info("a");
    target.log("b");
    expect(messages()).toEqual(["a", "b"]);
    expect(lines).toEqual(["saw a\n", "in a patcher\n", "saw b\n", "in a patcher\n"]);
  });

  test("an object that logs while it is inspected makes a record of its own, once", () => {
    for (const mode of ["tee", "replace"] as const) {
      const { target } = nodeConsole();
      const { logger, messages } = keeping();
      interceptConsole({ logger, console: target, mode });
      const talkative = {
        [Symbol.for("nodejs.util.inspect.custom")]() {
          target.warn("inspecting");
          return "<talkative>";
        },
      };
      target.log("value", talkative);
      expect(messages()).toEqual(["inspecting", "value <talkative>"]);
    }
  });

  test("an object that cannot be inspected throws as without us, and the interception goes on", () => {
    const { target } = nodeConsole();
    const { logger, messages } = keeping();
    interceptConsole({ logger, console: target, mode: "replace" });
    const broken = {
      [Symbol.for("nodejs.util.inspect.custom")]() {
        throw new RangeError("cannot be shown");
      },
    };
    const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(() => target.log(broken)).toThrow(RangeError);
    errors.mockRestore();
    target.log("goes on");
    expect(messages()).toEqual(["goes on"]);
  });
});

describe("a browser's console", () => {
  test("is replaced without a sound, and says what its methods would", () => {
    const { target, lines } = browserConsole();
    const described = describeProperties(target, ...ALL);
    const { logger, records, messages } = keeping();
    const interception = interceptConsole({ logger, console: target });
    target["count"]?.("n");
    target["count"]?.("n");
    target["countReset"]?.("n");
    target["count"]?.("n");
    target["time"]?.("t");
    target["timeLog"]?.("t", "half");
    target["timeEnd"]?.("t");
    target["table"]?.([{ x: 1 }, { y: "two" }, 3]);
    target["trace"]?.("here");
    target["assert"]?.(false, "why");
    target["group"]?.("g");
    target.log("in");
    target["groupEnd"]?.();
    expect(messages().slice(0, 5)).toEqual([
      "n: 1",
      "n: 2",
      "n: 1",
      expect.stringMatching(/^t: [\d.]+ms half$/),
      expect.stringMatching(/^t: [\d.]+ms$/),
    ]);
    expect(messages()[5]).toBe(
      [
        "┌─────────┬───┬───────┬────────┐",
        "│ (index) │ x │ y     │ Values │",
        "├─────────┼───┼───────┼────────┤",
        "│ 0       │ 1 │       │        │",
        "│ 1       │   │ 'two' │        │",
        "│ 2       │   │       │ 3      │",
        "└─────────┴───┴───────┴────────┘",
      ].join("\n"),
    );
    expect(messages()[6]).toMatch(/^Trace: here\n +at .*beside\.test\.ts/);
    expect(messages().slice(7)).toEqual(["Assertion failed: why", "g", "in"]);
    expect(records.at(-1)?.origin?.depth).toBe(1);
    expect(lines.filter((line) => !/^(time|countReset) /.test(line))).toEqual([]);
    interception.restore();
    expectUntouched(described);
  });

  test("prints each call once in tee mode", () => {
    const { target, lines } = browserConsole();
    const { logger, messages } = keeping();
    interceptConsole({ logger, console: target, mode: "tee" });
    target["table"]?.("a");
    target["count"]?.();
    target["group"]?.("g");
    target["groupEnd"]?.();
    expect(messages()).toEqual(["a", "default: 1", "g"]);
    expect(lines).toEqual(["table a", "count ", "group g", "groupEnd "]);
  });

  test("a timer that was started before is left to it", () => {
    const { target, lines } = browserConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target });
    target["timeEnd"]?.("earlier");
    expect(lines).toEqual(["timeEnd earlier"]);
    expect(records).toEqual([]);
  });

  test("a console of Node whose methods were replaced by ones that do not use each other is understood", () => {
    const { target, lines } = nodeConsole();
    const { logger, messages } = keeping();
    target.count = (label?: string) => void lines.push(`their count ${label}`);
    interceptConsole({ logger, console: target, mode: "tee" });
    target.count("n");
    target.count("n");
    expect(messages()).toEqual(["n: 1", "n: 2"]);
    expect(lines).toEqual(["their count n", "their count n"]);
  });
});

test("a logger that nobody listens to costs the console nothing", () => {
  const { target, lines } = nodeConsole();
  interceptConsole({ logger: createLogger(), console: target, mode: "tee" });
  target.trace("x");
  expect(lines).toHaveLength(1);
});
