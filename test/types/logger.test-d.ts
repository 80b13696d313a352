import {
  createLogger,
  type Filter,
  type HandlerHandle,
  type HandlerId,
  type Interception,
  type InterceptOptions,
  type LogMethod,
  type LogRecord,
  logger,
  type Sink,
} from "@logbridge/core";
import { type AdapterCase, adapterCases } from "@logbridge/core/conformance";
import { describe, expectTypeOf, test } from "vitest";

describe("the types of a logger", () => {
  test("carry bound values to patchers, filters and function formats", () => {
    const bound = createLogger({ extra: { app: "shop" } }).bind({ requestId: 7 });
    bound.patch((record) => {
      expectTypeOf(record.extra.app).toEqualTypeOf<string>();
      expectTypeOf(record.extra.requestId).toExtend<number>();
    });
    bound.add("app.log", {
      filter: (record) => record.extra.requestId > 1,
      format: (record) => record.extra.app,
    });
    bound.patch((record) => {
      expectTypeOf(record.extra["nobody"]).toEqualTypeOf<unknown>();
      record.extra["added"] = true;
    });
    // @ts-expect-error what nobody bound may be anything
    bound.patch((record) => record.extra["nobody"].length);
  });

  test("say what each call gives", () => {
    expectTypeOf(logger.add((text: string) => void text)).toEqualTypeOf<HandlerId>();
    expectTypeOf(logger.remove(0)).toEqualTypeOf<Promise<void>>();
    expectTypeOf(logger.handler(0)).toEqualTypeOf<HandlerHandle>();
    expectTypeOf(logger.complete({ timeout: 5 })).resolves.toHaveProperty("pending");
    expectTypeOf(logger.isEnabled("DEBUG")).toEqualTypeOf<boolean>();
    expectTypeOf(logger.contextualize({ task: 1 }, async () => "done")).toEqualTypeOf<Promise<string>>();
  });

  test("know the methods of new levels", () => {
    const more = logger.withLevels({ notice: { no: 27 } });
    expectTypeOf(more.notice).toEqualTypeOf<LogMethod>();
    // @ts-expect-error there is no such level
    more.shout("loud");
  });

  test("take every shape of a call", () => {
    logger.info("Hello {}, you are {age}", "you", { age: 42 });
    logger.info`user ${1} logged in`;
    logger.error(new Error("full"));
    logger.error(new Error("full"), "save failed");
    logger.info({ userId: 7 }, "login by {userId}");
    logger.exception(new Error("full"), "save failed");
    logger.opt({ lazy: true }).debug("{}", () => 1);
  });

  test("take every kind of sink, and no number", () => {
    expectTypeOf<typeof logger.add>().toBeCallableWith("app.log");
    expectTypeOf<typeof logger.add>().toBeCallableWith(new URL("file:///tmp/app.log"));
    expectTypeOf<typeof logger.add>().toBeCallableWith(process.stdout);
    expectTypeOf<typeof logger.add>().toBeCallableWith(new WritableStream<string>());
    expectTypeOf<typeof logger.add>().toBeCallableWith({ write: (text: string) => void text } satisfies Sink);
    // @ts-expect-error a number is no sink
    logger.add(42);
    // @ts-expect-error there is no such option
    logger.add("app.log", { levels: "DEBUG" });
  });
});

describe("the types of the bridge contract", () => {
  test("give an interception that can be disposed of", () => {
    expectTypeOf<Interception>().toHaveProperty("restore").returns.toEqualTypeOf<void>();
    expectTypeOf<Interception>().toExtend<Disposable>();
    expectTypeOf<InterceptOptions["mode"]>().toEqualTypeOf<"tee" | "replace" | undefined>();
    expectTypeOf<Filter>().not.toBeAny();
    expectTypeOf<LogRecord["level"]["no"]>().toEqualTypeOf<number>();
  });

  test("give the conformance cases of four verbs", () => {
    expectTypeOf(adapterCases).parameter(0).toEqualTypeOf<"sink" | "propagate" | "intercept" | "facade">();
    expectTypeOf(adapterCases("sink")).toEqualTypeOf<readonly AdapterCase[]>();
  });
});
