// The versions of Node that are tested, besides the one that runs the scripts.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, readJson } from "./workspace.mjs";

/** Each comes from npm as the program for this platform, into an ignored folder. */
export const versions = ["22.23.3", "24.21.0", "26.10.0"];

/**
 * A Node to run programs with.
 * @typedef {object} Runtime
 * @property {string} version such as "22.23.3"
 * @property {string} node absolute path of the program
 */

/** @returns {Runtime} the Node that runs this script */
export function currentRuntime() {
  return { version: process.versions.node, node: process.execPath };
}

/**
 * Installs a version where it is not there yet.
 * @param {string} version
 * @returns {Runtime}
 */
export function ensureRuntime(version) {
  const folder = join(cache, `node-${version}`);
  const name = programPackage();
  const installed = join(folder, "node_modules", name);
  if (!existsSync(join(installed, "package.json"))) {
    console.log(`installing Node ${version} …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: version } }));
    const args = ["install", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
    execFileSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
  }
  const node = join(installed, readJson(join(installed, "package.json"))["bin"]["node"]);
  const found = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  if (found !== `v${version}`) throw new Error(`${node} is ${found}, not v${version}`);
  return { version, node };
}

/** The npm package that holds Node for this platform. */
function programPackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform}-${process.arch}`;
}
