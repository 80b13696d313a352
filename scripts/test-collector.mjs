// `npm run test:collector`: 12,500 records of each of five sources at once, over each protocol into a real OpenTelemetry Collector, which writes them to a file.
// `--only grpc,http/json` takes some of the protocols, `--each 1000` another number of records, `--keep` keeps the files.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ensureCollector, startCollector } from "./collector.mjs";
import { ensureBuilt, ensureInstalled, root } from "./workspace.mjs";

const PROTOCOLS = ["http/protobuf", "http/json", "grpc"];
const here = join(root, "test", "collector");

const { values: asked } = parseArgs({
  options: {
    only: { type: "string" },
    each: { type: "string", default: "12500" },
    keep: { type: "boolean", default: false },
  },
});
const protocols = asked.only?.split(",") ?? PROTOCOLS;
const unknown = protocols.filter((name) => !PROTOCOLS.includes(name));
if (unknown.length > 0) throw new Error(`--only ${unknown}: the protocols are ${PROTOCOLS}`);

ensureInstalled();
ensureBuilt();
const program = ensureCollector();
if (program === null) {
  console.log("not run: there is no collector on this machine");
  process.exit(0);
}
// These need what has just been installed.
const { check } = await import("../test/collector/check.mjs");
const { FILES } = await import("../test/collector/plan.mjs");
const { SPECIALS } = await import("../test/collector/special-values.mjs");
const count = Number(asked.each);
if (!(count >= SPECIALS.length)) throw new Error(`--each ${asked.each}: ${SPECIALS.length} or more`);
const work = mkdtempSync(join(tmpdir(), "logbridge-collector-"));
let failed = 0;
for (const protocol of protocols) await runOver(protocol, join(work, protocol.replace("/", "-")), program);
if (asked.keep) console.log(`the files are in ${work}`);
else rmSync(work, { recursive: true, force: true });
process.exit(failed > 0 ? 1 : 0);

/** @param {string} protocol @param {string} folder @param {string} program */
async function runOver(protocol, folder, program) {
  const began = performance.now();
  mkdirSync(folder);
  const collector = await startCollector({
    program,
    config: join(here, "collector.yaml"),
    folder,
    env: { OTELCOL_OUT: join(folder, FILES.arrived) },
  });
  const { http, grpc } = collector;
  const url = protocol === "grpc" ? `http://127.0.0.1:${grpc}` : `http://127.0.0.1:${http}/v1/logs`;
  const { code, stderr } = await log([protocol, url, folder, String(count)]);
  // Its end writes what it still holds.
  const ended = await collector.service.stop();
  if (ended !== 0) throw new Error(`the collector ended with ${ended}: ${collector.service.printed()}`);
  if (code !== 0) throw new Error(`the process that logs ended with ${code}: ${stderr}`);
  const { logged, arrived, problems } = await check({ folder, protocol, count, stderr });
  const seconds = Math.round((performance.now() - began) / 1000);
  const verdict = problems.length === 0 ? "ok  " : "FAIL";
  console.log(`${verdict} ${protocol}: ${logged} logged, ${arrived} arrived (${seconds} s)`);
  for (const problem of problems) console.log(`     ${problem}`);
  if (problems.length > 0) failed += 1;
}

/** @param {readonly string[]} args @returns {Promise<{ code: number | null, stderr: string }>} */
async function log(args) {
  // What is set for another program is not for this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OTEL_")));
  const child = spawn(process.execPath, [join(here, "program.mjs"), ...args], {
    env,
    stdio: ["ignore", "inherit", "pipe"],
  });
  const ended = new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  const [code, stderr] = await Promise.all([ended, text(child.stderr)]);
  return { code, stderr };
}
