import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { Programs } from "./support/process-programs.ts";
import { type Kept, keeping } from "./support/records.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
  vi.resetModules();
});

/** A logger that gets the warnings, with the console's own output of them silenced. */
function listening(options: Parameters<typeof interceptConsole>[0] = {}): Kept {
  const kept = keeping();
  const interception = interceptConsole({ logger: kept.logger, warnings: true, ...options });
  undo.push(() => interception.restore());
  return kept;
}

/** Until the warnings that were emitted have been told. */
const told = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setting(name: "noDeprecation" | "traceDeprecation" | "traceProcessWarnings", value: boolean): void {
  const target = process as unknown as Record<string, boolean | undefined>;
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true });
  undo.push(() => (before ? Object.defineProperty(target, name, before) : delete target[name]));
}

test("a warning is one record at WARNING with its code, detail and type, and the place that warned, R-21a", async () => {
  const { records } = listening();
  function careless(): void {
    process.emitWarning("careful", { type: "AppWarning", code: "APP01", detail: "mind the gap" });
  }
  careless();
  await told();
  expect(records).toHaveLength(1);
  const [record] = records;
  expect(record).toMatchObject({
    level: { name: "WARNING", no: 30 },
    message: "careful",
    extra: { code: "APP01", detail: "mind the gap" },
    origin: { name: "warning", level: { name: "AppWarning" } },
    exception: null,
    name: "test/warnings.test",
    function: "careless",
    file: { name: "warnings.test.ts" },
  });
  expect(record?.line).toBeGreaterThan(0);
});

test("the level is another one where the options say so", async () => {
  const { records } = listening({ levels: { warning: "ERROR" } });
  process.emitWarning("careful");
  await told();
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([["ERROR", "careful"]]);
});

test("a name that the options give stands for the place", async () => {
  const { records } = listening({ name: "node" });
  process.emitWarning("careful");
  await told();
  expect(records[0]?.name).toBe("node");
});

test("a package that warns for others is not the place", async () => {
  const { records } = listening();
  const warning = Object.assign(new Error("old"), {
    name: "DeprecationWarning",
    stack: `DeprecationWarning: old
    at emit (/srv/app/node_modules/process-warning/index.js:98:13)
    at Object.use (/srv/app/node_modules/shop/lib/basket.js:7:9)
    at node:internal/main:1:1`,
  });
  process.emitWarning(warning);
  await told();
  expect(records[0]).toMatchObject({ name: "shop/lib/basket", line: 7, column: 9, function: "Object.use" });
});

test.each(["tee", "replace"] as const)("a method of the console that warns is not the place, %s", async (mode) => {
  const { target } = nodeConsole();
  const { records } = listening({ console: target, mode });
  const second = listening({ console: target, mode });
  function first(): void {
    target.timeEnd("none");
  }
  function other(): void {
    target.timeEnd("none");
  }
  first();
  other();
  target.timeLog("nothing");
  target.time("some");
  target.timeEnd("some");
  process.emitWarning("No such label 'none' for console.timeEnd()", "AppWarning");
  await told();
  const warned = records.filter(({ origin }) => origin?.name === "warning");
  expect(warned.map(({ message, function: name }) => [message, name])).toEqual([
    ["No such label 'none' for console.timeEnd()", "first"],
    ["No such label 'none' for console.timeEnd()", "other"],
    ["No such label 'nothing' for console.timeLog()", expect.any(String)],
    ["No such label 'none' for console.timeEnd()", expect.any(String)],
  ]);
  expect(new Set([...warned, ...second.records].map(({ name }) => name))).toEqual(new Set(["test/warnings.test"]));
});

describe("the stack", () => {
  test("is the exception where Node shows it", async () => {
    const { records } = listening();
    setting("traceProcessWarnings", true);
    const warning = new Error("given", { cause: new Error("why") });
    process.emitWarning(warning);
    await told();
    expect(records[0]?.exception?.value).toBe(warning);
  });

  test("of a deprecation, where Node shows that of deprecations", async () => {
    const { records } = listening();
    setting("traceDeprecation", true);
    process.emitWarning("old", "DeprecationWarning", "APP_DEP3");
    process.emitWarning("other");
    await told();
    expect(records.map(({ message, exception }) => [message, exception?.type])).toEqual([
      ["old", "DeprecationWarning"],
      ["other", undefined],
    ]);
  });
});

test("a deprecation that Node is not to show is no record, also when that is said at the last moment", async () => {
  const { messages } = listening();
  process.emitWarning("said before", "DeprecationWarning", "APP_DEP4");
  setting("noDeprecation", true);
  process.emitWarning("said after", "DeprecationWarning", "APP_DEP5");
  await told();
  expect(messages()).toEqual([]);
});

test("no code of a warning's owner runs, and what is no error is no record", async () => {
  const { records } = listening();
  const run = vi.fn(() => "computed");
  const hostile = Object.defineProperties(new Error("plain"), {
    detail: { get: run, enumerable: true },
    cause: { get: run },
    toString: { value: run },
  });
  process.emit("warning", hostile);
  expect(records.map(({ message, extra }) => [message, extra])).toEqual([["plain", {}]]);
  expect(run).not.toHaveBeenCalled();
});

describe("the listeners of the event", () => {
  const listeners = (): unknown[] => process.rawListeners("warning");

  test("are the same and in the same order after the end, others in front and behind included", () => {
    const before = vi.fn();
    const once = vi.fn();
    process.prependListener("warning", before);
    process.once("warning", once);
    undo.push(
      () => process.removeListener("warning", before),
      () => process.removeListener("warning", once),
    );
    const standing = listeners();
    const { logger } = keeping();
    const interception = interceptConsole({ logger, warnings: true });
    expect(listeners()).toHaveLength(standing.length);
    interception.restore();
    expect(listeners()).toEqual(standing);
    expect(standing.length).toBeGreaterThan(2);
  });

  test("that came meanwhile stay, in their order", () => {
    const { logger } = keeping();
    const standing = listeners();
    const interception = interceptConsole({ logger, warnings: true });
    const late = [vi.fn(), vi.fn()];
    for (const one of late) {
      process.on("warning", one);
      undo.push(() => process.removeListener("warning", one));
    }
    interception.restore();
    expect(listeners()).toEqual([...standing, ...late]);
  });

  test("that somebody has taken off stay off, and no warning comes any more", async () => {
    const standing = listeners() as ((warning: Error) => void)[];
    undo.push(() => {
      for (const one of standing) process.on("warning", one);
    });
    const kept = keeping();
    const interception = interceptConsole({ logger: kept.logger, warnings: true });
    process.removeAllListeners("warning");
    process.emitWarning("unheard");
    await told();
    interception.restore();
    expect(kept.messages()).toEqual([]);
    expect(listeners()).toEqual([]);
  });

  test("the application's own is called as before, and what it prints is a record of its own", async () => {
    const { records } = listening();
    const own = (warning: Error): void => console.log(`heard ${warning.message}`);
    process.on("warning", own);
    undo.push(() => process.removeListener("warning", own));
    process.emitWarning("careful");
    await told();
    expect(records.map(({ origin, message }) => [origin?.name, message])).toEqual([
      ["warning", "careful"],
      ["console", "heard careful"],
    ]);
  });
});

describe.each(["of one copy", "of two copies"])("two interceptions %s", (copies) => {
  test.each([
    [0, 1],
    [1, 0],
  ])("take each warning once and leave nothing behind, number %i ending first", async (first, second) => {
    const standing = process.rawListeners("warning");
    if (copies === "of two copies") vi.resetModules();
    const other = await import("@logbridge/intercept-console");
    const kept = [keeping(), keeping()];
    const made = [interceptConsole, other.interceptConsole].map((intercept, at) =>
      intercept({ logger: (kept[at] as Kept).logger, warnings: true }),
    );
    process.emitWarning("both");
    await told();
    made[first]?.restore();
    process.emitWarning("one");
    await told();
    made[second]?.restore();
    expect(kept[first]?.messages()).toEqual(["both"]);
    expect(kept[second]?.messages()).toEqual(["both", "one"]);
    expect(process.rawListeners("warning")).toEqual(standing);
  });
});

test("a runtime without a process has no warnings, and says so when they are asked for, LB1557", () => {
  const { logger } = keeping();
  vi.stubGlobal("process", { env: process.env });
  try {
    for (const option of ["warnings", "processLog"])
      expect(() => interceptConsole({ logger, [option]: true })).toThrow(
        expect.objectContaining({
          code: "LB1557",
          message: expect.stringContaining(`option ${option} must be left out`),
        }),
      );
  } finally {
    vi.unstubAllGlobals();
  }
});

describe("in a process of its own", () => {
  let programs: Programs;
  beforeAll(() => {
    programs = new Programs();
  });
  afterAll(() => programs.remove());

  test("a warning that is shown as before is one record, though the console and the streams are heard too, R-21b", async () => {
    const { stderr, records } = await programs.run({ name: "warning" }, "tee", "pipes");
    expect(stderr).toContain("(node:PID) [APP01] AppWarning: careful\nwhat to do:\nnothing\n");
    expect(stderr).toContain("Use `node --trace-warnings ...`");
    expect(records.filter(({ message }) => message.includes("careful"))).toMatchObject([
      { level: "WARNING", message: "careful", origin: { name: "warning" }, name: "programs/warning" },
    ]);
    expect(records.filter(({ message }) => message.includes("--trace-warnings"))).toEqual([]);
  });

  test("warnings that Node was told to leave out by code or type are no records", async () => {
    const flags = ["--disable-warning=APP01", "--disable-warning=APP_DEP1"];
    const { records } = await programs.run({ name: "warning", flags }, "replace", "pipes");
    const warnings = records.filter(({ origin }) => origin.name === "warning");
    expect(warnings.map(({ message }) => message)).toEqual(["given as an error", "later"]);
  });

  test("a level above warnings silences them in replace mode, and lets them be printed where the options name it", async () => {
    const program = (more: string): string => `
import { interceptConsole } from "@logbridge/intercept-console";
import { logger } from "../keeping.mjs";
logger.handler(0).level = "ERROR";
interceptConsole({ logger, warnings: true, streams: true${more} });
process.emitWarning("careful");`;
    const follows = await programs.run(programs.add("follows", program("")), "alone", "pipes");
    expect([follows.stderr, follows.records]).toEqual(["", []]);
    const named = await programs.run(programs.add("named", program(', level: "ERROR"')), "alone", "pipes");
    expect(named.stderr).toMatch(/^\(node:PID\) Warning: careful\n/);
    expect(named.records).toEqual([]);
  });

  test("a logger that hears the console alone has it as a call of the console, whoever else hears warnings", async () => {
    const program = programs.add(
      "two-loggers",
      `
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { logger } from "../keeping.mjs";
const other = createLogger();
other.add(process.env.KEPT, { level: 0, serialize: ({ message, origin }) => JSON.stringify({ message: "other: " + message, origin }) });
interceptConsole({ logger: other, mode: "tee" });
interceptConsole({ logger, mode: "tee", warnings: true });
process.emitWarning("careful");`,
    );
    const { records, stderr } = await programs.run(program, "alone", "pipes");
    const told = records.map(({ message, origin }) => [message.split("\n")[0], origin.name]);
    expect(told).toEqual([
      ["careful", "warning"],
      ["other: (node:PID) Warning: careful", "console"],
    ]);
    expect(stderr.match(/careful/g)).toHaveLength(1);
  });

  test("a sink that warns of what is logged at WARNING makes no loop while warnings come in, R-21c", async () => {
    const program = (mode: string): string => `
import { interceptConsole } from "@logbridge/intercept-console";
import { logger } from "../keeping.mjs";
logger.add((text) => process.emitWarning(text.trim()), { format: "{message}", filter: ({ level }) => level.name === "WARNING" });
interceptConsole({ logger, mode: "${mode}", warnings: true, streams: true });
logger.warning("logged"); logger.info("below");
process.emitWarning("warned");
setTimeout(() => logger.warning("later"), 20);`;
    for (const mode of ["tee", "replace"]) {
      const { stderr, records } = await programs.run(programs.add(`sink-${mode}`, program(mode)), "alone", "pipes");
      expect(records.map(({ message, origin }) => [message, origin?.name])).toEqual([
        ["logged", undefined],
        ["below", undefined],
        ["warned", "warning"],
        ["later", undefined],
      ]);
      const shown = stderr.match(/Warning: \w+/g);
      // What the application itself has warned of is shown by Node in tee mode, and by the sink.
      expect(shown?.filter((one) => one === "Warning: logged")).toHaveLength(1);
      expect(shown?.filter((one) => one === "Warning: warned")).toHaveLength(mode === "tee" ? 2 : 1);
    }
  });
});

test("an interception without warnings leaves the event alone", () => {
  const standing = process.rawListeners("warning");
  const interception = interceptConsole({ logger: createLogger() });
  expect(process.rawListeners("warning")).toEqual(standing);
  interception.restore();
});
