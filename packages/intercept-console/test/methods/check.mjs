// `check.mjs [PROGRAM [ARGUMENT …]]`: does every console method of a runtime make the record that it should? Default: the Node that runs this.
// What is compared, for each call of calls.mjs: what is printed in tee mode with what is printed without us, byte for byte, and the
// records' messages, in tee and in replace mode, with what is printed: equal but for the indentation of groups.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { calls } from "./calls.mjs";

const MARK = "\u00a7 CALL";
const beside = fileURLToPath(new URL("program.mjs", import.meta.url));
const SETTINGS = ["FORCE_COLOR", "NODE_OPTIONS", "NODE_NO_WARNINGS", "NODE_V8_COVERAGE", "VITEST"];
/** These print to stderr. */
const TO_STDERR = ["warn", "error", "trace", "assert"];
/** What a timer shows, and positions in stacks of the engine's own. */
const DURATION = /\b[\d.:]+ ?(?:ns|µs|ms|s|\(m:ss\.mmm\))(?![\w])/g;

/**
 * A runtime, and how it runs a file.
 * @typedef {object} Runtime
 * @property {string} title
 * @property {string} program
 * @property {readonly string[]} [args] before the file
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * What came of it.
 * @typedef {object} Verdict
 * @property {string} title
 * @property {number} calls
 * @property {readonly string[]} failures
 */

/** @param {Runtime} runtime @param {string} program @param {string} mode @param {string} folder */
function runIn({ program: file, args = [], env = {} }, program, mode, folder) {
  const told = join(folder, `${mode}.json`);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));
  const { stdout, stderr, status, error } = spawnSync(file, [...args, program, mode, told], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...inherited, NO_COLOR: "1", NODE_NO_WARNINGS: "1", ...env },
  });
  if (status !== 0) throw new Error(`${mode}: ended with ${status} ${error?.message ?? ""}\n${stderr.slice(-2000)}`);
  return { stdout: sections(stdout), stderr: sections(stderr), outcomes: JSON.parse(readFileSync(told, "utf8")) };
}

/** What was printed between the marks. @param {string} printed @returns {readonly string[]} */
function sections(printed) {
  return printed.split(new RegExp(`(?:^ *)?${MARK} (?:\\d+|end)\\n`, "m")).slice(1, -1);
}

/** @param {string} text @param {import("./calls.mjs").Call} call */
function comparable(text, { timed }) {
  return timed ? text.replace(DURATION, "<time>") : text;
}

/**
 * What the records say, as a console prints it.
 * @param {readonly any[]} records @param {boolean} toStderr
 */
function printedBy(records, toStderr) {
  return records
    .filter(({ method }) => TO_STDERR.includes(method) === toStderr)
    .map(({ message, depth }) => `${message.replace(/^/gm, "  ".repeat(depth))}\n`)
    .join("");
}

/** An error that became the exception is no part of the message. @param {string} printed @param {readonly any[]} records */
function withoutErrors(printed, records) {
  let left = printed;
  for (const { exception, message } of records)
    if (exception)
      left = left === `${exception}\n` ? `${message}\n` : left.replace(new RegExp(` ?${escaped(exception)}`), "");
  return left.replace(/^ /, "");
}

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Runs all calls in a runtime.
 * @param {Runtime} runtime
 * @param {readonly string[]} [modes] "foreign": as consoles are that compute what they print by themselves; there our words are Node's
 * @param {string} [program] a copy of program.mjs with calls.mjs beside it, where the packages are found
 * @returns {Verdict}
 */
export function checkRuntime(runtime, modes = ["tee", "replace"], program = beside) {
  const folder = mkdtempSync(join(tmpdir(), "logbridge-methods-"));
  try {
    const plain = runIn(runtime, program, "plain", folder);
    const failures = modes.flatMap((mode) => {
      const run = runIn(runtime, program, mode, folder);
      return calls.flatMap((call, index) => failuresOf(mode, call, at(plain, index), at(run, index)));
    });
    return { title: runtime.title, calls: calls.length, failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {ReturnType<typeof runIn>} run @param {number} index */
function at({ stdout, stderr, outcomes }, index) {
  return { stdout: stdout[index] ?? "", stderr: stderr[index] ?? "", ...outcomes[index] };
}

/** @param {string} mode @param {import("./calls.mjs").Call} call @param {any} plain @param {any} run @returns {readonly string[]} */
function failuresOf(mode, call, plain, run) {
  const failures = [];
  const shown = (/** @type {string} */ text) => comparable(text, call);
  const differs = (/** @type {string} */ what, /** @type {string} */ expected, /** @type {string} */ actual) => {
    if (shown(expected) !== shown(actual))
      failures.push(
        `${mode}, ${call.title}: ${what}\n  console: ${JSON.stringify(shown(expected))}\n  we:      ${JSON.stringify(shown(actual))}`,
      );
  };
  for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
    differs(`${stream} is not what it should be`, mode === "tee" ? plain[stream] : "", run[stream]);
    if (mode === "foreign" && call.native) continue;
    const expected = call.hides ? withoutErrors(plain[stream], run.records) : plain[stream];
    differs(`the records of ${stream} differ`, expected, printedBy(run.records, stream === "stderr"));
  }
  differs("it throws otherwise", String(plain.threw), String(run.threw));
  if (run.lost.length > 0) failures.push(`${mode}, ${call.title}: values are in no record: ${run.lost.join(", ")}`);
  return failures;
}

/** One line, and what failed below it. @param {Verdict} verdict */
export function verdictText({ title, calls: count, failures }) {
  const line = `${title}: ${count} calls, ${failures.length === 0 ? "all equal" : `${failures.length} differences`}`;
  return [line, ...failures.map((failure) => failure.replace(/^/gm, "  "))].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = process.execPath, ...args] = process.argv.slice(2);
  const isNode = file === process.execPath || /node(?:\.exe)?$/.test(file);
  const title = [file, ...args].join(" ");
  const verdict = checkRuntime({ title, program: file, args }, isNode ? ["tee", "replace", "foreign"] : undefined);
  console.log(verdictText(verdict));
  process.exitCode = verdict.failures.length === 0 ? 0 : 1;
}
