import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../..", import.meta.url));
const compiler = resolve(packages, "../node_modules/typescript/bin/tsc");
const ONLY_EMIT = [
  "--noCheck",
  "--noResolve",
  "--declaration",
  "false",
  "--isolatedDeclarations",
  "false",
  "--sourceMap",
  "false",
];

/** Settings of whoever runs the tests, which change what programs print. */
const SETTINGS = ["FORCE_COLOR", "NO_COLOR", "DEBUG", "NODE_OPTIONS", "NODE_NO_WARNINGS"];

/** What a program printed and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** An application in a temporary folder with the compiled packages below its `node_modules`. */
export class Application {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), "logbridge-console-")));

  constructor() {
    this.write("package.json", JSON.stringify({ name: "app", type: "module" }));
    this.install("core", { "#platform": "./platform/node.js" });
    this.install("intercept-console", undefined);
    for (const name of ["debug", "ms"])
      cpSync(resolve(packages, "../node_modules", name), join(this.root, "node_modules", name), { recursive: true });
  }

  private install(folder: string, imports: object | undefined): void {
    const home = join(this.root, "node_modules/@logbridge", folder);
    mkdirSync(home, { recursive: true });
    cpSync(join(packages, folder, "package.json"), join(home, "package.json"));
    for (const format of ["esm", "cjs"]) {
      const project = join(packages, folder, `tsconfig.${format}.json`);
      execFileSync(process.execPath, [compiler, "-p", project, "--outDir", join(home, "dist", format), ...ONLY_EMIT]);
    }
    writeFileSync(
      join(home, "dist/cjs/package.json"),
      JSON.stringify({ type: "commonjs", ...(imports && { imports }) }),
    );
  }

  /** Writes a file of the application. */
  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Reads what a program of the application has written. */
  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Compiles a TypeScript file beside itself, with a source map. */
  compile(file: string): void {
    const args = [
      "--ignoreConfig",
      "--noCheck",
      "--target",
      "es2022",
      "--module",
      "esnext",
      "--inlineSourceMap",
      "--inlineSources",
      file,
    ];
    execFileSync(process.execPath, [compiler, ...args], { cwd: this.root });
  }

  /** Runs a program of the application in a process of its own. */
  run(
    file: string,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
    forProgram: readonly string[] = [],
  ): Outcome {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));
    const { stdout, stderr, status } = spawnSync(process.execPath, [...args, file, ...forProgram], {
      cwd: this.root,
      encoding: "utf8",
      env: { ...inherited, ...env },
    });
    return { stdout, stderr, code: status };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
