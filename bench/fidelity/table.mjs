import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { startReceiver } from "../../test/otlp-receiver/index.mjs";
import { aspects, byId } from "./aspects.mjs";

/** @typedef {import("./aspects.mjs").Received} Received */

/** Where the table stands in a page. */
export const MARKS = {
  begin: "<!-- fidelity, made by `npm run bench -- otel-fidelity --update` -->",
  end: "<!-- /fidelity -->",
};

/** @type {readonly { side: string, package: string }[]} */
export const peers = [
  { side: "winston", package: "@opentelemetry/winston-transport" },
  { side: "pino", package: "pino-opentelemetry-transport" },
  { side: "logtape", package: "@logtape/otel" },
  { side: "loglayer", package: "@loglayer/transport-opentelemetry" },
];

/**
 * What arrives when a side has logged the records in a process of its own.
 * @param {string} side
 * @returns {Promise<Received>}
 */
export async function receivedFrom(side) {
  const receiver = await startReceiver();
  try {
    await ended(side, receiver.url);
    return byId(receiver.records);
  } finally {
    await receiver.close();
  }
}

/** @param {string} side @param {string} url @returns {Promise<void>} */
function ended(side, url) {
  const program = fileURLToPath(new URL("side.mjs", import.meta.url));
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [program, side, url], { env, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${side} ended with ${signal ?? code}`));
    });
  });
}

/**
 * The table of a page: an aspect in each row, a side in each column.
 * @param {Received} ours
 * @param {readonly Received[]} theirs in the order of `peers`
 */
export function tableOf(ours, theirs) {
  const heads = ["", "`otelSink()`", ...peers.map((one) => `\`${one.package}\` ${versionOf(one.package)}`)];
  const rows = aspects.map(({ what, kept }) => [what, ...[ours, ...theirs].map((received) => cell(kept(received)))]);
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/**
 * A page with the table between its marks.
 * @param {string} page
 * @param {string} table
 */
export function withTable(page, table) {
  const begin = page.indexOf(MARKS.begin);
  const end = page.indexOf(MARKS.end);
  if (begin < 0 || end < begin) throw new Error(`the page has no marks: ${MARKS.begin} and ${MARKS.end}`);
  return `${page.slice(0, begin + MARKS.begin.length)}\n\n${table}\n\n${page.slice(end)}`;
}

/** @param {boolean | string} kept */
function cell(kept) {
  if (typeof kept === "string") return kept.replaceAll("|", "\\|");
  return kept ? "yes" : "–";
}

/** Of what is installed for the benchmarks. @param {string} name @returns {string} */
function versionOf(name) {
  const { resolve } = createRequire(import.meta.url);
  const folder = resolve.paths(name)?.find((path) => exists(`${path}/${name}/package.json`));
  return JSON.parse(readFileSync(`${folder}/${name}/package.json`, "utf8")).version;
}

/** @param {string} path */
function exists(path) {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
