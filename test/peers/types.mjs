import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/workspace.mjs";

/**
 * Compiles an application that uses the adapter, against the library's types in this version and the adapter's own declarations.
 * @param {import("./versions.mjs").Peer} peer
 * @param {string} workspace the copy that has this version
 * @returns {string} the compiler's complaints
 */
export function compileConsumer({ library }, workspace) {
  const folder = join(workspace, "consumer");
  cpSync(join(root, "test", "peers", "consumers", `${library}.ts`), join(folder, "app.ts"));
  const compilerOptions = {
    module: "NodeNext",
    target: "ES2022",
    strict: true,
    noEmit: true,
    // Old declarations do not compile with every new version of Node's types.
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules", "@types")],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["app.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder],
    { encoding: "utf8" },
  );
  return `${stdout}${stderr}`.trim();
}
