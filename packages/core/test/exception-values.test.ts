import { createLogger, type HandlerOptions, LogbridgeError, type Logger } from "@logbridge/core";
import { afterEach, describe, expect, test } from "vitest";
import { platform as web } from "../src/platform/web.ts";
import { program } from "./support/program.ts";

let logger: Logger;
afterEach(() => logger?.remove());

function tracing(options: HandlerOptions = {}): string[] {
  logger = createLogger();
  const texts: string[] = [];
  logger.add((text) => void texts.push(text), { format: "{message}", diagnose: "values", ...options });
  return texts;
}

/** The lines with values in a text: `name = value`. */
function values(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/^ {8}\. (.*)$/gm)].map((match) => match[1] as string);
}

/** Those of the innermost frame. */
function innermost(text: string | undefined): string[] {
  return values(text?.split(/^ {2}(?: {2}|> )at /m)[1]);
}

function divide(a: bigint, b: bigint): bigint {
  return a / b;
}

describe("diagnose: true", () => {
  test("L-ADD-DIAG-1, R-17e: shows the source around the failing line, an arrow at it, and no value", () => {
    const texts = tracing({ diagnose: true });
    function attempt(): void {
      const secret = "hunter".concat("2");
      divide(BigInt(secret.length), 0n);
    }
    logger.catch.run(attempt);
    expect(texts[0]).toMatch(
      /\n {8}\d+ \| function divide.*\n {4}--> \d+ \| {3}return a \/ b;\n {8} +\| {3} +\^\n {8}\d+ \| }\n/,
    );
    expect(texts[0]).not.toContain("hunter2");
    expect(values(texts[0])).toEqual([]);
  });
});

describe('diagnose: "values"', () => {
  test("L-CATCH-17, L-ADD-DIAG-1: the record shows the values of x, y, z at the failing line", () => {
    const texts = tracing();
    const average = logger.catch(function average(x: bigint, y: bigint, z: bigint) {
      return 1n / (x + y + z);
    });
    average(0n, 0n, 0n);
    average(1n, -1n, 0n);
    expect(texts.map(innermost)).toEqual([
      ["x = 0n", "y = 0n", "z = 0n"],
      ["x = 1n", "y = -1n", "z = 0n"],
    ]);
    expect(texts[0]).toMatch(/--> \d+ \| .*return 1n \/ \(x \+ y \+ z\);\n.*\^\n {8}\d+ \|.*\n/);
  });

  test("L-EXC-1, R-17c: the documented example shows the chain with the values of each function under its line", () => {
    const texts = tracing();
    function func(a: bigint, b: bigint): bigint {
      return a / b;
    }
    function nested(c: bigint): void {
      try {
        func(5n, c);
      } catch (error) {
        logger.exception(error, "What?!");
      }
    }
    nested(0n);
    expect(texts[0]).toMatch(/^What\?!\nRangeError: Division by zero\n {4}at func /);
    expect(values(texts[0]).slice(0, 3)).toEqual(["a = 5n", "b = 0n", "c = 0n"]);
    expect(texts[0]).toMatch(/\n {2}> at nested .*\n {4}--> \d+ \| +func\(5n, c\);\n/);
  });

  test("are those of the time of the throw, each block's, and of asynchronous functions", async () => {
    const texts = tracing();
    async function load(id: number): Promise<void> {
      const seen = [id];
      try {
        for (let turn = 0; ; turn++) {
          await null;
          if (turn === 2) throw new Error("late");
        }
      } finally {
        seen.push(99);
      }
    }
    await logger.catch(load)(7);
    expect(values(texts[0])).toEqual(expect.arrayContaining(["turn = 2", "id = 7", "seen = [ 7 ]"]));
  });

  test("are read without running a getter, a trap or a toString", () => {
    const texts = tracing();
    const ran: string[] = [];
    const trap = (name: string) => (): never => {
      ran.push(name);
      throw new Error(name);
    };
    function hostile(): void {
      const getter = Object.defineProperty({}, "secret", { enumerable: true, get: trap("getter") });
      const error = Object.defineProperties(new Error("own"), {
        stack: { get: trap("stack") },
        name: { get: trap("name") },
      });
      const proxy = new Proxy({}, { get: trap("get"), ownKeys: trap("ownKeys"), getPrototypeOf: trap("proto") });
      const tagged = {
        toString: trap("toString"),
        toJSON: trap("toJSON"),
        get [Symbol.toStringTag]() {
          return trap("tag")();
        },
      };
      const heir = Object.create(proxy) as object;
      const nested = { proxy, deep: { deeper: { deepest: 1 } } };
      void [getter, error, proxy, tagged, heir, nested];
      throw new Error("thrown");
    }
    logger.catch.run(hostile);
    expect(ran).toEqual([]);
    expect(values(texts[0]).slice(0, 6)).toEqual([
      "getter = { secret: [Getter] }",
      "error = [Error: own]",
      "proxy = [Proxy]",
      "tagged = { toString: [Function], toJSON: [Function] }",
      expect.stringContaining("heir = "),
      "nested = { proxy: [Proxy], deep: { deeper: [Object] } }",
    ]);
  });

  test("are bounded in length, depth and number, and without control characters", () => {
    const texts = tracing();
    function large(): void {
      const text = `\x1b[31m${"x".repeat(10_000)}`;
      const list = new Array(10_000).fill({ a: 1 });
      const map = new Map([["k", new Set([1])]]);
      const circular: { self?: unknown } = {};
      circular.self = circular;
      void [text, list, map, circular];
      throw new Error("thrown");
    }
    logger.catch.run(large);
    for (const line of values(texts[0])) expect(line.length).toBeLessThan(350);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(texts[0]).not.toMatch(/\x1b/);
    expect(values(texts[0])).toEqual(
      expect.arrayContaining(["map = Map { 'k' => Set { 1 } }", "circular = { self: [Circular] }"]),
    );
  });

  test("L-CATCH-14: are shown by the handlers that ask for them alone", () => {
    const withValues = tracing();
    const without: string[] = [];
    logger.add((text) => void without.push(text), { format: "{message}", diagnose: false });
    logger.catch(function fail(password: string) {
      throw new Error(`x${password.length}`);
    })("hunter2");
    expect(withValues[0]).toContain("password = 'hunter2'");
    expect(without[0]).not.toContain("hunter2");
  });

  test("are kept while a handler asks for them, and no longer", async () => {
    const texts = tracing();
    const id = logger.add((text) => void texts.push(text), { format: "{message}", diagnose: true });
    const fail = logger.catch((password: string) => {
      throw new Error(`x${password.length}`);
    });
    logger.handler(id).update({ diagnose: "values" });
    fail("first");
    expect(texts.map(innermost)).toEqual([["password = 'first'"], ["password = 'first'"]]);
    texts.length = 0;
    await logger.remove(0);
    fail("second");
    expect(texts.map(innermost)).toEqual([["password = 'second'"]]);
    texts.length = 0;
    logger.handler(id).update({ diagnose: true });
    fail("third");
    logger.handler(id).update({ diagnose: "values" });
    fail("fourth");
    expect(texts.map(innermost)).toEqual([[], ["password = 'fourth'"]]);
  });

  test("where the runtime has no inspector, is refused at add()", () => {
    expect(web.watchVariables()).toBe("this runtime has no inspector");
  });

  test("where a debugger is attached, is refused at add() with the reason, and the program goes on", async () => {
    const { stdout } = await program(`
import inspector from "node:inspector";
import { logger } from "@logbridge/core";
inspector.open(0, "127.0.0.1");
try {
  logger.add(() => {}, { diagnose: "values" });
} catch (error) {
  console.log((error as { code: string }).code, (error as Error).message);
}
inspector.close();
logger.remove(logger.add(() => {}, { diagnose: "values" }));
console.log("done");`);
    expect(stdout).toMatch(
      /^LB1036 add\(\): diagnose "values" is not possible, since a debugger is attached to this process; allowed are /,
    );
    expect(stdout).toContain("done");
  });

  test("other words are refused", () => {
    logger = createLogger();
    expect(() => logger.add(() => {}, { diagnose: "all" as never })).toThrow(LogbridgeError);
    expect(() => logger.add(() => {}, { diagnose: "all" as never })).toThrow(/true, false or "values", got "all"/);
  });
});

describe("values as secrets", () => {
  const PROGRAM = `
import { logger } from "@logbridge/core";
void logger.remove();
logger.add(process.stdout, { format: "{message}", ...(process.argv[2] === "values" && { diagnose: "values" as const }) });
function connect(password: string): void { throw new Error("refused " + password.length); }
logger.catch(connect)("hunter2-secret".slice(0, 7));
`;

  test("L-ENV-8, R-01e: LOGBRIDGE_DIAGNOSE=NO switches them off for the whole program, whatever its code asks for", async () => {
    const asked = await program(PROGRAM, { args: ["values"] });
    expect(asked.stdout).toContain("password = 'hunter2'");
    const off = await program(PROGRAM, { args: ["values"], env: { LOGBRIDGE_DIAGNOSE: "NO" } });
    expect(off.stdout).toContain("Error: refused 7");
    expect(off.stdout).not.toContain("password =");
    expect(off.stdout).not.toContain("-->");
  });

  test("L-ADD-DIAG-3: by default the trace is whole with source lines, and without values", async () => {
    const { stdout } = await program(PROGRAM);
    expect(stdout).toMatch(/\n {2}> at <anonymous> /);
    expect(stdout).toContain("--> ");
    expect(stdout).not.toContain("password =");
  });
});
