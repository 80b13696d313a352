import { interceptConsole } from "@logbridge/intercept-console";
import { describe, expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { keeping } from "./support/records.ts";

describe.each(["tee", "replace"] as const)("levels by method, %s", (mode) => {
  test("a method that is named has its level, the others have theirs", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    const levels = { log: "DEBUG", table: "WARNING", assert: "CRITICAL", trace: "TRACE", group: "SUCCESS", count: 45 };
    interceptConsole({ logger, console: target, mode, levels });
    target.log("a");
    target.info("b");
    target.table([1]);
    target.assert(false);
    target.trace("c");
    target.group("d");
    target.groupEnd();
    target.count();
    expect(records.map(({ level, origin }) => [origin?.level?.name, level.name, level.no])).toEqual([
      ["log", "DEBUG", 10],
      ["info", "INFO", 20],
      ["table", "WARNING", 30],
      ["assert", "CRITICAL", 50],
      ["trace", "TRACE", 5],
      ["group", "SUCCESS", 25],
      ["count", "Level 45", 45],
    ]);
  });

  test("a level of the logger's own is known by its name", () => {
    const { target } = nodeConsole();
    const { logger, records } = keeping();
    logger.level("NOTICE", { no: 27, icon: "!" });
    interceptConsole({ logger, console: target, mode, levels: { log: "notice", info: 27 } });
    target.log("a");
    target.info("b");
    expect(records.map(({ level }) => level)).toEqual([
      { name: "NOTICE", no: 27, icon: "!" },
      { name: "Level 27", no: 27, icon: " " },
    ]);
  });

  test("whether a call is wanted is decided by the level that was given", () => {
    const { target, lines } = nodeConsole();
    const { logger, messages } = keeping("INFO");
    interceptConsole({ logger, console: target, mode, levels: { log: "DEBUG", debug: "ERROR" } });
    target.log("low now");
    target.debug("high now");
    expect(messages()).toEqual(["high now"]);
    expect(lines).toEqual(mode === "tee" ? ["low now\n", "high now\n"] : []);
  });
});

test("two interceptions of one console have levels of their own", () => {
  const { target } = nodeConsole();
  const [a, b] = [keeping(), keeping("ERROR")];
  interceptConsole({ logger: a.logger, console: target, mode: "tee" });
  interceptConsole({ logger: b.logger, console: target, mode: "tee", levels: { log: "ERROR" } });
  target.log("x");
  expect([...a.records, ...b.records].map(({ level }) => level.name)).toEqual(["INFO", "ERROR"]);
});

describe("bad levels are refused with what is allowed", () => {
  const refused = (levels: unknown): unknown => {
    const { target } = nodeConsole();
    const before = Object.getOwnPropertyDescriptors(target);
    const { logger } = keeping();
    try {
      interceptConsole({ logger, console: target, levels: levels as never });
    } catch (error) {
      expect(Object.getOwnPropertyDescriptors(target)).toEqual(before);
      return error;
    }
    return null;
  };

  test.each([
    [{ shout: "INFO" }, "LB1544", /"shout"; allowed are log, info, warn.*stdout, stderr/],
    [["INFO"], "LB1544", /object of levels.*got \[ 'INFO' \]/],
    [[], "LB1544", /got \[\]/],
    ["DEBUG", "LB1544", /object of levels/],
    [{ log: "LOUD" }, "LB1003", /levels\.log.*'LOUD'/],
    [{ log: -1 }, "LB1003", /levels\.log.*-1/],
    [{ log: Number.NaN }, "LB1003", /levels\.log/],
    [{ log: null }, "LB1003", /levels\.log.*null/],
  ])("%o", (levels, code, message) => {
    expect(refused(levels)).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

test("what a method makes up by itself is no line that `parse` reads", () => {
  const { logger, records } = keeping();
  const { target } = nodeConsole();
  const interception = interceptConsole({ logger, console: target, parse: ["brackets", "prefix"] });
  target.trace("[WARN] asked");
  target.count("error");
  target.time("warn");
  target.timeEnd("warn");
  target.table(["error"]);
  target.log("[WARN] said");
  target.error("error");
  target.error("Error:", new TypeError("disk full"));
  interception.restore();
  const shown = records.map(({ level, message, name }) => [level.name, name === "WARN", message.split("\n")[0]]);
  expect(shown.slice(0, 4)).toEqual([
    ["DEBUG", false, "Trace: [WARN] asked"],
    ["INFO", false, "error: 1"],
    ["INFO", false, expect.stringMatching(/^warn: /)],
    ["INFO", false, expect.stringMatching(/^┌/)],
  ]);
  expect(shown.slice(4)).toEqual([
    ["WARNING", false, "said"],
    ["ERROR", false, "error"],
    ["ERROR", false, "Error:"],
  ]);
  expect(records.at(-1)?.exception?.message).toBe("disk full");
});
