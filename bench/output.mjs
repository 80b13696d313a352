import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Where a contender's records go.
 * @typedef {object} Output
 * @property {string} at path of the file, or URL of the receiver
 * @property {(records: number) => Promise<void>} arrived resolves when so many are there
 * @property {() => Promise<number | null>} take how many are there, and it is put away; null: nothing is written
 */

/** @type {Output} */
const nothing = { at: "-", arrived: async () => {}, take: async () => null };

/**
 * @param {string} target "-", "otlp" or the path of a file
 * @returns {Promise<Output>}
 */
export async function openOutput(target) {
  if (target === "-") return nothing;
  return target === "otlp" ? receiver() : file(target);
}

/** @param {string} path @returns {Output} */
function file(path) {
  return {
    at: path,
    arrived: async () => {},
    take: async () => {
      const lines = linesOf(path);
      rmSync(path);
      return lines;
    },
  };
}

/** A process of its own, whose work is not the contender's. @returns {Promise<Output>} */
async function receiver() {
  const child = fork(fileURLToPath(new URL("otlp-counter.mjs", import.meta.url)), { execArgv: [] });
  /** @type {[{ url: string }]} */
  const [{ url }] = /** @type {any} */ (await once(child, "message"));
  /** @param {number} records @returns {Promise<number>} how many there are when it answers */
  const until = async (records) => {
    const answered = once(child, "message");
    child.send(records);
    const [{ count }] = await answered;
    return count;
  };
  return {
    at: url,
    arrived: async (records) => void (await until(records)),
    take: async () => {
      const count = await until(0);
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      return count;
    },
  };
}

/** @param {string} path @returns {number} how many lines the file has */
function linesOf(path) {
  const chunk = Buffer.alloc(1 << 20);
  const fd = openSync(path, "r");
  let lines = 0;
  for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk))
    for (let at = chunk.indexOf(10); at >= 0 && at < read; at = chunk.indexOf(10, at + 1)) lines++;
  closeSync(fd);
  return lines;
}
