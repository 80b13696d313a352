// The tests in the runtimes that load TypeScript and have Node's modules: each file in a process of its own.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureOther } from "../../scripts/runtimes.mjs";
import { root } from "../../scripts/workspace.mjs";

/** @typedef {import("./run-file.ts").FileReport} FileReport */

/** A file of tests that has not ended by then never will. */
const LONGEST_MS = 150_000;

const AT_ONCE = 2;

/** What stands before the program. The tests write files and start processes, so Deno is asked for no permission. */
const ARGS = {
  bun: ["--conditions=@logbridge/source"],
  deno: ["run", "-A", "--no-lock", "--no-prompt", "--conditions=@logbridge/source"],
};

/** JavaScriptCore gives no frame to a function that returns what it calls; the tests are about the frames that are there. */
const ENV = { bun: { BUN_JSC_useTailCalls: "0" }, deno: {} };

/** These run as users run the runtime: what they are about reads stacks, and has to find its own frames in them. */
const AS_USERS_DO = ["packages/adapter-otel/test/providers-global.test.ts"];

/**
 * @param {"bun" | "deno"} name
 * @returns {import("./runtime.ts").TestedRuntime | null} null where there is none for this platform
 */
export function startProcesses(name) {
  const [launcher] = ensureOther(name);
  if (!launcher) return null;
  const { title, program } = launcher;
  const env = { ...launcher.env, ...ENV[name] };
  return {
    title,
    name,
    async run(files, folder) {
      mkdirSync(folder, { recursive: true });
      /** @type {FileReport[]} */
      const reports = [];
      const waiting = files.entries();
      const next = async () => {
        for (const [at, file] of waiting) {
          const report = join(folder, `${at}.json`);
          const args = [...ARGS[name], join("test", "runtimes", "process.ts"), file, report];
          const own = AS_USERS_DO.includes(file) ? launcher.env : env;
          const run = { program, args, env: own, file, report };
          // A crash of the runtime itself says nothing of the test, unless it comes again.
          reports.push((await runOne(run)) ?? (await runOne(run)) ?? crashed(file));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      return reports;
    },
    async close() {},
  };
}

/** What an engine ends with that has crashed. */
const CRASHES = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGTRAP", "SIGABRT"];

/**
 * @param {{ program: string, args: readonly string[], env: Record<string, string>, file: string, report: string }} one
 * @returns {Promise<FileReport | null>} `null` where the runtime has crashed
 */
function runOne({ program, args, env, file, report }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
    const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
    const fail = (/** @type {string} */ why) => resolve({ file, tests: [], error: `${why}\n${said.slice(-4000)}` });
    child.on("error", (error) => fail(String(error)));
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      writeFileSync(report.replace(/json$/, "log"), said);
      try {
        resolve(JSON.parse(readFileSync(report, "utf8")));
      } catch {
        if (signal !== null && CRASHES.includes(signal)) resolve(null);
        else fail(`the process ended with ${code ?? signal} and no report`);
      }
    });
  });
}

/** @param {string} file @returns {FileReport} */
function crashed(file) {
  return { file, tests: [], error: "the runtime has crashed, twice" };
}
