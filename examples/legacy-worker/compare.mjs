import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareRuns } from "../legacy-service/compare/comparison.mjs";
import { run } from "../legacy-service/compare/run.mjs";
import { markedSource, NODE_WARNINGS } from "../legacy-service/compare/sources.mjs";

/** The key that the worker is given. Its winston masks it in the text, its pino by path: it must be in no output. */
export const SECRET = "key-7f3a-live";

/** Who logs in the worker. */
export const SOURCES = [
  markedSource("winston", ["audit.log"]),
  markedSource("pino", ["jobs.log"]),
  markedSource("log4js", ["queue.log"]),
  markedSource("console", ["stdout", "stderr"]),
  markedSource("debug", ["stdout", "stderr"]),
  NODE_WARNINGS,
];

/**
 * Runs one form of the worker until its queue is empty.
 *
 * @param {"plain" | "bridged"} form
 * @param {string} dir the folder under which its log folder is made
 * @returns {Promise<import("../legacy-service/compare/run.mjs").Run>}
 */
export async function runWorker(form, dir) {
  const logs = join(dir, form);
  await mkdir(logs, { recursive: true });
  const entry = fileURLToPath(new URL(`${form}.mjs`, import.meta.url));
  return run({ entry, dir: logs, env: { API_KEY: SECRET, DEBUG: "worker:*" } });
}

/**
 * Runs the worker as it is and bridged, and compares.
 *
 * @param {string} dir an empty folder for the logs of both runs
 * @returns {Promise<import("../legacy-service/compare/comparison.mjs").Comparison>}
 */
export async function compareWorker(dir) {
  const plain = await runWorker("plain", dir);
  const bridged = await runWorker("bridged", dir);
  return compareRuns({ plain, bridged, sources: SOURCES, secret: SECRET });
}

/**
 * The rows of the comparison alone, with logs in a folder that is removed afterwards.
 *
 * @returns {Promise<import("../legacy-service/compare/comparison.mjs").Row[]>}
 * @throws {Error} when anything is wrong that the rows do not show, such as a transport's bytes or the secret
 * @example
 * console.table(await compare());
 */
export async function compare() {
  const dir = await mkdtemp(join(tmpdir(), "logbridge-worker-"));
  try {
    const { rows, problems } = await compareWorker(dir);
    const clean = rows.every(({ lost, doubled }) => lost === 0 && doubled === 0);
    if (clean && problems.length > 0) throw new Error(problems.join("\n"));
    return rows;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
