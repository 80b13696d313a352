import { fork } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What customers send as password and token. It must be in no output of any stage. */
export const SECRET = "correct-horse-battery-staple";

/** The stages of the migration, in order. */
export const STAGES = ["1-untouched", "2-intercepted", "3-transports-moved", "4-half-rewritten", "5-libraries-removed"];

const order = (total, ...items) => [
  "POST",
  "/orders",
  { items, total, card: { token: SECRET, network: "visa" }, customer: { name: "ada", password: SECRET } },
];
const login = (user) => ["POST", "/login", { user, password: SECRET, session: { token: SECRET } }];

/** The same day for every stage: `[method, path, body?]`. */
const REQUESTS = [
  login("ada"),
  login("mallory"),
  order(40, "tea"),
  order(700, "desk", "lamp"),
  order(4000, "piano"),
  ["GET", "/orders/r3"],
  ["GET", "/orders/none"],
  ["GET", "/orders/broken"],
  login("grace"),
  order(12, "100% linen", "{cup}"),
];

/**
 * Runs a stage in a process of its own with all requests.
 *
 * @param {string} stage one of `STAGES`
 * @param {string} folder where its logs go
 * @returns {Promise<{ code: number | null, answers: number[], printed: string, files: Map<string, string> }>}
 */
export async function runStage(stage, folder) {
  mkdirSync(folder, { recursive: true });
  const entry = fileURLToPath(new URL(`../stages/${stage}.js`, import.meta.url));
  // As from a shell: without the flags of whatever runs this.
  const child = fork(entry, { env: { ...process.env, LOG_DIR: folder }, execArgv: [], silent: true });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (printed += chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const { port } = await Promise.race([
    new Promise((resolve) => child.once("message", resolve)),
    ended.then(() => Promise.reject(new Error(`${stage} has not started: ${printed}`))),
  ]);
  const answers = [];
  for (const [method, path, body] of REQUESTS) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "content-type": "application/json", connection: "close" },
      ...(body && { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    answers.push(response.status);
  }
  child.send("stop");
  const code = await ended;
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  return { code, answers, printed, files };
}
