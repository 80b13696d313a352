import { stripVTControlCharacters } from "node:util";

const width = (text) => stripVTControlCharacters(text).length;

/**
 * Draws a table: the first column to the left, the others, numbers, to the right.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows cells may be coloured
 * @returns {string} lines without a line end after the last
 * @example
 * table(["source", "lost"], [["pino", "0"]]);
 */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column])].map(width)));
  const padded = (cell, column) => {
    const space = " ".repeat(widths[column] - width(cell));
    return column === 0 ? cell + space : space + cell;
  };
  const rule = widths.map((size) => "-".repeat(size));
  return [head, rule, ...rows].map((cells) => cells.map(padded).join("  ")).join("\n");
}
