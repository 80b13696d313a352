import { table } from "./table.mjs";

const painted = (code) => (text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
const bold = painted(1);
const red = painted(31);
const green = painted(32);
const dim = painted(90);

/** The headline of one part of the demo. */
export const headline = (text) => `\n${bold(text)}\n`;

const clipped = (line) => (line.length > 116 ? `${line.slice(0, 115)}…` : line);

/**
 * What each of the program's own outputs holds, with its first lines.
 *
 * @param {readonly import("./comparison.mjs").Output[]} outputs
 * @param {Readonly<Record<string, string>>} writers who writes to which output
 * @returns {string}
 */
export function outputsText(outputs, writers) {
  return outputs
    .map(({ name, text, same }) => {
      const verdict = same ? green("the same bytes in both runs") : red("NOT the same bytes in both runs");
      const lines = text.split("\n").slice(0, -1);
      const first = lines.slice(0, 2).map((line) => dim(`  ${clipped(line)}`));
      return [`${bold(name)}: ${writers[name] ?? "unknown"}: ${lines.length} lines, ${verdict}`, ...first].join("\n");
    })
    .join("\n");
}

/**
 * The table of all sources, with a last line for their sum.
 *
 * @param {readonly import("./comparison.mjs").Row[]} rows
 * @returns {string}
 */
export function rowsText(rows) {
  const columns = ["before", "after", "unified", "lost", "doubled"];
  const sum = Object.fromEntries(
    columns.map((column) => [column, rows.reduce((total, row) => total + row[column], 0)]),
  );
  const cells = (row) => [
    row.source,
    ...columns.map((column) => {
      if (column !== "lost" && column !== "doubled") return String(row[column]);
      return row[column] === 0 ? green("0") : red(String(row[column]));
    }),
  ];
  const head = ["source", "records before", "records after", "in unified log", "lost", "doubled"];
  return table(head, [...rows, { source: "all", ...sum }].map(cells));
}

/**
 * The last word: what was checked and held, or all that is wrong.
 *
 * @param {readonly string[]} problems
 * @returns {string}
 */
export function verdictText(problems) {
  if (problems.length > 0) return [red("This is wrong:"), ...problems.map((text) => `- ${text}`)].join("\n");
  return green(
    "No record lost, none doubled, every output of the service unchanged, and the customers' secret nowhere.",
  );
}
