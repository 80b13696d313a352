import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { freshDebug } from "./support/debug.ts";

function keepingRecords(): { readonly logger: Logger; readonly said: unknown[] } {
  const said: unknown[] = [];
  const logger = createLogger();
  logger.add((_text: string, { message, name, level }: LogRecord) => said.push([message, name, level.name]), {
    level: 0,
  });
  return { logger, said };
}

/** Gives up where it would go on without end. */
function counted(run: () => void): { (): string; calls: number } {
  const ask = Object.assign(
    () => {
      if (++ask.calls < 50) run();
      return "asked";
    },
    { calls: 0 },
  );
  return ask;
}

function silentDebug(): ReturnType<typeof freshDebug> {
  const createDebug = freshDebug();
  createDebug.log = () => {};
  createDebug.enable("*");
  return createDebug;
}

describe.each(["tee", "replace"] as const)("a function of the application that says something itself, %s", (mode) => {
  test("is asked once for a name, and what it prints is printed and no record", () => {
    const { target, lines } = nodeConsole();
    const { logger, said } = keepingRecords();
    const name = counted(() => target.log("in name"));
    const { restore } = interceptConsole({ logger, mode, console: target, name });
    target.log("hello");
    restore();
    expect(name.calls).toBe(1);
    expect(said).toEqual([["hello", "asked", "INFO"]]);
    expect(lines).toEqual(mode === "tee" ? ["in name\n", "hello\n"] : ["in name\n"]);
  });

  test("is asked once for a name by debug too", () => {
    const createDebug = silentDebug();
    const { logger, said } = keepingRecords();
    const name = counted(() => createDebug("inner")("in name"));
    const { restore } = interceptDebug(createDebug, { logger, mode, name });
    createDebug("outer")("hello");
    restore();
    expect(name.calls).toBe(1);
    expect(said).toEqual([
      ["in name", "inner", "DEBUG"],
      ["hello", "asked", "DEBUG"],
    ]);
  });

  test("is asked once for a level", () => {
    const createDebug = silentDebug();
    const { logger, said } = keepingRecords();
    const say = counted(() => createDebug("inner")("in levels"));
    const levels = (): string => (say() === "asked" ? "WARNING" : "ERROR");
    const { restore } = interceptDebug(createDebug, { logger, mode, levels });
    createDebug("outer")("hello");
    restore();
    expect(say.calls).toBe(1);
    expect(said).toEqual([
      ["in levels", "inner", "DEBUG"],
      ["hello", "outer", "WARNING"],
    ]);
  });

  test("is asked once for the time", () => {
    const { target } = nodeConsole();
    const clock = counted(() => target.log("in clock"));
    const logger = createLogger({
      clock: () => {
        clock();
        return 1000;
      },
    });
    clock.calls = 0;
    const said: unknown[] = [];
    logger.add((_text, { message, micros }) => said.push([message, micros]));
    const { restore } = interceptConsole({ logger, mode, console: target });
    clock.calls = 0;
    target.log("hello");
    restore();
    expect(clock.calls).toBe(1);
    expect(said).toEqual([["hello", 1_000_000]]);
  });
});

test("an asynchronous function gives neither name nor level, and its error ends nothing", async () => {
  const fails = (): never => Promise.reject(new Error("later")) as never;
  const { target } = nodeConsole();
  const createDebug = silentDebug();
  const { logger, said } = keepingRecords();
  const undo = [
    interceptConsole({ logger, console: target, name: fails }),
    interceptDebug(createDebug, { logger, levels: fails }),
  ];
  target.log("hello");
  createDebug("app")("hello");
  for (const { restore } of undo) restore();
  // What nobody has taken fails the test run.
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(said).toEqual([
    ["hello", expect.not.stringContaining("Promise"), "INFO"],
    ["hello", "app", "DEBUG"],
  ]);
});
