// Files of tests as programs for runtimes that load no TypeScript and have none of Node's modules.
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { packages, root } from "../../scripts/workspace.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const BUILT_IN = new RegExp(`^(node:.*|${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);
const OWN_TEST = /[\\/](test)[\\/].*\.ts$/;

/** What Node has as globals and the web has not; in the sources of tests they become imports. */
const GLOBALS = ["process", "Buffer", "setImmediate", "clearImmediate", "require", "__dirname", "__filename"];

/**
 * Bundles each file of tests, with the packages' sources as a condition chooses them, into one ES module that exports
 * `run(): Promise<FileReport>` (see run-file.ts). The packages are evaluated when the module is loaded, as those of a service are; the
 * tests when `run` is called. Whatever is Node's own alone is replaced by stand-ins that tell the runner that a test needs it.
 *
 * @param {object} options
 * @param {readonly string[]} options.files paths from the root of the repository
 * @param {string} options.out the folder for the modules
 * @param {readonly string[]} options.conditions of package.json, such as `["browser"]`
 * @param {readonly string[]} [options.builtIns] modules of Node that the runtime has all the same
 * @returns {Promise<Map<string, string>>} the path of the module for each file
 */
export async function bundleTests({ files, out, conditions, builtIns = [] }) {
  const names = new Map(files.map((file) => [file, file.replaceAll("/", "-").replace(/\.ts$/, "")]));
  await build({
    entryPoints: Object.fromEntries([...names].map(([file, name]) => [name, `tests:${file}`])),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    mainFields: ["module", "main"],
    conditions: ["@logbridge/source", ...conditions, "import", "module", "default"],
    // A package is loaded for its own sake here, which "sideEffects: false" would not allow.
    ignoreAnnotations: true,
    keepNames: true,
    sourcemap: false,
    logLevel: "error",
    absWorkingDir: root,
    plugins: [entries, chosenByCondition(conditions), missingModules(builtIns), missingGlobals],
  });
  return new Map([...names].map(([file, name]) => [file, join(out, `${name}.mjs`)]));
}

/** The program around one file of tests. @type {import("esbuild").Plugin} */
const entries = {
  name: "entries",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^tests:/ }, ({ path }) => ({ path: path.slice("tests:".length), namespace: "tests" }));
    onLoad({ filter: /.*/, namespace: "tests" }, ({ path }) => ({
      contents: [
        ...packagesOf(path).map((name) => `import ${JSON.stringify(name)};`),
        // vitest sets a timer as it is loaded, which a worker may not do before it is asked for something.
        `export async function run() {`,
        `  const { runFile } = await import(${JSON.stringify(join(here, "run-file.ts"))});`,
        `  return runFile(${JSON.stringify(path)}, () => import(${JSON.stringify(join(root, path))}));`,
        `}`,
      ].join("\n"),
      loader: "js",
      resolveDir: join(root, dirname(path)),
    }));
  },
};

/** The packages that a file of tests is about: core, and the one in whose folder it is. @param {string} file */
function packagesOf(file) {
  const own = packages().find(({ folder }) => join(root, file).startsWith(folder + sep))?.name;
  return own === undefined || own === "@logbridge/core" ? ["@logbridge/core"] : ["@logbridge/core", own];
}

/**
 * `#platform` and its like: the source of what the published package gives under these conditions.
 * @param {readonly string[]} conditions
 * @returns {import("esbuild").Plugin}
 */
function chosenByCondition(conditions) {
  return {
    name: "chosen by condition",
    setup({ onResolve }) {
      onResolve({ filter: /^#/ }, ({ path, importer }) => {
        const own = packages().find(({ folder }) => importer.startsWith(folder + sep));
        const target = own?.manifest["imports"]?.[path];
        if (!own || !target) return undefined;
        const condition = conditions.find((name) => target[name] !== undefined);
        const built = String((condition === undefined ? target : target[condition])["import"]);
        return { path: join(own.folder, built.replace("./dist/esm/", "src/").replace(/\.js$/, ".ts")) };
      });
    },
  };
}

/**
 * @param {readonly string[]} present the modules of Node that need no stand-in
 * @returns {import("esbuild").Plugin}
 */
function missingModules(present) {
  return {
    name: "missing modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: BUILT_IN }, ({ path }) => {
        const name = path.startsWith("node:") ? path : `node:${path}`;
        return present.includes(name) ? { path: name, external: true } : { path: name, namespace: "missing" };
      });
      // Only a server of modules has these.
      onResolve({ filter: /^vite\/module-runner$/ }, ({ path }) => ({ path, namespace: "missing" }));
      onResolve({ filter: /^esbuild$/ }, ({ path }) => ({ path, namespace: "missing" }));
      onLoad({ filter: /.*/, namespace: "missing" }, ({ path }) => ({
        // An import reads its names from what the exports inherit: of the exports' own, only those that are listed would be known.
        contents: `module.exports = Object.create(require(${JSON.stringify(join(here, "missing.ts"))}).missing(${JSON.stringify(path)}));`,
        resolveDir: here,
      }));
    },
  };
}

/** Gives the sources of tests the globals that are missing, and a place of their own. @type {import("esbuild").Plugin} */
const missingGlobals = {
  name: "missing globals",
  setup({ onLoad }) {
    onLoad({ filter: OWN_TEST }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const used = GLOBALS.filter((name) => new RegExp(`(?<![.\\w"'])${name}\\b(?!["':])`).test(text));
      const declared = used.map((name) => `const ${name} = globalThis.${name} ?? missing(${JSON.stringify(name)});`);
      const place = JSON.stringify(`file:///${relative(root, path).replaceAll(sep, "/")}`);
      return {
        contents: [
          // On the first line: the lines of the tests stay where they are.
          `import { missing } from ${JSON.stringify(join(here, "missing.ts"))}; ${declared.join(" ")} `,
          text.replaceAll("import.meta.url", place),
        ].join(""),
        loader: "ts",
      };
    });
  },
};
