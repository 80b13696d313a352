import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Installation } from "./support/installation.ts";

let app: Installation;
beforeAll(() => {
  app = new Installation();
});
afterAll(() => app.remove());

/** Runs a program to its end. */
function program(source: string): Promise<{ stdout: string; stderr: string; code: number }> {
  app.write("program.mjs", source);
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" };
    execFile(process.execPath, ["program.mjs"], { cwd: app.root, env }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: typeof error?.code === "number" ? error.code : error ? -1 : 0 }),
    );
  });
}

const HEAD = `
import { logger } from "@logbridge/core";
void logger.remove();
logger.add(process.stdout, { format: "{level} {function} {message}" });
`;

describe("catch around a whole program", () => {
  test("L-CATCH-16: onerror may end the process with its own code, the record written and no second trace", async () => {
    const { stdout, stderr, code } = await program(`${HEAD}
function main() { throw new RangeError("deep trouble"); }
logger.catch.run(main, { onerror: () => process.exit(1), message: "main failed" });
console.log("never".toUpperCase());`);
    expect(code).toBe(1);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^ERROR <anonymous> main failed\nRangeError: deep trouble\n/);
    expect(stdout).not.toContain("NEVER");
  });

  test("L-CATCH-15: a main function, an asynchronous one and a worker's entry can be wrapped", async () => {
    const { stdout, stderr, code } = await program(`
import { Worker, isMainThread } from "node:worker_threads";
import { fileURLToPath } from "node:url";
${HEAD}
const work = logger.catch(() => { throw new Error("in the worker"); }, { message: "worker {record[thread].name}" });
const main = logger.catch(async () => {
  await new Promise((resolve) => new Worker(fileURLToPath(import.meta.url)).once("exit", resolve));
  throw new Error("in main");
}, { message: "main {record[thread].name}", onerror: () => { process.exitCode = 3; } });
if (isMainThread) await main(); else work();`);
    expect(stderr).toBe("");
    expect(code).toBe(3);
    expect(stdout).toMatch(/ERROR <anonymous> worker worker-1\nError: in the worker\n/);
    expect(stdout).toMatch(/ERROR <anonymous> main main\nError: in main\n/);
  });

  test("L-PROM-3: errors in timers, callbacks of promises, listeners, workers and main all reach the log", async () => {
    const { stdout, stderr, code } = await program(`
import { EventEmitter } from "node:events";
import { Worker, isMainThread } from "node:worker_threads";
import { fileURLToPath } from "node:url";
${HEAD}
const failing = (place) => logger.catch(() => { throw new Error("in " + place); });
if (isMainThread) {
  failing("main")();
  setTimeout(failing("a timer"), 1);
  setImmediate(failing("an immediate"));
  queueMicrotask(failing("a microtask"));
  process.nextTick(failing("a tick"));
  Promise.resolve().then(failing("a promise"));
  const emitter = new EventEmitter();
  emitter.on("event", failing("a listener"));
  emitter.emit("event");
  new Worker(fileURLToPath(import.meta.url));
} else failing("a worker")();`);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    for (const place of [
      "main",
      "a timer",
      "an immediate",
      "a microtask",
      "a tick",
      "a promise",
      "a listener",
      "a worker",
    ])
      expect(stdout).toContain(`\nError: in ${place}\n`);
  });
});
