import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LINE } from "./programs/lines.mjs";

const PROGRAM = fileURLToPath(new URL("programs/main.mjs", import.meta.url));
const DEADLINE_MS = 60_000;

/**
 * What became of a program's lines.
 * @typedef {object} Outcome
 * @property {number} kept how many of them are there, in that output that has the fewest
 * @property {string | null} wrong what else was not as it has to be
 */

/**
 * Runs one program and counts what is left of its lines.
 * @param {import("./rows.mjs").Row} row
 * @param {"native" | "hosted"} host
 * @param {string} way
 * @param {number} count
 * @returns {Promise<Outcome>}
 */
export async function runProgram(row, host, way, count) {
  const folder = await mkdtemp(join(tmpdir(), "logbridge-loss-"));
  try {
    const args = [PROGRAM, row.library, row.transport, host, way, String(count), join(folder, "out.log")];
    const { stdout, stderr, ended } = await ending(args, folder);
    const names = await readdir(folder);
    const counts = await Promise.all(
      row.outputs.map(async (output) => {
        if (output === "stdout") return counted(stdout);
        const files = names.filter((name) => output.test(name)).map((name) => readFile(join(folder, name), "utf8"));
        return counted((await Promise.all(files)).join(""));
      }),
    );
    const kept = Math.min(...counts.map((one) => one.different));
    const twice = counts.some((one) => one.all > one.different) ? "lines came more than once" : null;
    const expected = { throw: "1", SIGTERM: "SIGTERM", abort: "SIGABRT" }[way] ?? "0";
    const otherwise = ended === expected ? null : `it ended with ${ended}: ${stderr.slice(0, 500)}`;
    return { kept, wrong: host === "hosted" ? (twice ?? otherwise) : null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} args @param {string} cwd
 * @returns {Promise<{ stdout: string, stderr: string, ended: string }>} `ended`: exit code or signal
 */
function ending(args, cwd) {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
    const texts = { stdout: "", stderr: "" };
    for (const name of /** @type {const} */ (["stdout", "stderr"]))
      child[name].setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        texts[name] += text;
      });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ ...texts, ended: String(signal ?? code) });
    });
  });
}

/** @param {string} text @returns {{ all: number, different: number }} whole lines, and how many of them differ */
function counted(text) {
  const numbers = text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => LINE.exec(line)?.[1] ?? []);
  return { all: numbers.length, different: new Set(numbers).size };
}
