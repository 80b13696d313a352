import { deepStrictEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { bundledByEsbuild, bundledByVite } from "./bundles.mjs";

const PROGRAM = fileURLToPath(new URL("pages/otel.mjs", import.meta.url));
/** An import of what only Node has; `getBuiltinModule("node:…")` asks at run time, and is told that there is none. */
const NODE_IMPORT = /\b(?:from|import|require)\s*\(?\s*["'](?:node:|fs|path|util|async_hooks|worker_threads|http|zlib)/;

/**
 * What a bundler for browsers makes of core, the interception of the console and the way to a collector.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function bundleContents({ report }) {
  for (const [name, bundle] of Object.entries({ esbuild: bundledByEsbuild, vite: bundledByVite }))
    await report.check(
      `a bundle by ${name} imports nothing of Node and holds the browser's platform alone`,
      async () => {
        const { code, map } = await bundle(PROGRAM);
        deepStrictEqual(NODE_IMPORT.exec(code), null);
        const own = JSON.parse(map).sources.filter((/** @type {string} */ source) => source.includes("@logbridge/"));
        const chosen = own.filter((/** @type {string} */ source) =>
          /\/(?:platform|runtime)\/(?:node|web)\b/.test(source),
        );
        ok(
          chosen.some((/** @type {string} */ source) => source.includes("/platform/web")),
          chosen.join(" "),
        );
        ok(
          chosen.some((/** @type {string} */ source) => source.includes("/runtime/web")),
          chosen.join(" "),
        );
        deepStrictEqual(
          chosen.filter((/** @type {string} */ source) => /\/(?:platform|runtime)\/node/.test(source)),
          [],
        );
      },
    );
}
