// `npm run test:runtimes`: tests, demo and packed packages on the other versions of Node; a line for each.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureRuntime, versions } from "./runtimes.mjs";
import { ensureBuilt, ensureInstalled, root } from "./workspace.mjs";

ensureInstalled();
ensureBuilt();

/** What runs on each version, by the Node of that version. */
const suites = [
  ["tests", [join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--no-color"]],
  ["demo", [join(root, "examples", "legacy-service", "demo.mjs")]],
];

let failed = 0;
for (const version of versions) {
  const { node } = ensureRuntime(version);
  const results = suites.map(([name, args]) => {
    const began = Date.now();
    // Programs that the tests start find this Node first.
    const env = { ...process.env, PATH: `${join(node, "..")}:${process.env.PATH}` };
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: root, encoding: "utf8", env, maxBuffer: 1 << 28 });
    const seconds = Math.round((Date.now() - began) / 1000);
    if (status === 0) return `${name} passed${counted(stdout)} in ${seconds} s`;
    failed++;
    console.error(`${stdout}\n${stderr}`);
    return `${name} FAILED`;
  });
  console.log(`Node ${version}: ${results.join(", ")}`);
}
process.exit(failed === 0 ? 0 : 1);

/** @param {string} output what vitest printed */
function counted(output) {
  const [, passed] = /Tests\s+(\d+) passed/.exec(output) ?? [];
  return passed === undefined ? "" : ` (${passed})`;
}
