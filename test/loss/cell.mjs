import { runProgram } from "./run-program.mjs";

/**
 * One cell of the table, on both sides.
 * @typedef {object} Cell
 * @property {readonly number[]} native lines kept in each run under the library's own logger
 * @property {readonly number[]} hosted the same as a sink of ours
 * @property {string | null} failure what is worse than it may be
 */

/**
 * Measures one cell. The comparison binds where all native runs agree; where they do not, the rest of them is spared.
 * @param {import("./rows.mjs").Row} row
 * @param {string} way
 * @param {{ readonly count: number, readonly runs: number, readonly compares: boolean }} plan
 * @returns {Promise<Cell>}
 */
export async function measure(row, way, { count, runs, compares }) {
  /** @type {number[]} */
  const native = [];
  do native.push((await runProgram(row, "native", way, count)).kept);
  while (native.length < runs && native.every((one) => one === native[0]));
  const binds = compares && native.length === runs && native.every((one) => one === native[0]);
  const mustKeep = row.keeps.includes(way);
  const wanted = mustKeep ? count : binds ? Number(native[0]) : 0;
  /** @type {number[]} */
  const hosted = [];
  /** @type {string[]} */
  const wrong = [];
  // Where the library itself keeps nothing, nothing can be worse.
  const enough = wanted > 0 ? runs : 1;
  while (hosted.length < enough) {
    const outcome = await runProgram(row, "hosted", way, count);
    hosted.push(outcome.kept);
    if (outcome.wrong) wrong.push(outcome.wrong);
  }
  const least = Math.min(...hosted);
  if (least < wanted)
    wrong.push(
      mustKeep
        ? `${least} of ${count} lines, where nothing may be missing`
        : `${least} lines, and ${wanted} under the library's own logger`,
    );
  return { native, hosted, failure: wrong[0] ?? null };
}
