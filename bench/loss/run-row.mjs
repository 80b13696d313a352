import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startReceiverProcess } from "../../test/otlp-receiver/process.mjs";

/** @typedef {import("./program.mjs").Plan} Plan */
/** @typedef {import("../../test/otlp-receiver/tally.mjs").Counts} Counts */
/** @typedef {{ sent: number, dropped: number, pending: number }} Stats */

const PROGRAM = fileURLToPath(new URL("program.mjs", import.meta.url));
/** A program that takes longer hangs. */
const DEADLINE_MS = 150_000;
/** How long a second process may go without anything arriving, in looks of a tenth of a second. */
const VAIN_LOOKS = 150;

/**
 * What became of a row's records.
 * @typedef {object} Outcome
 * @property {number} count that were logged
 * @property {Counts} counts at the receiver
 * @property {Stats | null} stats of the sink, where the program lived to tell
 * @property {string} stderr
 * @property {number | string | null} status exit code or signal of the program
 * @property {number} seconds
 */

/**
 * @param {import("./rows.mjs").Row} row
 * @param {{ by: Plan["by"], protocol: string, count: number }} run
 * @returns {Promise<Outcome>}
 */
export async function runRow(row, { by, protocol, count }) {
  const begun = performance.now();
  const server = await startReceiverProcess({ policy: row.policy ?? {}, down: row.down ?? false });
  const spool = row.spool && by === "logbridge" ? await mkdtemp(join(tmpdir(), "logbridge-spool-")) : null;
  try {
    /** @type {Plan} */
    const plan = {
      by,
      protocol,
      url: protocol === "grpc" ? server.grpcUrl : server.url,
      count: row.count ?? Math.max(count, row.least ?? 0),
      perMs: row.perMs ?? 4,
      bytes: row.bytes ?? 20,
      ending: row.ending ?? "complete",
      spool,
    };
    const first = start(plan);
    await first.begun;
    const meanwhile = row.meanwhile?.(server);
    const ended = await first.ended;
    await meanwhile;
    if (spool !== null) {
      if (row.down) await server.up();
      await replay(plan, server);
    }
    const seconds = Math.round((performance.now() - begun) / 1_000);
    return { count: plan.count, counts: await server.counts("i"), ...ended, seconds };
  } finally {
    await server.close();
    if (spool !== null) await rm(spool, { recursive: true });
  }
}

/** A second process with the same spool; it lives until all is there, or nothing more comes. @param {Plan} plan @param {import("./rows.mjs").Server} server */
async function replay(plan, server) {
  const second = start({ ...plan, count: 0, ending: "told" });
  await second.begun;
  let seen = await server.counts("i");
  for (let vain = 0; seen.unique < plan.count && vain < VAIN_LOOKS; vain++) {
    await after(100);
    const now = await server.counts("i");
    if (now.records > seen.records) vain = 0;
    seen = now;
  }
  second.tell();
  await second.ended;
}

/** @param {Plan} plan */
function start(plan) {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(plan)], { env, stdio: ["pipe", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  /** @type {Stats | null} */
  let stats = null;
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    stderr += text;
  });
  const begun = new Promise((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const told = JSON.parse(line);
      if (told.begun) resolve(undefined);
      if (told.stats) stats = told.stats;
    });
    child.once("close", resolve);
  });
  /** @type {Promise<{ stats: Stats | null, stderr: string, status: number | string | null }>} */
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") reject(new Error(`it did not end within ${DEADLINE_MS} ms: ${stderr.slice(0, 2_000)}`));
      else resolve({ stats, stderr, status: signal ?? code });
    });
  });
  return { begun, ended, tell: () => child.stdin.end("now\n") };
}
