// One side of one row: a fresh backend, and a process that logs to it.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ID, records } from "./records.mjs";

/** What a run may last. */
const TIMEOUT_MS = 60_000;
const QUIET_MS = 1500;
/** From one process to another, on loopback. */
const ON_ITS_WAY_MS = 150;
/** After a process has nothing more to do, it ends by itself. */
const EXIT_MS = 5000;

/**
 * What a run gave.
 * @typedef {object} Outcome
 * @property {readonly unknown[]} records
 * @property {number} completed how many records had arrived when `complete()` had resolved
 * @property {number} removed the same for `remove()`
 * @property {boolean} lasting the transport kept the process alive after its end
 * @property {string} stderr
 * @property {string | null} failure why it has no result
 */

/**
 * @param {string} folder the project that has the packages
 * @param {string} library
 * @param {import("./row.mjs").Row} row
 * @param {"native" | "bridged"} side
 * @returns {Promise<Outcome>}
 */
export async function run(folder, library, row, side) {
  const cwd = mkdtempSync(join(tmpdir(), "transports-cwd-"));
  const standin = await row.backend();
  const child = fork(join(folder, "run", "side.mjs"), [library, row.name, side, JSON.stringify(standin.at)], {
    cwd,
    env: { ...environment(), ...standin.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
  });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdout?.resume();
  standin.attach?.(child);
  const exited = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  const arrived = new Arrived(row, standin);
  try {
    await phase(child, "completed", exited);
    const completed = side === "native" ? await arrived.settled() : await arrived.soon();
    goOn(child);
    await phase(child, "removed", exited);
    const removed = side === "native" ? await arrived.settled() : await arrived.soon();
    await arrived.settled();
    goOn(child);
    const lasting = (await Promise.race([exited, pause(EXIT_MS)])) === undefined;
    // What an exit sends arrives now.
    await arrived.soon();
    return { records: await arrived.read(), completed, removed, lasting, stderr, failure: null };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { records: [], completed: 0, removed: 0, lasting: false, stderr, failure };
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
    await exited;
    await standin.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Looks at a backend. */
class Arrived {
  /** @param {import("./row.mjs").Row} row @param {import("./row.mjs").Standin} standin */
  constructor(row, standin) {
    this.row = row;
    this.standin = standin;
  }

  async read() {
    return this.row.records(await this.standin.read());
  }

  /** How many of the records are there. While one is arriving it may be no valid text yet. */
  async count() {
    try {
      return idsOf(await this.read()).size;
    } catch {
      return 0;
    }
  }

  /** The count after what is on its way has arrived. */
  async soon() {
    await pause(ON_ITS_WAY_MS);
    return this.count();
  }

  /** Waits until all are there or nothing more comes. */
  async settled() {
    const { quiet = QUIET_MS } = this.row;
    const expected = expectedOf(this.row);
    let last = await this.soon();
    for (let since = Date.now(); last < expected && Date.now() - since < quiet; ) {
      const count = await this.soon();
      if (count !== last) since = Date.now();
      last = count;
    }
    return last;
  }
}

/** How many records the library itself delivers. @param {import("./row.mjs").Row} row */
export function expectedOf({ takes = () => true, expected = records().filter(takes).length }) {
  return expected;
}

/** The ids of the records. @param {readonly unknown[]} values @returns {Map<string, unknown[]>} */
export function idsOf(values) {
  /** @type {Map<string, unknown[]>} */
  const found = new Map();
  for (const value of values) {
    const id = ID.exec(JSON.stringify(value))?.[0];
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), value]);
  }
  return found;
}

/** A process that has ended meanwhile is told of by `phase`. @param {import("node:child_process").ChildProcess} child */
function goOn(child) {
  child.send("go on", () => {});
}

/** @param {import("node:child_process").ChildProcess} child @param {string} name @param {Promise<unknown>} exited */
async function phase(child, name, exited) {
  const heard = await Promise.race([once(child, "message").then(([said]) => said), exited]);
  if (heard === name) return;
  const [code, signal] = /** @type {[number | null, string | null]} */ (heard);
  const after =
    signal === "SIGKILL"
      ? `nothing more came within ${TIMEOUT_MS / 1000} s`
      : `the process ended with ${code ?? signal}`;
  throw new Error(`${after}, before it had ${name}`);
}

/** The same for every run: no proxy between a transport and its backend, no colours, no settings of loggers. */
function environment() {
  const foreign = /proxy|^npm_|^NODE_OPTIONS$|^FORCE_COLOR$|^NO_COLOR$|^LOGBRIDGE_|^DD_|^OTEL_/i;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), TZ: "UTC" };
}
