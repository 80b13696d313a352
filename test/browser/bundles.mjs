import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { root } from "../../scripts/workspace.mjs";

/** @typedef {{ code: string, map: string }} Bundle */

/** The packages as an application has them: below node_modules, whatever they link to. */
const AS_INSTALLED = true;

/** @param {string} file @returns {Promise<Bundle>} */
export async function bundledByEsbuild(file) {
  const { outputFiles } = await esbuild({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    format: "esm",
    platform: "browser",
    sourcemap: "linked",
    outfile: join(root, ".cache", "browser", "app.js"),
    preserveSymlinks: AS_INSTALLED,
    write: false,
    logLevel: "silent",
  });
  const [map, code] = outputFiles;
  return { code: code?.text ?? "", map: map?.text ?? "" };
}

/** @param {string} file @returns {Promise<Bundle>} */
export async function bundledByVite(file) {
  const result = await vite({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { preserveSymlinks: AS_INSTALLED },
    build: {
      write: false,
      sourcemap: true,
      outDir: join(root, ".cache", "browser"),
      lib: { entry: file, formats: ["es"], fileName: "app" },
    },
  });
  const [first] = /** @type {readonly import("vite").Rolldown.RolldownOutput[]} */ (
    Array.isArray(result) ? result : [result]
  );
  const output = first?.output ?? [];
  /** @param {string} name */
  const text = (name) => {
    const found = output.find(({ fileName }) => fileName === name);
    return found?.type === "chunk" ? found.code : String(found?.source ?? "");
  };
  return { code: text("app.js"), map: text("app.js.map") };
}
