import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for files. The pieces are `{ file, text }`, by name.
 * @param {(name: string) => boolean} [takes] which files count; default: all but hidden ones and those that end with `audit.json`
 * @returns {import("../row.mjs").Standin}
 */
export function folder(takes = (name) => !name.startsWith(".") && !name.endsWith("audit.json")) {
  const path = mkdtempSync(join(tmpdir(), "transports-"));
  return {
    at: { folder: path },
    read: () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && takes(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => ({ file: file.slice(path.length + 1), text: readFileSync(file, "utf8") })),
    close: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The lines of all files, one after the other. @param {readonly { text: string }[]} files @returns {string[]} */
export function linesOf(files) {
  return files.flatMap(({ text }) => text.split("\n").filter((line) => line !== ""));
}
