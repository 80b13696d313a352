// The process that logs: `node side.mjs <library> <row> native|bridged <where the backend is, as JSON>`, forked by run.mjs.
import { setImmediate as turn } from "node:timers/promises";
import { records } from "./records.mjs";

const [library, name, side, at] = /** @type {[string, string, "native" | "bridged", string]} */ (
  /** @type {unknown} */ (process.argv.slice(2))
);
/** @type {import("./row.mjs").Table} */
const table = await import(`./tables/${library}.mjs`);
const row = table.rows.find((one) => one.name === name);
if (!row) throw new Error(`${library} has no transport ${name}`);

const session = await table[side](row, JSON.parse(at));
const { takes = () => true } = row;
for (const [index, entry] of records().filter(takes).entries()) {
  session.log(entry);
  // A program does something else now and then.
  if (index % 10 === 9) await turn();
}
await session.complete();
await told("completed");
await session.remove();
await told("removed");
process.disconnect();

/** Says how far this side is and waits until the backend has been looked at. @param {string} phase */
function told(phase) {
  return new Promise((resolve) => {
    process.once("message", resolve);
    process.send?.(phase);
  });
}
