// `npm run build`: compiles every package twice, as ES modules and as CommonJS, each with its own types.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entries, packages, root } from "./workspace.mjs";

// A package that does not compile keeps its last build and does not keep the others from theirs.
const failed = packages().filter((one) => !build(one));
if (failed.length > 0) {
  console.error(`not built: ${failed.map(({ name }) => name).join(", ")}`);
  process.exit(1);
}

/**
 * The new build takes the place of the old one when all of it is there.
 * @param {import("./workspace.mjs").Package} one
 * @returns {boolean} true when it was built
 */
function build(one) {
  const began = performance.now();
  const next = join(one.folder, "dist.next");
  const dist = join(one.folder, "dist");
  rmSync(next, { recursive: true, force: true });
  for (const format of ["esm", "cjs"]) {
    const out = join(next, format);
    if (!compile(join(one.folder, `tsconfig.${format}.json`), out)) {
      rmSync(next, { recursive: true, force: true });
      return false;
    }
    hideFromDebuggers(out);
    for (const { source } of entries(one)) checkTypes(join(out, source.replace(/\.ts$/, ".d.ts")));
  }
  writeFileSync(join(next, "cjs", "package.json"), `${JSON.stringify(nestedManifest(one.manifest), null, 2)}\n`);
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
  console.log(`${one.name}: built in ${Math.round(performance.now() - began)} ms`);
  return true;
}

/**
 * @param {string} project a tsconfig file
 * @param {string} out where the compiled files go
 */
function compile(project, out) {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [compiler, "-p", project, "--outDir", out], { stdio: "inherit" }).status === 0;
}

/**
 * Debuggers pass over the sources that a map names in its ignore list: the place they show for a line of the console is then the
 * application's, not that of a method of ours which stands between.
 * @param {string} out a folder with maps
 */
function hideFromDebuggers(out) {
  for (const name of readdirSync(out, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js.map")) continue;
    const path = join(out, name);
    const map = JSON.parse(readFileSync(path, "utf8"));
    const ignoreList = map.sources.map((/** @type {string} */ _source, /** @type {number} */ index) => index);
    // The older name is the one that browsers and bundlers know.
    writeFileSync(path, JSON.stringify({ ...map, ignoreList, x_google_ignoreList: ignoreList }));
  }
}

/**
 * The package.json inside dist/cjs. It makes the files there CommonJS, and because it hides the outer one it has to
 * repeat "imports" (such as "#platform") as they look from there.
 * @param {Record<string, any>} manifest
 * @returns {object}
 */
function nestedManifest(manifest) {
  const { imports } = manifest;
  const moved = imports && Object.fromEntries(Object.entries(imports).map(([key, target]) => [key, fromCjs(target)]));
  return { type: "commonjs", ...(moved && { imports: moved }) };
}

/**
 * @param {string | Record<string, any>} target a target of "imports", with its conditions
 * @returns {any} the same seen from dist/cjs, `null` where nothing of it is there
 */
function fromCjs(target) {
  if (typeof target === "string") return target.startsWith("./dist/cjs/") ? target.replace("./dist/cjs/", "./") : null;
  const kept = Object.entries(target)
    .map(([condition, inner]) => [condition === "require" ? "default" : condition, fromCjs(inner)])
    .filter(([, inner]) => inner !== null);
  if (kept.length === 0) return null;
  return kept.length === 1 && kept[0]?.[0] === "default" ? kept[0][1] : Object.fromEntries(kept);
}

/**
 * Where an entry's types lose their lib reference, consumers whose "lib" ends at ES2022 cannot compile against them.
 * @param {string} types
 */
function checkTypes(types) {
  if (!existsSync(types)) throw new Error(`${types} is missing: package.json names an entry that was not compiled`);
  if (
    /\bDisposable\b|Symbol\.dispose/.test(reachable(types, new Set())) &&
    !readFileSync(types, "utf8").startsWith('/// <reference lib="esnext.disposable" preserve="true" />')
  )
    throw new Error(`${types} does not begin with its reference to lib "esnext.disposable"`);
}

/**
 * The text of a declaration file and of all that it imports from its own package.
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {string}
 */
function reachable(file, seen) {
  if (seen.has(file)) return "";
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const imported = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)\.ts"/g)].map(([, path]) =>
    join(file, "..", `${path}.d.ts`),
  );
  return text + imported.map((path) => reachable(path, seen)).join("");
}
