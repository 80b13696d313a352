// `npm run test:transports`: real transports with the same records, once through their own library and once through logbridge.
// `--only winston,pino` takes some of the libraries, `--name syslog` some of the transports, `--install-only` stops after the installation,
// `--jobs 1` runs one transport at a time, `--docs` only writes the tables of docs/transports.md, `--no-build` takes the packages as they were built last.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "../test/transports/compare.mjs";
import { isDocumented, tableOf, write } from "../test/transports/documentation.mjs";
import { install, versionOf } from "../test/transports/project.mjs";
import { COUNT } from "../test/transports/records.mjs";
import { run } from "../test/transports/run.mjs";
import { ensureBuilt, ensureInstalled, root } from "./workspace.mjs";

const tables = join(root, "test", "transports", "tables");
const all = ["winston", "pino", "log4js"].filter((library) => existsSync(join(tables, `${library}.mjs`)));

const { values: asked } = parseArgs({
  options: {
    only: { type: "string" },
    name: { type: "string" },
    jobs: { type: "string", default: "2" },
    "install-only": { type: "boolean", default: false },
    "no-build": { type: "boolean", default: false },
    docs: { type: "boolean", default: false },
  },
});
const libraries = asked.only?.split(",") ?? all;
const unknown = libraries.filter((library) => !all.includes(library));
if (unknown.length > 0) throw new Error(`--only ${unknown}: the libraries are ${all}`);

ensureInstalled();
if (!asked["no-build"]) ensureBuilt();
const began = performance.now();
/** @type {string[]} */
const outdated = [];
/** @type {{ library: string, folder: string, row: import("../test/transports/row.mjs").Row }[]} */
const work = [];
for (const library of libraries) {
  const folder = install(library);
  /** @type {import("../test/transports/row.mjs").Table} */
  const { rows } = await import(`../test/transports/tables/${library}.mjs`);
  const chosen = rows.filter(({ name }) => asked.name === undefined || name.includes(asked.name));
  const documented = tableOf(rows, (name) => versionOf(folder, name));
  if (asked.docs) write(library, documented);
  else if (!isDocumented(library, documented)) outdated.push(library);
  work.push(...chosen.map((row) => ({ library, folder, row })));
}
if (asked["install-only"] || asked.docs) process.exit(0);

/** @type {{ library: string, cells: readonly string[], failed: boolean }[]} */
const done = [];
let next = 0;
await Promise.all(Array.from({ length: Math.max(1, Number(asked.jobs)) }, worker));
for (const library of libraries) table(library);
const failed = done.filter((one) => one.failed).length;
if (outdated.length > 0) console.log(`docs/transports.md is out of date for ${outdated}: run with --docs`);
console.log(`${done.length - failed} passed, ${failed} failed`);
console.log(`in ${Math.round((performance.now() - began) / 1000)} s`);
process.exit(failed > 0 || outdated.length > 0 || done.length === 0 ? 1 : 0);

async function worker() {
  for (;;) {
    const index = next++;
    const one = work[index];
    if (!one) return;
    const { library, folder, row } = one;
    const start = performance.now();
    const native = await run(folder, library, row, "native");
    const bridged = await run(folder, library, row, "bridged");
    const { native: theirs, bridged: ours, equal, problems, remarks } = compare(row, native, bridged);
    const bad = problems.length > 0;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `  ${bad ? "FAIL" : "ok  "}  ${library}: ${row.shows ? `${row.shows}: ` : ""}${row.name} (${seconds} s)`,
    );
    for (const problem of problems) console.log(problem.replace(/^/gm, "        "));
    const differs = (row.differs ?? []).map(({ what }) => what);
    const note = [...remarks, ...(differs.length > 0 ? [`apart from ${differs.join(", ")}`] : [])].join("; ");
    const cells = [
      row.name,
      versionOf(folder, row.package),
      `${theirs}/${COUNT}`,
      `${ours}/${COUNT}`,
      bad ? "NO" : String(equal),
      note,
    ];
    done[index] = { library, failed: bad, cells };
  }
}

/** @param {string} library */
function table(library) {
  const lines = done.filter((one) => one.library === library).map(({ cells }) => cells);
  const head = [library, "version", "native", "bridged", "equal", "note"];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...lines].map((cells) => (cells[column] ?? title).length)),
  );
  console.log("");
  for (const cells of [head, ...lines])
    console.log(cells.map((cell, column) => cell.padEnd(column === 5 ? 0 : (widths[column] ?? 0))).join("  "));
  console.log("");
}
