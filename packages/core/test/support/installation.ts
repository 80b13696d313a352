import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const core = fileURLToPath(new URL("../..", import.meta.url));
const bin = resolve(core, "../../node_modules/.bin");

/** An application in a temporary folder with the compiled core below its `node_modules`. */
export class Installation {
  readonly root: string;

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "logbridge-app-")));
    this.write("package.json", JSON.stringify({ name: "app", type: "module" }));
    const home = join(this.root, "node_modules/@logbridge/core");
    mkdirSync(home, { recursive: true });
    cpSync(join(core, "package.json"), join(home, "package.json"));
    for (const format of ["esm", "cjs"]) this.compileCore(format, join(home, "dist", format));
    const manifest = { type: "commonjs", imports: { "#platform": "./platform/node.js" } };
    writeFileSync(join(home, "dist/cjs/package.json"), JSON.stringify(manifest));
  }

  private compileCore(format: string, outDir: string): void {
    this.tool("tsc", [
      "-p",
      join(core, `tsconfig.${format}.json`),
      "--outDir",
      outDir,
      "--declaration",
      "false",
      "--isolatedDeclarations",
      "false",
    ]);
  }

  /** Writes a file of the application. */
  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs a tool of the workspace in the application's folder. */
  tool(name: string, args: readonly string[]): string {
    return execFileSync(join(bin, name), args, { cwd: this.root, encoding: "utf8" });
  }

  /** Runs a program and reads the JSON that it prints. */
  run(args: readonly string[]): unknown {
    const env = { ...process.env, NODE_OPTIONS: "", NODE_NO_WARNINGS: "1" };
    return JSON.parse(execFileSync(process.execPath, args, { cwd: this.root, encoding: "utf8", env }));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
