// A program that serves on loopback while a script runs.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "./workspace.mjs";

const DEADLINE_MS = 30_000;
/** What a script that builds from Go modules ends with where there is no Go, or no way to fetch them. */
const CANNOT_BUILD = 3;

/**
 * Builds a program by its script where that has not been done.
 * @param {string} script such as "collector.sh", in this folder
 * @returns {string | null} the path of the program; null, after a line that says so, where this machine cannot build it
 */
export function ensureGoProgram(script) {
  const { status, stdout, error } = spawnSync("bash", [join(root, "scripts", script), "build"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error) console.error(`bash is not installed: ${script} is not run`);
  if (error || status === CANNOT_BUILD) return null;
  if (status !== 0) throw new Error(`scripts/${script} ended with ${status}`);
  return stdout.trim();
}

export class Service {
  /** @type {import("node:child_process").ChildProcess} */
  #child;
  /** @type {string} */
  #log;

  /**
   * Starts a program and waits until it serves.
   * @param {object} options
   * @param {string} options.program
   * @param {readonly string[]} options.args
   * @param {Record<string, string>} [options.env]
   * @param {string} options.log the file for what it prints
   * @param {() => Promise<boolean>} options.isReady may reject while it is not
   * @returns {Promise<Service>}
   * @throws {Error} with what it printed, when it ends or is not ready within 30 s
   */
  static async start({ program, args, env = {}, log, isReady }) {
    const output = openSync(log, "w");
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", output, output] });
    // Where the script fails, nothing of it is left behind.
    process.once("exit", () => child.kill());
    const service = new Service(child, log);
    await service.#ready(isReady);
    return service;
  }

  /** @param {import("node:child_process").ChildProcess} child @param {string} log */
  constructor(child, log) {
    this.#child = child;
    this.#log = log;
  }

  /** @param {() => Promise<boolean>} isReady */
  async #ready(isReady) {
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await isReady().catch(() => false))) {
      if (this.#child.exitCode === null && this.#child.signalCode === null && Date.now() < deadline) await delay(20);
      else throw new Error(`${this.#child.spawnfile} does not serve:\n${this.printed()}`);
    }
  }

  /** What it has printed so far. */
  printed() {
    return readFileSync(this.#log, "utf8");
  }

  /** Asks it to stop, and resolves with its exit code when it has. @returns {Promise<number | null>} */
  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await ended;
    }
    return this.#child.exitCode;
  }
}
