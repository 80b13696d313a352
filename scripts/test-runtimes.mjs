// `npm run test:runtimes`: the tests on every supported runtime, and a line for each. On the versions of Node it is vitest that runs them,
// with the demo and the packed packages; elsewhere vitest's runner alone (test/runtimes).
// `--only current,22.23.3,bun,deno,workerd,workerd-nodejs,chromium` takes some of the runtimes, `--files calls,records` some of the files
// of tests where it is not Node that runs them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { leftOut } from "../test/runtimes/left-out.mjs";
import { startProcesses } from "../test/runtimes/processes.mjs";
import { testFiles } from "../test/runtimes/suite.mjs";
import { judge, lineOf } from "../test/runtimes/verdict.mjs";
import { startWorkerd } from "../test/runtimes/workerd.mjs";
import { currentRuntime, ensureRuntime, versions } from "./runtimes.mjs";
import { cache, ensureBuilt, ensureInstalled, environmentOf, root } from "./workspace.mjs";

/** How each runtime that is not Node is begun. */
const OTHERS = {
  bun: () => startProcesses("bun"),
  deno: () => startProcesses("deno"),
  workerd: () => startWorkerd("workerd"),
  "workerd-nodejs": () => startWorkerd("workerd-nodejs"),
  chromium: startChromium,
};

/** The runtimes that have no modules of Node, and so none of the libraries that are made for it. */
const WEB = ["workerd", "workerd-nodejs", "chromium"];

/** Of the files of tests, those that can run otherwise there than on the runtime without what it has; default: all. */
/** @type {Record<string, readonly string[]>} */
const FILES = {
  "workerd-nodejs": ["core/test/context", "core/test/delayed-context", "core/test/memory", "core/test/throttle"],
};

/** As many files are run a second time where something in them failed; where more failed, it is no matter of chance. */
const FEW = 5;

const { values: asked } = parseArgs({ options: { only: { type: "string" }, files: { type: "string" } } });
const current = currentRuntime();
const nodes = ["current", ...versions.filter((one) => one !== current.version)];
const known = [...nodes, ...Object.keys(OTHERS)];
const only = asked.only?.split(",") ?? known;
const unknown = only.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`--only ${unknown}: the runtimes are ${known}`);

ensureInstalled();
// What is bundled for the web is bundled from the sources.
if (only.some((name) => !WEB.includes(name))) ensureBuilt();
const logs = join(cache, "runtimes");
mkdirSync(logs, { recursive: true });
let failed = 0;
for (const name of only) {
  if (nodes.includes(name)) runOnNode(name);
  else await runOnOther(/** @type {keyof typeof OTHERS} */ (name));
}
process.exit(failed > 0 ? 1 : 0);

/** @param {string} version as `--node` takes it @returns {Record<string, string[]>} what is run with it: a name and the arguments of Node */
function stepsOf(version) {
  return {
    tests: [join("node_modules", "vitest", "vitest.mjs"), "run", "--reporter=dot"],
    demo: [join("examples", "legacy-service", "demo.mjs")],
    packages: [join("scripts", "test-packages.mjs"), "--only", "load,copies", "--node", version],
  };
}

/** Runs the steps with a version of Node and prints its line. @param {string} name */
function runOnNode(name) {
  const { node, version } = name === "current" ? current : ensureRuntime(name);
  const results = Object.entries(stepsOf(name)).map(([step, args]) => {
    const began = performance.now();
    const env = environmentOf(node);
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
    const log = join(logs, `${version}-${step}.log`);
    writeFileSync(log, `${stdout}${stderr}`);
    const seconds = secondsSince(began);
    if (status === 0) return `${step === "tests" ? countsIn(stdout) : `${step} ok`} (${seconds} s)`;
    failed += 1;
    console.error(`${stdout}${stderr}`.split("\n").slice(-60).join("\n"));
    return `${step} FAILED (${seconds} s, all output in ${log})`;
  });
  console.log(`Node ${version}: ${results.join(", ")}`);
}

/** @param {string} output of vitest @returns {string} how many tests passed, and how many skip themselves */
function countsIn(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
  const line = /^ *Tests .*$/m.exec(output.replace(/\x1b\[[\d;]*m/g, ""))?.[0] ?? "";
  const [passed, skipped] = [/(\d+) passed/, /(\d+) skipped/].map((pattern) => Number(pattern.exec(line)?.[1] ?? 0));
  return `${passed} tests passed, 0 failed, 0 left out, ${skipped} skip themselves`;
}

/** Runs the tests on a runtime that is not Node and prints its line. @param {keyof typeof OTHERS} name */
async function runOnOther(name) {
  const began = performance.now();
  const runtime = await OTHERS[name]();
  if (runtime === null) return;
  const folder = join(logs, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const { files, mocking } = testFiles({
      everything: !WEB.includes(name),
      containing: asked.files?.split(",") ?? FILES[name] ?? [],
    });
    const exceptions = leftOut.filter(({ on, file }) => on.includes(runtime.name) && files.includes(file));
    const never = exceptions.filter((one) => one.never).map(({ file }) => file);
    const judged = exceptions.filter((one) => !one.never);
    const reports = await runtime.run(
      files.filter((file) => !never.includes(file)),
      join(folder, "run"),
    );
    writeFileSync(join(folder, "reports.json"), JSON.stringify(reports, null, 1));
    let verdict = judge(reports, judged);
    for (const failure of verdict.failures) console.error(`${runtime.title}: ${failure}\n`);
    let second = "";
    if (verdict.failures.length > 0 && verdict.failed.size <= FEW) {
      // Fewer things of these runtimes are certain than of Node: what fails twice is ours, and what does not is named.
      const again = await runtime.run([...verdict.failed], join(folder, "again"));
      writeFileSync(join(folder, "again.json"), JSON.stringify(again, null, 1));
      const before = verdict.failures.length;
      verdict = judge([...reports.filter(({ file }) => !verdict.failed.has(file)), ...again], judged);
      for (const failure of verdict.failures) console.error(`${runtime.title}, at the second attempt: ${failure}\n`);
      second = `, ${before} failed at the first of two attempts (above)`;
    }
    if (verdict.failures.length > 0) failed += 1;
    const whole = [
      ...(mocking.length > 0 ? [`${mocking.length} files left out that put modules in the place of others`] : []),
      ...(never.length > 0 ? [`${never.length} files left out that cannot be begun`] : []),
    ];
    console.log(`${runtime.title}: ${[lineOf(verdict), ...whole].join(", ")}${second} (${secondsSince(began)} s)`);
  } finally {
    await runtime.close();
  }
}

/** @returns {Promise<import("../test/runtimes/runtime.ts").TestedRuntime | null>} */
async function startChromium() {
  const path = join(root, "test", "runtimes", "chromium.mjs");
  return existsSync(path) ? (await import(pathToFileURL(path).href)).startChromium() : null;
}

/** @param {number} began */
function secondsSince(began) {
  return Math.round((performance.now() - began) / 1000);
}
