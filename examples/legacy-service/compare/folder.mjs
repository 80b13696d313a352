import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * One hash for the names and contents of all files below a folder.
 *
 * @param {string} folder
 * @returns {Promise<string>} SHA-256, hexadecimal
 * @example
 * const before = await folderHash("service");
 */
export async function folderHash(folder) {
  const hash = createHash("sha256");
  const entries = (await readdir(folder, { withFileTypes: true })).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  for (const entry of entries) {
    const path = join(folder, entry.name);
    hash.update(`${entry.name}\0`).update(entry.isDirectory() ? await folderHash(path) : await readFile(path));
  }
  return hash.digest("hex");
}
