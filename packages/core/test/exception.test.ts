import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type ExceptionInfo, renderException } from "../src/format/exception.ts";
import { describeException } from "../src/record/exception.ts";
import { parseFrames } from "../src/record/frames.ts";

const PLAIN = { colorize: false, backtrace: true, diagnose: false };

function rendered(value: unknown, options: Partial<typeof PLAIN> = {}): string {
  return renderException(describeException(value), { ...PLAIN, ...options });
}

/** Errors that would run code of their owner, were they asked the usual way. */
function hostileErrors(): { errors: Error[]; ran: string[] } {
  const ran: string[] = [];
  const trap = (name: string): PropertyDescriptor => ({
    configurable: true,
    enumerable: true,
    get() {
      ran.push(name);
      throw new Error(`${name} ran`);
    },
  });
  const errors = ["message", "name", "stack", "cause", "errors", "code", "constructor", "extra"].map((key) =>
    Object.defineProperty(new Error("real"), key, trap(key)),
  );
  const handler = new Proxy(
    {},
    {
      get: (_target, key) => () => {
        ran.push(`trap ${String(key)}`);
        throw new Error("trap");
      },
    },
  );
  errors.push(new Proxy(new Error("real"), handler));
  const revoked = Proxy.revocable(new Error("real"), {});
  revoked.revoke();
  errors.push(revoked.proxy);
  return { errors, ran };
}

describe("an error is described", () => {
  test("with class, message, frames, code and own properties, and the very object [S-ERR-5, L-REC-2]", () => {
    class SaveError extends Error {}
    const error = Object.assign(new SaveError("disk full"), { code: "ENOSPC", path: "/data" });
    const info = describeException(error);
    expect(info).toMatchObject({
      type: "SaveError",
      message: "disk full",
      code: "ENOSPC",
      properties: { path: "/data" },
    });
    expect(info.value).toBe(error);
    expect(info.stack[0]?.file).toMatch(/exception\.test\.ts$/);
    expect(info.stack[0]?.native).toBe(false);
    expect(info.stack.at(-1)?.native).toBe(true);
  });

  test("by its name rather than its class, where it has one", () => {
    const named = Object.assign(new TypeError("x"), { name: "InvoiceError" });
    expect(describeException(named).type).toBe("InvoiceError");
    expect(describeException(new RangeError("x")).type).toBe("RangeError");
  });

  test.each([TypeError, RangeError, SyntaxError, URIError])(
    "by its class below a built-in one, whose prototype has a name: %o",
    (Base: new (...args: never[]) => Error) => {
      class OfOurs extends Base {}
      class Named extends OfOurs {
        override readonly name = "ByName";
      }
      expect(describeException(new OfOurs()).type).toBe("OfOurs");
      expect(describeException(new Named()).type).toBe("ByName");
      expect(describeException(new Base()).type).toBe(Base.name);
      expect(describeException(new (class extends Base {})()).type, "of a class without a name").toBe(Base.name);
      OfOurs.prototype.name = "OfThePrototype";
      expect(describeException(new OfOurs()).type).toBe("OfThePrototype");
    },
  );

  test("with its causes and the inner errors of an AggregateError, in causes too [S-ERR-1]", () => {
    const inner = new AggregateError([new Error("p1", { cause: new Error("c1") }), "plain"], "agg");
    const info = describeException(new Error("top", { cause: inner }));
    expect(info.cause).toMatchObject({ type: "AggregateError", message: "agg" });
    expect(info.cause?.errors).toMatchObject([
      { message: "p1", cause: { message: "c1" } },
      { type: "string", value: "plain" },
    ]);
    for (const word of ["top", "agg", "p1", "c1", "plain"]) expect(rendered(info.value)).toContain(word);
  });

  test("without what winston writes on the errors it logs", () => {
    const error = Object.assign(new Error("x"), {
      level: "error",
      timestamp: "now",
      [Symbol.for("level")]: "error",
      id: 1,
    });
    expect(describeException(error).properties).toEqual({ id: 1 });
  });

  test("from another realm", () => {
    const info = describeException(runInNewContext("new RangeError('far', { cause: new Error('away') })"));
    expect(info).toMatchObject({ type: "RangeError", message: "far", cause: { message: "away" } });
    expect(info.stack.length).toBeGreaterThan(0);
  });

  test("of the platform, whose name and message stand behind accessors", () => {
    expect(describeException(new DOMException("took too long", "TimeoutError"))).toMatchObject({
      type: "TimeoutError",
      message: "took too long",
    });
    expect(describeException(AbortSignal.abort().reason).type).toBe("AbortError");
  });

  test("whose class computes the message: the text in its stack is taken", () => {
    class ValidationError extends Error {
      readonly issues = ["id"];
      override get message(): string {
        return `invalid: ${this.issues}`;
      }
    }
    expect(describeException(new ValidationError()).message).toBe("invalid: id");
  });

  test("with a list of errors that is data as data", () => {
    const error = Object.assign(new Error("x"), { errors: [{ path: "/id" }] });
    expect(describeException(error)).toMatchObject({ properties: { errors: [{ path: "/id" }] } });
    expect(describeException(error).errors).toBeUndefined();
  });

  test("as far as bounds go, where causes are circular, deep or many", () => {
    const circular = new Error("a");
    circular.cause = new Error("b", { cause: circular });
    expect(describeException(circular).cause?.cause?.message).toBe("a [circular]");
    let deep = new Error("0");
    for (let i = 1; i < 1_000; i++) deep = new Error(String(i), { cause: deep });
    let depth = 0;
    for (let at: ExceptionInfo | undefined = describeException(deep); at; at = at.cause) depth++;
    expect(depth).toBe(11);
    let bomb: Error = new Error("leaf");
    for (let i = 0; i < 10; i++) bomb = new AggregateError(new Array(100).fill(bomb), "bomb");
    expect(rendered(bomb).length).toBeLessThan(1_000_000);
    expect(describeException(new AggregateError(new Array(60).fill("x"))).errors?.at(-1)).toMatchObject({
      type: "…",
      message: "10 more errors",
    });
  });

  test("without running code of its owner and without throwing, whatever it is", () => {
    const { errors, ran } = hostileErrors();
    for (const error of errors) expect(typeof rendered(error)).toBe("string");
    // The engine itself, or an installed Error.prepareStackTrace, asks an error's name, message and class when the stack is first written.
    expect(ran.filter((name) => !["message", "name", "constructor"].includes(name))).toEqual([]);
  });

  test("without throwing, where it inherits from a proxy whose traps throw", () => {
    const refuse = (): never => {
      throw new Error("trap");
    };
    const handler = { get: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse, has: refuse };
    const heirs = [new Error("real"), { message: "real" }].map(
      (one) => Object.setPrototypeOf(one, new Proxy(Error.prototype, handler)) as unknown,
    );
    for (const heir of heirs) expect(typeof rendered(heir)).toBe("string");
  });
});

describe("what was thrown and is no error", () => {
  test.each([
    [undefined, "undefined", "undefined"],
    [null, "null", "null"],
    ["text", "string", "text"],
    [7, "number", "7"],
    [7n, "bigint", "7n"],
    [Symbol("s"), "symbol", "Symbol(s)"],
    [{ code: 1 }, "object", "{ code: 1 }"],
  ])("%s is described by its kind and its inspection [S-ERR-4]", (value, type, message) => {
    expect(describeException(value)).toEqual({ type, value, message, stack: [] });
  });

  test("keeps an error's shape that has lost its class", () => {
    const data = { name: "SaveError", message: "full", stack: "SaveError: full\n    at save (/srv/app/save.js:3:9)" };
    expect(describeException(data)).toMatchObject({ type: "SaveError", message: "full", stack: [{ line: 3 }] });
  });

  test("of any kind at all never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withProxy: true } as never),
        (value) => typeof rendered(value) === "string",
      ),
    );
  });
});

describe("frames", () => {
  test.each([
    ["    at save (/srv/app/save.js:3:9)", "save", "/srv/app/save.js", 3, 9, false],
    ["    at /srv/app/save.js:3:9", null, "/srv/app/save.js", 3, 9, false],
    [
      "    at async Store.save [as put] (file:///srv/my%20app/save.js:3:9)",
      "Store.save [as put]",
      "/srv/my app/save.js",
      3,
      9,
      false,
    ],
    ["    at async file:///srv/app/save.js:3:9", null, "/srv/app/save.js", 3, 9, false],
    ["    at new Store (/srv/app (copy)/save.js:3:9)", "new Store", "/srv/app (copy)/save.js", 3, 9, false],
    ["    at Array.map (<anonymous>)", "Array.map", "<anonymous>", null, null, true],
    ["    at async Promise.all (index 0)", "Promise.all", "index 0", null, null, true],
    ["    at node:internal/main/run_main_module:28:49", null, "node:internal/main/run_main_module", 28, 49, true],
    [
      "    at get (/srv/app/node_modules/pg/lib/client.js:1:2)",
      "get",
      "/srv/app/node_modules/pg/lib/client.js",
      1,
      2,
      true,
    ],
    ["    at eval (eval at run (/srv/app/run.js:4:5), <anonymous>:1:1)", "eval", "/srv/app/run.js", 4, 5, false],
    ["    at C:\\app\\save.js:3:9", null, "C:\\app\\save.js", 3, 9, false],
    ["save@https://app.example/save.js:3:9", "save", "https://app.example/save.js", 3, 9, false],
    ["@https://app.example/save.js:3:9", null, "https://app.example/save.js", 3, 9, false],
    ["map@[native code]", "map", "[native code]", null, null, true],
  ])("%s is read", (line, name, file, row, column, native) => {
    const expected = { function: name, file, line: row, column, native, text: line };
    expect(parseFrames(`Error: x\n${line}`)).toEqual([expected]);
  });

  test("are not made of a message that looks like one", () => {
    const error = new Error("no\n    at fake (/etc/passwd:1:1)\nmail ops@example.com:25");
    const { stack } = describeException(error);
    expect(stack.map((frame) => frame.function)).not.toContain("fake");
    expect(stack[0]?.file).toMatch(/exception\.test\.ts$/);
  });

  test("are read in linear time", () => {
    expect(parseFrames(`    at ${" (".repeat(1_000_000)}`)).toEqual([]);
  });
});

describe("a rendered exception", () => {
  const preparation = (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  afterEach(() => {
    (Error as { prepareStackTrace?: unknown }).prepareStackTrace = preparation;
  });

  test("is the engine's own text, and its last line says what happened [L-EXC-2]", () => {
    const error = new RangeError("too far");
    const text = rendered(error);
    expect(text.startsWith(error.stack as string)).toBe(true);
    expect(text.split("\n").at(-1)).toBe("RangeError: too far");
    expect(rendered("text")).toBe("string: text");
  });

  test("shows the frames of dependencies and of the runtime dimmed", () => {
    const error = new Error("x");
    error.stack =
      "Error: x\n    at query (/app/node_modules/pg/client.js:1:1)\n    at save (/app/save.js:3:9)\n    at run (node:internal/x:1:1)";
    const text = rendered(error, { colorize: true });
    expect(text).toContain("\x1b[2m    at query (/app/node_modules/pg/client.js:1:1)\x1b[0m");
    expect(text).toContain("\n    at save (/app/save.js:3:9)");
    expect(text).toContain("\x1b[2m    at run (node:internal/x:1:1)\x1b[0m");
  });

  test("is whole where nobody knows the catch point, with backtrace and without", () => {
    const error = new Error("x");
    expect(rendered(error, { backtrace: false })).toBe(rendered(error));
  });

  test("shows the source around the failing line where diagnose is on, and only there [L-ADD-DIAG-2]", () => {
    const error = new Error("marked"); // the failing line
    const text = rendered(error, { diagnose: true });
    expect(text).toMatch(/\n {4}--> \d+ \| .*the failing line\n {8} +\| +\^\n/);
    expect(text).toMatch(/\n {8}\d+ \| .*where diagnose is on/);
    expect(rendered(error)).not.toContain("// the failing line");
  });

  test("shows own properties, bounded, on one line", () => {
    const error = Object.assign(new Error("x"), { code: "E", config: { body: "y".repeat(100_000), text: "a\nb" } });
    const line = rendered(error)
      .split("\n")
      .find((one) => one.includes("code: 'E'"));
    expect(line?.length).toBeLessThan(2_100);
  });

  test("shows no control character of the message, of a frame or of a property", () => {
    const error = Object.assign(new Error("a\x1b[2Jb"), { p: "\x9b31m" });
    error.stack = "Error: a\n    at \x1b[31m (/x.js:1:1)";
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(rendered(error)).not.toMatch(/[\x1b\x9b]/);
  });

  test("has no frames where the application's Error.prepareStackTrace gives no text or throws", () => {
    for (const prepare of [
      () => 7,
      () => {
        throw new Error("no");
      },
    ]) {
      (Error as { prepareStackTrace?: unknown }).prepareStackTrace = prepare;
      expect(rendered(new Error("x"))).toBe("Error: x");
    }
  });
});
