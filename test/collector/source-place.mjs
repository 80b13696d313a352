// Where a call stands, as a reader of the file would say it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * @param {string} url of a module
 * @param {string} mark a comment that stands once in it
 * @returns {{ file: string, line: number }} lines from 1
 */
export function placeOf(url, mark) {
  const file = fileURLToPath(url);
  const lines = readFileSync(file, "utf8").split("\n");
  const found = lines.flatMap((line, index) => (line.endsWith(`// ${mark}`) ? [index + 1] : []));
  if (found.length !== 1) throw new Error(`${mark} stands ${found.length} times in ${url}`);
  return { file, line: /** @type {number} */ (found[0]) };
}
