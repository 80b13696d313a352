import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const DEADLINE_MS = 60_000;

/**
 * What one run has left behind.
 *
 * @typedef {object} Run
 * @property {number | null} code the exit code, null after a signal
 * @property {string} dir the log folder
 * @property {string} stdout
 * @property {string} stderr
 * @property {Map<string, string>} files name and text of each file of the log folder
 */

/** What would make two runs differ for reasons that have nothing to do with the program. */
function environment(dir, more) {
  const kept = Object.entries(process.env).filter(([key]) => !/^(LOGBRIDGE_|DEBUG|FORCE_COLOR$|NO_COLOR$)/.test(key));
  return { ...Object.fromEntries(kept), NODE_ENV: "production", PORT: "0", LOG_DIR: dir, DEBUG_COLORS: "no", ...more };
}

async function readFiles(dir) {
  const names = (await readdir(dir)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name), "utf8")])));
}

/**
 * Runs one program in a process of its own until it ends by itself, and collects everything it has written.
 *
 * @param {object} options
 * @param {string} options.entry the file to start
 * @param {string} options.dir an empty folder: the program's `LOG_DIR`
 * @param {(port: number) => Promise<unknown>} [options.drive] called with the port when the program says that it is ready;
 *   afterwards the program is asked to stop. Without it the program has to come to its end alone.
 * @param {Record<string, string>} [options.env] more environment variables
 * @returns {Promise<Run>}
 * @throws {Error} when `drive` fails, or the program does not end within a minute
 * @example
 * const plain = await run({ entry: "plain.js", dir, drive: sendRequests });
 */
export async function run({ entry, dir, drive, env = {} }) {
  const child = spawn(process.execPath, [entry], {
    env: environment(dir, env),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => {
      output[name] += text;
    });
  }
  const ended = new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  let failure = null;
  const failed = (error) => {
    failure = error;
  };
  const deadline = setTimeout(() => {
    failed(new Error(`no end within ${DEADLINE_MS / 1000} s`));
    child.kill("SIGKILL");
  }, DEADLINE_MS);
  const driven = drive && driveWhenReady(child, ended, drive).catch(failed);
  const code = await ended.finally(() => clearTimeout(deadline));
  await driven;
  if (failure !== null) throw new Error(`${entry}: ${failure.message}\n${output.stderr}`, { cause: failure });
  return { code, dir, ...output, files: await readFiles(dir) };
}

async function driveWhenReady(child, ended, drive) {
  const ready = new Promise((done) => {
    child.on("message", (message) => message?.type === "ready" && done(message.port));
  });
  const port = await Promise.race([ready, ended.then(() => null)]);
  if (port === null) return; // the exit code and stderr tell why
  try {
    await drive(port);
  } finally {
    if (child.connected) child.send("shutdown");
  }
}
