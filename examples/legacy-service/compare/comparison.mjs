import { counted, surplus } from "./multiset.mjs";
import { normalise } from "./normalise.mjs";
import { textOf } from "./sources.mjs";
import { recordsOf, UNIFIED_JSON, UNIFIED_LOG, withoutColoured } from "./unified.mjs";

/**
 * @typedef {object} Row one source of records, before and after
 * @property {string} source
 * @property {number} before records in its own outputs, as the program is
 * @property {number} after records in its own outputs, bridged
 * @property {number} unified records in the unified log
 * @property {number} lost records that are missing in its own outputs or in the unified log
 * @property {number} doubled records that are there too often in its own outputs or in the unified log
 *
 * @typedef {object} Output one file or stream that the program itself writes
 * @property {string} name
 * @property {string} text what the bridged run wrote
 * @property {boolean} same equal in both runs, but for times, process ids and ports
 *
 * @typedef {object} Comparison
 * @property {Row[]} rows sources that have written nothing at all are left out
 * @property {Output[]} outputs
 * @property {string[]} problems all that is wrong, one sentence each; empty when nothing is
 */

const SHOWN = 5;

function listed(entries) {
  const shown = entries.slice(0, SHOWN).map(([key, count]) => (count === 1 ? key : `${key} (${count} times)`));
  return entries.length > SHOWN ? `${shown.join(", ")} and ${entries.length - SHOWN} more` : shown.join(", ");
}

const keysOf = (source, records) => records.map(source.unified).filter((key) => key !== null);
const total = (entries) => entries.reduce((sum, [, count]) => sum + count, 0);
const larger = (left, right) => (total(left) > total(right) ? left : right);

function compareSource(source, plain, bridged, records, problems) {
  const before = counted(source.native(plain));
  const places = {
    "its own output": counted(source.native(bridged)),
    "the unified log": counted(keysOf(source, records)),
  };
  let lost = [];
  let doubled = [];
  for (const [place, found] of Object.entries(places)) {
    const missing = surplus(before, found);
    const extra = surplus(found, before);
    if (missing.length > 0) problems.push(`${source.name}: lost in ${place}: ${listed(missing)}`);
    if (extra.length > 0) problems.push(`${source.name}: too often in ${place}: ${listed(extra)}`);
    lost = larger(lost, missing);
    doubled = larger(doubled, extra);
  }
  const [after, unified] = Object.values(places).map((counts) => total([...counts]));
  return {
    source: source.name,
    before: total([...before]),
    after,
    unified,
    lost: total(lost),
    doubled: total(doubled),
  };
}

function compareOutputs(plain, bridged, problems) {
  const names = [...new Set([...plain.files.keys(), ...bridged.files.keys()])].sort();
  return [...names, "stdout", "stderr"].map((name) => {
    const text = textOf(bridged, name);
    const same = normalise(textOf(plain, name), plain.dir) === normalise(text, bridged.dir);
    if (!same) problems.push(`${name}: not the same bytes in both runs; ${firstDifference(plain, bridged, name)}`);
    return { name, text, same };
  });
}

function firstDifference(plain, bridged, name) {
  const [left, right] = [plain, bridged].map((run) => normalise(textOf(run, name), run.dir).split("\n"));
  const at = left.findIndex((line, index) => line !== right[index]);
  const index = at === -1 ? left.length : at;
  return `line ${index + 1} was ${JSON.stringify(left[index] ?? null)}, is ${JSON.stringify(right[index] ?? null)}`;
}

function findSecret(run, title, secret, problems) {
  for (const [name, text] of [...run.files, ["stdout", run.stdout], ["stderr", run.stderr]])
    if (text.includes(secret)) problems.push(`${title}: ${name} holds the secret`);
}

/**
 * Compares a program as it is with the same program bridged: records one by one, the bytes of its own outputs, and whether a
 * secret shows anywhere.
 *
 * @param {object} options
 * @param {import("./run.mjs").Run} options.plain
 * @param {import("./run.mjs").Run} options.bridged has written the two files of `unified.mjs` besides
 * @param {readonly import("./sources.mjs").Source[]} options.sources every record belongs to exactly one
 * @param {string} options.secret what no output may hold
 * @returns {Comparison}
 * @example
 * const { rows, problems } = compareRuns({ plain, bridged, sources: [markedSource("pino", ["worker.log"])], secret: "hunter2" });
 */
export function compareRuns({ plain, bridged, sources, secret }) {
  const problems = [];
  for (const [title, { code, stderr }] of Object.entries({ "as it is": plain, bridged }))
    if (code !== 0) problems.push(`${title}: ended with ${code}: ${stderr.trim().slice(-2000)}`);

  const { [UNIFIED_LOG]: coloured = "", [UNIFIED_JSON]: json = "", ...own } = Object.fromEntries(bridged.files);
  const { own: stderr, missing } = withoutColoured(bridged.stderr, coloured);
  if (missing > 0) problems.push(`bridged: ${missing} lines of ${UNIFIED_LOG} were not on stderr`);
  const after = { ...bridged, stderr, files: new Map(Object.entries(own)) };

  const records = recordsOf(json);
  const strangers = records.filter(
    (record) => sources.filter((source) => source.unified(record) !== null).length !== 1,
  );
  for (const record of strangers) problems.push(`no single source wrote ${JSON.stringify(record)}`);

  const rows = sources
    .map((source) => compareSource(source, plain, after, records, problems))
    .filter((row) => row.before + row.after + row.unified > 0);
  const outputs = compareOutputs(plain, after, problems);
  findSecret(plain, "as it is", secret, problems);
  findSecret(bridged, "bridged", secret, problems);
  return { rows, outputs, problems };
}
