import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { keeping } from "./support/records.ts";

type Call = (target: Console) => void;

/** Which record each method makes. */
const CALLS: readonly (readonly [name: string, call: Call, level: string, method: string, message: string])[] = [
  ["log", (c) => c.log("a %s", "b"), "INFO", "log", "a b"],
  ["info", (c) => c.info("a"), "INFO", "info", "a"],
  ["warn", (c) => c.warn("a"), "WARNING", "warn", "a"],
  ["error", (c) => c.error("a"), "ERROR", "error", "a"],
  ["debug", (c) => c.debug("a"), "DEBUG", "debug", "a"],
  ["dir", (c) => c.dir({ a: { b: { c: 1 } } }, { depth: 0 }), "INFO", "dir", "{ a: [Object] }"],
  ["dirxml", (c) => c.dirxml("a", 1), "INFO", "dirxml", "a 1"],
  [
    "table",
    (c) => c.table([{ x: 1 }]),
    "INFO",
    "table",
    "┌─────────┬───┐\n│ (index) │ x │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘",
  ],
  ["table of a text", (c) => c.table("a"), "INFO", "table", "a"],
  ["group", (c) => c.group("a"), "INFO", "group", "a"],
  ["groupCollapsed", (c) => c.groupCollapsed("a"), "INFO", "groupCollapsed", "a"],
  ["count", (c) => c.count("n"), "INFO", "count", "n: 1"],
  ["a failing assert", (c) => c.assert(false, "%s", "why"), "ERROR", "assert", "Assertion failed: why"],
];

describe.each(["tee", "replace"] as const)("%s", (mode) => {
  test.each(CALLS)("%s is one record", (_name, call, level, method, message) => {
    const { target, lines } = nodeConsole();
    const { logger, records } = keeping();
    const interception = interceptConsole({ logger, console: target, mode });
    call(target);
    expect(records.map((record) => [record.level.name, record.message])).toEqual([[level, message]]);
    expect(records[0]?.origin).toMatchObject({ name: "console", level: { name: method } });
    expect(lines.length > 0).toBe(mode === "tee");
    interception.restore();
    call(target);
    expect(records).toHaveLength(1);
    expect(lines).toHaveLength(mode === "tee" ? 2 : 1);
  });

  test("trace is one record with the stack as the console prints it", () => {
    const { target, lines } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    target.trace("here %s", "it is", { id: 7 });
    expect(records).toHaveLength(1);
    const [record] = records;
    expect(record?.level.name).toBe("DEBUG");
    expect(record?.message).toMatch(/^Trace: here it is \{ id: 7 \}\n +at .*intercept\.test\.ts:/);
    expect(record?.message).not.toContain("/src/");
    expect(record?.extra).toEqual({ id: 7 });
    expect(record?.args).toEqual(["it is"]);
    if (mode === "tee") expect(lines).toEqual([`${record?.message}\n`]);
    else expect(lines).toEqual([]);
  });

  test("a timer is one record at each of its calls", () => {
    const { target, lines } = nodeConsole();
    const { logger, records } = keeping();
    target.time("t");
    interceptConsole({ logger, console: target, mode });
    target.timeLog("t", "half", { done: 0.5 });
    target.timeEnd("t");
    expect(records.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^t: [\d.]+ms half \{ done: 0\.5 \}$/),
      expect.stringMatching(/^t: [\d.]+ms$/),
    ]);
    expect(records[0]?.extra).toEqual({ done: 0.5 });
    if (mode === "tee") expect(lines).toEqual(records.map(({ message }) => `${message}\n`));
  });

  test("what prints nothing makes no record", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    target.assert(true, "fine");
    target.group();
    target.groupEnd();
    target.countReset("never counted");
    target.clear();
    expect(records).toEqual([]);
  });

  test("the message of a grouped call has no indentation, its depth is in origin, S-CON-4", () => {
    const { target, lines } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    target.group("g");
    target.log("a\nb");
    target.group();
    target.table([{ x: 1 }]);
    target.groupEnd();
    target.groupEnd();
    target.log("out");
    expect(records.map(({ message, origin }) => [message.split("\n")[0], origin?.depth])).toEqual([
      ["g", undefined],
      ["a", 1],
      ["┌─────────┬───┐", 2],
      ["out", undefined],
    ]);
    if (mode === "tee") expect(lines.slice(0, 2)).toEqual(["g\n", "  a\n  b\n"]);
  });

  test("counters and timers go on across the interception", () => {
    const { target, lines } = nodeConsole();
    const { logger, messages } = keeping();
    target.count();
    const interception = interceptConsole({ logger, console: target, mode });
    target.count();
    interception.restore();
    target.count();
    expect(messages()).toEqual(["default: 2"]);
    expect(lines.at(-1)).toBe("default: 3\n");
  });

  test("a group that was opened before can be closed, and one that was opened in between leaves nothing behind", () => {
    const { target, lines } = nodeConsole();
    const { logger } = keeping();
    target.group("before");
    const interception = interceptConsole({ logger, console: target, mode });
    target.group("between");
    target.groupEnd();
    target.groupEnd();
    interception.restore();
    target.log("flush left");
    expect(lines.at(-1)).toBe("flush left\n");
  });

  test("an error among the values is the exception, with its cause", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    const error = new TypeError("disk full", { cause: new Error("no space") });
    target.error("save failed", error, { id: 7 });
    target.error(error);
    expect(records.map(({ message }) => message)).toEqual(["save failed { id: 7 }", "disk full"]);
    expect(records[0]?.exception).toMatchObject({ type: "TypeError", value: error, cause: { message: "no space" } });
    expect(records[0]?.extra).toEqual({ id: 7 });
    expect(records[1]?.exception?.value).toBe(error);
  });

  test("an error inside an assertion is its exception", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    const error = new Error("broken");
    target.assert(false, "why", error);
    target.assert(false, error as never);
    expect(records.map(({ message, exception }) => [message, exception?.value])).toEqual([
      ["Assertion failed: why", error],
      // What the console makes of an error differs: Node 20 makes a text of it.
      [expect.stringMatching(/^Assertion failed(?:: Error: broken)?$/), error],
    ]);
  });

  test("the caller is the line of the call, for methods that use others too", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    const { warn } = target;
    const at = new Error("here").stack?.match(/intercept\.test\.ts:(\d+)/)?.[1];
    target.log("x");
    warn("x");
    target.table([1]);
    target.trace("x");
    target.assert(false);
    target.group("x");
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6].map((step) => Number(at) + step));
    expect(records.every(({ file }) => file?.name === "intercept.test.ts")).toBe(true);
  });

  test("a method throws what it threw", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode });
    expect(() => target.table([], "no array" as never)).toThrow(TypeError);
    target.log("goes on");
    expect(records.map(({ message }) => message)).toEqual(["goes on"]);
  });
});

test("a call below the handlers' lowest level is dropped in replace mode, and printed where a level is given", () => {
  const { target, lines } = nodeConsole();
  const { logger, messages } = keeping("WARNING");
  const interception = interceptConsole({ logger, console: target });
  for (const method of ["debug", "log", "table", "group", "trace"] as const) target[method]("low");
  target.groupEnd();
  target.warn("high");
  expect(messages()).toEqual(["high"]);
  expect(lines).toEqual([]);
  interception.restore();
  interceptConsole({ logger, console: target, level: 0 });
  target.log("low");
  target.trace("low");
  expect(messages()).toEqual(["high"]);
  expect(lines).toEqual(["low\n", expect.stringMatching(/^Trace: low\n/)]);
});

test("without any handler the console goes on printing", () => {
  const { target, lines } = nodeConsole();
  interceptConsole({ logger: createLogger(), console: target });
  target.log("not lost");
  target.table("not lost");
  expect(lines).toEqual(["not lost\n", "not lost\n"]);
});

test("properties are what they were after restore, names included", () => {
  const { target } = nodeConsole();
  for (const one of [target, globalThis.console]) {
    const before = Object.getOwnPropertyDescriptors(one);
    const keys = Reflect.ownKeys(one);
    const interception = interceptConsole({ logger: createLogger(), console: one });
    expect(one.log.name).toBe("log");
    expect(one.log).not.toBe(before.log.value);
    interception.restore();
    interception.restore();
    expect(Object.getOwnPropertyDescriptors(one)).toEqual(before);
    expect(one.log).toBe(before.log.value);
    expect(Reflect.ownKeys(one)).toEqual(keys);
  }
});

test("bad options are refused with what is allowed", () => {
  for (const name of ["streams", "warnings", "uncaught", "protectStdout"])
    expect(() => interceptConsole({ [name]: "yes" } as never)).toThrow(
      expect.objectContaining({ code: "LB1540", message: expect.stringContaining(name) as string }),
    );
  for (const [given, shown] of [
    [{}, "got {}"],
    [null, "got null"],
    [5, "got 5"],
  ] as const)
    expect(() => interceptConsole({ console: given as never })).toThrow(
      expect.objectContaining({ code: "LB1541", message: expect.stringContaining(shown) as string }),
    );
  expect(() => interceptConsole({ colour: true } as never)).toThrow(expect.objectContaining({ code: "LB1002" }));
  expect(() => interceptConsole({ stage: "raw" } as never)).toThrow(expect.objectContaining({ code: "LB1002" }));
  expect(() => interceptConsole({ mode: "both" as never })).toThrow(expect.objectContaining({ code: "LB1406" }));
  for (const [options, shown] of [
    [[], "[]"],
    [new Map(), "Map"],
    [/x/, "/x/"],
  ] as const)
    expect(() => interceptConsole(options as never)).toThrow(
      expect.objectContaining({
        code: "LB1406",
        message: expect.stringMatching(
          `^interceptConsole\\(\\): options .*by name.*, got .*${shown.replace("[", "\\[")}`,
        ) as string,
      }),
    );
  expect(() => interceptConsole({ logger: createLogger(), level: "LOUD" })).toThrow(
    expect.objectContaining({
      code: "LB1003",
      message: expect.stringMatching(/^interceptConsole\(\): option level: .*"LOUD"/) as string,
    }),
  );
  // An object of any class has its options as own properties.
  const restored = interceptConsole(Object.assign(new (class Options {})(), { logger: createLogger() }));
  restored.restore();
});

describe("a console that somebody has fixed", () => {
  test("is refused by name, and nothing of it is changed", () => {
    const { logger } = keeping();
    for (const fix of [
      (one: object) => Object.freeze(one),
      (one: object) => Object.defineProperty(one, "warn", { value: () => {}, configurable: false }),
    ]) {
      const one = nodeConsole().target;
      fix(one);
      const before = Object.getOwnPropertyDescriptors(one);
      expect(() => interceptConsole({ logger, console: one })).toThrow(expect.objectContaining({ code: "LB1558" }));
      expect(Object.getOwnPropertyDescriptors(one)).toEqual(before);
    }
  });
});

test.skipIf("Bun" in globalThis || "Deno" in globalThis)("no trap of a proxy runs for a record of it", () => {
  const asked: string[] = [];
  const trap = (_target: object, name: string | symbol) => () => {
    asked.push(String(name));
    throw new Error("never asked");
  };
  const proxy = new Proxy({ a: 1 }, new Proxy({}, { get: trap }));
  const { target } = nodeConsole();
  const { logger, messages } = keeping();
  for (const mode of ["tee", "replace"] as const) {
    const interception = interceptConsole({ logger, console: target, mode });
    target.log("it is", proxy);
    target.log(proxy);
    target.log("%o %s", 1, proxy);
    interception.restore();
  }
  expect(asked).toEqual([]);
  // Node 26 says that it is one.
  expect(messages()[0]).toMatch(/^it is (Proxy\()?\{ a: 1 \}\)?$/);
  expect(messages()).toHaveLength(6);
});
