// The packages as they will be published.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, packages } from "./workspace.mjs";

/**
 * Packs every package.
 * @returns {ReadonlyMap<string, string>} package name → absolute path of its tarball
 */
export function packAll() {
  const folder = join(cache, "tarballs");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return new Map(packages().map((one) => [one.name, pack(one.folder, folder)]));
}

/**
 * Packs one folder.
 * @param {string} folder the package's folder
 * @param {string} destination where the tarball goes
 * @returns {string} absolute path of the tarball
 */
export function pack(folder, destination) {
  const args = ["pack", folder, "--json", "--ignore-scripts", "--pack-destination", destination];
  const output = execFileSync("npm", args, { encoding: "utf8", shell: process.platform === "win32" });
  const [{ filename }] = JSON.parse(output);
  return join(destination, filename);
}
