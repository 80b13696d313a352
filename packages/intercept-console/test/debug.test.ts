import { format } from "node:util";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { freshBrowserDebug, freshDebug } from "./support/debug.ts";
import { keeping } from "./support/records.ts";

/** A copy with everything enabled that prints into a list. */
function printingDebug(): { readonly createDebug: ReturnType<typeof freshDebug>; readonly lines: string[] } {
  const createDebug = freshDebug();
  const lines: string[] = [];
  createDebug.log = (...args: unknown[]) => void lines.push(format(...args));
  createDebug.enable("*");
  return { createDebug, lines };
}

/** The build for browsers, with a console that keeps what it is called with. */
function browserDebug(): {
  readonly createDebug: ReturnType<typeof freshBrowserDebug>;
  readonly target: { log(...args: unknown[]): void; debug(...args: unknown[]): void };
  readonly calls: unknown[][];
} {
  const calls: unknown[][] = [];
  const keep = (...args: unknown[]): void => void calls.push(args);
  const target = { log: keep, debug: keep };
  const createDebug = freshBrowserDebug();
  createDebug.log = target.debug;
  createDebug.enable("*");
  return { createDebug, target, calls };
}

describe.each(["tee", "replace"] as const)("%s", (mode) => {
  test("a coloured call has a clean message, its namespace as name and the level DEBUG, S-CON-5", () => {
    const { createDebug, lines } = printingDebug();
    const { logger, records } = keeping();
    const log = Object.assign(createDebug("app:db"), { useColors: true });
    interceptDebug(createDebug, { logger, mode });
    log("hello");
    log("%O and %o", { a: 1 }, "text");
    expect(records.map(({ message, name, level }) => [message, name, level.name])).toEqual([
      ["hello", "app:db", "DEBUG"],
      ["{ a: 1 } and 'text'", "app:db", "DEBUG"],
    ]);
    expect(JSON.stringify(records)).not.toContain("\\u001b");
    expect(records[0]?.origin).toEqual({ name: "debug", level: { name: "debug" } });
    expect(lines).toHaveLength(mode === "tee" ? 2 : 0);
    if (mode === "tee")
      expect(JSON.stringify(lines[0])).toMatch(/^" {2}\\u001b\[3.*app:db.*hello .*\+0ms\\u001b\[0m"$/);
  });

  test("directives are filled, the values stay in args, an object is in extra", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    interceptDebug(createDebug, { logger, mode });
    createDebug("app")("%d rows in %s", 3, "users", { ms: 7 });
    createDebug("app")("%j 100%%", { a: 1 });
    createDebug("app")({ only: "object" });
    expect(records.map(({ message }) => message)).toEqual([
      "3 rows in users { ms: 7 }",
      '{"a":1} 100%',
      "{ only: 'object' }",
    ]);
    expect(records[0]).toMatchObject({ template: "%d rows in %s", args: [3, "users"], extra: { ms: 7 } });
    expect(records[2]?.extra).toEqual({ only: "object" });
  });

  test("an error is the exception, first or among the values", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    interceptDebug(createDebug, { logger, mode });
    const error = new Error("refused");
    createDebug("app")(error);
    createDebug("app")("connect", error);
    createDebug("app")("fine");
    expect(records.map(({ message, exception }) => [message, exception?.value])).toEqual([
      ["refused", error],
      ["connect", error],
      ["fine", undefined],
    ]);
  });

  test("an instance with an output of its own comes in once, with origin debug, and has its output back", () => {
    const { createDebug } = printingDebug();
    const { target, lines } = nodeConsole();
    const { logger, records } = keeping();
    const own = createDebug("own");
    own.log = target.log.bind(target);
    interceptConsole({ logger, console: target, mode: "tee" });
    const late = createDebug("late");
    late.log = target.log.bind(target);
    interceptDebug(createDebug, { logger, mode });
    own("early bound");
    late("late bound");
    late("again");
    expect(records.map(({ message, origin }) => [message, origin?.name])).toEqual([
      ["early bound", "debug"],
      ["late bound", "debug"],
      ["again", "debug"],
    ]);
    expect(lines).toHaveLength(mode === "tee" ? 3 : 0);
    expect(Object.keys(own)).toContain("log");
  });

  test("namespaces that are enabled or extended at run time arrive, disabled ones do not", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    createDebug.disable();
    const log = createDebug("app");
    interceptDebug(createDebug, { logger, mode });
    log("unheard");
    createDebug.enable("app:*");
    log.extend("db")("heard");
    log("unheard");
    createDebug("app:late")("heard too");
    expect(records.map(({ name, message }) => [name, message])).toEqual([
      ["app:db", "heard"],
      ["app:late", "heard too"],
    ]);
  });

  test("the caller is the line of the call", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    const log = createDebug("app");
    interceptDebug(createDebug, { logger, mode });
    const at = new Error("here").stack?.match(/debug\.test\.ts:(\d+)/)?.[1];
    log("x");
    log.extend("db")("x");
    expect(records.map(({ line, file }) => [line, file?.name])).toEqual(
      [1, 2].map((step) => [Number(at) + step, "debug.test.ts"]),
    );
  });

  test("after restore nothing comes in, and the properties are what they were", () => {
    const { createDebug, lines } = printingDebug();
    const { logger, records } = keeping();
    const before = Object.getOwnPropertyDescriptors(createDebug);
    const log = createDebug("app");
    const properties = Object.getOwnPropertyDescriptors(log);
    const interception = interceptDebug(createDebug, { logger, mode });
    log("x");
    interception.restore();
    interception.restore();
    log("y");
    expect(records).toHaveLength(1);
    expect(lines.at(-1)).toContain("y");
    expect(Object.getOwnPropertyDescriptors(createDebug)).toEqual(before);
    expect(Object.keys(Object.getOwnPropertyDescriptors(log))).toEqual([
      ...Object.keys(properties),
      "diff",
      "prev",
      "curr",
    ]);
  });
});

test("in replace mode what no handler wants is silent, and where a level is given it is printed", () => {
  const { createDebug, lines } = printingDebug();
  const { logger, records } = keeping("INFO");
  const interception = interceptDebug(createDebug, { logger, mode: "replace" });
  createDebug("app")("low");
  expect(lines).toEqual([]);
  interception.restore();
  interceptDebug(createDebug, { logger, mode: "replace", level: "DEBUG" });
  createDebug("app")("low");
  expect(lines).toHaveLength(1);
  expect(records).toEqual([]);
});

test("two interceptions take each call once, and one that replaces silences it for both", () => {
  const { createDebug, lines } = printingDebug();
  const [a, b] = [keeping(), keeping()];
  interceptDebug(createDebug, { logger: a.logger });
  const replacing = interceptDebug(createDebug, { logger: b.logger, mode: "replace" });
  createDebug("app")("x");
  replacing.restore();
  createDebug("app")("y");
  expect([a.messages(), b.messages(), lines.length]).toEqual([["x", "y"], ["x"], 1]);
});

test("the option name gets the instance", () => {
  const { createDebug } = printingDebug();
  const { logger, records } = keeping();
  interceptDebug(createDebug, { logger, name: (theirs) => `debug.${(theirs as { namespace: string }).namespace}` });
  createDebug("app:db")("x");
  expect(records[0]?.name).toBe("debug.app:db");
});

test("a foreign patch of formatArgs on top goes on working after restore", () => {
  const { createDebug, lines } = printingDebug();
  const { logger, records } = keeping();
  const interception = interceptDebug(createDebug, { logger });
  const inner = createDebug.formatArgs as unknown as (this: unknown, args: unknown[]) => void;
  createDebug.formatArgs = function (this: unknown, args: unknown[]) {
    inner.call(this, args);
    args[0] = `THEIRS ${String(args[0])}`;
  } as never;
  createDebug("app")("x");
  interception.restore();
  createDebug("app")("y");
  expect(records.map(({ message }) => message)).toEqual(["x"]);
  expect(lines.every((line) => line.startsWith("THEIRS"))).toBe(true);
  expect(lines).toHaveLength(2);
});

test("what is no copy of debug is refused", () => {
  for (const wrong of [undefined, null, "debug", () => {}, { formatArgs() {} }])
    expect(() => interceptDebug(wrong as never)).toThrow(
      expect.objectContaining({ code: "LB1542", message: expect.stringMatching(/, got ./) as string }),
    );
});

test("a stage is refused: what is printed has none", () => {
  const { createDebug } = printingDebug();
  expect(() => interceptDebug(createDebug, { stage: "raw" })).toThrow(expect.objectContaining({ code: "LB1002" }));
});

describe("levels", () => {
  test("by pattern, in debug's own syntax: the first that fits decides, and what none fits is DEBUG", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    logger.level("AUDIT", { no: 35 });
    const levels = { "*:error": "ERROR", "app:warn*,lib:*,-lib:quiet": "warn", "a.b*": 45, "sec:*": "audit" };
    interceptDebug(createDebug, { logger, levels });
    for (const name of ["db:error", "app:warning", "lib:x", "lib:quiet", "a.b", "axb", "sec:1", "app", "app:error"])
      createDebug(name)("x");
    expect(records.map(({ name, level }) => [name, level.name, level.no])).toEqual([
      ["db:error", "ERROR", 40],
      ["app:warning", "WARNING", 30],
      ["lib:x", "WARNING", 30],
      ["lib:quiet", "DEBUG", 10],
      ["a.b", "Level 45", 45],
      ["axb", "DEBUG", 10],
      ["sec:1", "AUDIT", 35],
      ["app", "DEBUG", 10],
      ["app:error", "ERROR", 40],
    ]);
  });

  test("by function, which may give nothing; one that fails costs the record its level only", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    const levels = (namespace: string): string | undefined => {
      if (namespace === "broken") throw new Error("no level");
      return namespace.startsWith("app") ? "INFO" : undefined;
    };
    interceptDebug(createDebug, { logger, levels });
    for (const name of ["app", "other", "broken"]) createDebug(name)("x");
    expect(records.map(({ name, level }) => [name, level.name])).toEqual([
      ["app", "INFO"],
      ["other", "DEBUG"],
      ["broken", "DEBUG"],
    ]);
  });

  test("handlers above the level of a namespace do not get it, and in replace mode it is silent", () => {
    const { createDebug, lines } = printingDebug();
    const { logger, messages } = keeping("WARNING");
    interceptDebug(createDebug, { logger, mode: "replace", levels: { "*:error": "ERROR" } });
    createDebug("app")("low");
    createDebug("app:error")("high");
    expect([messages(), lines]).toEqual([["high"], []]);
  });

  test("long patterns are compared in no time", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping();
    interceptDebug(createDebug, {
      logger,
      levels: { [`${"a*".repeat(12)}b`]: "ERROR", [`${"*".repeat(500)}x`]: "ERROR" },
    });
    createDebug("a".repeat(60))("x");
    expect(records[0]?.level.name).toBe("DEBUG");
  });

  test("what they cannot be is refused, and nothing stays patched", () => {
    const { createDebug } = printingDebug();
    const before = Object.getOwnPropertyDescriptors(createDebug);
    const refused: readonly (readonly [unknown, string])[] = [
      [7, "LB1412"],
      [["ERROR"], "LB1412"],
      [{ " , ": "ERROR" }, "LB1412"],
      [{ app: "LOUD" }, "LB1003"],
      [{ app: -1 }, "LB1003"],
      [{ app: null }, "LB1003"],
    ];
    for (const [levels, code] of refused)
      expect(() => interceptDebug(createDebug, { levels: levels as never })).toThrow(expect.objectContaining({ code }));
    expect(() => interceptDebug(createDebug, { level: "LOUD" })).toThrow(expect.objectContaining({ code: "LB1003" }));
    expect(Object.getOwnPropertyDescriptors(createDebug)).toEqual(before);
  });

  test("parse lifts a line above the level of its namespace", () => {
    const { createDebug } = printingDebug();
    const { logger, records } = keeping("WARNING");
    interceptDebug(createDebug, { logger, parse: "brackets" });
    createDebug("app")("[ERROR] refused by %s", "db");
    createDebug("app")("low");
    expect(
      records.map(({ name, level, message, template, args }) => [name, level.name, message, template, args]),
    ).toEqual([["app", "ERROR", "refused by db", "refused by %s", ["db"]]]);
  });
});

test("what %o and %O were filled with is in args, an error among it is the exception, and formatters are put back", () => {
  const { createDebug, lines } = printingDebug();
  const own = (value: unknown): string => `<${String(value)}>`;
  createDebug.formatters["h"] = own;
  const before = { ...createDebug.formatters };
  const { logger, records } = keeping();
  const interception = interceptDebug(createDebug, { logger });
  const error = new Error("refused");
  createDebug("app")("%s has %o and %h", "ada", { a: 1 }, 7);
  createDebug("app")("failed: %O", error);
  createDebug("app")({ first: 1 }, "text");
  expect(records.map(({ args, exception }) => [args, exception?.value])).toEqual([
    [["ada", { a: 1 }, 7], undefined],
    [[], error],
    [["text"], undefined],
  ]);
  expect(records[0]?.message).toBe("ada has { a: 1 } and <7>");
  expect(lines[0]).toContain("ada has { a: 1 } and <7>");
  interception.restore();
  expect(createDebug.formatters).toEqual(before);
});

test("a value that speaks while it is shown is a call of its own, and the outer one keeps its error", () => {
  const { createDebug } = printingDebug();
  const { logger, records } = keeping();
  interceptDebug(createDebug, { logger });
  const log = createDebug("app");
  const talkative = {
    [Symbol.for("nodejs.util.inspect.custom")]() {
      createDebug("inner")("shown");
      return "TALKATIVE";
    },
  };
  const error = new Error("outer");
  log("%O with %O", talkative, error);
  expect(records.map(({ name, message, exception }) => [name, message.split("\n")[0], exception?.value])).toEqual([
    ["inner", "shown", undefined],
    ["app", "TALKATIVE with Error: outer", error],
  ]);
});

test("several copies are intercepted each by itself", () => {
  const [one, other, third] = [printingDebug(), printingDebug(), printingDebug()];
  const { logger, records } = keeping();
  interceptDebug(one.createDebug, { logger, mode: "replace" });
  interceptDebug(other.createDebug, { logger, mode: "replace", levels: () => "INFO" });
  one.createDebug("one")("x");
  other.createDebug("other")("x");
  third.createDebug("third")("x");
  expect(records.map(({ name, level }) => [name, level.name])).toEqual([
    ["one", "DEBUG"],
    ["other", "INFO"],
  ]);
  expect([one.lines, other.lines, third.lines.length]).toEqual([[], [], 1]);
});

test("a formatArgs that throws after the record was taken leaves the instance's output as it was", () => {
  const { createDebug, lines } = printingDebug();
  const { logger, records } = keeping();
  let broken = true;
  const theirs = createDebug.formatArgs as unknown as (this: unknown, args: unknown[]) => void;
  createDebug.formatArgs = function (this: unknown, args: unknown[]) {
    if (broken) throw new Error("their own");
    theirs.call(this, args);
  } as never;
  interceptDebug(createDebug, { logger });
  const log = createDebug("app");
  expect(() => log("x")).toThrow("their own");
  broken = false;
  log("y");
  expect(records.map(({ message }) => message)).toEqual(["x", "y"]);
  expect(lines).toHaveLength(1);
});

describe("the build for browsers", () => {
  test.each(["tee", "replace"] as const)(
    "%s: no %%c, no styles, no +0ms in the record; the console has what it had",
    (mode) => {
      const { createDebug, calls } = browserDebug();
      const { logger, records } = keeping();
      const log = Object.assign(createDebug("app:db"), { useColors: true });
      interceptDebug(createDebug, { logger, mode });
      log("hello %s %o", "ada", { a: 1 });
      log("%cstyled", "color: red");
      log(new Error("refused"));
      expect(records.map(({ name, message, level }) => [name, message, level.name])).toEqual([
        ["app:db", "hello ada { a: 1 }", "DEBUG"],
        ["app:db", "styled", "DEBUG"],
        ["app:db", "refused", "DEBUG"],
      ]);
      expect(records[0]?.args).toEqual(["ada", { a: 1 }]);
      expect(records[2]?.exception?.message).toBe("refused");
      expect(calls).toHaveLength(mode === "tee" ? 3 : 0);
      if (mode === "tee")
        expect(calls[0]).toEqual([
          expect.stringMatching(/^%capp:db %chello %s %o%c \+\d+ms$/),
          expect.stringMatching(/^color: #/),
          "color: inherit",
          "ada",
          { a: 1 },
          expect.stringMatching(/^color: #/),
        ]);
    },
  );

  test("together with the console it says each line once", () => {
    const { createDebug, target, calls } = browserDebug();
    const { logger, records } = keeping();
    interceptConsole({ logger, console: target, mode: "tee" });
    createDebug.log = (...args: unknown[]) => target.debug(...args);
    interceptDebug(createDebug, { logger });
    createDebug("app")("x");
    expect(records.map(({ message, origin }) => [message, origin?.name])).toEqual([["x", "debug"]]);
    expect(calls).toHaveLength(1);
  });
});
