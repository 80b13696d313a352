import { createLogger } from "@logbridge/core";
import { pino as pino10 } from "pino";
import { pino as pino7 } from "pino-7";
import { pino as pino9 } from "pino-9";
import { describe, expect, test } from "vitest";
import { interceptPino, pinoSinks, propagateToPino } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

type Pino = typeof pino10;
const OLD = [
  ["7.11.0", pino7 as unknown as Pino],
  ["9.9.0", pino9 as unknown as Pino],
] as const;

describe.each(OLD)("S-INT-10: pino %s, which has no channel", (version, pino) => {
  test("is the version that it says", () => expect((pino as { version?: string }).version).toBe(version));

  test.each(["tee", "replace"] as const)(
    "is heard as a whole: loggers made before and after, children, and no other copy (%s)",
    (mode) => {
      const stream = new Kept();
      const before = pino({ redact: ["password"] }, stream);
      const child = before.child({ part: 1 });
      const { logger, records } = listener(true);
      const interception = interceptPino(pino, { logger, mode });
      const error = new Error("e");
      before.info({ password: "hunter2" }, "before");
      child.error({ err: error }, "child");
      pino({ messageKey: "message" }, stream).warn("after");
      pino10({}, new Kept()).info("another copy");
      interception.restore();
      before.info("restored");
      expect(records.map(({ message, extra, level }) => [message, extra, level.name])).toEqual([
        ["before", { password: "[Redacted]" }, "INFO"],
        ["child", { part: 1 }, "ERROR"],
        ["after", {}, "WARNING"],
      ]);
      expect(records[1]?.exception?.value).toBe(error);
      expect(records.map(({ file }) => file?.name)).toEqual(Array(3).fill("old-copies.test.ts"));
      for (const { micros } of records) expect(Math.abs(micros / 1000 - Date.now())).toBeLessThan(10_000);
      expect(stream.lines).toHaveLength(mode === "tee" ? 4 : 1);
    },
  );

  test.each(["tee", "replace"] as const)("is heard by one logger, with its children (%s)", (mode) => {
    const stream = new Kept();
    const theirs = pino({ serializers: { user: ({ id }: { id: number }) => id } }, stream);
    const old = theirs.child({ part: 1 });
    const shape = (): unknown => Object.getOwnPropertySymbols(Object.getPrototypeOf(Object.getPrototypeOf(theirs)));
    const untouched = shape();
    const { logger, records } = listener(true);
    const first = interceptPino(old, { logger, mode });
    const second = interceptPino(old, { logger: createLogger(), mode: "tee" });
    theirs.info("parent");
    old.child({ deep: true }).error({ user: { id: 7, secret: 1 } }, "text");
    first.restore();
    old.info("after");
    second.restore();
    expect(shape()).toEqual(untouched);
    expect(only(records)).toMatchObject({
      message: "text",
      extra: { part: 1, deep: true, user: 7 },
      line: expect.any(Number),
    });
    expect(only(records).file?.name).toBe("old-copies.test.ts");
    expect(stream.records.map(({ msg }) => msg)).toEqual(
      mode === "tee" ? ["parent", "text", "after"] : ["parent", "after"],
    );
  });

  test("has its level followed, and put back", () => {
    const theirs = pino({ level: "error" }, new Kept());
    const child = theirs.child({});
    const { logger, records } = listener();
    const interception = interceptPino(theirs, { logger, level: "follow" });
    theirs.debug("heard");
    interception.restore();
    theirs.debug("not heard");
    expect(theirs.level).toBe("error");
    expect(child.level).toBe("error");
    expect(records.map(({ message }) => message)).toEqual(["heard"]);
  });

  test("takes our records, and gives its stream", () => {
    const stream = new Kept();
    const theirs = pino({ redact: ["password"] }, stream).child({ part: 1 });
    const logger = createLogger({ clock: () => 1_700_000_000_000 });
    logger.add(propagateToPino(theirs));
    for (const sink of pinoSinks(theirs)) logger.add(sink);
    logger.success("100% {x}", { password: "hunter2", x: 1 });
    expect(stream.lines).toHaveLength(2);
    for (const line of stream.records)
      expect(line).toMatchObject({
        level: 35,
        time: 1_700_000_000_000,
        msg: "100% 1",
        password: "[Redacted]",
        part: 1,
      });
  });

  test("does not get its own records back", () => {
    const stream = new Kept();
    const theirs = pino({}, stream);
    const { logger, records } = listener();
    const interception = interceptPino(pino, { logger });
    logger.add(propagateToPino(theirs));
    theirs.info("theirs");
    logger.info("ours");
    interception.restore();
    expect(records.map(({ message }) => message)).toEqual(["theirs", "ours"]);
    expect(stream.records.map(({ msg }) => msg)).toEqual(["theirs", "ours"]);
  });
});

test("three copies are heard side by side, each line once", () => {
  const { logger, records } = listener();
  const interceptions = [pino7, pino9, pino10].map((pino) => interceptPino(pino, { logger, mode: "replace" }));
  const streams = [pino7, pino9, pino10].map((pino) => {
    const stream = new Kept();
    (pino as unknown as Pino)({}, stream).info("line");
    return stream;
  });
  for (const one of interceptions.reverse()) one.restore();
  expect(records).toHaveLength(3);
  expect(streams.flatMap(({ lines }) => lines)).toEqual([]);
});

test("an interception leaves no trace in what the application hears of its logger", () => {
  for (const pino of [pino7, pino9, pino10] as unknown as Pino[]) {
    const children: unknown[] = [];
    const changes: unknown[] = [];
    const theirs = pino({ onChild: (child: unknown) => void children.push(child) } as never, new Kept());
    theirs.on("level-change", (...change) => void changes.push(change));
    interceptPino(theirs, { logger: createLogger() }).restore();
    expect([children, changes]).toEqual([[], []]);
  }
});

test.each(OLD)("pino %s: keys that every object inherits cost no record, in and out", (_, pino) => {
  const stream = new Kept();
  const theirs = pino({}, stream);
  const logger = createLogger();
  logger.add(propagateToPino(theirs));
  const hostile = JSON.parse('{"constructor":"c","__proto__":"p","toString":1,"level":"x"}') as object;
  logger.info("out", hostile);
  expect(only(stream.records)).toMatchObject({ constructor_: "c", __proto___: "p", toString_: 1, level_: "x" });
  const heard = listener();
  const interception = interceptPino(pino, { logger: heard.logger });
  (theirs.info as (...values: unknown[]) => void).call(theirs, { constructor: "c", level: "x" }, "in");
  interception.restore();
  expect(only(heard.records)).toMatchObject({ message: "in", extra: { constructor: "c", level: "x" } });
});
