import { type CatchOptions, type Caught, createLogger, type Logger } from "@logbridge/core";
import { describe, expectTypeOf, test } from "vitest";

const logger: Logger = createLogger();

describe("L-TYPE-4: a function wrapped by catch", () => {
  test("keeps its parameters and its result, with undefined where an error is swallowed", () => {
    const wrapped = logger.catch((id: number, name?: string) => `${id}${name}`);
    expectTypeOf(wrapped).parameters.toEqualTypeOf<[id: number, name?: string | undefined]>();
    expectTypeOf(wrapped).returns.toEqualTypeOf<string | undefined>();
    // @ts-expect-error the parameter is a number
    wrapped("7");
  });

  test("may give the type of default instead", () => {
    expectTypeOf(logger.catch(() => 1, { default: null })).returns.toEqualTypeOf<number | null>();
    expectTypeOf(logger.catch(() => "a", { default: 0, level: "INFO" })).returns.toEqualTypeOf<string | number>();
  });

  test("gives its own result alone where errors are thrown on", () => {
    expectTypeOf(logger.catch(() => 1, { reraise: true })).returns.toEqualTypeOf<number>();
  });

  test("gives a promise of both where it is asynchronous", () => {
    const wrapped = logger.catch(async (id: number) => ({ id }), { default: null });
    expectTypeOf(wrapped).returns.toEqualTypeOf<Promise<{ id: number } | null>>();
  });

  test("stays a generator, whose return value may be the default", () => {
    const numbers = logger.catch(
      function* (): Generator<number, string, boolean> {
        yield 1;
        return "end";
      },
      { default: null },
    );
    expectTypeOf(numbers).returns.toEqualTypeOf<Generator<number, string | null, boolean>>();
    const later = logger.catch(async function* (): AsyncGenerator<number, string, unknown> {
      yield 1;
      return "end";
    });
    expectTypeOf(later).returns.toEqualTypeOf<AsyncGenerator<number, string | undefined, unknown>>();
  });

  test("keeps its this and its type parameters", () => {
    class Counter {
      count = 0;
    }
    const add = logger.catch(function (this: Counter, by: number) {
      return this.count + by;
    });
    expectTypeOf(add).thisParameter.toEqualTypeOf<Counter>();
    const same = logger.catch(<T>(value: T): T => value, { reraise: true });
    expectTypeOf(same("a" as const)).toEqualTypeOf<"a">();
  });

  test("is called at once by run, with the same types", () => {
    expectTypeOf(logger.catch.run(() => 1)).toEqualTypeOf<number | undefined>();
    expectTypeOf(logger.catch.run(async () => 1, { default: "none" })).toEqualTypeOf<Promise<number | string>>();
    expectTypeOf(logger.catch.run(() => 1, { reraise: true })).toEqualTypeOf<number>();
  });
});

describe("the types of catch", () => {
  test("name its options", () => {
    expectTypeOf<CatchOptions["onerror"]>().toEqualTypeOf<((error: unknown) => void) | undefined>();
    logger.catch(() => 1, { exception: [TypeError, RangeError], exclude: SyntaxError });
    // @ts-expect-error no class
    logger.catch(() => 1, { exception: "TypeError" });
    // @ts-expect-error no such option
    logger.catch(() => 1, { rethrow: true });
    expectTypeOf<Caught<number, null>>().toEqualTypeOf<number | null>();
  });

  test("take decorators of methods and of fields with functions", () => {
    class Store {
      @logger.catch
      save(id: number): string | undefined {
        return String(id);
      }
      @logger.catch({ default: 0 })
      static async count(): Promise<number> {
        return 1;
      }
      @logger.catch()
      onEvent = (name: string): void => void name;
    }
    expectTypeOf(new Store().save).parameters.toEqualTypeOf<[id: number]>();
    expectTypeOf(Store.count).returns.toEqualTypeOf<Promise<number>>();
    expectTypeOf(new Store().onEvent).parameters.toEqualTypeOf<[name: string]>();
  });

  test("take a function given to a decorator with options", () => {
    const wrapped = logger.catch({ level: 30 })((id: number) => id);
    expectTypeOf(wrapped).returns.toEqualTypeOf<number | undefined>();
  });
});
