import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Application } from "./support/application.ts";

let app: Application;
beforeAll(() => {
  app = new Application();
  app.write("kept.js", KEPT);
});
afterAll(() => app.remove());

/** A logger that keeps its records, and a way to print beside the console. */
const KEPT = `
import { writeSync } from "node:fs";
import { createLogger } from "@logbridge/core";
export const records = [];
export const logger = createLogger();
logger.add({ needs: { text: false, caller: true }, write: (_text, record) => records.push(record) }, { level: 0 });
export function tell(value) { writeSync(1, "\\nTOLD " + JSON.stringify(value) + "\\n"); }
export const short = () => records.map(({ level, message, origin, name }) => [level.name, message.split("\\n")[0], origin?.name, name]);
`;

/** What a program told, apart from what it printed. */
function told(
  file: string,
  source: string,
  env?: Readonly<Record<string, string>>,
): { readonly value: unknown; readonly stdout: string; readonly stderr: string } {
  app.write(file, source);
  const { stdout, stderr, code } = app.run(file, env);
  expect(code, stderr).toBe(0);
  const lines = stdout.split("\n");
  const at = lines.findIndex((line) => line.startsWith("TOLD "));
  return {
    value: JSON.parse((lines[at] as string).slice(5)),
    stdout: lines
      .filter((_line, index) => index !== at)
      .join("\n")
      .trim(),
    stderr,
  };
}

test.each(["tee", "replace"])("a warning of Node is one record of the console, %s", (mode) => {
  const { value, stderr } = told(
    "warning.js",
    `import { logger, short, tell } from "./kept.js";
import { interceptConsole } from "@logbridge/intercept-console";
interceptConsole({ logger, mode: ${JSON.stringify(mode)} });
process.emitWarning("careful", { code: "APP01" });
setImmediate(() => tell(short()));`,
  );
  expect(value).toEqual([
    ["ERROR", expect.stringMatching(/^\(node:\d+\) \[APP01\] Warning: careful$/), "console", null],
  ]);
  expect(stderr.includes("careful")).toBe(mode === "tee");
});

test("ES module and CommonJS copies share the global console, and it is what it was after both have ended, S-CON-3", () => {
  const { value, stdout } = told(
    "copies.js",
    `import { createRequire } from "node:module";
import { createLogger } from "@logbridge/core";
import * as esm from "@logbridge/intercept-console";
import { tell } from "./kept.js";
const cjs = createRequire(import.meta.url)("@logbridge/intercept-console");
const describe = () => Reflect.ownKeys(console).map((key) => [key, Object.getOwnPropertyDescriptor(console, key)]);
const same = (before, after) => before.length === after.length && before.every(([key, one], at) => after[at][0] === key && Object.keys(one).every((part) => Object.is(one[part], after[at][1][part])));
const results = [esm.interceptConsole === cjs.interceptConsole];
for (const order of [[0, 1], [1, 0]]) {
  const before = describe();
  const seen = [[], []];
  const made = [esm, cjs].map(({ interceptConsole }, at) => {
    const logger = createLogger();
    logger.add((_text, record) => seen[at].push(record.message), { level: 0 });
    return interceptConsole({ logger, mode: "tee" });
  });
  console.log("both"); console.table("both");
  made[order[0]].restore();
  console.error("one");
  made[order[1]].restore();
  console.log("none");
  results.push(seen[order[0]].join(), seen[order[1]].join(), same(before, describe()));
}
tell(results);`,
  );
  const once = ["both,both", "both,both,one", true];
  expect(value).toEqual([false, ...once, ...once]);
  expect(stdout).toBe("both\nboth\nnone\nboth\nboth\nnone");
});

const publishes = Number(process.versions.node.split(".")[0]) >= 22;

test("calls by references that were taken before arrive in tee mode where Node tells of them, and no call arrives twice", () => {
  const program = (mode: string): string => `const { log, error } = console;
const { logger, short, tell } = await import("./kept.js");
const { interceptConsole } = await import("@logbridge/intercept-console");
const interception = interceptConsole({ logger, mode: ${JSON.stringify(mode)} });
log("early %s", "bound", { id: 7 });
console.log("late"); console.trace("late"); console.table("late"); console.assert(false, "late");
new console.Console(process.stdout).warn("another");
interception.restore();
error("after");
console.log("after");
tell(short());`;
  const late = [
    ["INFO", "late", "console", "early"],
    ["DEBUG", "Trace: late", "console", "early"],
    ["INFO", "late", "console", "early"],
    ["ERROR", "Assertion failed: late", "console", "early"],
  ];
  const early = [["INFO", "early bound { id: 7 }", "console", "early"]];
  const another = [["WARNING", "another", "console", "early"]];
  expect(told("early.js", program("tee")).value).toEqual(publishes ? [...early, ...late, ...another] : late);
  const replaced = told("early.js", program("replace"));
  expect(replaced.value).toEqual(late);
  expect(replaced.stdout).toBe("early bound { id: 7 }\nanother\nafter");
});

test("a coloured debug comes in clean, and goes out as without us, S-CON-5", () => {
  const program = (bridged: boolean): string => `import createDebug from "debug";
import { logger, short, tell } from "./kept.js";
import { interceptConsole, interceptDebug } from "@logbridge/intercept-console";
if (${bridged}) { interceptDebug(createDebug, { logger }); interceptConsole({ logger, mode: "tee" }); }
createDebug("app:db")("hello");
createDebug("app:many")("lines\\nof %o", { a: 1 });
createDebug("other")("unheard");
tell(short());`;
  const env = { DEBUG: "app:*", DEBUG_COLORS: "1" };
  const plain = told("debug.js", program(false), env);
  const tee = told("debug.js", program(true), env);
  expect(plain.stderr).toContain("\u001b[");
  expect(tee.stderr).toBe(plain.stderr);
  expect(tee.value).toEqual([
    ["DEBUG", "hello", "debug", "app:db"],
    ["DEBUG", "lines", "debug", "app:many"],
  ]);
});

test("a winston Console that was made after the interception and prints by console.log does not recurse", () => {
  const winston = pathToFileURL(createRequire(import.meta.url).resolve("winston")).href;
  const { value, stdout } = told(
    "winston.js",
    `import winston from "${winston}";
import { logger, short, tell } from "./kept.js";
import { interceptConsole } from "@logbridge/intercept-console";
interceptConsole({ logger, mode: "replace" });
const theirs = winston.createLogger({ transports: [new winston.transports.Console({ forceConsole: true })] });
logger.add((_text, record) => { if (record.origin === null) theirs.info("sink: " + record.message); }, { level: 0 });
theirs.info("direct");
logger.info("ours");
await new Promise((resolve) => setTimeout(resolve, 50));
tell(short());`,
  );
  expect(value).toEqual([
    ["INFO", '{"level":"info","message":"direct"}', "console", "winston/lib/winston/transports/console"],
    ["INFO", "ours", null, "winston"],
  ]);
  expect(stdout).toBe('{"level":"info","message":"sink: ours"}');
});
