import { normalise } from "./normalise.mjs";

/**
 * Where records come from. How many a source wrote is read from its own outputs (`native`), how many arrived is read from
 * the unified log (`unified`). Both name a record by a key; equal keys are the same record.
 *
 * @typedef {object} Source
 * @property {string} name
 * @property {readonly string[]} outputs where its own lines are: files of the log folder, `stdout`, `stderr`
 * @property {(run: import("./run.mjs").Run) => string[]} native
 * @property {(record: Record<string, any>) => string | null} unified null: not a record of this source
 */

/**
 * @param {import("./run.mjs").Run} run
 * @param {string} output a file of the log folder, `stdout` or `stderr`
 * @returns {string} its text, empty where the program wrote no such file
 */
export function textOf(run, output) {
  return output === "stdout" || output === "stderr" ? run[output] : (run.files.get(output) ?? "");
}

const linesOf = (run, outputs) => outputs.flatMap((output) => textOf(run, output).split("\n"));

/**
 * A source whose calls carry a marker in their text: `[winston:login:r02]`.
 *
 * @param {string} name the source: the first word of its markers, and the origin that its records must have
 * @param {readonly string[]} outputs
 * @returns {Source}
 */
export function markedSource(name, outputs) {
  const marker = new RegExp(`\\[${name}:[^\\]]+\\]`, "g");
  return {
    name,
    outputs,
    // A line may say its own marker twice: an error's message stands in its stack too.
    native: (run) => linesOf(run, outputs).flatMap((line) => [...new Set(line.match(marker))]),
    unified: (record) => (record.origin?.name === name ? (JSON.stringify(record).match(marker)?.[0] ?? null) : null),
  };
}

/**
 * A source that knows nothing of markers, such as a library of somebody else. Two patterns find its records; their groups
 * together are the key.
 *
 * @param {string} name
 * @param {readonly string[]} outputs
 * @param {{ line: RegExp, record: RegExp, read: (record: Record<string, any>) => string }} patterns `line` for a line of its
 *   own output, `record` for what `read` takes from a unified record
 * @returns {Source}
 */
export function foreignSource(name, outputs, { line, record, read }) {
  const keyOf = (pattern, text) => {
    const found = pattern.exec(text);
    return found && normalise(Object.values(found.groups).join(" "));
  };
  return {
    name,
    outputs,
    native: (run) => linesOf(run, outputs).flatMap((each) => keyOf(line, each) ?? []),
    unified: (each) => keyOf(record, read(each)),
  };
}

/** What Node itself warns about, such as a deprecated call in a library: it prints that through `console.error`. */
export const NODE_WARNINGS = foreignSource("Node's warnings (console)", ["stderr"], {
  line: /^\(node:\d+\) (?<warning>.*)/,
  read: (record) => String(record.message),
  record: /^\(node:\d+\) (?<warning>.*)/,
});
