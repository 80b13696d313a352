import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { received, recordOf } from "./map-support.ts";

function attributesOf(thrown: unknown, fields: object = {}): Readonly<Record<string, unknown>> {
  return received(recordOf((logger) => logger.opt({ exception: thrown }).error("failed", fields))).attributes;
}

describe("an exception", () => {
  test("has the class, not the code, as its type", () => {
    const error = Object.assign(new TypeError("no such file"), { code: "ENOENT", errno: -2 });
    const attributes = attributesOf(error);
    expect(attributes).toMatchObject({
      "exception.type": "TypeError",
      "exception.message": "no such file",
      "exception.code": "ENOENT",
      "exception.properties": { errno: -2n },
    });
    expect(attributes["exception.stacktrace"]).toMatch(/^TypeError: no such file\n {4}at .*exceptions\.test\.ts/);
  });

  test("of a class of the user's has that one's name", () => {
    class OrderError extends Error {}
    expect(attributesOf(new OrderError("x"))["exception.type"]).toBe("OrderError");
  });

  test("stands before all values", () => {
    expect(Object.keys(attributesOf(new Error("x"), { a: 1 }))).toEqual([
      "exception.type",
      "exception.message",
      "exception.stacktrace",
      "a",
    ]);
  });

  test("keeps the chain of causes as text and as structure", () => {
    const root = Object.assign(new RangeError("root"), { limit: { max: 3 } });
    const middle = Object.assign(new Error("middle", { cause: root }), { code: 17 });
    const attributes = attributesOf(new TypeError("top", { cause: middle }));
    expect(attributes["exception.cause"]).toEqual({
      type: "Error",
      message: "middle",
      code: 17n,
      cause: { type: "RangeError", message: "root", properties: { limit: { max: 3n } } },
    });
    const text = attributes["exception.stacktrace"] as string;
    expect(text).toContain("\nCaused by: Error: middle\n");
    expect(text).toContain("\nCaused by: RangeError: root\n");
  });

  test("keeps inner errors as text and as structure, their causes too", () => {
    const inner = new Error("second", { cause: "a text" });
    const attributes = attributesOf(new AggregateError([new RangeError("first"), inner], "all failed"));
    expect(attributes["exception.errors"]).toEqual([
      { type: "RangeError", message: "first" },
      { type: "Error", message: "second", cause: { type: "string", message: "a text" } },
    ]);
    expect(attributes["exception.stacktrace"]).toContain("[error 2 of 2] Error: second");
  });

  test("of ten causes keeps them all", () => {
    let error = new Error("0");
    for (let depth = 1; depth <= 9; depth++) error = new Error(String(depth), { cause: error });
    const messages: unknown[] = [];
    let at = attributesOf(error)["exception.cause"] as { message: string; cause?: unknown } | undefined;
    for (; at; at = at.cause as typeof at) messages.push(at.message);
    expect(messages).toEqual(["8", "7", "6", "5", "4", "3", "2", "1", "0"]);
  });

  test("that causes itself ends", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(attributesOf(error)["exception.cause"]).toEqual({ type: "Error", message: "loop [circular]" });
  });

  test("may be of another realm, no error at all, or nothing", () => {
    expect(attributesOf(runInNewContext("new SyntaxError('there')"))["exception.type"]).toBe("SyntaxError");
    expect(attributesOf("thrown text")).toMatchObject({
      "exception.type": "string",
      "exception.message": "thrown text",
    });
    expect(attributesOf(7)).toMatchObject({ "exception.type": "number", "exception.message": "7" });
  });

  test("that came as JSON is one again", () => {
    const attributes = attributesOf({
      name: "RemoteError",
      message: "far away",
      stack: "RemoteError: far away\n    at x (y.js:1:2)",
    });
    expect(attributes).toMatchObject({ "exception.type": "RemoteError", "exception.message": "far away" });
  });

  test("whose parts throw or lie costs itself alone", () => {
    const hostile = new Error("x");
    void hostile.stack;
    for (const key of ["message", "name", "cause", "errors", "code"])
      Object.defineProperty(hostile, key, {
        enumerable: true,
        get: () => {
          throw new Error("called");
        },
      });
    const { "exception.type": type, ok } = attributesOf(hostile, { ok: 1 });
    expect({ type: typeof type, ok }).toEqual({ type: "string", ok: 1n });
  });

  test("shows no property that is hidden", () => {
    const error = Object.assign(new Error("x", { cause: Object.assign(new Error("y"), { token: "secret2" }) }), {
      token: "secret1",
    });
    const record = recordOf((logger) => logger.error("failed", error), { redact: ["**.token"] });
    const shown = JSON.stringify(received(record).attributes, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(shown).not.toMatch(/secret[12]/);
    expect(shown).toContain("token");
  });
});
