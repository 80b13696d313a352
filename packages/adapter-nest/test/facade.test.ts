import { asNest, type NestLogger } from "@logbridge/adapter-nest";
import type { LoggerService } from "@nestjs/common";
import { expect, expectTypeOf, test } from "vitest";
import { keeping } from "./support/keeping.ts";

const STACK = "TypeError: no such user\n    at find (/app/users.js:12:7)\n    at /app/main.js:3:1";

test("each method is one record of its level", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  for (const level of ["verbose", "debug", "log", "warn", "error", "fatal"] as const) face[level](`a ${level}`, "Ctx");
  expect(records.map(({ level, message, name, origin }) => [level.name, level.no, message, name, origin])).toEqual([
    ["VERBOSE", 13, "a verbose", "Ctx", { name: "nest", level: { name: "verbose" } }],
    ["DEBUG", 10, "a debug", "Ctx", { name: "nest", level: { name: "debug" } }],
    ["INFO", 20, "a log", "Ctx", { name: "nest", level: { name: "log" } }],
    ["WARNING", 30, "a warn", "Ctx", { name: "nest", level: { name: "warn" } }],
    ["ERROR", 40, "a error", "Ctx", { name: "nest", level: { name: "error" } }],
    ["CRITICAL", 50, "a fatal", "Ctx", { name: "nest", level: { name: "fatal" } }],
  ]);
});

test("S-CON-6: error(message, stack, context): the stack is the exception, the context the name", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  face.error("lookup failed", STACK, "UserService");
  face.error("lookup failed", STACK);
  for (const { message, exception } of records) {
    expect(message).toBe("lookup failed");
    expect(exception).toMatchObject({ type: "TypeError" });
    expect(exception?.value).toMatchObject({ message: "no such user", stack: STACK });
    expect(exception?.stack[0]).toMatchObject({ text: expect.stringContaining("/app/users.js:12:7") });
  }
  expect(records[0]?.name).toBe("UserService");
});

test("an error among the messages is the exception, and its own stack is not said twice", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  const error = new Error("boom");
  face.error(error);
  face.error(error, undefined, "Ctx");
  face.error(error, error.stack, "Ctx");
  face.error("saving", error, "Ctx");
  face.error({ message: "saving", err: error }, "Ctx");
  face.fatal(error, "Ctx");
  expect(records.every(({ exception }) => exception?.value === error)).toBe(true);
  expect(records.map(({ message, name }) => [message, name])).toEqual([
    ["boom", expect.stringMatching(/facade\.test$/)],
    ["boom", "Ctx"],
    ["boom", "Ctx"],
    ["saving", "Ctx"],
    [expect.stringContaining("message: 'saving'"), "Ctx"],
    ["boom", "Ctx"],
  ]);
  face.error(error, STACK, "Ctx");
  expect(records.at(-1)?.message).toContain("/app/users.js:12:7");
});

test("an error under err or error of an object is the exception, and neither in the text nor a field", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  const error = new Error("boom");
  face.error({ err: error }, "Ctx");
  face.error({ err: error, id: 7 }, "Ctx");
  face.error("saving", { error }, "Ctx");
  face.error("saving", { id: 8 }, { error, id: 7 }, "Ctx");
  expect(records.every(({ exception }) => exception?.value === error)).toBe(true);
  expect(records.map(({ message, extra }) => [message, extra])).toEqual([
    ["boom", {}],
    ["{ id: 7 }", { id: 7 }],
    ["saving", {}],
    ["saving { id: 8 } { id: 7 }", { id: 7 }],
  ]);
  face.error("saving", { err: "refused", error: null }, "Ctx");
  expect(records.at(-1)).toMatchObject({ exception: null, extra: { err: "refused", error: null } });
});

test("nothing that is given is lost: objects, several messages, texts that are no stack", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  face.log({ id: 7 }, "Ctx");
  face.log("user", { id: 7 }, ["a"], "Ctx");
  face.log("first", "second", "Ctx");
  face.error("msg", "more text", "Ctx");
  face.error("msg", "Ctx");
  face.warn("100% of %s {id}", { id: 7 });
  face.log(undefined);
  (face.log as () => void)();
  face.log("");
  expect(records.map(({ message, name, extra }) => [message, name, extra])).toEqual([
    ["{ id: 7 }", "Ctx", { id: 7 }],
    ["user { id: 7 } [ 'a' ]", "Ctx", { id: 7 }],
    ["first second", "Ctx", {}],
    ["msg more text", "Ctx", {}],
    ["msg", "Ctx", {}],
    ["100% of %s {id} { id: 7 }", expect.any(String), { id: 7 }],
    ["undefined", expect.any(String), {}],
    ["", expect.any(String), {}],
    ["", expect.any(String), {}],
  ]);
  expect(records[1]?.template).toBe("user");
  expect(records[1]?.args).toEqual([{ id: 7 }, ["a"]]);
});

test("functions are asked, once and only where somebody listens; classes are written by their names", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  let asked = 0;
  const lazy = (): string => `asked ${++asked}`;
  face.log(lazy, "Ctx");
  face.log(class OrdersModule {}, "Ctx");
  face.log(() => {
    throw new Error("cannot say");
  }, "Ctx");
  logger.handler(logger.stats().handlers[0]?.id as never).level = "ERROR";
  face.log(lazy, "Ctx");
  expect(asked).toBe(1);
  expect(records.map(({ message, exception }) => [message, exception?.type])).toEqual([
    ["asked 1", undefined],
    ["OrdersModule", undefined],
    ["cannot say", "Error"],
  ]);
});

test("every method works detached", async () => {
  const { logger, records } = keeping();
  const { log, error, setLogLevels } = asNest(logger);
  log("a", "Ctx");
  await Promise.reject(new Error("refused")).catch(error);
  setLogLevels(["error"]);
  log("b");
  expect(records.map(({ message }) => message)).toEqual(["a", "refused"]);
});

test("setLogLevels limits as in NestJS: those named, and all above the most severe of them", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  const said = (...levels: Parameters<NestLogger["setLogLevels"]>[0]): string[] => {
    records.length = 0;
    face.setLogLevels(levels);
    for (const level of ["verbose", "debug", "log", "warn", "error", "fatal"] as const) face[level](level);
    return records.map(({ message }) => message);
  };
  expect(said("warn")).toEqual(["warn", "error", "fatal"]);
  expect(said("debug", "error")).toEqual(["debug", "error", "fatal"]);
  expect(said()).toEqual([]);
  expect(() => face.setLogLevels(["loud" as never])).toThrow(/verbose, debug.*'loud'.*LB1591/);
  expect(() => face.setLogLevels("warn" as never)).toThrow(/LB1591/);
});

test("the name without a context: that of asNest, else the logger's own; bound values and patchers apply", () => {
  const { logger, records } = keeping();
  asNest(logger.bind({ service: "billing" }), "Boot").log("a");
  asNest(logger.forModule("orders")).log("b");
  expect(records.map(({ name, extra }) => [name, extra])).toEqual([
    ["Boot", { service: "billing" }],
    ["orders", {}],
  ]);
});

test("a level VERBOSE of the application's own is used", () => {
  const { logger, records } = keeping();
  logger.level("VERBOSE", { no: 7, icon: "v" });
  asNest(logger).verbose("a");
  expect(records[0]?.level).toMatchObject({ name: "VERBOSE", no: 7 });
});

test("no call throws, whatever it is given", () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = {
    get boom(): never {
      throw new Error("a getter ran");
    },
  };
  for (const value of [proxy, hostile, Symbol("s"), 1n, null, Object.create(null)]) {
    face.log(value);
    face.error("x", value, value, "Ctx");
    face.error(value, undefined, "Ctx");
  }
  expect(records).toHaveLength(18);
});

test("what a function or an error does when it is asked costs no record and no process", async () => {
  const { logger, records } = keeping();
  const face = asNest(logger);
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const boom = (): never => {
    throw new Error("boom");
  };
  face.log(() => Promise.reject(new Error("later")), "Ctx");
  face.log(Object.defineProperty(class {}, "name", { get: boom }), "Ctx");
  face.log(class Users {}, "Ctx");
  face.error(Object.defineProperty(new Error("x"), "stack", { get: boom }), STACK, "Ctx");
  face.log({ face }, "Ctx");
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
  expect(records.map(({ message }) => message.split("\n")[0])).toEqual([
    expect.stringContaining("Promise"),
    "class",
    "Users",
    "TypeError: no such user",
    "{",
  ]);
  expect(JSON.stringify(face)).toBe("{}");
});

test("what a handler redacts is in no part of the record", () => {
  const { logger } = keeping();
  const lines: string[] = [];
  logger.add((text) => void lines.push(text), { serialize: true, redact: ["password"] });
  asNest(logger).log("login", { password: "geheim", user: "ann" }, "Auth");
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("geheim");
});

test("its type is LoggerService; what is no logger is refused", () => {
  const { logger } = keeping();
  expectTypeOf(asNest(logger)).toExtend<LoggerService>();
  for (const wrong of [undefined, null, {}, console])
    expect(() => asNest(wrong as never)).toThrow(expect.objectContaining({ code: "LB1590" }));
  expect(() => asNest(logger, 5 as never)).toThrow(/context.*LB1590/);
});
