import { afterAll, beforeAll, expect, test } from "vitest";
import { Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

test("a second interception of the same for the same logger is reported with what it shares, from another copy too", () => {
  const { stderr } = programs.run(`
import { writeSync } from "node:fs"; import { createRequire } from "node:module"; import { createLogger } from "@logbridge/core"; import { Console } from "node:console";
const cjs = createRequire(import.meta.url)("@logbridge/intercept-console");
const first = interceptConsole({ logger, streams: true, warnings: true });
const reported = (name, options, intercept = interceptConsole) => { writeSync(2, name + "\\n"); intercept({ logger, ...options }).restore(); };
reported("console", {});
reported("bound", { logger: logger.bind({ a: 1 }), console: "all" });
reported("copy", { warnings: true, uncaught: true }, cjs.interceptConsole);
reported("outputs of another console", { console: new Console(process.stdout), streams: true });
reported("another console", { console: new Console(process.stdout) });
reported("another logger", { logger: createLogger(), streams: true });
first.restore();
reported("after the first", { streams: true });`);
  const said = stderr
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => /LB1545: interceptConsole\(\): (.*): listened/.exec(line)?.[1] ?? line);
  expect(said).toEqual([
    "console",
    "the console",
    "bound",
    "the console",
    "copy",
    "the console, warnings",
    "outputs of another console",
    "stdout, stderr",
    "another console",
    "another logger",
    "after the first",
  ]);
});
