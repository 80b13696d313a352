// The runtimes that are tested, besides the Node that runs the scripts.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache, readJson } from "./workspace.mjs";

/** Versions of Node; each comes from npm as the program for this platform, into an ignored folder. */
export const versions = ["22.23.3", "24.21.0", "26.10.0"];

/**
 * A Node to run programs with.
 * @typedef {object} Runtime
 * @property {string} version such as "22.23.3"
 * @property {string} node absolute path of the program
 */

/**
 * Any runtime to run programs with.
 * @typedef {object} Launcher
 * @property {string} title such as "Bun 1.4.5"
 * @property {string} program absolute path
 * @property {readonly string[]} args what stands before the file that is run
 * @property {Record<string, string>} env
 */

/** The runtimes that are not Node, and the npm package that holds the program for each platform. */
const others = {
  bun: {
    name: "Bun",
    version: "1.4.5",
    file: join("bin", "bun"),
    args: [],
    env: {},
    packages: {
      "darwin-arm64": "@oven/bun-darwin-aarch64",
      "darwin-x64": "@oven/bun-darwin-x64",
      "linux-arm64": "@oven/bun-linux-aarch64",
      "linux-x64": "@oven/bun-linux-x64",
      "win32-arm64": "@oven/bun-windows-aarch64",
      "win32-x64": "@oven/bun-windows-x64",
    },
  },
  deno: {
    name: "Deno",
    version: "2.9.6",
    file: "deno",
    // No more than the packages need.
    args: ["run", "--no-lock", "--no-prompt", "--allow-env", "--allow-read", "--allow-write"],
    env: { DENO_DIR: join(cache, "deno"), DENO_NO_UPDATE_CHECK: "1" },
    packages: {
      "darwin-arm64": "@deno/darwin-arm64",
      "darwin-x64": "@deno/darwin-x64",
      "linux-arm64": "@deno/linux-arm64-glibc",
      "linux-x64": "@deno/linux-x64-glibc",
      "win32-arm64": "@deno/win32-arm64",
      "win32-x64": "@deno/win32-x64",
    },
  },
};

/** The runtimes besides Node, as they are asked for. */
export const otherNames = Object.keys(others);

/** @returns {Runtime} the Node that runs this script */
export function currentRuntime() {
  return { version: process.versions.node, node: process.execPath };
}

/**
 * Installs a version of Node where it is not there yet.
 * @param {string} version
 * @returns {Runtime}
 */
export function ensureRuntime(version) {
  const name = nodePackage();
  const installed = ensureProgram("Node", version, name);
  const node = join(installed, readJson(join(installed, "package.json"))["bin"]["node"]);
  checkVersion(node, version);
  return { version, node };
}

/**
 * Installs a runtime that is not Node where it is not there yet.
 * @param {string} asked one of `otherNames`
 * @returns {readonly Launcher[]} none, and a line that says so, where no npm package is known for this platform
 */
export function ensureOther(asked) {
  const { name, version, file, args, env, packages } = others[/** @type {keyof typeof others} */ (asked)];
  const found = packageForPlatform(name, version, packages);
  if (found === null) return [];
  const installed = ensureProgram(name, version, found);
  const program = join(installed, process.platform === "win32" ? `${file}.exe` : file);
  checkVersion(program, version);
  return [{ title: `${name} ${version}`, program, args, env }];
}

/** The runtime of Cloudflare's workers. Its version is the last date of compatibility that it knows. */
const workerd = {
  version: "1.20261117.1",
  packages: {
    "darwin-arm64": "@cloudflare/workerd-darwin-arm64",
    "darwin-x64": "@cloudflare/workerd-darwin-64",
    "linux-arm64": "@cloudflare/workerd-linux-arm64",
    "linux-x64": "@cloudflare/workerd-linux-64",
    "win32-x64": "@cloudflare/workerd-windows-64",
  },
};

/**
 * Installs workerd where it is not there yet.
 * @returns {{ title: string, program: string, compatibilityDate: string } | null} null, and a line that says so, where no npm package
 * is known for this platform
 */
export function ensureWorkerd() {
  const { version, packages } = workerd;
  const name = packageForPlatform("workerd", version, packages);
  if (name === null) return null;
  const installed = ensureProgram("workerd", version, name);
  const program = join(installed, "bin", process.platform === "win32" ? "workerd.exe" : "workerd");
  const compatibilityDate = version.replace(/^1\.(\d{4})(\d\d)(\d\d)\..*/, "$1-$2-$3");
  const said = execFileSync(program, ["--version"], { encoding: "utf8" });
  if (!said.includes(compatibilityDate)) throw new Error(`${program} is ${said.trim()}, not ${version}`);
  return { title: `workerd ${version}`, program, compatibilityDate };
}

/**
 * @param {string} title of the runtime
 * @param {string} version
 * @param {Record<string, string>} packages by platform
 * @returns {string | null} null, and a line that says so, where none is known for this platform
 */
function packageForPlatform(title, version, packages) {
  const platform = `${process.platform}-${process.arch}${isMusl() ? "-musl" : ""}`;
  const found = packages[platform];
  if (found !== undefined) return found;
  console.log(`${title} ${version} is left out: no npm package is known that has it for ${platform}`);
  return null;
}

/**
 * @param {string} title of the runtime
 * @param {string} version
 * @param {string} name the npm package that holds the program
 * @returns {string} the folder of the installed package
 */
function ensureProgram(title, version, name) {
  const folder = join(cache, `${title.toLowerCase()}-${version}`);
  const installed = join(folder, "node_modules", name);
  if (existsSync(join(installed, "package.json"))) return installed;
  console.log(`installing ${title} ${version} …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const args = ["install", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
  execFileSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
  return installed;
}

/** @param {string} program @param {string} version what it has to say of itself */
function checkVersion(program, version) {
  const found = /\d+\.\d+\.\d+\S*/.exec(execFileSync(program, ["--version"], { encoding: "utf8" }))?.[0];
  if (found !== version) throw new Error(`${program} is ${found}, not ${version}`);
}

/** The npm package that holds Node for this platform. */
function nodePackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${platform}-${process.arch}`;
}

/** Is this a Linux without glibc? */
function isMusl() {
  if (process.platform !== "linux") return false;
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime === undefined;
}
