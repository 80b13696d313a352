import { createLogger, type Logger, type LogMethod, type LogRecord } from "@logbridge/core";
import { describe, expectTypeOf, test } from "vitest";

describe("L-TYPE-1 types ship with the package", () => {
  test("bind() flows into patchers, filters and function formats", () => {
    const logger = createLogger().bind({ requestId: "a1" });
    expectTypeOf(logger).toExtend<Logger<{ requestId: string }>>();
    expectTypeOf(logger.bind({ requestId: 7, more: true })).toExtend<Logger<{ requestId: number; more: boolean }>>();
    logger.patch((record) => {
      expectTypeOf(record.extra.requestId).toBeString();
    });
    logger.add(() => {}, {
      filter: (record) => record.extra.requestId === "a1",
      format: (record) => record.extra.requestId,
    });
  });

  test("custom levels give typed methods", () => {
    const logger = createLogger().withLevels({ NOTICE: { no: 27 } });
    expectTypeOf(logger.notice).toEqualTypeOf<LogMethod>();
    // @ts-expect-error: no such level
    logger.alarm;
  });

  test("a sink's parameters are inferred, and what is no sink does not compile", () => {
    const logger = createLogger();
    logger.add((text, record) => {
      expectTypeOf(text).toBeString();
      expectTypeOf(record).toEqualTypeOf<LogRecord>();
    });
    logger.add({
      write(text, record) {
        expectTypeOf(text).toBeString();
        expectTypeOf(record.level.no).toBeNumber();
      },
    });
    const lines: string[] = [];
    logger.add((text) => lines.push(text));
    logger.add(async (text) => lines.push(text));
    // @ts-expect-error: a number is no sink
    const wrong = (): number => logger.add(42);
    expectTypeOf(wrong).toBeFunction();
    // @ts-expect-error: no such option
    const misspelt = (): number => logger.add(() => {}, { colour: true });
    expectTypeOf(misspelt).toBeFunction();
  });

  test("contextualize gives the function's result", () => {
    const result = createLogger().contextualize({ a: 1 }, () => 42);
    expectTypeOf(result).toBeNumber();
  });
});
