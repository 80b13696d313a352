import { createLogger } from "@logbridge/core";
import { asConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { asObjectFirst, asStringFirst } from "../src/facade.ts";
import { keeping } from "./support/records.ts";

test("each method is one record of its level, and prints nothing itself", () => {
  const { logger, records } = keeping();
  const face = asConsole(logger);
  face.debug("a");
  face.log("a %s {}", "b");
  face.info("a");
  face.warn("a");
  face.error("a");
  face.assert(false, "why");
  face.assert(true, "fine");
  face.dir({ a: { b: 1 } }, { depth: 0 });
  face.dirxml("a");
  face.table([{ x: 1 }]);
  face.trace("here");
  expect(records.map(({ level, message }) => [level.name, message.split("\n")[0]])).toEqual([
    ["DEBUG", "a"],
    ["INFO", "a b {}"],
    ["INFO", "a"],
    ["WARNING", "a"],
    ["ERROR", "a"],
    ["ERROR", "Assertion failed: why"],
    ["INFO", "{ a: [Object] }"],
    ["INFO", "a"],
    ["INFO", "┌─────────┬───┐"],
    ["DEBUG", "Trace: here"],
  ]);
  expect(records.at(-1)?.message).toMatch(/\n +at .*facade\.test\.ts/);
});

test("counters, timers and groups work", () => {
  const { logger, records, messages } = keeping();
  const face = asConsole(logger);
  face.count();
  face.count("n");
  face.count();
  face.countReset();
  face.count();
  face.time("t");
  face.timeLog("t", "half");
  face.timeEnd("t");
  face.timeEnd("t");
  face.group("g");
  face.group();
  face.log("in");
  face.groupEnd();
  face.groupEnd();
  face.groupEnd();
  face.log("out");
  expect(messages()).toEqual([
    "default: 1",
    "n: 1",
    "default: 2",
    "default: 1",
    expect.stringMatching(/^t: [\d.]+ms half$/),
    expect.stringMatching(/^t: [\d.]+ms$/),
    "g",
    "in",
    "out",
  ]);
  expect(records.slice(-3).map(({ origin }) => origin?.depth)).toEqual([undefined, 2, undefined]);
});

test("every method works detached", async () => {
  const { logger, messages } = keeping();
  const { log, error, groupEnd, clear, count } = asConsole(logger);
  log("a");
  groupEnd();
  clear();
  count();
  await Promise.reject(new Error("refused")).catch(error);
  expect(messages()).toEqual(["a", "default: 1", "refused"]);
});

test("three strings are three strings, S-CON-6", () => {
  const { logger, records } = keeping();
  asConsole(logger).error("msg", "Error: x\n    at f (a.js:1:1)", "UserService");
  const [record] = records;
  expect(record?.level.name).toBe("ERROR");
  expect(record?.message).toBe("msg Error: x\n    at f (a.js:1:1) UserService");
  expect(record?.args).toEqual(["Error: x\n    at f (a.js:1:1)", "UserService"]);
});

test("an error is the exception, an object is in extra beside what the logger has bound, and the caller is found", () => {
  const { logger, records } = keeping();
  const face = asConsole(logger.bind({ service: "billing" }));
  const error = new Error("disk full");
  const at = new Error("here").stack?.match(/facade\.test\.ts:(\d+)/)?.[1];
  face.error("save failed", error, { id: 7 });
  expect(records[0]).toMatchObject({
    message: "save failed { id: 7 }",
    extra: { service: "billing", id: 7 },
    line: Number(at) + 1,
  });
  expect(records[0]?.exception?.value).toBe(error);
});

test("inside a sink it reaches the other handlers and does not call the sink again", () => {
  const { logger, messages } = keeping();
  const face = asConsole(logger);
  let calls = 0;
  logger.add(
    () => {
      calls++;
      face.log("from the sink");
    },
    { level: 0 },
  );
  face.log("x");
  expect(messages()).toEqual(["x", "from the sink"]);
  expect(calls).toBe(1);
});

test("counters go on while nobody listens", () => {
  const logger = createLogger();
  const face = asConsole(logger);
  face.count();
  const seen: string[] = [];
  logger.add((_text, record) => void seen.push(record.message));
  face.count();
  expect(seen).toEqual(["default: 2"]);
});

test("what is no logger is refused", () => {
  for (const wrong of [undefined, null, {}, console])
    expect(() => asConsole(wrong as never)).toThrow(
      expect.objectContaining({
        code: "LB1543",
        message: expect.stringMatching(/^asConsole\(\): .*, got .{1,120} \[LB1543\]$/) as string,
      }),
    );
});

/** What Node's console has besides what its consumers call: a class, and two of V8's own. */
const NO_METHODS = ["Console", "context", "createTask"];

test("it has every method of the console, and is one to the compiler", () => {
  const { logger, records } = keeping();
  const face: Omit<Console, "Console"> = asConsole(logger);
  const narrow: Pick<Console, "log" | "warn" | "error" | "debug" | "trace" | "table" | "timeStamp"> = asConsole(logger);
  const methods = Object.keys(console).filter((name) => !NO_METHODS.includes(name));
  const missing = methods.filter((name) => typeof (face as unknown as Record<string, unknown>)[name] !== "function");
  expect(missing.filter((name) => typeof console[name as "log"] === "function")).toEqual([]);
  narrow.timeStamp("x");
  face.profile("x");
  face.profileEnd("x");
  expect(records).toEqual([]);
});

test("a call with what cannot be a text does not throw, and keeps what was given", () => {
  const { logger, records } = keeping();
  const face = asConsole(logger);
  const hostile = {
    [Symbol.toPrimitive]() {
      throw new Error("no text");
    },
  };
  face.count(hostile as never);
  expect(records).toHaveLength(1);
  expect(records[0]?.args).toEqual([hostile]);
});

class Request {
  readonly id = 7;
  get secret(): string {
    throw new Error("no getter runs");
  }
}

describe.each([
  ["asStringFirst", asStringFirst],
  ["asObjectFirst", asObjectFirst],
] as const)("%s", (name, wrap) => {
  test("each method is one record of its level, with the line of the call", () => {
    const { logger, records } = keeping();
    const face = wrap(logger);
    const at = Number(new Error("here").stack?.match(/facade\.test\.ts:(\d+)/)?.[1]);
    face.trace("a");
    face.debug("b");
    face.info("c");
    face.warn("d");
    face.error("e");
    face.fatal("f");
    expect(records.map(({ level, message, line }) => [level.name, message, line])).toEqual([
      ["TRACE", "a", at + 1],
      ["DEBUG", "b", at + 2],
      ["INFO", "c", at + 3],
      ["WARNING", "d", at + 4],
      ["ERROR", "e", at + 5],
      ["CRITICAL", "f", at + 6],
    ]);
    expect(records[3]?.origin).toEqual({
      name: name === "asStringFirst" ? "string-first" : "object-first",
      level: { name: "warn" },
    });
  });

  test("directives are filled, braces stay, an object is in extra and not in the text, the rest is in both", () => {
    const { logger, records } = keeping();
    wrap(logger).info("%s paid {amount} for %d%%", "ada", 3, { id: 7 }, "left", [1], { more: true });
    expect(records[0]).toMatchObject({
      message: "ada paid {amount} for 3% left [ 1 ]",
      template: "%s paid {amount} for %d%%",
      args: ["ada", 3, "left", [1]],
      extra: { id: 7, more: true },
    });
  });

  test("an error is the exception wherever it stands, and further ones are kept", () => {
    const { logger, records } = keeping();
    const face = wrap(logger);
    const [error, other] = [new TypeError("refused"), new Error("other")];
    face.error(error);
    face.error("failed", error, { id: 7 });
    face.error({ err: error, id: 7 }, "failed");
    face.error("failed", { error });
    face.error("failed", error, other);
    face.error("failed: %s", error);
    expect(records.map(({ exception }) => exception?.value)).toEqual(Array.from({ length: 6 }, () => error));
    expect(records.map(({ message }) => message).slice(0, 4)).toEqual(["refused", "failed", "failed", "failed"]);
    expect(records.map(({ extra }) => extra).slice(0, 4)).toEqual([{}, { id: 7 }, { id: 7 }, {}]);
    expect(records[4]?.args).toEqual([other]);
    expect(records[5]?.message).toContain("failed: TypeError: refused");
  });

  test("fields before the text, fields alone, and nothing at all", () => {
    const { logger, records } = keeping();
    const face = wrap(logger);
    face.info({ id: 7 }, "user %s", "ada");
    face.info({ id: 7 });
    face.info();
    face.info(undefined);
    face.info(42);
    expect(records.map(({ message, extra, args }) => [message, extra, args])).toEqual([
      ["user ada", { id: 7 }, ["ada"]],
      ["{ id: 7 }", { id: 7 }, []],
      ["", {}, []],
      ["undefined", {}, [undefined]],
      ["42", {}, [42]],
    ]);
  });

  test("an error without a message is called by its class, and none is empty", () => {
    const { logger, messages } = keeping();
    const face = wrap(logger);
    face.error(new RangeError());
    face.error(new DOMException("gone", "AbortError"));
    expect(messages()).toEqual(["RangeError", "gone"]);
  });

  test("child() adds values, methods work detached, and what is bound and the name apply", () => {
    const { logger, records } = keeping();
    const { warn } = wrap(logger.forModule("billing").bind({ service: "b" }))
      .child({ requestId: "r" })
      .child();
    warn("x", { id: 1 });
    expect(records[0]).toMatchObject({ name: "billing", extra: { service: "b", requestId: "r", id: 1 } });
  });

  test("child() takes whatever a library gives, and throws for nothing", () => {
    const { logger, records } = keeping();
    const error = new Error("of the request");
    class Context {
      requestId = "r";
      get token(): string {
        throw new Error("no getter runs");
      }
    }
    const given: readonly unknown[] = [
      null,
      "x",
      7,
      [1],
      new Map([["a", 1]]),
      new Date(0),
      new Proxy({}, {}),
      () => {},
    ];
    for (const values of [...given, new Context(), Object.create(null), error])
      wrap(logger)
        .child(values as object)
        .info("x");
    expect(records.map(({ extra }) => extra)).toEqual([...given.map(() => ({})), { requestId: "r" }, {}, { error }]);
  });

  test("hostile keys stay keys, getters do not run, and nothing throws", () => {
    const { logger, records } = keeping();
    const face = wrap(logger);
    const meta = JSON.parse('{"__proto__":{"polluted":1},"constructor":1,"level":"x","message":"y"}') as object;
    face.info("a", meta);
    face.info("b", {
      get secret(): string {
        throw new Error("no getter runs");
      },
    });
    face.info(
      new Proxy(
        {},
        {
          get() {
            throw new Error("no trap runs");
          },
        },
      ),
      "c",
    );
    expect(records.map(({ message }) => message.split(" ")[0])).toEqual(["a", "b", "c"]);
    expect(Object.keys(records[0]?.extra as object)).toEqual(["__proto__", "constructor", "level", "message"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("below the threshold nothing is read, and what is no logger is refused by its own name", () => {
    const { logger, records } = keeping("ERROR");
    const face = wrap(logger);
    face.warn("%s", {
      toString: () => {
        throw new Error("read");
      },
    });
    expect(records).toEqual([]);
    expect(() => wrap({} as never)).toThrow(expect.objectContaining({ code: "LB1543" }));
    expect(() => wrap({} as never)).toThrow(`${name}()`);
  });
});

test("asObjectFirst takes the values of any object in the place of the fields, asStringFirst shows it", () => {
  const { logger, records } = keeping();
  asObjectFirst(logger).info(new Request(), "got");
  asObjectFirst(logger).info(new Date(0), "at");
  asObjectFirst(logger).info([1, 2], "list");
  asStringFirst(logger).info("got", new Request());
  expect(records.map(({ message, extra }) => [message, extra])).toEqual([
    ["got", { id: 7 }],
    ["at 1970-01-01T00:00:00.000Z", {}],
    ["list [ 1, 2 ]", {}],
    ["got Request { id: 7 }", {}],
  ]);
});

test("three strings of a string-first call are three strings, S-CON-6", () => {
  const { logger, records } = keeping();
  asStringFirst(logger).error("msg", "Error: x\n    at f (a.js:1:1)", "UserService");
  expect(records[0]?.level.name).toBe("ERROR");
  expect(records[0]?.args).toEqual(["Error: x\n    at f (a.js:1:1)", "UserService"]);
  expect(records[0]?.message).toBe("msg Error: x\n    at f (a.js:1:1) UserService");
});

describe.each([
  ["asConsole", asConsole],
  ["asObjectFirst", asObjectFirst],
  ["asStringFirst", asStringFirst],
] as const)("a call of %s with values that cannot be put into words", (_name, face) => {
  const hostile = (): never => {
    throw new Error("never out");
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const calls: readonly (readonly [string, unknown])[] = [
    ["id %j", 10n],
    ["id %s", { toString: hostile }],
    ["id %o", { [Symbol.for("nodejs.util.inspect.custom")]: hostile }],
    [
      "id",
      new (class Hostile {
        [Symbol.for("nodejs.util.inspect.custom")](): never {
          return hostile();
        }
      })(),
    ],
    ["id %j", revoked.proxy],
    ["id %d", Symbol("seven")],
  ];

  test("does not throw, and is a record with what was given", () => {
    for (const [text, value] of calls) {
      const { logger, records } = keeping();
      face(logger).info(text, value);
      expect(records).toHaveLength(1);
      expect(records[0]?.template).toBe(text);
      expect(records[0]?.args[0] === value).toBe(true);
    }
  });

  test("keeps an error that stands beside them", () => {
    const { logger, records } = keeping();
    const error = new Error("disk full");
    face(logger).error("order %j failed", { id: 10n }, error);
    expect(records[0]?.message).toMatch(/^order .+ failed/);
    expect(records[0]?.exception?.value).toBe(error);
  });

  test("ends where a filter or patcher makes it", () => {
    for (const where of ["filter", "patcher"]) {
      const logger = createLogger();
      const messages: string[] = [];
      const run = (): boolean => {
        face(logger).info("inner");
        return true;
      };
      logger.add((_text, { message }) => messages.push(message), where === "filter" ? { filter: run } : {});
      if (where === "patcher") logger.configure({ patcher: () => void run() });
      logger.info("outer");
      expect(messages.filter((text) => text === "outer")).toHaveLength(1);
      expect(messages.length).toBeLessThan(20);
    }
  });
});
