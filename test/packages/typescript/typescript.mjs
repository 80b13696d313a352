import { match, strictEqual } from "node:assert/strict";
import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "../project.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const COMPILERS = { 5.4: "5.4.5", 5.9: "5.9.3", "7.0": "7.0.2" };

/** How TypeScript users find packages. Each has the file ending that makes it so. */
const MODES = {
  "nodenext, ES modules": { ending: ".mts", options: { module: "nodenext" } },
  "nodenext, CommonJS": { ending: ".cts", options: { module: "nodenext" } },
  bundler: { ending: ".ts", options: { module: "esnext", moduleResolution: "bundler" } },
  node10: { ending: ".ts", options: { module: "commonjs", moduleResolution: "node10" } },
};

/**
 * @typedef {object} Compilation
 * @property {string} title
 * @property {string} compiler key of COMPILERS
 * @property {keyof typeof MODES} mode
 * @property {readonly string[]} sources fixture files
 * @property {Record<string, unknown>} [options] compiler options besides those of the mode
 */

/** @returns {Compilation[]} */
function compilations() {
  const transports = "adapters/transports.ts";
  const accepted = "S-PKG-1 a transport typed by another winston-transport is accepted";
  const modes = /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES));
  return Object.keys(COMPILERS).flatMap((compiler) => {
    // TypeScript 7 has given up node10 and programs without esModuleInterop.
    const isOld = compiler !== "7.0";
    /** @type {Compilation[]} */
    const all = modes
      .filter((mode) => mode !== "node10" || isOld)
      .map((mode) => ({
        title: `core and the adapters compile; ${accepted}`,
        compiler,
        mode,
        sources: ["core/consumer.ts", "adapters/adapters.ts", transports],
        options: { esModuleInterop: true },
      }));
    if (isOld)
      all.push({
        title: `${accepted} without esModuleInterop`,
        compiler,
        mode: "nodenext, CommonJS",
        sources: ["core/consumer.ts", transports],
        options: { esModuleInterop: false, allowSyntheticDefaultImports: false },
      });
    all.push({
      title: "core compiles with the types of a page and none of Node",
      compiler,
      mode: "bundler",
      sources: ["core/consumer.ts"],
      options: { lib: ["es2022", "dom"], types: [] },
    });
    all.push({
      title: "an interception and a context can be disposed of",
      compiler,
      mode: "nodenext, ES modules",
      sources: ["core/disposal.ts"],
    });
    return all;
  });
}

/**
 * TypeScript consumers compile against the packed types, with every declaration file checked.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function typescript({ report, tarballs, libraries }) {
  const compilers = Object.entries(COMPILERS).map(([name, version]) => [
    `typescript-${name}`,
    `npm:typescript@${version}`,
  ]);
  const project = await Project.create(here, {
    ...Object.fromEntries(compilers),
    ...Object.fromEntries(tarballs),
    ...libraries,
    "@types/node": "20.19.43",
    "winston-transport-before": "npm:winston-transport@4.5.0",
  });

  /** @param {Compilation} compilation */
  const compile = async ({ compiler, mode, sources, options = {} }) => {
    const { ending, options: ofMode } = MODES[mode];
    const folder = await mkdtemp(join(project.folder, "compiled-"));
    const files = sources.map((source) => source.replace(/^.*\/|\.ts$/g, "") + ending);
    for (const [index, source] of sources.entries())
      await cp(join(project.folder, source), join(folder, String(files[index])));
    const always = {
      strict: true,
      noEmit: true,
      target: "es2022",
      lib: ["es2022"],
      types: ["node"],
      skipLibCheck: false,
    };
    const compilerOptions = { ...always, ...ofMode, ...options };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const program = join("node_modules", `typescript-${compiler}`, "bin", "tsc");
    return project.run(process.execPath, [program, "-p", folder, "--pretty", "false"]);
  };

  try {
    const open = compilations();
    const work = async () => {
      for (let next = open.shift(); next; next = open.shift()) {
        const compilation = next;
        await report.check(
          `TypeScript ${compilation.compiler}, ${compilation.mode}: ${compilation.title}`,
          async () => {
            const { code, stdout, stderr } = await compile(compilation);
            strictEqual(`${stdout}${stderr}`, "");
            strictEqual(code, 0);
          },
        );
      }
    };
    await Promise.all([work(), work()]);
    await report.check("a consumer with a wrong type does not compile", async () => {
      const { code, stdout } = await compile({
        title: "",
        compiler: "7.0",
        mode: "bundler",
        sources: ["core/wrong.ts"],
      });
      match(stdout, /^compiled-\w+.wrong\.ts\(3,12\): error TS2[37]\d+: /);
      strictEqual(code === 0, false);
    });
  } finally {
    await project.remove();
  }
}
