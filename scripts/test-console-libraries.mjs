// `npm run test:console-libraries`: libraries that take a console-like logger with our facades, and `debug` in three versions.
// `--case kafka` takes the cases whose title contains it, `--no-build` takes the packages as they were built last.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt, ensureInstalled, root } from "./workspace.mjs";

const TIMEOUT_MS = 60_000;
/** Settings of whoever runs the tests, which change what these libraries print. */
const SETTINGS = [
  "DEBUG",
  "DEBUG_COLORS",
  "FORCE_COLOR",
  "NO_COLOR",
  "NODE_OPTIONS",
  "KAFKAJS_LOG_LEVEL",
  "INNGEST_DEV",
];

const { values: asked } = parseArgs({
  options: { case: { type: "string" }, "no-build": { type: "boolean", default: false } },
});

ensureInstalled();
if (!asked["no-build"]) ensureBuilt();
// These need what has just been installed.
const { cases } = await import("../test/console-libraries/cases.mjs");
const { install } = await import("../test/console-libraries/project.mjs");
const { Report } = await import("../test/packages/report.mjs");

const report = new Report();
const folder = install();
for (const one of cases)
  if (!asked.case || one.title.includes(asked.case))
    await report.check(one.title, async () => one.check(await run(one)));
if (!asked.case) await report.check("the lines of the documentation are right to the compiler", compile);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);

/**
 * @param {{ program: string, args?: readonly string[] }} one
 * @returns {Promise<any>} what the program says
 */
function run({ program, args = [] }) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));
  // One of them warns of every older Node.
  const env = { ...inherited, NODE_NO_WARNINGS: "1" };
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env, timeout: TIMEOUT_MS };
    execFile(process.execPath, [join("run", "programs", program), ...args], options, (error, stdout, stderr) => {
      if (error || stderr !== "")
        reject(new Error(`${error?.message ?? "the program has complained"}\n${stdout}${stderr}`));
      else resolve(JSON.parse(stdout));
    });
  });
}

function compile() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const settings =
    "--ignoreConfig --noEmit --strict --skipLibCheck --target es2022 --module nodenext --types node".split(" ");
  const args = [compiler, ...settings, "--typeRoots", join(root, "node_modules", "@types"), join("run", "types.mts")];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, timeout: 2 * TIMEOUT_MS }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}${stderr}`));
      else resolve(undefined);
    });
  });
}
