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
const ITERATORS = [
  "the entries of a Map",
  "the keys of a Map",
  "the values of a Map",
  "the values of a Set",
  "the entries of a Set",
];
/** An iterator gives its values once, and in tee mode the console has them. */
const readOnce = Object.fromEntries(ITERATORS.map((name) => [`tee, table of ${name}`, "an iterator is read once"]));
const TRACES = ["nothing", "a text and values", "an object", "lines", "an error"];

/** @param {string} title @param {string} reason @returns {Readonly<Record<string, string>>} */
function both(title, reason) {
  return { [`tee, ${title}`]: reason, [`replace, ${title}`]: reason };
}

/**
 * What differs between consoles: what prints to stderr; whether all methods and lines in groups are indented; and where the record says
 * something else than is printed, and why, by mode and title.
 * @type {Readonly<Record<Kind, { toStderr: readonly string[], indents: boolean, differs: Readonly<Record<string, string>> }>>}
 */
const CONSOLES = {
  node: { toStderr: ["warn", "error", "trace", "assert"], indents: true, differs: {} },
  deno: { toStderr: ["warn", "error", "trace", "assert"], indents: false, differs: readOnce },
  bun: {
    toStderr: ["warn", "error", "assert", "timeLog", "timeEnd"],
    indents: false,
    differs: {
      ...readOnce,
      ...Object.fromEntries(TRACES.map((name) => [`tee, trace of ${name}`, "nothing hides our frames from its trace"])),
      ...both("warn of an error in %o", "Bun.inspect shows the source around an error, which the console leaves out"),
      ...both("table of nested objects", "Bun.inspect.table shows less of them than the console"),
    },
  },
};
/** What a timer shows, and positions in stacks of the engine's own. */
const DURATION = /\b[\d.:]+ ?(?:ns|µs|ms|s|\(m:ss\.mmm\))(?![\w])/g;

/** @typedef {"node" | "bun" | "deno"} Kind */

/**
 * A runtime, and how it runs a file.
 * @typedef {object} Runtime
 * @property {string} title
 * @property {Kind} [kind] default: "node"
 * @property {string} program
 * @property {readonly string[]} [args] before the file
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * What came of it.
 * @typedef {object} Verdict
 * @property {string} title
 * @property {number} calls
 * @property {number} known calls whose difference is known
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
 * @param {readonly any[]} records @param {(method: string) => boolean} isOfStream
 */
function printedBy(records, isOfStream) {
  return records
    .filter(({ method }) => isOfStream(method))
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
    const { kind = "node" } = runtime;
    const { differs } = CONSOLES[kind];
    const plain = runIn(runtime, program, "plain", folder);
    const failures = modes.flatMap((mode) => {
      const run = runIn(runtime, program, mode, folder);
      return calls.flatMap((call, index) => {
        const found = failuresOf({ mode, call, kind }, at(plain, index), at(run, index));
        const known = differs[`${mode}, ${call.title}`];
        if (known === undefined) return found;
        return found.length > 0 ? [] : [`${mode}, ${call.title}: is equal, though it is said to differ: ${known}`];
      });
    });
    return { title: runtime.title, calls: calls.length, known: Object.keys(differs).length, failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {ReturnType<typeof runIn>} run @param {number} index */
function at({ stdout, stderr, outcomes }, index) {
  return { stdout: stdout[index] ?? "", stderr: stderr[index] ?? "", ...outcomes[index] };
}

/**
 * @param {{ mode: string, call: import("./calls.mjs").Call, kind: Kind }} what
 * @param {any} plain @param {any} run @returns {readonly string[]}
 */
function failuresOf({ mode, call, kind }, plain, run) {
  // What throws without us has printed a part, and ours is printed as far as there is a text.
  if (plain.threw !== null) return [];
  const failures = [];
  const { toStderr, indents } = CONSOLES[kind];
  const shown = (/** @type {string} */ text) => {
    const compared = comparable(text, call);
    return call.grouped && !indents ? compared.replace(/^ +/gm, "") : compared;
  };
  const differs = (/** @type {string} */ what, /** @type {string} */ expected, /** @type {string} */ actual) => {
    if (shown(expected) !== shown(actual))
      failures.push(
        `${mode}, ${call.title}: ${what}\n  console: ${JSON.stringify(shown(expected))}\n  we:      ${JSON.stringify(shown(actual))}`,
      );
  };
  for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
    const isPrinted = mode === "tee" || call.passes;
    differs(`${stream} is not what it should be`, isPrinted ? plain[stream] : "", run[stream]);
    if (call.passes || (mode === "foreign" && call.native)) continue;
    const expected = call.hides ? withoutErrors(plain[stream], run.records) : plain[stream];
    const recorded = printedBy(run.records, (method) => toStderr.includes(method) === (stream === "stderr"));
    differs(`the records of ${stream} differ`, expected, recorded);
  }
  differs("it throws otherwise", String(plain.threw), String(run.threw));
  if (run.lost.length > 0) failures.push(`${mode}, ${call.title}: values are in no record: ${run.lost.join(", ")}`);
  return failures;
}

/** One line, and what failed below it. @param {Verdict} verdict */
export function verdictText({ title, calls: count, known, failures }) {
  const others = known === 0 ? "all equal" : `all equal but ${known} that are known to differ`;
  const line = `${title}: ${count} calls, ${failures.length === 0 ? others : `${failures.length} differences`}`;
  return [line, ...failures.map((failure) => failure.replace(/^/gm, "  "))].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = process.execPath, ...args] = process.argv.slice(2);
  const kind = /** @type {Kind} */ (/(?:^|[\\/])(bun|deno)(?:\.exe)?$/.exec(file)?.[1] ?? "node");
  const title = [file, ...args].join(" ");
  const modes = kind === "node" ? ["tee", "replace", "foreign"] : undefined;
  const verdict = checkRuntime({ title, kind, program: file, args }, modes);
  console.log(verdictText(verdict));
  process.exitCode = verdict.failures.length === 0 ? 0 : 1;
}
