import { createLogger, type LogRecord } from "@logbridge/core";
import type { Logger as PinoLoggerType } from "pino";
import { describe, expect, test, vi } from "vitest";
import { asPino, interceptPino, pinoSinks, propagateToPino } from "../src/index.ts";
import { listener, only } from "./support.ts";

type Any = Record<string, (...values: unknown[]) => void>;

/** What one call makes of its arguments. */
function said(call: (theirs: Any) => void): LogRecord {
  const { logger, records } = listener();
  call(asPino(logger) as unknown as Any);
  return only(records);
}

describe("a call of the facade", () => {
  const error = Object.assign(new TypeError("broken"), { code: "E1" });
  test.each<[string, unknown[], string, Record<string, unknown>, unknown]>([
    ["a text", ["plain 100%"], "plain 100%", {}, undefined],
    ["placeholders", ["%s is %d, %i and %j", "a", 1.5, 2.7, { b: 1 }], 'a is 1.5, 2 and {"b":1}', {}, undefined],
    ["%o of texts and functions", ["%o %O", "a", function named() {}], "'a' named", {}, undefined],
    ["%% beside a value", ["100%% of %s", "a"], "100% of a", {}, undefined],
    ["a percent sign that is no placeholder", ["100% of %s", "a"], "100% of a", {}, undefined],
    ["fields first", [{ id: 1 }, "text"], "text", { id: 1 }, undefined],
    ["fields and placeholders", [{ id: 1 }, "user %s", "a"], "user a", { id: 1 }, undefined],
    ["fields alone", [{ id: 1 }], "{ id: 1 }", { id: 1 }, undefined],
    ["a text among the fields", [{ msg: "inside", id: 1 }], "inside", { id: 1 }, undefined],
    ["a field that is called as the text", [{ msg: "field" }, "text"], "text", { msg: "field" }, undefined],
    ["an error", [error], "broken", {}, error],
    ["an error and a text", [error, "failed"], "failed", {}, error],
    ["an error among the fields", [{ err: error, id: 1 }], "broken", { id: 1 }, error],
    ["an error under another key", [{ id: 1, reason: error }, "failed"], "failed", { id: 1 }, error],
    ["null first", [null, "text"], "text", {}, undefined],
    ["undefined first", [undefined, "text"], "text", {}, undefined],
    ["a number", [42], "42", {}, undefined],
    ["nothing", [], "", {}, undefined],
    ["an object as the text", [{ id: 1 }, { b: 2 }], "{ b: 2 }", { id: 1 }, undefined],
    ["braces, which are none of ours", ["{name} {}"], "{name} {}", {}, undefined],
  ])("means what it means to pino: %s", (_, args, message, extra, thrown) => {
    const record = said((theirs) => theirs["info"]?.(...args));
    expect({ message: record.message, extra: record.extra, error: record.exception?.value }).toEqual({
      message,
      extra,
      error: thrown,
    });
  });

  test("S-FAC-3: keeps what pino would lose: errors, fields and values that no placeholder takes", () => {
    const { message, exception } = said((theirs) => theirs["error"]?.("upload broke", error));
    expect([message, exception?.value]).toEqual(["upload broke", error]);
    expect(said((theirs) => theirs["info"]?.("user made", { id: 1 })).extra).toEqual({ id: 1 });
    expect(said((theirs) => theirs["info"]?.("a %s", "b", "c", 4)).message).toBe("a b c 4");
    const both = said((theirs) => theirs["error"]?.({ id: 1, err: error }, "failed", new Error("second")));
    expect(both.exception?.value).toBe(error);
    expect(both.message).toContain("second");
    expect(said((theirs) => theirs["error"]?.({ id: 1 }, error))).toMatchObject({
      message: "broken",
      extra: { id: 1 },
      exception: { value: error },
    });
    expect(said((theirs) => theirs["error"]?.("saw %s", error))).toMatchObject({
      message: "saw TypeError: broken",
      exception: { value: error },
    });
  });

  test("has template and values, the level as pino has it, and the caller's line", () => {
    const { logger, records } = listener(true);
    const { warn } = asPino(logger);
    warn("user %s", "a");
    const record = only(records);
    expect(record.template).toBe("user %s");
    expect(record.args).toEqual(["a"]);
    expect(record.level).toMatchObject({ name: "WARNING", no: 30 });
    expect(record.origin).toMatchObject({ name: "pino", level: { name: "warn", no: 40 } });
    expect(record.file?.name).toBe("facade.test.ts");
    expect(record.line).toBe(Number(/:(\d+):\d+\)?$/.exec(new Error().stack?.split("\n")[1] ?? "")?.[1]) - 7);
  });

  test("S-FAC-1: works detached, on children too", async () => {
    const { logger, records } = listener();
    const { error, info, child, isLevelEnabled, bindings, setBindings, silent, flush } = asPino(logger);
    await Promise.reject(new Error("refused")).catch(error);
    info("text");
    const { warn } = child({ part: 1 });
    warn("from a child");
    setBindings({ all: true });
    info("bound");
    silent("nothing");
    expect(isLevelEnabled("info")).toBe(true);
    expect(bindings()).toEqual({ all: true });
    await new Promise<void>((resolve) => flush(() => resolve()));
    expect(records.map(({ level, message, extra }) => [level.name, message, extra])).toEqual([
      ["ERROR", "refused", {}],
      ["INFO", "text", {}],
      ["WARNING", "from a child", { part: 1 }],
      ["INFO", "bound", { all: true }],
    ]);
  });

  test("passes patchers, bound values, names, filters, redaction and activation of our logger", () => {
    const lines: string[] = [];
    const logger = createLogger({ patcher: (record) => void (record.extra["patched"] = true) });
    logger.add((text) => void lines.push(text.trim()), {
      format: "{name} {message} {extra}",
      redact: ["password"],
      filter: (record) => record.message !== "filtered",
    });
    logger.disable("quiet");
    const theirs = asPino(logger.bind({ app: "shop" }).forModule("orders"));
    theirs.info({ password: "hunter2" }, "login");
    theirs.info("filtered");
    theirs.child({ name: "quiet" }).info("not heard");
    theirs.child({ name: "db" }).info("heard");
    expect(lines[0]).toMatch(/^orders login/);
    expect(lines[0]).toContain("shop");
    expect(lines[0]).toContain("patched");
    expect(lines[0]).not.toContain("hunter2");
    expect(lines.slice(1).map((line) => line.split(" ").slice(0, 2))).toEqual([["db", "heard"]]);
  });

  test("throws nothing into the application, whatever it is given", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { logger, records } = listener();
    const theirs = asPino(logger).child(
      {},
      {
        serializers: {
          bad: () => {
            throw new Error("no");
          },
        },
      },
    ) as unknown as Any;
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const hostile = {
      get danger() {
        throw new Error("a getter ran");
      },
    };
    theirs["info"]?.({ bad: 1, good: 2 }, "one");
    theirs["info"]?.(hostile, "two");
    theirs["info"]?.(revoked.proxy, "three");
    theirs["info"]?.("%s %d %j", Object.create(null), Symbol("s"), revoked.proxy);
    theirs["info"]?.("%s", {
      toString() {
        throw new Error("no text");
      },
    });
    said.mockRestore();
    expect(records).toHaveLength(5);
    expect(records[0]?.extra).toEqual({ bad: "[serializer failed]", good: 2 });
    expect(records[1]?.extra).toEqual({ danger: "[Getter]" });
  });
});

describe("the level of a facade", () => {
  test("shows the lowest that a handler takes, and follows it", async () => {
    const logger = createLogger();
    const theirs = asPino(logger);
    expect([theirs.level, theirs.levelVal, theirs.isLevelEnabled("fatal")]).toEqual(["silent", Infinity, false]);
    const id = logger.add(() => {}, { level: "WARNING" });
    expect([theirs.level, theirs.levelVal]).toEqual(["warn", 40]);
    expect([theirs.isLevelEnabled("info"), theirs.isLevelEnabled("warn"), theirs.isLevelEnabled("no")]).toEqual([
      false,
      true,
      false,
    ]);
    logger.handler(id).level = "TRACE";
    expect([theirs.level, theirs.child({}).level]).toEqual(["trace", "trace"]);
  });

  test("limits this face and its children when it is set, by name or number, and tells who listens", () => {
    const { logger, records } = listener();
    const theirs = asPino(logger);
    const before = theirs.child({});
    const own = theirs.child({}, { level: "debug" });
    const changes: unknown[] = [];
    theirs.on("level-change", (...change) => void changes.push(change.slice(0, 4)));
    theirs.level = "error";
    for (const one of [theirs, before, own, theirs.child({})]) {
      one.info("info");
      one.error("error");
    }
    (theirs as { level: unknown }).level = 20;
    theirs.level = "silent";
    theirs.fatal("not heard");
    expect(records.map(({ message }) => message)).toEqual(["error", "error", "info", "error", "error"]);
    expect(changes).toEqual([
      ["error", 50, "trace", 10],
      ["debug", 20, "error", 50],
      ["silent", Infinity, "debug", 20],
    ]);
    logger.info("ours is not limited");
    expect(records.at(-1)?.message).toBe("ours is not limited");
    expect(() => {
      theirs.level = "loud";
    }).toThrow(/loud.*trace, debug.*silent.*LB1571/);
  });

  test("may be one of ours: those are methods, made before or after the facade", () => {
    const { logger, records } = listener();
    const typed = logger.withLevels({ notice: { no: 27 } });
    const theirs = asPino(typed);
    theirs.notice({ id: 1 }, "typed");
    (theirs as unknown as Any)["success"]?.("ours");
    logger.level("AUDIT", { no: 45 });
    (theirs.child({}) as unknown as Any)["audit"]?.("later");
    expect(records.map(({ level }) => [level.name, level.no])).toEqual([
      ["NOTICE", 27],
      ["SUCCESS", 25],
      ["AUDIT", 45],
    ]);
    expect(theirs.levels.values).toMatchObject({ trace: 10, info: 30, success: 35, notice: 37, audit: 55 });
    expect(theirs.levels.labels).toMatchObject({ 35: "success", 60: "fatal" });
    expect(Object.keys(theirs.levels.values)).not.toContain("silent");
  });
});

describe("a child of a facade", () => {
  test("has its bindings, shown by serializers once, and its parents'", () => {
    const { logger, records } = listener();
    const user = { id: 7, secret: "hunter2" };
    const parent = asPino(logger).child(
      { user, app: "shop", level: "ignored" },
      { serializers: { user: ({ id }) => id } },
    );
    user.id = 8;
    const child = parent.child({ app: "other", part: 1, name: "db" });
    (child as unknown as Any)["info"]?.({ user: { id: 9, secret: "hunter2" } }, "text");
    parent.info("parent");
    expect(records.map(({ extra, name }) => [extra, name])).toEqual([
      [{ user: 9, app: "other", part: 1 }, "db"],
      [{ user: 7, app: "shop" }, records[1]?.name],
    ]);
    expect(child.bindings()).toEqual({ user: 7, app: "other", part: 1, name: "db" });
  });

  test("honours redact: in bindings, fields, text, values of the text and errors", () => {
    const { logger, records } = listener();
    const child = asPino(logger).child(
      { token: "hunter2", open: 1 },
      { redact: { paths: ["token", "user.password", "err.token", "*.pin"], censor: "***" } },
    );
    (child as unknown as Any)["info"]?.(
      { user: { password: "hunter2", name: "a" }, card: { pin: "hunter2" } },
      "saw %j",
      {
        token: "hunter2",
        x: 1,
      },
    );
    child.error(Object.assign(new Error("broken"), { token: "hunter2", code: "E1" }));
    (child as unknown as Any)["info"]?.("after", { token: "hunter2" });
    const [first, second] = records;
    expect(first?.extra).toEqual({ token: "***", open: 1, user: { password: "***", name: "a" }, card: { pin: "***" } });
    expect(first?.message).toBe('saw {"token":"***","x":1}');
    expect(second?.exception).toMatchObject({ message: "broken", code: "E1" });
    expect(JSON.stringify(records)).not.toContain("hunter2");
    expect(JSON.stringify(records.map(({ args }) => args))).not.toContain("hunter2");
    const hidden = asPino(logger).child({}, { redact: { paths: ["secret", "msg"], remove: true } });
    hidden.info({ secret: 1, id: 2 }, "hidden text");
    expect(records.at(-1)).toMatchObject({ message: "", extra: { id: 2 } });
    child.child({}).info({ token: "hunter2" }, "grandchild");
    expect(records.at(-1)?.extra["token"]).toBe("***");
  });

  test("honours msgPrefix, formatters and its own levels", () => {
    const { logger, records } = listener();
    const child = asPino(logger).child(
      { a: 1 },
      {
        msgPrefix: "[db] ",
        level: "trace",
        customLevels: { audit: 45, notice: 35 },
        formatters: {
          bindings: (bindings) => ({ ...bindings, bound: true }),
          log: (object) => ({ ...object, formatted: true }),
          level: (label, number) => ({ severity: label, level: number }),
        },
      },
    );
    const inner = child.child({ b: 2 }, { msgPrefix: "[sql] " });
    inner.audit({ id: 1 }, "text");
    child.notice("noticed");
    child.info(new Error("as it is"));
    expect(records.map(({ message, level }) => [message, level.name])).toEqual([
      ["[db] [sql] text", "AUDIT"],
      ["[db] noticed", "NOTICE"],
      ["as it is", "INFO"],
    ]);
    expect(records[0]?.extra).toEqual({ a: 1, b: 2, bound: true, formatted: true, id: 1, severity: "audit" });
    expect(records[0]?.level.no).toBe(35);
    expect(inner.msgPrefix).toBe("[db] [sql] ");
    expect(records[2]?.exception?.message).toBe("as it is");
  });

  test("an error's own serializer may hide parts of it, and pino's does not", () => {
    const { logger, records } = listener();
    const error = Object.assign(new Error("broken"), { token: "hunter2" });
    const hiding = asPino(logger).child(
      {},
      { serializers: { err: (e: Error) => ({ type: "Error", message: e.message, stack: "" }) } },
    );
    hiding.error(error);
    hiding.error({ err: error }, "text");
    expect(JSON.stringify(records)).not.toContain("hunter2");
    expect(records.map(({ message, exception }) => [message, exception?.message])).toEqual([
      ["broken", "broken"],
      ["text", "broken"],
    ]);
  });

  test("is told to onChild, and refuses what it cannot be", () => {
    const theirs = asPino(createLogger());
    const made: unknown[] = [];
    theirs.onChild = (child) => void made.push(child);
    const child = theirs.child({});
    const grandchild = child.child({});
    expect(made).toEqual([child, grandchild]);
    const wrong = (options: object) => () => theirs.child({}, options);
    expect(() => theirs.child(undefined as never)).toThrow(/bindings.*LB1572/);
    expect(wrong({ serializers: { a: 1 } })).toThrow(/serializers\.a.*LB1572/);
    expect(wrong({ redact: [1] })).toThrow(/redact.*LB1572/);
    expect(wrong({ formatters: { log: 1 } })).toThrow(/formatters\.log.*LB1572/);
    expect(wrong({ customLevels: { info: 31 } })).toThrow(/customLevels\.info.*LB1572/);
    expect(wrong({ customLevels: { other: 30 } })).toThrow(/customLevels\.other.*info.*LB1572/);
    expect(wrong({ level: "loud" })).toThrow(/LB1571/);
  });
});

test("a facade is no pino logger to the other verbs, which say so", () => {
  const theirs = asPino(createLogger());
  expect(() => propagateToPino(theirs)).toThrow(/facade.*LB1520/);
  expect(() => pinoSinks(theirs)).toThrow(/facade.*LB1520/);
  expect(() => interceptPino(theirs)).toThrow(/facade.*LB1523/);
  expect(() => asPino({} as never)).toThrow(/LB1570/);
  expect(String(theirs)).toBe("[object Pino]");
  expect((theirs as unknown as PromiseLike<unknown>).then).toBeUndefined();
  const typed: PinoLoggerType = theirs;
  expect(typed.version).toMatch(/^\d+\.\d+\.\d+$/);
});
