// The project that has these libraries and our packages: what a user has after `npm install`.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, placePackages, root, run } from "../../scripts/workspace.mjs";

const here = join(root, "test", "console-libraries");

/**
 * Installs what the lock file names, where that has not been done, with our packages as they are built now.
 * @returns {string} the project's folder
 */
export function install() {
  const folder = join(cache, "console-libraries");
  const lock = join(here, "package-lock.json");
  const done = join(folder, "installed.json");
  if (!existsSync(done) || readFileSync(done, "utf8") !== readFileSync(lock, "utf8")) {
    console.log("installing libraries that take a logger …");
    mkdirSync(folder, { recursive: true });
    rmSync(done, { force: true });
    for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(here, file), join(folder, file));
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
    copyFileSync(lock, done);
  }
  placePackages(folder);
  // Programs resolve packages from their own place.
  rmSync(join(folder, "run"), { recursive: true, force: true });
  for (const part of ["setting.mjs", "types.mts", "programs"])
    cpSync(join(here, part), join(folder, "run", part), { recursive: true });
  return folder;
}
