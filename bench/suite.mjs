import { cpus } from "node:os";
import { browserSize } from "./browser-size.mjs";
import { loguruMissing, turnOf } from "./contest.mjs";
import { median, spread } from "./statistics.mjs";

/** @typedef {import("./contest.mjs").Turn} Turn */
/** @typedef {import("./suites/core.mjs").Row} Row */

/**
 * Runs the rows of a suite, prints their table and gives everything that was measured.
 *
 * @param {string} name
 * @param {{ rounds: number, runtime: { version: string, node: string }, only: string }} options
 */
export async function runSuite(name, { rounds, runtime, only }) {
  const { rows } = await import(`./suites/${name}.mjs`);
  const chosen = /** @type {readonly Row[]} */ (rows).filter(({ work }) => work.includes(only));
  const missing = chosen.some(({ theirs }) => theirs.name === "loguru") ? loguruMissing() : null;
  console.log(
    `Node ${runtime.version}, ${cpus()[0]?.model}, ${rounds} rounds, CPU time of a record in ns (wall in brackets)\n`,
  );
  console.log(["figure", "target", "spread", "ours", "theirs", "work", "durability"].join(" | "));
  const results = [];
  for (const row of chosen) {
    if (missing && row.theirs.name === "loguru") {
      console.log(`not run | ${row.target} | - | - | - | ${row.work} | ${missing}`);
      continue;
    }
    const result = await contest(row, rounds, runtime.node);
    results.push(result);
    console.log(lineOf(result));
  }
  const size = name === "core" && ("browser".includes(only) || only === "") ? await browserSize() : null;
  if (size)
    console.log(
      `${(size.gzipped / 1000).toFixed(1)} kB | 10 kB | - | ${size.minified} bytes | - | browser bundle, min+gzip: logger, templates, console sink | -`,
    );
  return { node: runtime.version, cpu: cpus()[0]?.model, rounds, rows: results, browser: size };
}

/** The contenders take turns, so that whatever else the machine does meets both. @param {Row} row @param {number} rounds @param {string} node */
async function contest(row, rounds, node) {
  /** @type {Turn[]} */
  const ours = [];
  /** @type {Turn[]} */
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    // Who begins changes too.
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    for (const turns of order) turns.push(await counted(turns === ours ? row.ours : row.theirs, node));
  }
  const figures = ours.map((turn, round) => figureOf(row, turn.cpu, /** @type {Turn} */ (theirs[round]).cpu));
  return {
    ...row,
    figureNow: figureOf(row, cpuOf(ours), cpuOf(theirs)),
    spread: spread(figures),
    turns: { ours, theirs },
  };
}

/** @param {import("./suites/core.mjs").Contender} contender @param {string} node @returns {Promise<Turn>} */
async function counted(contender, node) {
  const turn = await turnOf(contender, node);
  if (turn.lines !== null && turn.lines !== contender.count)
    throw new Error(`${contender.name} at ${contender.work}: ${turn.lines} lines in the file, not ${contender.count}`);
  return turn;
}

/** @param {Row} row @param {number} ours @param {number} theirs */
function figureOf(row, ours, theirs) {
  if (row.figure === "ours - theirs") return ours - theirs;
  return row.figure === "theirs / ours" ? theirs / ours : ours / theirs;
}

/** @param {readonly Turn[]} turns */
const cpuOf = (turns) => median(turns.map(({ cpu }) => cpu));
/** @param {readonly Turn[]} turns */
const wallOf = (turns) => median(turns.map(({ wall }) => wall));

/** @param {Awaited<ReturnType<typeof contest>>} result */
function lineOf(result) {
  const { turns, target, figure } = result;
  const smaller = figure !== "theirs / ours";
  const met = smaller ? result.figureNow <= target : result.figureNow >= target;
  const unit = figure === "ours - theirs" ? " ns" : " ×";
  return [
    `${result.figureNow.toFixed(2)}${unit}`,
    target === 0 ? "-" : `${smaller ? "≤" : "≥"} ${target}${unit}${met ? "" : " (not met)"}`,
    `${Math.round(result.spread * 100)} %`,
    shown(turns.ours),
    shown(turns.theirs),
    result.work,
    result.durability,
  ].join(" | ");
}

/** @param {readonly Turn[]} turns */
function shown(turns) {
  const digits = cpuOf(turns) < 100 ? 1 : 0;
  return `${cpuOf(turns).toFixed(digits)} (${wallOf(turns).toFixed(digits)})`;
}
