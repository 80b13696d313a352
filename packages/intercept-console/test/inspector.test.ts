import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Application } from "./support/application.ts";
import { Programs } from "./support/streams.ts";

interface Debugged {
  readonly calls: readonly { readonly type: string; readonly args: readonly unknown[] }[];
  readonly stdout: string;
  readonly code: number;
}

let app: Application;
beforeAll(() => {
  app = new Application();
  app.write("talk.js", TALK);
  app.write("main.js", MAIN);
});
afterAll(() => app.remove());

const TALK = `
console.log("plain %s", "text", { id: 7 }); console.info("i"); console.debug("d"); console.warn("w"); console.error(new Error("e").message);
console.dir({ a: { b: 1 } }, { depth: 0 }); console.dirxml(1, 2);
console.table([{ x: 1 }]); console.table("no table");
console.group("g"); console.log("in"); console.groupCollapsed("deeper"); console.groupEnd(); console.group(); console.groupEnd(); console.groupEnd();
console.count(); console.count("n"); console.countReset("n"); console.count("n");
console.assert(true, "fine"); console.assert(false, "why", 1); console.assert(false);
console.trace("here"); console.clear();
console.time("t"); console.timeLog("t", "half"); console.timeEnd("t");
new console.Console(process.stdout).log("another console");
`;

/** One file for all modes, so that its positions are the same in printed stacks. */
const MAIN = `
import { writeSync } from "node:fs";
import { createLogger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
const { CAPTURE: mode, LEVEL: level } = process.env;
const logger = createLogger();
logger.add(() => {}, { level: level ?? 0 });
if (mode) interceptConsole({ logger, mode, console: level ? "all" : console });
while (!globalThis.attached) await new Promise((resolve) => setTimeout(resolve, 5));
await import("./talk.js");
writeSync(1, "DONE\\n");
`;

/** What an attached debugger is told, and what is printed. */
function debugged(env: Readonly<Record<string, string>>): Debugged {
  const driver = fileURLToPath(new URL("support/debugger.mjs", import.meta.url));
  const { stdout, stderr } = app.run(driver, env, ["--experimental-websocket", "--no-warnings"], ["main.js"]);
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout) as Debugged;
}

/** How long something took differs from run to run. */
function comparable({ calls }: Debugged): unknown {
  return JSON.parse(JSON.stringify(calls).replace(/[\d.]+ ?ms/g, "<time>"));
}

test.skipIf("Bun" in globalThis || "Deno" in globalThis)(
  "a debugger's console shows what it showed without us, whether the console prints or not",
  () => {
    const plain = debugged({});
    expect(plain.code).toBe(0);
    expect(plain.calls.length).toBeGreaterThan(30);
    const tee = debugged({ CAPTURE: "tee" });
    expect(comparable(tee)).toEqual(comparable(plain));
    const replace = debugged({ CAPTURE: "replace" });
    expect(comparable(replace)).toEqual(comparable(plain));
    expect(replace.stdout).toBe("another console\n");
    // What no handler wants is not printed either, and is shown.
    const muted = debugged({ CAPTURE: "replace", LEVEL: "CRITICAL" });
    expect(comparable(muted)).toEqual(comparable(plain));
    expect(muted.stdout).toBe("");
  },
);

const TOLD = `
import inspector from "node:inspector";
const shown = []; inspector.console.log = (text) => shown.push(text);
const interception = interceptConsole({ logger });
const say = (text, times = 1) => { for (let at = 0; at < times; at++) console.log(text); };
const takeShown = () => shown.splice(0);
say("nobody", 10); tell(takeShown());
`;

describe.skipIf("Bun" in globalThis || "Deno" in globalThis)("a debugger that may attach later", () => {
  let programs: Programs;
  beforeAll(() => {
    programs = new Programs();
  });
  afterAll(() => programs.remove());

  test("is shown what is said in the same turn, until it may not any more", () => {
    const { told } = programs.run(`${TOLD}
inspector.open(0, "127.0.0.1"); say("opened"); tell(takeShown());
inspector.close(); say("closed", 100); tell(takeShown());
inspector.open(0, "127.0.0.1"); say("again"); tell(takeShown()); inspector.close();
interception.restore(); tell(process.listenerCount("internalMessage"));`);
    expect(told).toEqual([[], ["opened"], [], ["again"], 0]);
  });

  test("is shown what is said once the process was asked by its signal", () => {
    const { told } = programs.run(`${TOLD}
process.kill(process.pid, "SIGUSR1");
while (inspector.url() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
say("signalled"); tell(takeShown()); inspector.close();`);
    expect(told).toEqual([[], ["signalled"]]);
  });

  test("is told what a worker's console says, whose debugger nobody knows of", () => {
    const { told } = programs.run(`
import { Worker } from "node:worker_threads";
const worker = new Worker(\`
  const { parentPort } = require("node:worker_threads"); const inspector = require("node:inspector");
  const shown = []; inspector.console.log = (...args) => shown.push(args);
  const { createLogger } = require("@logbridge/core"); const { interceptConsole } = require("@logbridge/intercept-console");
  const logger = createLogger(), messages = []; logger.add((_text, record) => messages.push(record.message));
  const interception = interceptConsole({ logger });
  console.log("from the %s", "worker"); interception.restore();
  parentPort.postMessage([shown, messages]);\`, { eval: true });
tell(await new Promise((resolve) => worker.on("message", resolve)));`);
    expect(told).toEqual([[[["from the %s", "worker"]], ["from the worker"]]]);
  });

  test("is found by asking where the runtime does not say so", () => {
    const { told } = programs.run(`${TOLD}
process.removeAllListeners("internalMessage");
inspector.open(0, "127.0.0.1"); say("unheard", 100); tell(takeShown().length > 30); inspector.close();`);
    expect(told).toEqual([[], true]);
  });
});
