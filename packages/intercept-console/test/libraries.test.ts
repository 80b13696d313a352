import type { LogRecord } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import { expect, test } from "vitest";
import { nodeConsole } from "./support/consoles.ts";
import { keeping } from "./support/records.ts";

const brief = (records: readonly LogRecord[]): unknown[] =>
  records.map(({ level, name, message, extra, exception }) => [
    level.name,
    name,
    message,
    extra,
    ...(exception ? [`${exception.type}: ${exception.message}`] : []),
  ]);

test("a console's lines are lifted and lowered by their texts, and those that nobody wants are silent in replace mode", () => {
  const { target, lines } = nodeConsole();
  const { logger, records } = keeping("WARNING");
  const interception = interceptConsole({ logger, console: target, parse: "brackets" });
  target.log("[ERROR] [db] refused by %s", "db-1", { id: 7 });
  target.error("[DEBUG] only for developers");
  target.log("plain");
  target.warn("plain and wanted");
  interception.restore();
  expect(brief(records)).toEqual(
    [
      ["ERROR", "db", "refused by db-1 { id: 7 }", { id: 7 }],
      ["WARNING", "libraries.test", "plain and wanted", {}],
    ].map(([level, name, ...rest]) => [level, name === "db" ? name : expect.stringContaining(name as string), ...rest]),
  );
  expect(records[0]).toMatchObject({ template: "refused by %s", args: ["db-1"] });
  expect(lines).toEqual([]);
});

test("in tee mode the console prints byte for byte what it printed, parsed or not", () => {
  const [plain, parsed] = [nodeConsole(), nodeConsole()];
  const { logger } = keeping("ERROR");
  const interception = interceptConsole({ logger, console: parsed.target, mode: "tee", parse: ["json", "brackets"] });
  for (const { target } of [plain, parsed]) {
    target.log("[ERROR] x");
    target.log("\u001b[31m[DEBUG]\u001b[39m y %d", 3);
    target.error('{"level":30,"msg":"z"}');
    target.table([{ a: 1 }]);
  }
  interception.restore();
  expect(parsed.lines).toEqual(plain.lines);
});

test("lines below the option level are printed in replace mode, by the level that was found", () => {
  const { target, lines } = nodeConsole();
  const { logger, messages } = keeping();
  const interception = interceptConsole({ logger, console: target, level: "WARNING", parse: "brackets" });
  target.log("[ERROR] taken");
  target.error("[INFO] left alone");
  interception.restore();
  expect(messages()).toEqual(["taken"]);
  expect(lines).toEqual(["[INFO] left alone\n"]);
});

test("a parser that prints makes a record of its own, and no circle", () => {
  const { target } = nodeConsole();
  const { logger, records } = keeping();
  const parse = (text: string): { level: string } => {
    target.log("parsing", text);
    return { level: "ERROR" };
  };
  const interception = interceptConsole({ logger, console: target, parse });
  target.log("x");
  interception.restore();
  expect(records.map(({ message, level }) => [message, level.name])).toEqual([
    ["parsing x", "INFO"],
    ["x", "ERROR"],
  ]);
});
