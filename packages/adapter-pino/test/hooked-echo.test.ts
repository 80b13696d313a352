import pino from "pino";
import { expect, test } from "vitest";
import { interceptPino, pinoSinks, propagateToPino } from "../src/index.ts";
import { Kept, listener, only } from "./support.ts";

test.each(["tee", "replace"] as const)(
  "what our sinks write by a logger with a hook is no record again (%s)",
  (mode) => {
    const stream = new Kept();
    const theirs = pino({ hooks: { streamWrite: (line: string) => line.replaceAll("hunter2", "••") } }, stream);
    const { logger, records } = listener();
    const interception = interceptPino(theirs, { logger, mode, level: 0 });
    const holder = Object.getOwnPropertySymbols(theirs).find(
      ({ description }) => description === "pino.stream",
    ) as symbol;
    for (const sink of pinoSinks(theirs)) logger.add(sink);
    logger.info("new");
    expect(records).toHaveLength(1);
    expect((theirs as unknown as Record<symbol, unknown>)[holder]).toBe(stream);
    logger.add(propagateToPino(theirs));
    logger.info("hunter2");
    interception.restore();
    expect(records).toHaveLength(2);
    expect(stream.lines.length).toBeGreaterThan(1);
    expect((theirs as unknown as Record<symbol, unknown>)[holder]).toBe(stream);
  },
);

test("several that listen to it hear each line once each, and one in replace silences it", () => {
  const stream = new Kept();
  let calls = 0;
  const streamWrite = (line: string): string => {
    calls++;
    return line.replaceAll("hunter2", "••");
  };
  const theirs = pino({ hooks: { streamWrite } }, stream);
  const [one, two] = [listener(), listener()];
  const made = [
    interceptPino(pino, { logger: one.logger }),
    interceptPino(theirs, { logger: two.logger, mode: "replace" }),
  ];
  theirs.info("hunter2");
  for (const interception of made) interception.restore();
  expect([only(one.records).message, only(two.records).message, calls]).toEqual(["••", "••", 1]);
  expect(stream.lines).toEqual([]);
});

test("the raw stage has what was given, the line what the hook made", () => {
  const theirs = pino({ hooks: { streamWrite: (line: string) => line.replaceAll("hunter2", "••") } }, new Kept());
  const { logger, records } = listener();
  const interception = interceptPino(theirs, { logger, stage: "raw" });
  theirs.info({ a: "hunter2" }, "text");
  interception.restore();
  expect(only(records)).toMatchObject({ message: "text", extra: { a: "hunter2" } });
  expect(only(records).origin?.line).not.toContain("hunter2");
});
