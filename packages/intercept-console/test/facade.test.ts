import { createLogger } from "@logbridge/core";
import { asConsole } from "@logbridge/intercept-console";
import { expect, test } from "vitest";
import { keeping } from "./support/records.ts";

test("each method is one record of its level, and prints nothing itself", () => {
  const { logger, records } = keeping();
  const face = asConsole(logger);
  face.debug("a");
  face.log("a %s {}", "b");
  face.info("a");
  face.warn("a");
  face.error("a");
  face.assert(false, "why");
  face.assert(true, "fine");
  face.dir({ a: { b: 1 } }, { depth: 0 });
  face.dirxml("a");
  face.table([{ x: 1 }]);
  face.trace("here");
  expect(records.map(({ level, message }) => [level.name, message.split("\n")[0]])).toEqual([
    ["DEBUG", "a"],
    ["INFO", "a b {}"],
    ["INFO", "a"],
    ["WARNING", "a"],
    ["ERROR", "a"],
    ["ERROR", "Assertion failed: why"],
    ["INFO", "{ a: [Object] }"],
    ["INFO", "a"],
    ["INFO", "┌─────────┬───┐"],
    ["DEBUG", "Trace: here"],
  ]);
  expect(records.at(-1)?.message).toMatch(/\n +at .*facade\.test\.ts/);
});

test("counters, timers and groups work", () => {
  const { logger, records, messages } = keeping();
  const face = asConsole(logger);
  face.count();
  face.count("n");
  face.count();
  face.countReset();
  face.count();
  face.time("t");
  face.timeLog("t", "half");
  face.timeEnd("t");
  face.timeEnd("t");
  face.group("g");
  face.group();
  face.log("in");
  face.groupEnd();
  face.groupEnd();
  face.groupEnd();
  face.log("out");
  expect(messages()).toEqual([
    "default: 1",
    "n: 1",
    "default: 2",
    "default: 1",
    expect.stringMatching(/^t: [\d.]+ms half$/),
    expect.stringMatching(/^t: [\d.]+ms$/),
    "g",
    "in",
    "out",
  ]);
  expect(records.slice(-3).map(({ origin }) => origin?.depth)).toEqual([undefined, 2, undefined]);
});

test("every method works detached", async () => {
  const { logger, messages } = keeping();
  const { log, error, groupEnd, clear, count } = asConsole(logger);
  log("a");
  groupEnd();
  clear();
  count();
  await Promise.reject(new Error("refused")).catch(error);
  expect(messages()).toEqual(["a", "default: 1", "refused"]);
});

test("three strings are three strings, S-CON-6", () => {
  const { logger, records } = keeping();
  asConsole(logger).error("msg", "Error: x\n    at f (a.js:1:1)", "UserService");
  const [record] = records;
  expect(record?.level.name).toBe("ERROR");
  expect(record?.message).toBe("msg Error: x\n    at f (a.js:1:1) UserService");
  expect(record?.args).toEqual(["Error: x\n    at f (a.js:1:1)", "UserService"]);
});

test("an error is the exception, an object is in extra beside what the logger has bound, and the caller is found", () => {
  const { logger, records } = keeping();
  const face = asConsole(logger.bind({ service: "billing" }));
  const error = new Error("disk full");
  const at = new Error("here").stack?.match(/facade\.test\.ts:(\d+)/)?.[1];
  face.error("save failed", error, { id: 7 });
  expect(records[0]).toMatchObject({
    message: "save failed { id: 7 }",
    extra: { service: "billing", id: 7 },
    line: Number(at) + 1,
  });
  expect(records[0]?.exception?.value).toBe(error);
});

test("inside a sink it reaches the other handlers and does not call the sink again", () => {
  const { logger, messages } = keeping();
  const face = asConsole(logger);
  let calls = 0;
  logger.add(
    () => {
      calls++;
      face.log("from the sink");
    },
    { level: 0 },
  );
  face.log("x");
  expect(messages()).toEqual(["x", "from the sink"]);
  expect(calls).toBe(1);
});

test("counters go on while nobody listens", () => {
  const logger = createLogger();
  const face = asConsole(logger);
  face.count();
  const seen: string[] = [];
  logger.add((_text, record) => void seen.push(record.message));
  face.count();
  expect(seen).toEqual(["default: 2"]);
});

test("what is no logger is refused", () => {
  for (const wrong of [undefined, null, {}, console])
    expect(() => asConsole(wrong as never)).toThrow(expect.objectContaining({ code: "LB1543" }));
});
