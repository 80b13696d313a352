import { interceptConsole } from "@logbridge/intercept-console";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Programs } from "./support/process-programs.ts";
import { type Kept, keeping } from "./support/records.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
});

function listening(options: Parameters<typeof interceptConsole>[0] = {}): Kept {
  const kept = keeping();
  const interception = interceptConsole({ logger: kept.logger, mode: "tee", uncaught: true, ...options });
  undo.push(() => interception.restore());
  return kept;
}

/** As the runtime tells what nobody caught. Whoever else listens for it is the test runner, which is not to hear of it. */
function uncaught(thrown: unknown, origin: "uncaughtException" | "unhandledRejection" = "uncaughtException"): void {
  const event = "uncaughtExceptionMonitor";
  for (const one of process.listeners(event).slice(standing)) one(thrown as Error, origin);
}
const standing = process.listenerCount("uncaughtExceptionMonitor");

test("what nobody caught is a record at CRITICAL with the error as its exception, and the place where it was thrown", () => {
  const { records } = listening();
  const error = new TypeError("no such thing", { cause: new Error("why") });
  uncaught(error);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    level: { name: "CRITICAL", no: 50 },
    message: "Uncaught TypeError: no such thing",
    origin: { name: "uncaught", level: { name: "uncaughtException" } },
    name: "test/uncaught.test",
    file: { name: "uncaught.test.ts" },
  });
  expect(records[0]?.exception?.value).toBe(error);
  expect(records[0]?.exception?.cause?.message).toBe("why");
});

test("a rejection says that it is one", () => {
  const { records } = listening();
  uncaught(new RangeError("too far"), "unhandledRejection");
  expect(records[0]?.message).toBe("Uncaught (in promise) RangeError: too far");
  expect(records[0]?.origin?.level).toEqual({ name: "unhandledRejection" });
});

test("the level is another one where the options say so, and what no handler wants is no record", () => {
  const { records, logger } = listening({ levels: { uncaught: "ERROR" } });
  uncaught(new Error("told"));
  logger.handler(0).level = "CRITICAL";
  uncaught(new Error("not wanted"));
  expect(records.map(({ level, message }) => [level.name, message])).toEqual([["ERROR", "Uncaught Error: told"]]);
});

describe("whatever was thrown arrives, and none of its code runs", () => {
  const run = vi.fn(() => "computed");
  const getters = Object.defineProperties(new Error(), {
    message: { get: run },
    name: { get: run },
    code: { get: run },
  });
  // The engine itself asks for name and message when a stack is read for the first time.
  void getters.stack;
  run.mockClear();
  const proxy = new Proxy(new Error("behind a proxy"), {
    get: run,
    has: run as never,
    getOwnPropertyDescriptor: run as never,
  });
  test.each([
    ["undefined", undefined, "Uncaught undefined"],
    ["null", null, "Uncaught null"],
    ["a text", "just a text", "Uncaught just a text"],
    ["an empty text", "", "Uncaught "],
    ["a number", 7, "Uncaught 7"],
    ["a symbol", Symbol("sign"), "Uncaught Symbol(sign)"],
    ["a function", function thrown() {}, "Uncaught [Function: thrown]"],
    ["a plain object", { code: "E1" }, "Uncaught { code: 'E1' }"],
    ["a frozen error", Object.freeze(new Error("cold")), "Uncaught Error: cold"],
    ["an error without a message", new RangeError(), "Uncaught RangeError"],
    ["an error without a stack", Object.assign(new Error("bare"), { stack: undefined }), "Uncaught Error: bare"],
    ["an error with getters", getters, expect.stringMatching(/^Uncaught /)],
    ["a proxy", proxy, expect.stringMatching(/^Uncaught /)],
  ])("%s", (_what, thrown, message) => {
    const { records } = listening();
    uncaught(thrown);
    expect(records.map((record) => record.message)).toEqual([message]);
    expect(records[0]?.exception?.value).toBe(thrown);
    expect(run).not.toHaveBeenCalled();
  });
});

test("what a value hides by redaction is hidden in the text too", () => {
  const lines: string[] = [];
  const { logger } = listening();
  logger.add((text) => void lines.push(text), { redact: ["password"], format: "{message} {exception}", level: 0 });
  uncaught({ user: "ada", password: "secret" });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("ada");
  expect(lines[0]).not.toContain("secret");
});

test("a handler that fails does not take the place of the error", () => {
  const { logger, records } = listening();
  logger.add(
    () => {
      throw new Error("cannot write");
    },
    { catch: true, onError: () => {} },
  );
  expect(() => uncaught(new Error("first"))).not.toThrow();
  expect(records).toHaveLength(1);
});

test("no other event is listened to, and none is after the end", () => {
  const events = ["uncaughtException", "unhandledRejection", "rejectionHandled", "multipleResolves"];
  const counts = (): number[] => events.map((event) => process.listenerCount(event));
  const before = counts();
  const interception = interceptConsole({ logger: keeping().logger, uncaught: true });
  expect(counts()).toEqual(before);
  expect(process.listenerCount("uncaughtExceptionMonitor")).toBe(standing + 1);
  interception.restore();
  expect(process.listenerCount("uncaughtExceptionMonitor")).toBe(standing);
});

describe("in a process of its own", () => {
  let programs: Programs;
  beforeAll(() => {
    programs = new Programs();
  });
  afterAll(() => programs.remove());

  test("the record is in the file before the process ends with the code it would have had", async () => {
    const { code, stderr, records } = await programs.run({ name: "throw" }, "replace", "pipes");
    expect(code).toBe(1);
    expect(records.map(({ level, message }) => [level, message])).toEqual([
      ["INFO", "before"],
      ["ERROR", "about to throw"],
      ["CRITICAL", "Uncaught TypeError: nobody catches this"],
      // Deno ends at an error without the event.
      ...("Deno" in globalThis ? [] : [["INFO", "exit listener, code 1"]]),
    ]);
    // The runtime prints it by itself, which nothing can silence, and that is no second record.
    expect(stderr).toMatch(/TypeError: nobody catches this\n(?:.*\n)* *at /);
  });

  test("a file that gathers has it too", async () => {
    const program = programs.add(
      "gathered",
      `
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
const logger = createLogger();
const said = ({ level, message }) => JSON.stringify({ level: level.name, message });
logger.add(process.env.KEPT, { durability: "gathered", serialize: said });
interceptConsole({ logger, uncaught: true });
console.log("before");
process.on("exit", () => setImmediate(() => {}));
throw new Error("the last word");`,
    );
    const { code, records } = await programs.run(program, "alone", "pipes");
    expect(code).toBe(1);
    expect(records).toEqual([
      { level: "INFO", message: "before" },
      {
        level: "CRITICAL",
        message: expect.stringMatching(/^Uncaught (?:\(in promise\) )?Error: the last word$/) as string,
      },
    ]);
  });

  test("an application that catches all goes on, and each error is one record", async () => {
    const { code, records } = await programs.run({ name: "uncaught-handled" }, "tee", "pipes");
    expect(code).toBe(5);
    expect(records.filter(({ origin }) => origin.name === "uncaught")).toHaveLength(1);
  });
});
