// Chromium for the tests in a browser: found where it is installed, installed where that can be done.
//   node scripts/chromium.mjs     prints the path of the program; ends with 3 where this machine cannot have one
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const ELSEWHERE = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`],
};

/** What a test starts Chromium with: no window, and no talk with anybody but the pages of the test. */
export const chromiumArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * @typedef {object} Chromium
 * @property {string} program absolute path
 * @property {string} version such as "156.0.8078.108"
 */

/**
 * Installs Chromium where it is missing and this user may do so.
 * @returns {Chromium | { missing: string }} what to do, in one line, where there is none
 */
export function ensureChromium() {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return described(named) ?? { missing: `CHROMIUM names ${named}, which is no Chromium` };
  const found = installed();
  if (found) return found;
  const refusal = install();
  return installed() ?? { missing: refusal };
}

/** @returns {Chromium | null} */
function installed() {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const elsewhere = ELSEWHERE[/** @type {keyof typeof ELSEWHERE} */ (process.platform)] ?? [];
  const places = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...elsewhere];
  for (const place of places) {
    const chromium = isProgram(place) ? described(place) : null;
    if (chromium) return chromium;
  }
  return null;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} program @returns {Chromium | null} */
function described(program) {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 30_000 });
  const version = /^(?:Chromium|Google Chrome) (\d+(?:\.\d+)+)/.exec(stdout ?? "")?.[1];
  return version === undefined ? null : { program, version };
}

/** @returns {string} why it is not there, if it is not */
function install() {
  if (process.platform !== "linux" || spawnSync("apt-get", ["--version"]).error)
    return "install Chromium or Google Chrome, or set CHROMIUM to its path";
  if (process.getuid?.() !== 0)
    return "as root: apt-get update && apt-get install -y --no-install-recommends chromium (or set CHROMIUM to its path)";
  console.error("installing Chromium …");
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { stdio: ["ignore", 2, 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]])
    if (spawnSync("apt-get", args, options).status !== 0) return `apt-get ${args.join(" ")} failed`;
  return "apt-get installed a Chromium that does not start";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = ensureChromium();
  if ("missing" in found) {
    console.error(`no Chromium: ${found.missing}`);
    process.exit(3);
  }
  console.log(found.program);
}
