import { ENDED } from "./rows.mjs";

/** @typedef {import("./run-row.mjs").Outcome} Outcome */

/**
 * What is wrong with an outcome.
 * @param {import("./rows.mjs").Row} row
 * @param {Outcome} outcome
 * @returns {string[]} nothing: all is as it has to be
 */
export function faultsOf(row, { count, counts, stats, stderr, status }) {
  const wrong = [];
  if (status !== ENDED[row.ending ?? "complete"])
    wrong.push(`the program ended with ${status}: ${stderr.slice(0, 500)}`);
  const lost = count - counts.unique;
  // The sink's own record of what was lost may be among those that were rejected.
  const missing = row.accounts === "rejected" ? lost - counts.rejected : lost;
  const mayMiss = row.mayMiss?.(count) ?? 0;
  if (missing > mayMiss) wrong.push(`${missing} records are missing${mayMiss > 0 ? `, not ${mayMiss} at most` : ""}`);
  // What was under way when a process died may have arrived and lie on disk as well.
  const untold = counts.doubled - (row.spool ? counts.told : 0);
  if (untold > 0) wrong.push(`${untold} records came twice`);
  if (row.accounts) {
    if (lost === 0) wrong.push("nothing was rejected");
    if (stats?.dropped !== lost) wrong.push(`${stats?.dropped} in \`dropped\`, and ${lost} were rejected`);
    if (!/LB16\d\d/.test(stderr)) wrong.push("nothing was said on stderr");
  }
  if (stats && stats.pending > 0) wrong.push(`${stats.pending} are pending at the end`);
  if (stats && !row.spool && stats.sent !== counts.unique) wrong.push(`${stats.sent} are counted as sent`);
  return wrong;
}

/**
 * A cell of the table.
 * @param {import("./rows.mjs").Row} row
 * @param {Outcome} outcome
 */
export function cellOf(row, { count, counts, stats }) {
  const parts = [`${number(counts.unique)} of ${number(count)}`];
  if (row.accounts) parts.push(`${number(count - counts.unique)} rejected${stats ? ", counted, told" : ""}`);
  if (counts.doubled > 0) parts.push(`${number(counts.doubled)} twice, by \`log.record.uid\` ${number(counts.told)}`);
  return parts.join("; ");
}

/** @param {number} value */
const number = (value) => value.toLocaleString("en-US");
