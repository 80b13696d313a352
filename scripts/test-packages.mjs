// `npm run test:packages`: installs the packed packages into fresh projects and uses them there.
// `--only load,copies,jest,bundle,typescript` takes some of the checks, `--node 22.23.3,current,bun,deno` some of the runtimes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../test/packages/bundle/bundle.mjs";
import { copies } from "../test/packages/copies/copies.mjs";
import { packNewerCopy } from "../test/packages/copies/newer-copy.mjs";
import { jest } from "../test/packages/jest/jest.mjs";
import { load } from "../test/packages/load/load.mjs";
import { Project } from "../test/packages/project.mjs";
import { Report } from "../test/packages/report.mjs";
import { typescript } from "../test/packages/typescript/typescript.mjs";
import { currentRuntime, ensureOther, ensureRuntime, otherNames, versions } from "./runtimes.mjs";
import { packAll } from "./tarballs.mjs";
import { ensureBuilt, ensureInstalled, entries, packages, root } from "./workspace.mjs";

const CHECKS = { load, copies, jest, bundle, typescript };

const { values: asked } = parseArgs({ options: { only: { type: "string" }, node: { type: "string" } } });
const only = asked.only?.split(",") ?? Object.keys(CHECKS);
const unknown = only.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) throw new Error(`--only ${unknown}: the checks are ${Object.keys(CHECKS)}`);
const wanted = asked.node?.split(",") ?? ["current", ...versions, ...otherNames];
const nodes = wanted.filter((name) => !otherNames.includes(name));

ensureInstalled();
ensureBuilt();
const began = performance.now();
const runtimes = nodes.map((version) => (version === "current" ? currentRuntime() : ensureRuntime(version)));
// Only `load` runs on these.
const others = only.includes("load")
  ? wanted.filter((name) => otherNames.includes(name)).flatMap((name) => ensureOther(name))
  : [];
const report = new Report();
const tarballs = packAll();
const work = mkdtempSync(join(tmpdir(), "logbridge-newer-"));
/** The libraries that the adapters are for, in the versions that the adapters are tested with. */
/** @type {Record<string, string>} */
const libraries = Object.assign({}, ...packages().map((one) => one.manifest["devDependencies"]));
const foreign = Object.fromEntries(
  Object.entries(libraries).filter(([name]) =>
    ["winston", "winston-transport", "pino", "log4js", "debug", "@types/debug"].includes(name),
  ),
);
const project = await Project.create(join(root, "test", "packages"), {
  ...Object.fromEntries(tarballs),
  "uses-logbridge": packNewerCopy(String(tarballs.get("@logbridge/core")), work),
  ...foreign,
});
try {
  const names = packages().flatMap((one) =>
    entries(one).map(({ subpath }) => join(one.name, subpath).replaceAll("\\", "/")),
  );
  const setting = { report, tarballs, entries: names, project, runtimes, others, libraries: foreign };
  for (const name of only) {
    console.log(name);
    await CHECKS[/** @type {keyof typeof CHECKS} */ (name)](setting);
  }
} finally {
  await project.remove();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${report.passed} passed, ${report.failed} failed in ${Math.round((performance.now() - began) / 1000)} s`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);
