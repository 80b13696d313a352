// `npm run bench [-- SUITE] [--rounds N] [--only TEXT] [--node VERSION]`: figures against peers, in one run.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { currentRuntime, ensureRuntime } from "../scripts/runtimes.mjs";
import { cache, ensureBuilt, ensureInstalled } from "../scripts/workspace.mjs";

const suites = ["core"];
const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, only: { type: "string" }, node: { type: "string" } },
  allowPositionals: true,
});
const names = positionals.length === 0 ? suites : positionals;
const unknown = names.find((name) => !suites.includes(name));
const rounds = Number(values.rounds);
if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`usage: npm run bench -- [${suites.join(" | ")}] [--rounds N] [--only TEXT] [--node VERSION]`);
  process.exit(2);
}
ensureInstalled();
ensureBuilt();

const { runSuite } = await import("./suite.mjs");
const runtime = values.node ? ensureRuntime(values.node) : currentRuntime();
for (const name of names) {
  const results = await runSuite(name, { rounds, runtime, only: values.only ?? "" });
  const folder = join(cache, "bench");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-node-${runtime.version}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nall figures: ${file}`);
}
