import { createLogger, type Filter, type LogRecord, type SuppressingFilter, sample, throttle } from "@logbridge/core";
import { expectTypeOf, test } from "vitest";

const shop = createLogger({ extra: { app: "shop" } }).bind({ requestId: "a1" });
const sink = (): void => {};

test("functions of sample() and throttle() get the records of the logger that they are given to", () => {
  shop.add(sink, {
    filter: sample({ rate: 1, keep: ({ extra }) => extra.app === "shop" && extra.requestId === "a1" }),
  });
  shop.add(sink, { filter: sample({ rate: 1, key: ({ extra }) => extra.requestId }) });
  shop.add(sink, { filter: throttle({ per: ({ extra }) => extra.requestId.length }) });
  shop.add(sink, {
    filter: [throttle({ per: ["level", ({ extra }) => extra.app] }), ({ extra }) => extra.app === "shop"],
  });
  shop.configure({ handlers: [{ sink, filter: throttle({ per: ({ extra }) => extra.requestId }) }] });
  // @ts-expect-error: a record has no field "invalid"
  shop.add(sink, { filter: sample({ rate: 1, keep: (record) => record.invalid }) });
  // @ts-expect-error: nobody has given this logger's records a userId, so that it may be anything
  shop.add(sink, { filter: throttle({ per: ({ extra }) => extra["userId"].length }) });
});

test("a filter made apart serves every logger", () => {
  const filter = throttle({ burst: 1 });
  expectTypeOf(filter).toEqualTypeOf<SuppressingFilter>();
  expectTypeOf(filter).toExtend<Filter>();
  shop.add(sink, { filter });
  createLogger().add(sink, { filter: ["app", filter, { app: "INFO" }, (record: LogRecord) => record.line] });
});

test("options with wrong types are compile errors", () => {
  // @ts-expect-error: there is no sampling without a rate
  sample({});
  // @ts-expect-error: no part of a record
  throttle({ per: "mesage" });
  // @ts-expect-error: a key is no object
  throttle({ per: () => ({}) });
  // @ts-expect-error: true says nothing
  throttle({ keep: true });
  // @ts-expect-error: milliseconds
  throttle({ window: "1 minute" });
  // @ts-expect-error: unknown
  throttle({ rate: 1 });
  // @ts-expect-error: a filter decides about records in a handler, not by itself
  throttle()({} as LogRecord);
});
