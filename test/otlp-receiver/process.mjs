import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("main.mjs", import.meta.url));

/** @typedef {import("./record.mjs").ReceivedRecord} ReceivedRecord */
/** @typedef {import("./tally.mjs").ReceivedRequest} ReceivedRequest */

/**
 * A receiver in a process of its own: what it costs is not counted with the caller.
 * @param {import("./index.mjs").ReceiverOptions} [options]
 */
export async function startReceiverProcess(options = {}) {
  const child = fork(PROGRAM, [JSON.stringify(options)], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const addresses = await firstLine(child);
  let orders = 0;
  /** @param {string} order @param {unknown[]} args @returns {Promise<any>} */
  const ask = (order, ...args) =>
    new Promise((resolve, reject) => {
      const id = orders++;
      child.on("message", function answered(/** @type {any} */ answer) {
        if (answer.id !== id) return;
        child.off("message", answered);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      child.send({ id, order, args });
    });
  return {
    ...addresses,
    /** @returns {Promise<ReceivedRecord[]>} */
    records: () => ask("records"),
    /** @returns {Promise<ReceivedRequest[]>} */
    requests: () => ask("requests"),
    /** @param {string} [key] @returns {Promise<import("./tally.mjs").Counts>} */
    counts: (key) => ask("counts", key),
    /** @param {number} records @param {number} [timeoutMs] @returns {Promise<void>} */
    until: (records, timeoutMs) => ask("until", records, timeoutMs),
    /** @returns {Promise<void>} */
    clear: () => ask("clear"),
    /** @param {import("./policy.mjs").Policy} policy @returns {Promise<void>} */
    follow: (policy) => ask("follow", policy),
    /** @returns {Promise<void>} */
    up: () => ask("up"),
    /** @returns {Promise<void>} */
    down: () => ask("down"),
    /** @returns {Promise<void>} */
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.disconnect();
      }),
  };
}

/** @typedef {{ endpoint: string, url: string, grpcUrl: string, port: number, grpcPort: number }} Addresses */

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<Addresses>} */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`the receiver ended with ${code}`)));
    child.stdout?.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(JSON.parse(text));
    });
  });
}
