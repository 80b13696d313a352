import { readFileSync, writeFileSync } from "node:fs";
import { columns } from "./rows.mjs";

const BEGIN = "<!-- measured by npm run test:loss -- --update -->";
const END = "<!-- end of what was measured -->";

/**
 * @param {readonly import("./rows.mjs").Row[]} rows
 * @param {ReadonlyMap<string, import("./cell.mjs").Cell>} cells by `keyOf`
 * @param {"native" | "hosted"} side
 * @returns {string} a table in Markdown
 */
export function tableOf(rows, cells, side) {
  const lines = rows.map((row) => {
    const found = columns.map(([way]) => cells.get(keyOf(row, way)));
    return [row.title, ...found.map((cell) => (cell ? range(cell[side]) : "–"))];
  });
  const head = ["transport", ...columns.map(([, title]) => title)];
  return [head, head.map((_, index) => (index === 0 ? "---" : "--:")), ...lines]
    .map((line) => `| ${line.join(" | ")} |`)
    .join("\n");
}

/** @param {import("./rows.mjs").Row} row @param {string} way */
export const keyOf = (row, way) => `${row.library} ${row.transport} ${way}`;

/** Puts the tables into their place in a page. @param {string} path @param {string} text */
export function updatePage(path, text) {
  const page = readFileSync(path, "utf8");
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${path} has no place for the tables`);
  writeFileSync(path, `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`);
}

/** @param {readonly number[]} runs */
function range(runs) {
  const [least, most] = [Math.min(...runs), Math.max(...runs)].map((one) => one.toLocaleString("en"));
  return least === most ? least : `${least} – ${most}`;
}
