import { createLogger, type HandlerOptions, type Logger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

/** A logger whose texts are kept, with the options of its handler. */
function tracing(options: HandlerOptions = {}): { readonly logger: Logger; readonly texts: string[] } {
  const logger = createLogger();
  const texts: string[] = [];
  logger.add((text) => void texts.push(text), { format: "{function} | {message}", diagnose: false, ...options });
  return { logger, texts };
}

/** Lines of frames, without their places: `> name` is marked. */
function frames(text: string | undefined): string[] {
  return (text ?? "")
    .split("\n")
    .filter((line) => /^ {2}(?: {2}|> )(?:at |…)/.test(line))
    .map((line) =>
      line
        .replace(/^ {4}/, "")
        .replace(/^ {2}>/, ">")
        .replace(/ \(.*$/, "")
        .replace("at ", ""),
    );
}

function divide(a: bigint, b: bigint): bigint {
  return a / b;
}

describe("the catch point of catch", () => {
  test("L-CATCH-13, L-ADD-BT-1, L-ADD-BT-3, L-EXC-4: the record names the caller of the wrapped function, and the trace marks its frame", () => {
    const { logger, texts } = tracing();
    const f = logger.catch(function f(x: bigint) {
      divide(100n, x);
    });
    function g(): void {
      f(10n);
      f(0n);
    }
    function main(): void {
      g();
    }
    main();
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^g \| An error has been caught in function 'g', /);
    expect(frames(texts[0]).slice(0, 4)).toEqual(["divide", "f", "> g", "main"]);
    expect(texts[0]).toMatch(/\n {2}> at g \(.*catch-trace\.test\.ts:\d+:\d+\)\n/);
  });

  test("L-ADD-BT-2: without backtrace the trace ends there", () => {
    const { logger, texts } = tracing({ backtrace: false });
    const f = logger.catch(function f() {
      divide(1n, 0n);
    });
    function g(): void {
      f();
    }
    function main(): void {
      g();
    }
    main();
    expect(frames(texts[0])).toEqual(["divide", "f", "g"]);
  });

  test("is found in recursion, and nested, each time one's own", () => {
    const { logger, texts } = tracing();
    const countdown = logger.catch(
      function countdown(n: number): void {
        if (n === 0) throw new Error("zero");
        step(n - 1);
      },
      { reraise: true },
    );
    function step(n: number): void {
      countdown(n);
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 50;
    expect(() => step(2)).toThrow("zero");
    Error.stackTraceLimit = limit;
    const [inner, middle, outer] = texts.map((text) => frames(text).slice(0, 6));
    expect(inner).toEqual(["countdown", "> step", "countdown", "step", "countdown", "step"]);
    expect(middle).toEqual(["countdown", "step", "countdown", "> step", "countdown", "step"]);
    expect(outer).toEqual(["countdown", "step", "countdown", "step", "countdown", "> step"]);
  });

  test("is there too where the engine has cut the stack: the frames above are appended", () => {
    const { logger, texts } = tracing();
    function deep(n: number): number {
      if (n === 0) throw new Error("deep");
      return deep(n - 1) + 1;
    }
    const wrapped = logger.catch(deep);
    function above(): void {
      wrapped(30);
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 10;
    above();
    expect(Error.stackTraceLimit).toBe(10);
    Error.stackTraceLimit = limit;
    const seen = frames(texts[0]);
    expect(seen.slice(0, 12)).toEqual([...new Array(10).fill("deep"), "…", "> above"]);
    expect(seen.length).toBeGreaterThan(12);
  });

  test("where a stack is cut in the middle of what is above, the rest is appended without a gap", () => {
    const { logger, texts } = tracing();
    const wrapped = logger.catch(() => divide(1n, 0n));
    function above(n: number): void {
      if (n === 0) wrapped();
      else above(n - 1);
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 5;
    above(12);
    Error.stackTraceLimit = limit;
    expect(frames(texts[0]).filter((name) => /above$/.test(name))).toEqual(["> above", ...new Array(12).fill("above")]);
  });

  test("is not invented for an error that was made elsewhere", () => {
    const { logger, texts } = tracing();
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    const error = (function elsewhere() {
      return new Error("made before");
    })();
    logger.catch(() => {
      throw error;
    })();
    Error.stackTraceLimit = limit;
    expect(frames(texts[0])[0]).toBe("elsewhere");
    expect(frames(texts[0])).not.toContain("…");
  });

  test("of a promise and of an async generator is the function that awaits", async () => {
    const { logger, texts } = tracing();
    const load = logger.catch(async () => {
      await null;
      divide(1n, 0n);
    });
    const rows = logger.catch(async function* () {
      yield 1;
      divide(1n, 0n);
    });
    async function main(): Promise<void> {
      await load();
      for await (const _row of rows());
    }
    await main();
    for (const text of texts) {
      expect(frames(text)[0]).toBe("divide");
      expect(frames(text).some((frame) => /^> (?:async )?main$/.test(frame))).toBe(true);
      expect(text).not.toContain("logger/catch.ts");
    }
  });

  test("of a generator is the function that iterates", () => {
    const { logger, texts } = tracing();
    const rows = logger.catch(function* rows() {
      yield 1;
      divide(1n, 0n);
    });
    function main(): void {
      for (const _row of rows());
    }
    main();
    expect(frames(texts[0])).toContain("> main");
    expect(texts[0]).not.toContain("logger/catch.ts");
  });

  test("follows opt({ depth })", () => {
    const { logger, texts } = tracing();
    function helper(): void {
      logger.opt({ depth: 1 }).catch.run(() => divide(1n, 0n));
    }
    function main(): void {
      helper();
    }
    main();
    expect(texts[0]).toMatch(/^main \| /);
    expect(frames(texts[0])).toContain("> main");
  });

  test("R-17b: the trace begins at the program's start, and marks the catching frame", async () => {
    const { stdout } = await program(`
import { logger } from "@logbridge/core";
void logger.remove();
logger.add(process.stdout, { format: "{message}", backtrace: true });
function fails(): never { throw new Error("no"); }
function start(): void { logger.catch.run(fails, { message: "caught" }); }
start();`);
    expect(frames(stdout).slice(0, 3)).toEqual(["fails", "> start", "<anonymous>"]);
  });
});

describe("the catch point of a log call", () => {
  test("L-OPT-15: a DEBUG record with trace: its text, then the trace with the catch point marked", () => {
    const { logger, texts } = tracing({ format: "{level} in '{function}' - {message}" });
    function attempt(): void {
      try {
        divide(1n, 0n);
      } catch (error) {
        logger.opt({ exception: error }).debug("Exception logged with debug level:");
      }
    }
    attempt();
    expect(texts[0]).toMatch(/^DEBUG in 'attempt' - Exception logged with debug level:\nRangeError: /);
    expect(frames(texts[0]).slice(0, 2)).toEqual(["divide", "> attempt"]);
  });

  test.each([
    ["exception", (logger: Logger, error: unknown) => logger.exception(error, "What?!")],
    ["error", (logger: Logger, error: unknown) => logger.error("What?!", error)],
  ])("is the frame of the function that logs, by %s()", (_name, call) => {
    // The text is all that is made, so nobody has asked for the caller before.
    const { logger, texts } = tracing({ format: "{message}" });
    class Store {
      constructor() {
        this.save();
      }
      save(): void {
        try {
          divide(1n, 0n);
        } catch (error) {
          call(logger.opt({ depth: 1 }), error);
        }
      }
    }
    new Store();
    expect(frames(texts[0]).slice(0, 3)).toEqual(["divide", "> Store.save", "new Store"]);
  });

  test("ends the trace where backtrace is off, of causes too", () => {
    const { logger, texts } = tracing({ backtrace: false });
    function attempt(): void {
      try {
        try {
          divide(1n, 0n);
        } catch (error) {
          throw new Error("outer", { cause: error });
        }
      } catch (error) {
        logger.exception(error);
      }
    }
    attempt();
    expect(frames(texts[0])).toEqual(["attempt", "divide", "attempt"]);
  });

  test("is nowhere, and the trace whole, where the one that logs stands in no frame of it", async () => {
    const { logger, texts } = tracing({ backtrace: false });
    const error = await new Promise<unknown>((resolve) => {
      setTimeout(function later() {
        resolve(new Error("late"));
      }, 1);
    });
    logger.error(error);
    expect(frames(texts[0]).length).toBeGreaterThan(1);
    expect(texts[0]).not.toContain("  > ");
  });
});

describe("L-EXC-3: {exception} in a format", () => {
  test("is the trace where there is one, and nothing where there is none", () => {
    const { logger, texts } = tracing({ format: () => "[{message}|{exception}]" });
    logger.info("plain");
    logger.catch.run(
      () => {
        throw new Error("failed");
      },
      { message: "caught" },
    );
    expect(texts[0]).toBe("[plain|]");
    expect(texts[1]).toMatch(/^\[caught\|Error: failed\n {4}at /);
    expect(texts[1]).toMatch(/\nError: failed\n\]$/);
  });
});
