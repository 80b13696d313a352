// The project that has one generation of OpenTelemetry's packages and ours: what a user has after `npm install`.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, placePackages, root, run } from "../../scripts/workspace.mjs";

const here = join(root, "test", "otel");

/**
 * Installs what the generation's lock file names, where that has not been done, with our packages as they are built now.
 * @param {string} generation the folder beside this file
 * @returns {string} the project's folder
 */
export function install(generation) {
  const folder = join(cache, "otel", generation);
  const lock = join(here, generation, "package-lock.json");
  const done = join(folder, "installed.json");
  if (!existsSync(done) || readFileSync(done, "utf8") !== readFileSync(lock, "utf8")) {
    console.log(`installing OpenTelemetry ${generation} …`);
    mkdirSync(folder, { recursive: true });
    rmSync(done, { force: true });
    for (const file of ["package.json", "package-lock.json"])
      copyFileSync(join(here, generation, file), join(folder, file));
    // Which versions of Node they are for is known: they run on one of these.
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
    copyFileSync(lock, done);
  }
  placePackages(folder);
  // Programs resolve packages from their own place.
  rmSync(join(folder, "run"), { recursive: true, force: true });
  for (const part of ["setting.mjs", "programs"])
    cpSync(join(here, part), join(folder, "run", part), { recursive: true });
  return folder;
}
