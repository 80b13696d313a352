import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "../../../scripts/tarballs.mjs";

/** No version that will ever be packed here is this one. */
export const NEWER_VERSION = "0.999.0";

/**
 * A package that depends on a newer core: the same tarball with another version and one more field of the process state.
 * @param {string} core the tarball of core
 * @param {string} folder where to work
 * @returns {string} the tarball of the package, named `uses-logbridge`
 */
export function packNewerCopy(core, folder) {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", core, "-C", folder]);
  const newer = join(folder, "package");
  edit(join(newer, "package.json"), (manifest) => ({ ...manifest, version: NEWER_VERSION }));
  const field = `processState("addedLater", () => ({ by: ${JSON.stringify(NEWER_VERSION)} }));\n`;
  for (const format of ["esm", "cjs"]) {
    const state = join(newer, "dist", format, "state.js");
    if (!readFileSync(state, "utf8").includes("function processState("))
      throw new Error(`${state} makes no process state`);
    appendFileSync(state, `\n${field}`);
  }
  const user = join(folder, "uses-logbridge");
  cpSync(join(dirname(fileURLToPath(import.meta.url)), "uses-logbridge"), user, { recursive: true });
  const manifest = {
    name: "uses-logbridge",
    version: "1.0.0",
    exports: { ".": { import: "./index.mjs", require: "./index.cjs" }, "./package.json": "./package.json" },
    dependencies: { "@logbridge/core": `file:${pack(newer, folder)}` },
  };
  writeFileSync(join(user, "package.json"), JSON.stringify(manifest));
  return pack(user, folder);
}

/** @param {string} path @param {(manifest: Record<string, unknown>) => object} change */
function edit(path, change) {
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8"))), null, 2));
}
