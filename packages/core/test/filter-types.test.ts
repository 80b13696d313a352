import { createLogger, type Filter, type LogRecord, type SinkFunction } from "@logbridge/core";
import { expect, expectTypeOf, test } from "vitest";

test("L-TYPE-2 a filter, format or sink that reads a field which records do not have is a compile error", () => {
  const logger = createLogger();
  const texts: string[] = [];
  const goodSink = (_text: string, record: LogRecord): void => void texts.push(`My name is ${record.name}`);
  // @ts-expect-error: a record has no field "invalid"
  const badFilter = (record: LogRecord): boolean => record.invalid === undefined;
  logger.add(goodSink, { filter: badFilter });
  // @ts-expect-error: a record has no field "invalid"
  logger.add(goodSink, { filter: (record) => record.invalid === 1 });
  // @ts-expect-error: a record has no field "invalid"
  logger.add(goodSink, { filter: () => false, format: (record) => String(record.invalid) });
  // @ts-expect-error: a record has no field "invalid"
  logger.add((_text, record) => void record.invalid, { filter: () => false });
  // @ts-expect-error: a level has no field "number"
  logger.add(goodSink, { filter: ({ level }) => level.number > 30 });
  const shop = createLogger({ extra: { app: "shop" } }).bind({ requestId: "a1" });
  shop.add(goodSink, { filter: ({ extra }) => extra.app === "shop" && extra.requestId === "a1" });
  shop.add(goodSink, { filter: ({ extra }) => extra["userId"] === 1 });
  // @ts-expect-error: nobody has given this logger's records a userId, so that it may be anything
  shop.add(goodSink, { filter: ({ extra }) => extra["userId"].length === 1 });
  expectTypeOf<Parameters<Extract<Filter, (...args: never) => unknown>>[0]>().toEqualTypeOf<LogRecord>();
  expectTypeOf<Parameters<SinkFunction>[1]>().toEqualTypeOf<LogRecord>();
  logger.forModule("mine").info("x");
  // Only the compiler objects: what it lets pass does run.
  expect(texts[0]).toBe("My name is mine");
});
