import { availableParallelism } from "node:os";
import { rows } from "../loss/rows.mjs";
import { runRow } from "../loss/run-row.mjs";
import { cellOf, faultsOf } from "../loss/verdict.mjs";

/** @typedef {import("../loss/rows.mjs").Row} Row */
/** @typedef {{ by: "logbridge" | "stock", protocol: string, count: number }} Run */

const PROTOCOLS = ["http/protobuf", "http/json", "grpc"];

/**
 * What arrives of numbered records when collectors and processes fail, by each protocol; most of the time is waiting, so several rows run
 * at once. `quick`: a tenth of the records; `stock`: beside OpenTelemetry's own SDK with its defaults.
 *
 * @param {import("../run.mjs").RunOptions} options
 */
export async function run({ only, quick, stock }) {
  const count = quick ? 2_000 : 20_000;
  const chosen = rows.filter(({ what }) => what.includes(only));
  /** @type {Run[]} */
  const runs = PROTOCOLS.flatMap((protocol) => [
    { by: "logbridge", protocol, count },
    ...(stock ? [{ by: /** @type {const} */ ("stock"), protocol, count }] : []),
  ]);
  const heads = ["", ...runs.map(({ by, protocol }) => (by === "stock" ? `${protocol}, stock SDK` : protocol))];
  console.log(lineOf(heads));
  console.log(lineOf(heads.map(() => "---")));
  const tasks = chosen.flatMap((row) => runs.map((one) => () => cell(row, one)));
  const waiting = inTurn(tasks, availableParallelism() + 2);
  const results = [];
  for (const [index, row] of chosen.entries()) {
    const cells = await Promise.all(waiting.slice(index * runs.length, (index + 1) * runs.length));
    console.log(lineOf([row.what, ...cells.map(({ text }) => text)]));
    results.push({ what: row.what, cells });
  }
  const faults = results.flatMap(({ what, cells }) =>
    cells.flatMap(({ protocol, faults }) => faults.map((fault) => `${what}, ${protocol}: ${fault}`)),
  );
  console.log(faults.length === 0 ? "\nnothing is lost that need not be" : `\n${faults.join("\n")}`);
  return { failed: faults.length > 0, results };
}

/** @param {Row} row @param {Run} one */
async function cell(row, one) {
  const { by, protocol } = one;
  try {
    const outcome = await runRow(row, one);
    const faults = by === "stock" ? [] : faultsOf(row, outcome);
    const text = faults.length > 0 ? `**${cellOf(row, outcome)}**` : cellOf(row, outcome);
    return { by, protocol, text, faults, outcome: { ...outcome, stderr: outcome.stderr.slice(0, 2_000) } };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { by, protocol, text: "**failed**", faults: by === "stock" ? [] : [fault], outcome: null };
  }
}

/** Begins them in their order, so many at a time; none of them rejects. @template T @param {readonly (() => Promise<T>)[]} tasks @param {number} places @returns {Promise<T>[]} */
function inTurn(tasks, places) {
  /** @type {((result: T) => void)[]} */
  const settle = [];
  const results = tasks.map((_, index) => new Promise((resolve) => (settle[index] = resolve)));
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const index = next++;
      settle[index]?.(await /** @type {() => Promise<T>} */ (tasks[index])());
    }
  };
  for (let place = 0; place < places; place++) void lane();
  return results;
}

/** @param {readonly string[]} cells */
const lineOf = (cells) => `| ${cells.join(" | ")} |`;
