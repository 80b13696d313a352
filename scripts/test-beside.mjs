// `npm run test:beside`: the packed packages beside agents that patch the same libraries, each pair in a process of its own.
// `--only winston` takes the combinations whose name contains it.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { combinations, problemsOf } from "../test/beside/check.mjs";
import { ensureRuntime } from "./runtimes.mjs";
import { packAll } from "./tarballs.mjs";
import { cache, ensureBuilt, ensureInstalled, root, run } from "./workspace.mjs";

/** The agents need this one or a later one. */
const NODE = "24.21.0";
const VERSIONS = {
  "@opentelemetry/api": "1.10.0",
  "@opentelemetry/instrumentation-pino": "0.70.0",
  "@opentelemetry/instrumentation-winston": "0.69.0",
  "dd-trace": "6.21.0",
  pino: "10.4.0",
  winston: "3.19.0",
};
const TIMEOUT_MS = 60_000;

const { values: asked } = parseArgs({ options: { only: { type: "string" } } });
ensureInstalled();
ensureBuilt();
const { node } = ensureRuntime(NODE);
const folder = join(cache, "beside");
install();
let failed = 0;
for (const combination of combinations()) {
  const name = Object.values(combination).join(", ");
  if (asked.only && !name.includes(asked.only)) continue;
  const problems = await check(combination);
  console.log(`${problems.length === 0 ? "ok  " : "FAIL"} ${name}`);
  for (const problem of problems) console.log(`     ${problem}`);
  if (problems.length > 0) failed++;
}
if (failed > 0) {
  console.error(`${failed} combinations failed`);
  process.exit(1);
}

function install() {
  mkdirSync(folder, { recursive: true });
  for (const name of ["agents.cjs", "program.cjs"])
    copyFileSync(join(root, "test", "beside", name), join(folder, name));
  // npm takes a tarball of the same name for the one that it has.
  rmSync(join(folder, "node_modules", "@logbridge"), { recursive: true, force: true });
  const tarballs = [...packAll()].map(([name, tarball]) => [name, `file:${tarball}`]);
  const dependencies = { ...VERSIONS, ...Object.fromEntries(tarballs) };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }, null, 2));
  const args = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"];
  run("npm", [...args, "--loglevel=error", "--prefix", folder]);
}

/** @param {import("../test/beside/check.mjs").Combination} combination @returns {Promise<string[]>} what is wrong */
function check(combination) {
  const { agent, library, place, mode } = combination;
  const env = {
    ...process.env,
    DD_TRACE_ENABLED: "true",
    DD_LOGS_INJECTION: "true",
    DD_INSTRUMENTATION_TELEMETRY_ENABLED: "false",
    DD_REMOTE_CONFIGURATION_ENABLED: "false",
    DD_TRACE_STARTUP_LOGS: "false",
    // Nobody listens there.
    DD_TRACE_AGENT_URL: "http://127.0.0.1:9",
  };
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: TIMEOUT_MS };
    execFile(node, ["program.cjs", agent, library, place, mode], options, (error, stdout, stderr) => {
      if (error) resolve([`${error.message}\n${stderr}`]);
      else resolve(problemsOf(combination, JSON.parse(stdout)));
    });
  });
}
