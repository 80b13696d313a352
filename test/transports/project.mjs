// The project that has a library, its transports and our packages: what a user has after `npm install`.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, placePackages, readJson, root, run } from "../../scripts/workspace.mjs";

const here = join(root, "test", "transports");

/**
 * Installs what a table's `<library>.versions.json` names, where that has not been done, with our packages as they are built now.
 * One copy of the library is there for all transports, whatever version they ask for.
 * @param {string} library
 * @returns {string} the project's folder
 */
export function install(library) {
  const folder = join(cache, "transports", library);
  const file = join(folder, "package.json");
  const versions = readJson(join(here, "tables", `${library}.versions.json`));
  const { dependencies, shared } = versions;
  const overrides = Object.fromEntries(shared.map((/** @type {string} */ name) => [name, `$${name}`]));
  const manifest = JSON.stringify(
    { name: "somebody", private: true, type: "module", dependencies, overrides },
    null,
    2,
  );
  const done = join(folder, "installed");
  if (!existsSync(done) || readFileSync(done, "utf8") !== manifest) {
    console.log(`installing ${Object.keys(dependencies).length} packages for ${library} …`);
    mkdirSync(folder, { recursive: true });
    rmSync(done, { force: true });
    writeFileSync(file, manifest);
    const quietly = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", "--ignore-scripts", "--legacy-peer-deps", ...quietly], { cwd: folder });
    writeFileSync(done, manifest);
  }
  placePackages(folder);
  // The process that logs resolves packages from its own place.
  rmSync(join(folder, "run"), { recursive: true, force: true });
  for (const part of ["records.mjs", "row.mjs", "side.mjs", "standins", "tables"])
    cpSync(join(here, part), join(folder, "run", part), { recursive: true });
  return folder;
}

/**
 * The version of an installed package.
 * @param {string} folder
 * @param {string} name
 * @returns {string}
 */
export function versionOf(folder, name) {
  return String(readJson(join(folder, "node_modules", name, "package.json"))["version"]);
}
