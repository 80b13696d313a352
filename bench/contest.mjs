// Runs contenders, each turn in a process of its own.
import { execFileSync, fork } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What one turn took, in nanoseconds a record.
 * @typedef {object} Turn
 * @property {number} cpu
 * @property {number} wall
 * @property {number | null} lines how many of the measured records are in the file or at the receiver; null: nothing is written
 */

const folder = fileURLToPath(new URL(".", import.meta.url));
const LOGURU = "0.7.3";

/**
 * @param {import("./suites/core.mjs").Contender} contender
 * @param {string} node the program that runs it
 * @returns {Promise<Turn>}
 */
export function turnOf({ name, work, count, warm, burst }, node) {
  const warmup = warm ?? Math.min(50_000, Math.ceil(count / 4));
  if (name === "loguru") return loguruTurn(count, warmup);
  const target = targetOf(name, work);
  const stdout = name === "console" ? openSync(target, "a") : null;
  const numbers = [count, warmup, burst ?? Math.max(count, warmup)].map(String);
  return new Promise((resolve, reject) => {
    const child = fork(join(folder, "measure.mjs"), [name, work, target, ...numbers], {
      execPath: node,
      execArgv: [],
      stdio: ["ignore", stdout ?? "inherit", "inherit", "ipc"],
    });
    child.once("message", (turn) => resolve(/** @type {Turn} */ (turn)));
    child.once("exit", (code) => {
      if (stdout !== null) closeSync(stdout);
      if (code !== 0) reject(new Error(`${name} at ${work} ended with ${code}`));
    });
  });
}

let turns = 0;

/** @param {string} name @param {string} work */
function targetOf(name, work) {
  if (name.startsWith("otel/")) return "otlp";
  return work === "disabled" || work === "loop" ? "-" : temporaryFile();
}

const temporaryFile = () => join(tmpdir(), `logbridge-bench-${process.pid}-${turns++}.log`);

/** @param {number} count @param {number} warmup @returns {Promise<Turn>} */
async function loguruTurn(count, warmup) {
  const file = temporaryFile();
  const args = [join(folder, "contenders", "python_loguru.py"), file, String(count), String(warmup)];
  return JSON.parse(execFileSync(pythonWithLoguru(), args, { encoding: "utf8" }));
}

/** Installs Loguru into an environment of its own where it is not there yet. @returns {string} the program */
function pythonWithLoguru() {
  const cache = join(folder, "..", ".cache");
  const environment = join(cache, `loguru-${LOGURU}`);
  const python = join(environment, "bin", "python");
  if (!existsSync(join(environment, "installed"))) {
    mkdirSync(cache, { recursive: true });
    execFileSync("python3", ["-m", "venv", environment], { stdio: "inherit" });
    execFileSync(python, ["-m", "pip", "install", "--quiet", `loguru==${LOGURU}`], { stdio: "inherit" });
    closeSync(openSync(join(environment, "installed"), "w"));
  }
  return python;
}

/** Can Python's Loguru be run here? @returns {string | null} why not */
export function loguruMissing() {
  try {
    pythonWithLoguru();
    return null;
  } catch (error) {
    return `Python with Loguru ${LOGURU} cannot be installed here (${error instanceof Error ? error.message.split("\n")[0] : error})`;
  }
}
