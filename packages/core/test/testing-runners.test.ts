import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const workspace = join(dirname(fileURLToPath(import.meta.url)), "../../..");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(workspace, "packages/core/test/.tmp-runners-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      // A runner that is started by a runner would think that it is a worker of that one.
      { cwd: folder, env: { PATH: process.env["PATH"] ?? "", NODE_NO_WARNINGS: "1" } },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    );
  });
}

test("L-SW-22: node:test removes the handler of captureLogs() after each test that gives its context", async () => {
  writeFileSync(
    join(folder, "node.mts"),
    `import { equal, match } from "node:assert/strict";
     import { after, test } from "node:test";
     import { logger } from "@logbridge/core";
     import { captureLogs, restoreLogging } from "@logbridge/core/testing";
     after(restoreLogging);
     test("captures", (t) => {
       const logs = captureLogs({ context: t, only: true });
       logger.warning("Oh no!");
       match(logs.text, /Oh no!/);
       equal(logger.stats().handlers.length, 2);
     });
     test("nothing is left of it", () => {
       equal(logger.stats().handlers.length, 1);
       equal(logger.handler(0).level, 10);
     });
     test("an asynchronous test too", async (t) => {
       const logs = captureLogs({ context: t, only: true });
       await new Promise((resolve) => setTimeout(resolve, 5));
       logger.info("later");
       equal(logs.messages.join(), "later");
     });
     test("nothing is left of that either", () => equal(logger.stats().handlers.length, 1));`,
  );
  const tsx = join(workspace, "node_modules/tsx/dist/loader.mjs");
  const { code, output } = await run([
    "--conditions=@logbridge/source",
    "--import",
    tsx,
    "--test-reporter=tap",
    join(folder, "node.mts"),
  ]);
  expect(output).toMatch(/^# pass 4$/m);
  expect(output).not.toContain("Oh no!\n");
  expect(code).toBe(0);
});

test("L-SW-22: vitest with globals removes it by itself, at the end of the test or, begun outside of tests, of the file", async () => {
  writeFileSync(
    join(folder, "vitest.config.mjs"),
    `const conditions = ["@logbridge/source", "module", "node", "development|production"];
     export default {
       resolve: { conditions },
       ssr: { resolve: { conditions } },
       test: { globals: true, include: ["*.test.mjs"], watch: false },
     };`,
  );
  writeFileSync(
    join(folder, "globals.test.mjs"),
    `import { createLogger, logger } from "@logbridge/core";
     import { captureLogs } from "@logbridge/core/testing";
     const own = createLogger();
     const ofFile = captureLogs({ logger: own });
     test("captures", () => {
       const logs = captureLogs();
       logger.warning("Oh no!");
       expect(logs.text).toContain("Oh no!");
       expect(logger.stats().handlers).toHaveLength(2);
       own.info("one");
     });
     test("nothing is left of it", () => {
       expect(logger.stats().handlers).toHaveLength(1);
       own.info("two");
       expect(ofFile.messages).toEqual(["one", "two"]);
     });
     describe("begun in a hook", () => {
       let logs;
       beforeEach(() => { logs = captureLogs(); });
       test("it captures", () => { logger.info("a"); expect(logs.messages).toEqual(["a"]); });
       test("and captures anew", () => { logger.info("b"); expect(logs.messages).toEqual(["b"]); expect(logger.stats().handlers).toHaveLength(2); });
     });`,
  );
  const { code, output } = await run([
    join(workspace, "node_modules/vitest/vitest.mjs"),
    "run",
    "--root",
    folder,
    "--reporter=tap",
  ]);
  expect(output.match(/^ +ok /gm)?.length, output).toBeGreaterThanOrEqual(4);
  expect(output).not.toContain("not ok");
  expect(code).toBe(0);
});
