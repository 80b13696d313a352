// Runs the tables of a folder and says which rows differ: `npm run test:conformance -- FOLDER`.
import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { shown } from "./compare.ts";
import { readDecisions } from "./decisions.ts";
import { type Difference, runTable } from "./report.ts";
import { runners } from "./runners.ts";
import { readTable } from "./table.ts";

const DIFFERENCES = fileURLToPath(new URL("../../../../docs/loguru-differences.md", import.meta.url));
const OWN = fileURLToPath(new URL("../fixtures/conformance", import.meta.url));

function print(title: string, differences: readonly Difference[]): void {
  for (const { id, expected, got } of differences)
    console.log(`  ${title} ${id}\n    expected ${shown(expected)}\n    got      ${shown(got)}`);
}

async function main(folder: string, verbose: boolean): Promise<boolean> {
  const decisions = readDecisions(readFileSync(DIFFERENCES, "utf8"));
  let right = true;
  for (const runner of runners) {
    const rows = readTable(folder, runner.table);
    if (!rows) {
      console.log(`${runner.table}: there is no such table in ${folder}`);
      continue;
    }
    const { passed, failed, decided, agreed, skipped } = await runTable(runner, rows, decisions);
    console.log(
      `${runner.table}: ${passed} passed, ${failed.length} failed, ${decided.length} differing by decision (${skipped} for Python alone not run)`,
    );
    print("failed", failed);
    if (verbose) print("decided", decided);
    else if (decided.length > 0) console.log(`  by decision: ${decided.map(({ id }) => id).join(", ")}`);
    if (agreed.length > 0) console.log(`  no longer different: ${agreed.join(", ")}`);
    right &&= failed.length === 0;
  }
  const known = runners.map(({ table }) => `${table}.json`);
  const others = readdirSync(folder).filter((name) => name.endsWith(".json") && !known.includes(name));
  if (others.length > 0) console.log(`no runner: ${others.map((name) => basename(name, ".json")).join(", ")}`);
  return right;
}

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith("--"));
const right = await main(folder ? resolve(folder) : OWN, args.includes("--verbose"));
process.exit(right ? 0 : 1);
