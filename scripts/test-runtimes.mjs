// `npm run test:runtimes`: the tests, the demo and the packed packages on every supported version of Node.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currentRuntime, ensureRuntime, versions } from "./runtimes.mjs";
import { cache, ensureBuilt, ensureInstalled, environmentOf, root } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();

/** @param {string} version as `--node` takes it @returns {Record<string, string[]>} what is run with it: a name and the arguments of Node */
function stepsOf(version) {
  return {
    tests: [join("node_modules", "vitest", "vitest.mjs"), "run", "--reporter=dot"],
    demo: [join("examples", "legacy-service", "demo.mjs")],
    packages: [join("scripts", "test-packages.mjs"), "--only", "load,copies", "--node", version],
  };
}

const logs = join(cache, "runtimes");
mkdirSync(logs, { recursive: true });
let failed = 0;
const current = currentRuntime();
for (const version of [current.version, ...versions.filter((one) => one !== current.version)]) runOn(version);
process.exit(failed > 0 ? 1 : 0);

/** Runs the steps with one version and prints its line. @param {string} version */
function runOn(version) {
  const { node } = version === current.version ? current : ensureRuntime(version);
  const results = Object.entries(stepsOf(version === current.version ? "current" : version)).map(([name, args]) => {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(node, args, {
      cwd: root,
      env: environmentOf(node),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const log = join(logs, `${version}-${name}.log`);
    writeFileSync(log, `${stdout}${stderr}`);
    const seconds = Math.round((performance.now() - began) / 1000);
    if (status === 0) return `${name} ok (${seconds} s)`;
    failed += 1;
    console.error(`${stdout}${stderr}`.split("\n").slice(-60).join("\n"));
    return `${name} FAILED (${seconds} s, all output in ${log})`;
  });
  console.log(`Node ${version}: ${results.join(", ")}`);
}
