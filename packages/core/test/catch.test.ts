import { runInNewContext } from "node:vm";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import { describe, expect, test, vi } from "vitest";
import { setting } from "./support/setting.ts";

class AppError extends Error {}
class SubAppError extends AppError {}
class OtherError extends Error {}

function failing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe("a function wrapped by catch", () => {
  test("L-CATCH-1: its error is logged with the error as exception, and not passed on", () => {
    const { logger, records } = setting();
    const error = new Error("boom");
    expect(logger.catch(failing(error))()).toBeUndefined();
    expect(records).toHaveLength(1);
    expect(records[0]?.level.name).toBe("ERROR");
    expect(records[0]?.exception?.value).toBe(error);
  });

  test("logs nothing and gives its result where nothing is thrown, this and arguments passed on", () => {
    const { logger, records } = setting();
    const counter = {
      count: 2,
      add: logger.catch(function (this: { count: number }, by: number, twice?: boolean) {
        return (this.count + by) * (twice ? 2 : 1);
      }),
    };
    expect(counter.add(3)).toBe(5);
    expect(counter.add(3, true)).toBe(10);
    expect(records).toEqual([]);
  });

  test("bears the name, the number of parameters and the kind of the original", () => {
    const { logger } = setting();
    async function load(_id: number, _deep: boolean): Promise<void> {}
    const wrapped = logger.catch(load);
    expect([wrapped.name, wrapped.length]).toEqual(["load", 2]);
    expect(Object.prototype.toString.call(wrapped)).toBe("[object AsyncFunction]");
    expect(Object.prototype.toString.call(logger.catch(function* () {}))).toBe("[object GeneratorFunction]");
  });

  test("L-CATCH-3: catch works detached, with options before or after the function, and without any", () => {
    const { logger, records } = setting();
    const { catch: guard } = logger;
    guard(failing(1))();
    guard(failing(2), { level: "WARNING" })();
    guard({ level: "INFO" })(failing(3))();
    guard()(failing(4))();
    expect(records.map((record) => [record.level.name, record.exception?.value])).toEqual([
      ["ERROR", 1],
      ["WARNING", 2],
      ["INFO", 3],
      ["ERROR", 4],
    ]);
  });

  test("keeps what the logger was derived with: bound values, patchers and opt", () => {
    const { logger, records } = setting();
    const derived = logger.bind({ id: 7 }).patch((record) => {
      record.extra["patched"] = true;
    });
    derived.opt({ lazy: true, colors: true }).catch(failing("x"), { message: "<red>no</red>" })();
    expect(records[0]).toMatchObject({ message: "no", extra: { id: 7, patched: true } });
  });

  test("swallows in silence where no handler wants the record, and calls onerror all the same", () => {
    const seen: unknown[] = [];
    const onerror = (error: unknown): void => void seen.push(error);
    expect(createLogger().catch(failing(1), { default: 5, onerror })()).toBe(5);
    const high = setting({}, { level: 50 });
    high.logger.catch(failing(2), { onerror })();
    const disabled = setting();
    disabled.logger.disable("");
    disabled.logger.catch(failing(3), { onerror })();
    expect(seen).toEqual([1, 2, 3]);
    expect([...high.records, ...disabled.records]).toEqual([]);
  });
});

describe("catch of what is asynchronous", () => {
  test("L-CATCH-1: a rejected promise is logged, and the promise resolves to the default", async () => {
    const { logger, records } = setting();
    const wrapped = logger.catch(
      async (id: number): Promise<number> => {
        await null;
        throw new AppError(`no ${id}`);
      },
      { default: -1 },
    );
    expect(await wrapped(3)).toBe(-1);
    expect(records[0]?.exception).toMatchObject({ type: "AppError", message: "no 3" });
  });

  test("takes any thenable, and errors that are thrown before there is one", async () => {
    const { logger, records } = setting();
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    const thenable = { then: (_resolve: unknown, reject: (error: unknown) => void) => reject("late") };
    expect(await logger.catch(() => thenable as unknown as PromiseLike<number>)()).toBeUndefined();
    expect(logger.catch((): Promise<number> => failing("early")())()).toBeUndefined();
    expect(records.map((record) => record.exception?.value)).toEqual(["late", "early"]);
  });

  test("rejects with what is not caught, and with what is thrown on", async () => {
    const { logger, records } = setting();
    const wrapped = (options: object): Promise<unknown> =>
      logger.catch(async () => Promise.reject(new AppError("x")), options)();
    await expect(wrapped({ exception: OtherError })).rejects.toThrow(AppError);
    expect(records).toEqual([]);
    await expect(wrapped({ reraise: true })).rejects.toThrow(AppError);
    expect(records).toHaveLength(1);
  });

  test("knows the function that called, also where the error comes later", async () => {
    const { logger, records } = setting({}, { caller: true });
    const wrapped = logger.catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      throw new Error("late");
    });
    async function caller(): Promise<void> {
      await wrapped();
    }
    const pending = caller();
    await pending;
    expect(records[0]?.function).toBe("caller");
    expect(records[0]?.file?.name).toBe("catch.test.ts");
  });
});

describe("catch of a generator", () => {
  test("an error while iterating is logged, and the default is its return value", () => {
    const { logger, records } = setting({}, { caller: true });
    const numbers = logger.catch(
      function* (): Generator<number, string, unknown> {
        yield 1;
        yield 2;
        throw new AppError("end");
      },
      { default: "none" },
    );
    function iterate(): unknown[] {
      const iterator = numbers();
      return [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    }
    expect(iterate()).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: "none" },
      { done: true, value: undefined },
    ]);
    expect(records).toHaveLength(1);
    expect(records[0]?.function).toBe("iterate");
  });

  test("next, throw and return reach the original, and its return value comes back", () => {
    const { logger } = setting();
    const seen: unknown[] = [];
    const echo = logger.catch(function* (): Generator<number, string, unknown> {
      try {
        seen.push(yield 1);
        try {
          yield 2;
        } catch (error) {
          seen.push(error);
        }
        yield 3;
        return "end";
      } finally {
        seen.push("closed");
      }
    });
    const first = echo();
    first.next();
    first.next("sent");
    expect(first.throw("thrown").value).toBe(3);
    expect(first.next()).toEqual({ done: true, value: "end" });
    const second = echo();
    second.next();
    expect(second.return("early")).toEqual({ done: true, value: "early" });
    expect(seen).toEqual(["sent", "thrown", "closed", "closed"]);
  });

  test("an error thrown into it that it does not handle is logged", () => {
    const { logger, records } = setting();
    const one = logger.catch(
      function* () {
        yield 1;
      },
      { default: 0 },
    )();
    one.next();
    expect(one.throw(new AppError("in"))).toEqual({ done: true, value: 0 });
    expect(records[0]?.exception).toMatchObject({ message: "in" });
  });

  test("an async generator alike, with this and arguments", async () => {
    const { logger, records } = setting({}, { caller: true });
    const source = {
      first: 10,
      numbers: logger.catch(
        async function* (this: { first: number }, count: number) {
          for (let i = 0; i < count; i++) yield this.first + i;
          throw new AppError("end");
        },
        { default: "none" },
      ),
    };
    async function iterate(): Promise<unknown[]> {
      const seen: unknown[] = [];
      const iterator = source.numbers(2);
      for (let step = await iterator.next(); ; step = await iterator.next()) {
        seen.push(step.value);
        if (step.done) return seen;
      }
    }
    expect(await iterate()).toEqual([10, 11, "none"]);
    expect(records).toHaveLength(1);
    expect(records[0]?.function).toBe("iterate");
  });
});

describe("catch.run", () => {
  test("L-CATCH-2: calls a block at once, and what it throws is logged", async () => {
    const { logger, records } = setting({}, { caller: true });
    function block(): void {
      logger.catch.run(() => failing(new Error("a"))(), { message: "Because we never know..." });
    }
    block();
    expect(logger.catch.run(() => 7)).toBe(7);
    expect(logger.catch.run(failing("b"), { default: 8 })).toBe(8);
    expect(await logger.catch.run(async () => failing("c")(), { default: 9 })).toBe(9);
    expect([
      ...logger.catch.run(function* () {
        yield 1;
        throw new Error("d");
      }),
    ]).toEqual([1]);
    expect(records).toHaveLength(4);
    expect(records[0]).toMatchObject({ message: "Because we never know...", function: "block" });
  });
});

describe("the options of catch", () => {
  const outcome = (logger: Logger, error: unknown, options: object): string => {
    try {
      logger.catch(failing(error), options)();
      return "swallowed";
    } catch {
      return "thrown";
    }
  };

  test("L-CATCH-4, L-CATCH-5: exception names one class or several, subclasses included", () => {
    const { logger, records } = setting();
    expect(outcome(logger, new SubAppError(), { exception: AppError })).toBe("swallowed");
    expect(outcome(logger, new AppError(), { exception: SubAppError })).toBe("thrown");
    expect(outcome(logger, new OtherError(), { exception: [AppError, OtherError] })).toBe("swallowed");
    expect(outcome(logger, new RangeError(), { exception: [AppError, OtherError] })).toBe("thrown");
    expect(outcome(logger, "a text", { exception: Error })).toBe("thrown");
    expect(outcome(logger, new Error(), { exception: [] })).toBe("thrown");
    expect(records).toHaveLength(2);
  });

  test.each([undefined, null, "text", 0, 7n, Symbol("s"), { a: 1 }])("catches %s too by default", (value) => {
    const { logger, records } = setting();
    expect(outcome(logger, value, {})).toBe("swallowed");
    expect(records).toHaveLength(1);
    expect(records[0]?.exception?.value).toBe(value);
  });

  test("L-CATCH-9: what exclude names passes through unlogged, also where exception names it", () => {
    const { logger, records } = setting();
    const onerror = vi.fn();
    expect(outcome(logger, new SubAppError(), { exclude: AppError, onerror })).toBe("thrown");
    expect(outcome(logger, new AppError(), { exception: AppError, exclude: [OtherError, AppError], onerror })).toBe(
      "thrown",
    );
    expect(onerror).not.toHaveBeenCalled();
    expect(records).toEqual([]);
    expect(outcome(logger, new AppError(), { exclude: SubAppError })).toBe("swallowed");
  });

  test("exception and exclude know the errors of other realms by their built-in class", () => {
    const { logger } = setting();
    const far = runInNewContext("[new TypeError('far'), class X extends RangeError {}, Error]") as [
      Error,
      new () => Error,
      ErrorConstructor,
    ];
    expect(outcome(logger, far[0], { exception: TypeError })).toBe("swallowed");
    expect(outcome(logger, far[0], { exception: Error })).toBe("swallowed");
    expect(outcome(logger, far[0], { exception: RangeError })).toBe("thrown");
    expect(outcome(logger, new far[1](), { exception: RangeError })).toBe("swallowed");
    expect(outcome(logger, new AppError(), { exception: far[2] })).toBe("swallowed");
    expect(outcome(logger, far[0], { exclude: TypeError })).toBe("thrown");
    expect(outcome(logger, Object.assign(new Error(), { name: "TypeError" }), { exception: TypeError })).toBe("thrown");
  });

  test("a class whose instanceof throws catches nothing", () => {
    const { logger } = setting();
    class Hostile {
      readonly kind = "hostile";
      static [Symbol.hasInstance](): boolean {
        throw new Error("no");
      }
    }
    expect(outcome(logger, new Error(), { exception: Hostile })).toBe("thrown");
  });

  test("L-CATCH-6: level is a name or a number", () => {
    const { logger, records } = setting();
    logger.catch(failing(1), { level: "CRITICAL" })();
    logger.catch(failing(1), { level: 13 })();
    expect(records.map((record) => record.level.no)).toEqual([50, 13]);
  });

  test("a level may be defined after the function was wrapped; one that never is, is an ERROR with a report, and an error in strict mode", () => {
    const { logger, records } = setting();
    const wrapped = logger.catch(failing(1), { level: "NOTICE" });
    logger.level("NOTICE", { no: 27 });
    wrapped();
    logger.catch(failing(1), { level: "NEVER" })();
    expect(records.map((record) => record.level.name)).toEqual(["NOTICE", "ERROR"]);
    expect(() => setting({ strict: true }).logger.catch(failing(1), { level: "NEVER" })()).toThrow("LB1003");
  });

  test("L-CATCH-7: reraise logs and throws on; nested, each logs", () => {
    const { logger, records } = setting();
    const error = new AppError("x");
    const inner = logger.catch(failing(error), { reraise: true, message: "inner" });
    const outer = logger.catch(() => inner(), { message: "outer" });
    expect(inner).toThrow(error);
    outer();
    expect(records.map((record) => record.message)).toEqual(["inner", "inner", "outer"]);
  });

  test("L-CATCH-8: onerror gets the error once the record is written, before it is thrown on", () => {
    const { logger, texts } = setting();
    const error = new AppError("x");
    const seen: unknown[] = [];
    const onerror = (caught: unknown): void => {
      seen.push(caught, texts.length);
      logger.info("from onerror");
    };
    expect(() => logger.catch(failing(error), { message: "caught", onerror, reraise: true })()).toThrow(error);
    expect(seen).toEqual([error, 1]);
    expect(texts[1]).toBe("from onerror\n");
  });

  test("what onerror throws goes to the caller", () => {
    const { logger, records } = setting();
    expect(() => logger.catch(failing(1), { onerror: failing(new OtherError("mine")), default: 1 })()).toThrow("mine");
    expect(records).toHaveLength(1);
  });

  test("L-CATCH-10: default is what the function gives instead", () => {
    const { logger } = setting();
    const fallback = { empty: true };
    expect(logger.catch(failing(1), { default: fallback })()).toBe(fallback);
    expect(logger.catch(() => "fine", { default: fallback })()).toBe("fine");
  });

  test("L-CATCH-11: message is a template that reads the record", () => {
    const { logger, records } = setting({ extra: { app: "shop" } });
    function caller(): void {
      logger.catch(failing(1), { message: "{record[function]} of {record[extra][app]} at {record[level].name}" })();
      logger.catch(failing(1), { message: "plain" })();
    }
    caller();
    expect(records.map((record) => record.message)).toEqual(["caller of shop at ERROR", "plain"]);
  });

  test("L-CATCH-12: the default message names function, process and thread with their ids", () => {
    const { logger, records } = setting();
    function main(): void {
      logger.catch(failing(1))();
    }
    main();
    const { process: owner, thread } = records[0] as LogRecord;
    expect(records[0]?.message).toBe(
      `An error has been caught in function 'main', process '${owner.name}' (${owner.id}), thread '${thread.name}' (${thread.id}):`,
    );
  });

  test("the default message does without a function where nobody called", async () => {
    const { logger, records } = setting();
    void Promise.resolve(1).then(logger.catch(failing(1)));
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(records[0]?.message).toMatch(
      /^An error has been caught in (?:a callback of the runtime|function 'runNextTicks'), process '/,
    );
  });

  test.each([
    [() => ({ onError: () => {} }), "LB1030", /unknown option "onError"; allowed are exception, exclude, level/],
    [() => 7, "LB1030", /expected a function or an object of options, got 7/],
    [() => ({ exception: "TypeError" }), "LB1031", /option exception must be a class or several, got "TypeError"/],
    [() => ({ exclude: [Error, new Error("x")] }), "LB1031", /option exclude/],
    [() => ({ exception: () => true }), "LB1031", /option exception/],
    [() => ({ exception: null }), "LB1031", /option exception/],
    [() => ({ level: -1 }), "LB1032", /option level .* got -1/],
    [() => ({ level: null }), "LB1032", /option level/],
    [() => ({ reraise: 1 }), "LB1032", /option reraise must be true or false, got 1/],
    [() => ({ onerror: "exit" }), "LB1032", /option onerror must be a function/],
    [() => ({ message: () => "x" }), "LB1032", /option message must be a text/],
  ])("wrong options are refused when they are given, not when something fails (%#)", (options, code, message) => {
    const { logger } = setting();
    const given = options() as never;
    for (const attempt of [() => logger.catch(given), () => logger.catch.run(() => 1, given)]) {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(code);
    }
  });

  test("what is no function, and a class, are refused", () => {
    const { logger } = setting();
    class Foo {}
    expect(() => logger.catch(Foo as never)).toThrow(/got the class Foo.*LB1034/);
    expect(() => logger.catch({})(Foo as never)).toThrow(TypeError);
    expect(() => logger.catch.run(7 as never)).toThrow(/expected a function, got 7.*LB1033/);
    expect(() => logger.catch({})(7 as never)).toThrow("LB1033");
  });
});
