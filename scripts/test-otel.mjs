// `npm run test:otel`: our packages with both generations of OpenTelemetry's, whose `api` packages exclude each other: 2.x on this Node, 3.x on Node 24.
// `--only 3x` takes one of them, `--case ring` the cases whose title contains it, `--no-build` takes the packages as they were built last.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { currentRuntime, ensureRuntime } from "./runtimes.mjs";
import { ensureBuilt, ensureInstalled } from "./workspace.mjs";

/** Where each generation runs: the newer one asks for Node 22.15 or later. */
const GENERATIONS = { "2x": currentRuntime, "3x": () => ensureRuntime("24.21.0") };
const TIMEOUT_MS = 60_000;

const { values: asked } = parseArgs({
  options: { only: { type: "string" }, case: { type: "string" }, "no-build": { type: "boolean", default: false } },
});
const generations = asked.only?.split(",") ?? Object.keys(GENERATIONS);
const unknown = generations.filter((name) => !Object.hasOwn(GENERATIONS, name));
if (unknown.length > 0) throw new Error(`--only ${unknown}: the generations are ${Object.keys(GENERATIONS)}`);

ensureInstalled();
if (!asked["no-build"]) ensureBuilt();
// These need what has just been installed.
const { startReceiver } = await import("../test/otlp-receiver/index.mjs");
const { cases } = await import("../test/otel/cases.mjs");
const { install } = await import("../test/otel/project.mjs");
const { Report } = await import("../test/packages/report.mjs");

const report = new Report();
const receiver = await startReceiver();
for (const generation of generations) {
  const { version, node } = GENERATIONS[/** @type {keyof typeof GENERATIONS} */ (generation)]();
  const folder = install(generation);
  console.log(`OpenTelemetry ${generation} on Node ${version}`);
  for (const one of cases) {
    if (asked.case && !one.title.includes(asked.case)) continue;
    receiver.clear();
    await report.check(one.title, async () => one.check(await run(node, folder, one), receiver.records));
  }
}
await receiver.close();
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);

/**
 * @param {string} node
 * @param {string} folder
 * @param {{ program: string, args: readonly string[] }} one
 * @returns {Promise<any>} what the program says
 */
function run(node, folder, { program, args }) {
  const { url, grpcUrl, endpoint } = receiver;
  const env = { ...process.env, RECEIVER: JSON.stringify({ url, grpcUrl, endpoint }) };
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env, timeout: TIMEOUT_MS };
    execFile(node, [join("run", "programs", program), ...args], options, (error, stdout, stderr) => {
      if (error || stderr !== "")
        reject(new Error(`${error?.message ?? "the program has complained"}\n${stdout}${stderr}`));
      else resolve(JSON.parse(stdout));
    });
  });
}
