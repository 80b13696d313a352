import { createLogger, type Logger, type LogRecord, logger, parse } from "@logbridge/core";
import { describe, expectTypeOf, test } from "vitest";

interface Context {
  requestId: string;
}
declare const context: Context;

describe("the values of a logger", () => {
  test("add up from bind to bind, the later of a name winning", () => {
    const bound = logger.bind({ ip: "::1" }).bind({ user: "ann" }).bind({ user: 7 });
    bound.add(() => {}, {
      filter: ({ extra }) => {
        expectTypeOf(extra.ip).toEqualTypeOf<string>();
        expectTypeOf(extra.user).toEqualTypeOf<number>();
        expectTypeOf(extra["other"]).toEqualTypeOf<unknown>();
        return extra.ip.length > 1;
      },
    });
    expectTypeOf(bound).toExtend<Logger>();
  });

  test("make a logger fit where fewer are asked for, and not where others are", () => {
    const some: Logger<{ requestId: string }> = logger.bind({ requestId: "a1" }).bind({ more: 1 });
    const fromInterface: Logger = logger.bind(context);
    // @ts-expect-error the value has another type
    const other: Logger<{ requestId: number }> = some;
    // @ts-expect-error nobody has bound it
    const none: Logger<{ requestId: string }> = logger;
    void [fromInterface, other, none];
  });

  test("may be those of an interface", () => {
    expectTypeOf(logger.contextualize(context, () => 1)).toEqualTypeOf<number>();
    logger.contextualize(context).end();
    expectTypeOf(logger.contextualize.wrap(context, (id: number) => id)).toEqualTypeOf<(id: number) => number>();
    logger.configure({ extra: context });
    // @ts-expect-error a text is no object of values
    logger.contextualize("task", () => 1);
  });

  test("are read beside unknown ones, while a record's own fields are known", () => {
    const shop = createLogger({ extra: { app: "shop" } });
    shop.add(() => {}, { filter: ({ extra }) => extra["requestId"] === 7 && extra.app.length > 0 });
    // @ts-expect-error records have no such field
    shop.add(() => {}, { filter: (record) => record.mesage === "" });
    shop.patch((record) => {
      record.extra["added"] = true;
      // @ts-expect-error the value is a text
      record.extra.app = 7;
    });
  });
});

describe("the methods of further levels", () => {
  test("stay on every logger that is derived", () => {
    const log = logger.withLevels({ notice: { no: 27 } });
    const derived = log
      .bind({ a: 1 })
      .opt({ lazy: true })
      .patch((record) => expectTypeOf(record.extra.a).toEqualTypeOf<number>())
      .forModule("app")
      .bind({ b: 2 });
    derived.notice("typed");
    expectTypeOf(derived).toExtend<Logger<{ a: number; b: number }>>();
    expectTypeOf(log.opt()).toEqualTypeOf(log);
    // @ts-expect-error there is no such level
    derived.shout("loud");
  });
});

describe("the parameters of add and configure", () => {
  test("are inferred for a sink in any place", () => {
    const sink = logger.configure({
      handlers: [
        {
          sink: {
            write(text, record) {
              expectTypeOf(text).toEqualTypeOf<string>();
              expectTypeOf(record).toEqualTypeOf<LogRecord>();
            },
          },
        },
        { sink: (text) => expectTypeOf(text).toEqualTypeOf<string>() },
        { sink: process.stdout },
      ],
    });
    expectTypeOf(sink).toEqualTypeOf<number[]>();
  });

  test("are one signature, so that the compiler names a misspelt option", () => {
    // @ts-expect-error did you mean level?
    logger.add("app.log", { levl: "INFO" });
    // @ts-expect-error did you mean level?
    logger.add({ write: () => {} }, { levl: "INFO" });
    expectTypeOf<NonNullable<Parameters<Logger["add"]>[1]>>().toHaveProperty("level");
  });
});

describe("a method decorated by catch", () => {
  test("keeps its type, also where it is asynchronous or static", () => {
    class Jobs {
      @logger.catch({ reraise: true })
      count(): number {
        return 1;
      }
      @logger.catch({ reraise: true })
      async load(id: number): Promise<number> {
        return id;
      }
      @logger.catch()
      plain(text: string): number {
        return text.length;
      }
      @logger.catch
      async bare(text: string): Promise<number> {
        return text.length;
      }
      @logger.catch({ default: 0 })
      static all(): number {
        return 1;
      }
      @logger.catch({ default: null })
      field = (x: number): number => x;
    }
    expectTypeOf<Jobs["count"]>().returns.toEqualTypeOf<number>();
    expectTypeOf<Jobs["load"]>().toEqualTypeOf<(id: number) => Promise<number>>();
  });

  test("is wrapped by the same decorator when that is called", () => {
    expectTypeOf(logger.catch({ reraise: true })(() => 1)()).toEqualTypeOf<number>();
    expectTypeOf(logger.catch({ reraise: true })(async () => 1)()).toEqualTypeOf<Promise<number>>();
    expectTypeOf(logger.catch({ default: null })(() => 1)()).toEqualTypeOf<number | null>();
    expectTypeOf(logger.catch()(() => 1)()).toEqualTypeOf<number | undefined>();
  });
});

describe("the entries of parse", () => {
  const pattern = /(?<a>.)(?<b>.)/;

  test("are texts, but for the groups that cast converts", async () => {
    for await (const entry of parse("app.log", pattern, {
      cast: { a: Number, time: (text) => new Date(text ?? "") },
    })) {
      expectTypeOf(entry.a).toEqualTypeOf<number>();
      expectTypeOf(entry.time).toEqualTypeOf<Date>();
      expectTypeOf(entry["b"]).toEqualTypeOf<string | null | undefined>();
    }
    for await (const entry of logger.parse("app.log", pattern, { chunk: 1 }))
      expectTypeOf(entry["a"]).toEqualTypeOf<string | null | undefined>();
    const changed = parse("app.log", pattern, { cast: (groups) => void (groups["a"] = 1) });
    expectTypeOf(changed).toEqualTypeOf<AsyncGenerator<Record<string, string | null>, void, undefined>>();
  });

  test("have the type that is given", async () => {
    for await (const entry of parse<Context>("app.log", pattern)) {
      expectTypeOf(entry).toEqualTypeOf<Context>();
      // @ts-expect-error the type that was given has no such group
      void entry.b;
    }
    // @ts-expect-error no such group in the type that was given
    parse<{ level: number }>("app.log", pattern, { cast: { lvel: Number } });
    // @ts-expect-error a converter is a function
    parse("app.log", pattern, { cast: { a: 3 } });
  });
});

describe("a record", () => {
  test("takes null where it can have none", () => {
    logger.patch((record) => {
      record.line = null;
      record.column = null;
      record.module = null;
      record.function = null;
      record.file = null;
      record.name = null;
      // @ts-expect-error a line is a number
      record.line = "7";
    });
  });
});
