// `npm run bench [-- SUITE …] [--rounds N] [--only TEXT] [--node VERSION] [--quick] [--stock] [--update]`: figures against peers, in one run.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { currentRuntime, ensureRuntime } from "../scripts/runtimes.mjs";
import { cache, ensureBuilt, ensureInstalled } from "../scripts/workspace.mjs";

/**
 * What a suite is told.
 * @typedef {object} RunOptions
 * @property {number} rounds
 * @property {{ version: string, node: string }} runtime
 * @property {string} only rows whose name has this text
 * @property {boolean} quick fewer records
 * @property {boolean} stock OpenTelemetry's own SDK beside us
 * @property {boolean} update the page that shows the results
 */

const suites = ["core", "console", "otel", "otel-fidelity", "otel-loss"];
const { values, positionals } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    node: { type: "string" },
    quick: { type: "boolean", default: false },
    stock: { type: "boolean", default: false },
    update: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const names = positionals.length === 0 ? ["core"] : positionals;
const unknown = names.find((name) => !suites.includes(name));
const rounds = Number(values.rounds);
if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error(
    `usage: npm run bench -- [${suites.join(" | ")}] [--rounds N] [--only TEXT] [--node VERSION] [--quick] [--stock] [--update]`,
  );
  process.exit(2);
}
ensureInstalled();
ensureBuilt();

const { runSuite } = await import("./suite.mjs");
const runtime = values.node ? ensureRuntime(values.node) : currentRuntime();
const { only, quick, stock, update } = values;
let failed = false;
for (const name of names) {
  const suite = await import(`./suites/${name}.mjs`);
  const options = { rounds, runtime, only, quick, stock, update };
  const outcome = suite.rows ? { failed: false, results: await runSuite(name, options) } : await suite.run(options);
  failed ||= outcome.failed;
  const folder = join(cache, "bench");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-node-${runtime.version}.json`);
  writeFileSync(file, `${JSON.stringify(outcome.results, null, 2)}\n`);
  console.log(`\nall figures: ${file}`);
}
process.exitCode = failed ? 1 : 0;
