import { match, strictEqual } from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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

const EVERYTHING = "core and the adapters compile; S-PKG-1 a transport typed by another winston-transport is accepted";

/**
 * @typedef {object} Compilation
 * @property {string} compiler key of COMPILERS
 * @property {keyof typeof MODES} mode
 * @property {readonly string[]} sources fixture files
 * @property {Record<string, unknown>} options compiler options besides those of the mode
 */

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
  const compile = async ({ compiler, mode, sources, options }) => {
    const { ending, options: ofMode } = MODES[mode];
    const folder = join(project.folder, "compiled");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const files = sources.map((source) => {
      const file = source.replace(/^.*\/|\.ts$/g, "") + ending;
      cpSync(join(project.folder, source), join(folder, file));
      return file;
    });
    const always = {
      strict: true,
      noEmit: true,
      target: "es2022",
      lib: ["es2022"],
      types: ["node"],
      skipLibCheck: false,
    };
    const compilerOptions = { ...always, ...ofMode, ...options };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const program = join("node_modules", `typescript-${compiler}`, "bin", "tsc");
    return project.run(process.execPath, [program, "-p", folder, "--pretty", "false"]);
  };

  /** @param {string} title @param {Compilation} compilation */
  const compiles = (title, compilation) =>
    report.check(title, async () => {
      const { code, stdout, stderr } = await compile(compilation);
      strictEqual(`${stdout}${stderr}`, "");
      strictEqual(code, 0);
    });

  try {
    const sources = ["core/consumer.ts", "adapters/consumer.ts"];
    const names = /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES));
    for (const compiler of Object.keys(COMPILERS)) {
      // TypeScript 7 has given up node10.
      for (const mode of names.filter((name) => name !== "node10" || compiler !== "7.0"))
        await compiles(`TypeScript ${compiler}, ${mode}: ${EVERYTHING}`, {
          compiler,
          mode,
          sources,
          options: { esModuleInterop: true },
        });
      await compiles(`TypeScript ${compiler}, without esModuleInterop: ${EVERYTHING}`, {
        compiler,
        mode: "nodenext, CommonJS",
        sources,
        options: { esModuleInterop: false },
      });
      await compiles(`TypeScript ${compiler}, bundler: core compiles with the types of a page and none of Node`, {
        compiler,
        mode: "bundler",
        sources: ["core/consumer.ts"],
        options: { lib: ["es2022", "dom"], types: [] },
      });
      await compiles(`TypeScript ${compiler}: an interception and a context can be disposed of`, {
        compiler,
        mode: "nodenext, ES modules",
        sources: ["core/disposal.ts"],
        options: {},
      });
    }
    await report.check("a consumer with a wrong type does not compile", async () => {
      writeFileSync(
        join(project.folder, "core", "wrong.ts"),
        'import { logger } from "@logbridge/core";\nlogger.add(42);\n',
      );
      const { code, stdout } = await compile({
        compiler: "7.0",
        mode: "bundler",
        sources: ["core/wrong.ts"],
        options: {},
      });
      match(stdout, /^compiled.wrong\.ts\(2,12\): error TS2345: Argument of type 'number'/);
      strictEqual(code === 0, false);
    });
  } finally {
    await project.remove();
  }
}
