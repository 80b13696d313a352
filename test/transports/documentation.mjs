// The tables of docs/transports.md, made from the rows.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/workspace.mjs";

const file = join(root, "docs", "transports.md");

const DELIVERS = { complete: "`complete()`", remove: "`remove()`", timer: "its own timer" };

/**
 * A library's table and the reasons under it: what stands between `<!-- library -->` and `<!-- /library -->`.
 * @param {readonly import("./row.mjs").Row[]} rows
 * @param {(name: string) => string} versionOf
 * @returns {string}
 */
export function tableOf(rows, versionOf) {
  const head = ["transport", "version", "what is special about it", "all is there after", "what differs"];
  const lines = rows.map(({ name, package: from, kind, delivers = "complete", note, differs = [] }) => [
    name,
    versionOf(from),
    kind,
    DELIVERS[delivers],
    [...(note ? [note] : []), ...differs.map(({ what }) => what)].join("; "),
  ]);
  const table = [head, head.map(() => "---"), ...lines];
  const reasons = new Set(rows.flatMap(({ differs = [] }) => differs.map(({ what, why }) => `- ${what}: ${why}.`)));
  return [
    ...table.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`),
    "",
    ...reasons,
  ].join("\n");
}

/**
 * @param {string} library
 * @param {string} table
 * @returns {boolean} true when the page has this table
 */
export function isDocumented(library, table) {
  return readFileSync(file, "utf8").includes(between(library, table));
}

/** Puts the table into the page. @param {string} library @param {string} table */
export function write(library, table) {
  const text = readFileSync(file, "utf8");
  const place = new RegExp(between(library, "[\\s\\S]*?"));
  if (!place.test(text)) throw new Error(`docs/transports.md has no place for ${library}: ${between(library, "…")}`);
  writeFileSync(
    file,
    text.replace(place, () => between(library, table)),
  );
}

/** @param {string} library @param {string} table */
function between(library, table) {
  return `<!-- ${library} -->\n${table}\n<!-- /${library} -->`;
}
