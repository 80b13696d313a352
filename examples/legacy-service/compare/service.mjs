import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareRuns } from "./comparison.mjs";
import { folderHash } from "./folder.mjs";
import { SECRET, sendRequests } from "./requests.mjs";
import { run } from "./run.mjs";
import { foreignSource, markedSource, NODE_WARNINGS } from "./sources.mjs";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Who logs in the service: its own code through four loggers, and two libraries of other people. */
export const SOURCES = [
  markedSource("winston", ["app.log"]),
  markedSource("pino", ["worker.log"]),
  markedSource("log4js", ["scheduler.log"]),
  markedSource("console", ["stdout", "stderr"]),
  foreignSource("umzug (its logger: winston)", ["app.log"], {
    line: /"event":"(?<event>\w+)","name":"(?<name>\d{3}-[\w-]+)"/,
    read: (record) => JSON.stringify(record),
    record: /(?<event>migrat(?:ing|ed))\b.*?(?<name>\d{3}-[\w-]+)/,
  }),
  foreignSource("http-proxy-middleware (its logger: console)", ["stdout", "stderr"], {
    line: /^\[HPM\] (?<exchange>.*)/,
    read: (record) => String(record.message),
    record: /^\[HPM\] (?<exchange>.*)/,
  }),
  foreignSource("http-proxy-middleware, express (debug)", ["stderr"], {
    line: /^\S+Z (?<namespace>(?:http-proxy-middleware|express)\S*) (?<text>.*)/,
    read: (record) => (record.origin?.name === "debug" ? `${record.name} ${record.message}` : ""),
    record: /^(?<namespace>\S+) (?<text>.*)/,
  }),
  NODE_WARNINGS,
];

/**
 * Runs one form of the service with all requests.
 *
 * @param {"plain" | "bridged"} form
 * @param {string} dir the folder under which its log folder is made
 * @returns {Promise<import("./run.mjs").Run>}
 */
export async function runService(form, dir) {
  const logs = join(dir, form);
  await mkdir(logs, { recursive: true });
  const env = { DEBUG: "http-proxy-middleware*,express:*" };
  return run({ entry: path(`${form}.js`), dir: logs, drive: sendRequests, env });
}

/**
 * Runs the service as it is and bridged, and compares.
 *
 * @param {string} dir an empty folder for the logs of both runs
 * @returns {Promise<import("./comparison.mjs").Comparison & { bridged: import("./run.mjs").Run }>}
 */
export async function compareService(dir) {
  const before = await folderHash(path("service"));
  const plain = await runService("plain", dir);
  const bridged = await runService("bridged", dir);
  const comparison = compareRuns({ plain, bridged, sources: SOURCES, secret: SECRET });
  if ((await folderHash(path("service"))) !== before) comparison.problems.push("the files of service/ have changed");
  return { bridged, ...comparison };
}
