import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { peers, receivedFrom, tableOf, withTable } from "../fidelity/table.mjs";

const PAGE = fileURLToPath(new URL("../../packages/adapter-otel/README.md", import.meta.url));

/**
 * What is left of twelve records on the way to a receiver; `update`: in the package's README, too.
 * @param {import("../run.mjs").RunOptions} options
 */
export async function run({ update }) {
  const [ours, ...theirs] = await Promise.all(["logbridge", ...peers.map(({ side }) => side)].map(receivedFrom));
  const table = tableOf(/** @type {NonNullable<typeof ours>} */ (ours), theirs);
  console.log(table);
  if (update) writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), table));
  return { failed: false, results: table.split("\n") };
}
