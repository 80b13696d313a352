// `npm run api:update`: writes what each entry declares into packages/*/api; a test compares it with the build.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { publicDeclarations } from "./declarations.mjs";
import { ensureBuilt, ensureInstalled, entries, packages } from "./workspace.mjs";

/**
 * What one entry declares.
 * @typedef {object} Interface
 * @property {string} entry such as `@logbridge/core/conformance`
 * @property {string} file the approved text
 * @property {string} approved what is written there, empty where there is nothing
 * @property {string} esm what the build declares for `import`
 * @property {string} cjs what the build declares for `require`
 */

/** @returns {readonly Interface[]} of every entry of every package; throws where a package is not built */
export function interfaces() {
  return packages().flatMap((one) =>
    entries(one).map(({ subpath, source }) => {
      const entry = join(one.name, subpath).replaceAll("\\", "/");
      const file = join(one.folder, "api", subpath === "." ? "index.d.ts" : `${basename(subpath)}.d.ts`);
      const declared = (/** @type {string} */ format) => {
        const types = join(one.folder, "dist", format, source.replace(/\.ts$/, ".d.ts"));
        if (!existsSync(types)) throw new Error(`${one.name} is not built: run "npm run build"`);
        return `// The approved interface of ${entry}; "npm run api:update" writes it anew.\n${publicDeclarations(types)}`;
      };
      return {
        entry,
        file,
        approved: existsSync(file) ? readFileSync(file, "utf8") : "",
        esm: declared("esm"),
        cjs: declared("cjs"),
      };
    }),
  );
}

function update() {
  ensureInstalled();
  ensureBuilt();
  const all = interfaces();
  for (const folder of new Set(all.map(({ file }) => dirname(file)))) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder))
      if (!all.some(({ file }) => file === join(folder, name))) rmSync(join(folder, name));
  }
  for (const { entry, file, approved, esm } of all) {
    writeFileSync(file, esm);
    console.log(`${entry}: ${approved === esm ? "as it was" : "changed"}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) update();
