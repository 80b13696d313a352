// What the other scripts know of the workspace. Built-ins only: this runs before anything is installed.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is made by a script and is not worth committing. */
export const cache = join(root, ".cache");

/**
 * A published package of the workspace.
 * @typedef {object} Package
 * @property {string} name as npm knows it
 * @property {string} folder absolute path
 * @property {Record<string, any>} manifest its package.json
 */

/** @returns {readonly Package[]} the packages, each after those of the workspace that it needs */
export function packages() {
  const found = readdirSync(join(root, "packages"))
    .map((entry) => join(root, "packages", entry))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: readJson(join(folder, "package.json")) }))
    .map(({ folder, manifest }) => ({ name: String(manifest.name), folder, manifest }));
  /** @type {Package[]} */
  const ordered = [];
  while (ordered.length < found.length) {
    const next = found.find(
      (one) => !ordered.includes(one) && needs(one, found).every((name) => ordered.some((done) => done.name === name)),
    );
    if (!next) throw new Error("The packages need each other in a circle");
    ordered.push(next);
  }
  return ordered;
}

/** @param {Package} one @param {readonly Package[]} all */
function needs(one, all) {
  const { dependencies, peerDependencies } = one.manifest;
  return Object.keys({ ...dependencies, ...peerDependencies }).filter((name) =>
    all.some((other) => other.name === name),
  );
}

/**
 * The entries of a package: its subpath and its source file.
 * @param {Package} one
 * @returns {readonly { subpath: string, source: string }[]}
 */
export function entries(one) {
  return Object.entries(one.manifest["exports"])
    .filter(([, target]) => typeof target === "object")
    .map(([subpath, target]) => ({ subpath, source: target["@logbridge/source"].replace("./src/", "") }));
}

/** @param {string} path @returns {Record<string, any>} */
export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Runs a command with its output on ours and ends this process where it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status === 0) return;
  console.error(`${command} ${args.join(" ")} ended with ${result.status ?? result.signal}`);
  process.exit(result.status || 1);
}

/**
 * Runs a JavaScript program of an installed package with the Node that runs this script.
 * @param {string} program path below node_modules
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
export function runInstalled(program, args, options) {
  run(process.execPath, [join(root, "node_modules", program), ...args], options);
}

/** The environment in which `node` is the program at this path, for whatever is started by name. @param {string} node */
export function environmentOf(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}` };
}

/** Installs what the lock file names, where that has not been done. */
export function ensureInstalled() {
  const done = join(root, "node_modules", ".package-lock.json");
  const wanted = join(root, "package-lock.json");
  if (existsSync(done) && sameLock(readJson(wanted), readJson(done))) return;
  console.log("installing what package-lock.json names …");
  run("npm", ["ci"]);
}

/**
 * True when everything of the lock file is installed. The lock of node_modules leaves out what is for other platforms.
 * @param {Record<string, any>} wanted
 * @param {Record<string, any>} done
 */
function sameLock(wanted, done) {
  return Object.entries(wanted["packages"]).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") && !path.includes("/node_modules/")) return true;
    const installed = done["packages"][path];
    return installed
      ? installed.version === entry.version
      : entry.optional === true || entry.devOptional === true || entry.peer === true;
  });
}

/** Builds the packages where a source or a build setting is newer than what was built. */
export function ensureBuilt() {
  const settings = ["tsconfig.base.json", "scripts/build.mjs"].map((name) => newest(join(root, name)));
  const stale = packages().some(({ folder }) => {
    const built = join(folder, "dist", "cjs", "package.json");
    if (!existsSync(built)) return true;
    const sources = ["src", "package.json", "tsconfig.esm.json", "tsconfig.cjs.json"].map((name) =>
      newest(join(folder, name)),
    );
    return Math.max(...settings, ...sources) > statSync(built).mtimeMs;
  });
  if (!stale) return;
  console.log("building …");
  run(process.execPath, [join(root, "scripts", "build.mjs")]);
}

/** Puts the packages, as they were built last, into the node_modules of a project. @param {string} project its folder */
export function placePackages(project) {
  for (const one of packages()) {
    const target = join(project, "node_modules", one.name);
    rmSync(target, { recursive: true, force: true });
    for (const part of ["package.json", "dist"])
      cpSync(join(one.folder, part), join(target, part), { recursive: true });
  }
}

/** @param {string} path @returns {number} when the newest file at or below the path was changed, in ms since 1970 */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
