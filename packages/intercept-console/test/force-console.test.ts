import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Application } from "./support/application.ts";

let app: Application;
beforeAll(() => {
  app = new Application();
  app.write("main.js", MAIN);
});
afterAll(() => app.remove());

const winston = pathToFileURL(createRequire(import.meta.url).resolve("winston")).href;

/** winston prints by console methods, which it takes when its transport is made: before the interception, or after it. */
const MAIN = `
import { writeFileSync } from "node:fs";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import winston from "${winston}";
const { CAPTURE: mode, BUILT: built, SINK: leads } = process.env;
const make = () => winston.createLogger({
  level: "debug",
  format: winston.format.printf(({ level, message }) => level + ": " + message),
  transports: [new winston.transports.Console({ forceConsole: true, stderrLevels: ["error"], consoleWarnLevels: ["warn"] })],
});
const logger = createLogger();
const records = [];
logger.add({ needs: { text: false }, write: (_text, record) => void records.push(record) }, { level: 0 });
const earlier = built === "before" ? make() : null;
if (mode) interceptConsole({ logger, mode });
const theirs = earlier ?? make();
if (leads) logger.add((_text, record) => { theirs.info("sink: " + record.message); }, { level: 0 });
if (leads) { logger.info("ours"); console.log("the application's"); }
else for (const level of ["info", "warn", "error", "debug"]) theirs[level](level + " line");
setTimeout(() => writeFileSync("told.json", JSON.stringify(records.map(({ message, level }) => [level.name, message]))), 50);
`;

const publishes = Number(process.versions.node.split(".")[0]) >= 22;

describe.each(["before", "after"])("a winston Console with forceConsole that was made %s the interception", (built) => {
  const run = (env: Readonly<Record<string, string>>) => {
    const { stdout, stderr, code } = app.run("main.js", { BUILT: built, ...env });
    expect(code, stderr).toBe(0);
    return { stdout, stderr, records: JSON.parse(app.read("told.json")) as unknown };
  };
  const recorded = [
    ["INFO", "info: info line"],
    ["WARNING", "warn: warn line"],
    ["ERROR", "error: error line"],
    ["INFO", "debug: debug line"],
  ];

  let plain: { readonly stdout: string; readonly stderr: string };
  beforeAll(() => {
    plain = run({});
    expect(plain.stdout).toBe("info: info line\ndebug: debug line\n");
  });

  test("tee: prints what it printed, and each line is a record once, where it can be heard", () => {
    const tee = run({ CAPTURE: "tee" });
    expect([tee.stdout, tee.stderr]).toEqual([plain.stdout, plain.stderr]);
    expect(tee.records).toEqual(built === "after" || publishes ? recorded : []);
  });

  test("replace: each line is a record, or printed where it passes by; none is lost and none is both", () => {
    const replace = run({ CAPTURE: "replace" });
    expect(replace.records).toEqual(built === "after" ? recorded : []);
    expect([replace.stdout, replace.stderr]).toEqual(built === "after" ? ["", ""] : [plain.stdout, plain.stderr]);
  });

  test.each(["tee", "replace"])("%s: a sink that leads to it closes no ring", (mode) => {
    const { stdout, records } = run({ CAPTURE: mode, SINK: "1" });
    expect(records).toEqual([
      ["INFO", "ours"],
      ["INFO", "the application's"],
    ]);
    const own = mode === "tee" ? ["the application's"] : [];
    expect(stdout.trim().split("\n").sort()).toEqual(
      ["info: sink: ours", "info: sink: the application's", ...own].sort(),
    );
  });
});
