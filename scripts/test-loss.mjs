// `npm run test:loss`: what is left of 10,000 lines when a process ends in eight ways, for transports of winston, pino and log4js
// under their own loggers and as sinks of ours. Ours must never keep fewer.
// `--quick`: 1,000 lines, one run each. `--only pino,winston`: some of the libraries. `--update`: writes the tables into the docs.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measure } from "../test/loss/cell.mjs";
import { keyOf, tableOf, updatePage } from "../test/loss/page.mjs";
import { columns, rows } from "../test/loss/rows.mjs";
import { ensureBuilt, ensureInstalled, root } from "./workspace.mjs";

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    update: { type: "boolean", default: false },
    jobs: { type: "string", default: "2" },
  },
});
/** @type {readonly string[]} */
const libraries = asked.only?.split(",") ?? ["winston", "pino", "log4js"];
const chosen = rows.filter((row) => libraries.includes(row.library));
if (chosen.length === 0) throw new Error(`--only ${asked.only}: the libraries are winston, pino, log4js`);
if (asked.update && (asked.quick || asked.only)) throw new Error("--update wants the whole table");
// How fast the reader of a pipe was decides about some cells: one run proves nothing there.
const plan = asked.quick ? { count: 1000, runs: 1, compares: false } : { count: 10_000, runs: 5, compares: true };

ensureInstalled();
ensureBuilt();
const began = performance.now();
/** @type {Map<string, import("../test/loss/cell.mjs").Cell>} */
const cells = new Map();
const left = chosen.flatMap((row) => columns.map(([way, title]) => ({ row, way, title })));
const total = left.length;
/** @type {string[]} */
const failures = [];
await Promise.all(Array.from({ length: Number(asked.jobs) }, work));

const tables = [
  "Under the library's own logger:",
  tableOf(chosen, cells, "native"),
  "As a sink of logbridge:",
  tableOf(chosen, cells, "hosted"),
].join("\n\n");
console.log(`\nLines kept of ${plan.count}, the fewest and the most of up to ${plan.runs} runs\n\n${tables}\n`);
if (asked.update) updatePage(join(root, "docs", "durability-of-transports.md"), tables);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`${total - failures.length} of ${total} cells as they must be, in ${seconds} s`);
for (const failure of failures) console.log(failure);
process.exit(failures.length > 0 ? 1 : 0);

async function work() {
  for (let next = left.shift(); next; next = left.shift()) {
    const { row, way, title } = next;
    const cell = await measure(row, way, plan);
    cells.set(keyOf(row, way), cell);
    if (cell.failure) failures.push(`${row.title}, ${title}: ${cell.failure}`);
    console.log(`${row.title}, ${title}: ${cell.native} | ${cell.hosted}${cell.failure ? " FAILED" : ""}`);
  }
}
