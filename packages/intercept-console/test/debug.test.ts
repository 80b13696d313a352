import { format } from "node:util";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { freshDebug } from "./support/debug.ts";
import { keeping } from "./support/records.ts";

/** A copy with everything enabled that prints into a list. */
function printingDebug(): { readonly createDebug: ReturnType<typeof freshDebug>; readonly lines: string[] } {
  const createDebug = freshDebug();
  const lines: string[] = [];
  createDebug.log = (...args: unknown[]) => void lines.push(format(...args));
  createDebug.enable("*");
  return { createDebug, lines };
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
    expect(() => interceptDebug(wrong as never)).toThrow(expect.objectContaining({ code: "LB1542" }));
});
