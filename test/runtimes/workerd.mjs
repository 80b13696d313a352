// The tests in workerd, the runtime of Cloudflare's workers: each file in a worker of its own.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureWorkerd } from "../../scripts/runtimes.mjs";
import { bundleTests } from "./bundle.mjs";

/** @typedef {import("./run-file.ts").FileReport} FileReport */

/** How many workers one process serves: one that dies takes no more reports along. */
const WORKERS = 16;

/** A file of tests that has not ended by then never will. */
const LONGEST_MS = 120_000;

/**
 * @param {"workerd" | "workerd-nodejs"} name with the second one, workers have Node's modules (`nodejs_compat`)
 * @returns {import("./runtime.ts").TestedRuntime | null} null where there is no workerd for this platform
 */
export function startWorkerd(name) {
  const found = ensureWorkerd();
  if (found === null) return null;
  const { title, program, compatibilityDate } = found;
  const flags = name === "workerd" ? ["no_nodejs_compat"] : ["nodejs_compat"];
  const builtIns = name === "workerd" ? [] : ["node:async_hooks", "node:buffer", "node:events", "node:util"];
  return {
    title: name === "workerd" ? title : `${title} with nodejs_compat`,
    name,
    async run(files, folder) {
      const modules = await bundleTests({ files, out: folder, conditions: ["workerd", "browser"], builtIns });
      const batches = inBatches(files, WORKERS);
      const reports = await Promise.all(
        [0, 1].map(async (first) => {
          const gathered = [];
          for (let at = first; at < batches.length; at += 2) {
            const batch = /** @type {readonly string[]} */ (batches[at]);
            const served = batch.map((file) => ({ file, module: basename(/** @type {string} */ (modules.get(file))) }));
            const config = configuration(served, compatibilityDate, flags);
            gathered.push(
              ...(await serve({ program, folder: join(folder), name: `batch-${at}`, config, files: batch })),
            );
          }
          return gathered;
        }),
      );
      return reports.flat();
    },
    async close() {},
  };
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {number} size
 */
function inBatches(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** The program is the file of tests as far as stacks tell. @param {string} file */
const mainOf = (file) => `import { run } from "./${file}";
export default { async fetch() { return Response.json(await run()); } };`;

const ROUTER = `export default { fetch(request, env) { return env["t" + new URL(request.url).pathname.slice(1)].fetch(request); } };`;

/**
 * @param {readonly { file: string, module: string }[]} served
 * @param {string} date of compatibility
 * @param {readonly string[]} flags of compatibility
 * @returns {string} what workerd serves, in Cap'n Proto's language
 */
function configuration(served, date, flags) {
  const kind = `compatibilityDate = "${date}", compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(", ")}]`;
  const text = (/** @type {string} */ value) => JSON.stringify(value);
  const workers = served.map(
    ({ file, module }, at) =>
      `(name = "t${at}", worker = (modules = [(name = "main.mjs", esModule = ${text(mainOf(file))}), (name = ${text(file)}, esModule = embed ${text(module)})], ${kind}))`,
  );
  const bindings = served.map((_, at) => `(name = "t${at}", service = "t${at}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "router", worker = (modules = [(name = "router.mjs", esModule = ${text(ROUTER)})], bindings = [${bindings.join(", ")}], compatibilityDate = "${date}")),
    ${workers.join(",\n    ")}
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "router")]
);
`;
}

/**
 * @param {{ program: string, folder: string, name: string, config: string, files: readonly string[] }} batch
 * @returns {Promise<readonly FileReport[]>}
 */
async function serve({ program, folder, name, config, files }) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.capnp`);
  writeFileSync(path, config);
  const child = spawn(program, ["serve", path, "--control-fd=3"], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (said += bytes));
  try {
    const port = await portOf(child, () => said);
    const reports = [];
    for (const [at, file] of files.entries()) reports.push(await ask(`http://127.0.0.1:${port}/${at}`, file));
    return reports;
  } catch (error) {
    return files.map((file) => ({ file, tests: [], error: `${String(error)}\n${said.slice(-4000)}` }));
  } finally {
    child.kill("SIGKILL");
    writeFileSync(join(folder, `${name}.log`), said);
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => string} said what it printed
 * @returns {Promise<number>} where it listens
 */
function portOf(child, said) {
  return new Promise((resolve, reject) => {
    let events = "";
    child.stdio[3]?.on("data", (bytes) => {
      events += bytes;
      const port = /"event":"listen".*"port":(\d+)/.exec(events)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`workerd ended with ${code}: ${said().slice(0, 4000)}`)));
  });
}

/** @param {string} url @param {string} file @returns {Promise<FileReport>} */
async function ask(url, file) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS) });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    return { file, tests: [], error: `the worker answered ${response.status}: ${text.slice(0, 2000)}` };
  } catch (error) {
    return { file, tests: [], error: `no answer from the worker: ${error}` };
  }
}
