import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "./application.ts";

const installed = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

/** A record as a program has kept it. */
export interface KeptRecord {
  readonly level: string;
  readonly message: string;
  readonly origin: string | undefined;
  readonly name: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** How a program ended, what it printed, and what its logger took in. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly records: readonly KeptRecord[];
  /** What it gave to `tell()`. */
  readonly told: readonly unknown[];
}

/** What each program begins with: a logger that keeps its records until the process has ended. */
const PREAMBLE = `
import { writeFileSync } from "node:fs";
import { createLogger } from "@logbridge/core";
const records = [], told = [];
export const tell = (value) => told.push(value);
export const logger = createLogger();
logger.add({ needs: { text: false, caller: true }, write: (_text, record) => { records.push(record); keepNow(); } }, { level: 0, key: "kept" });
const write = writeFileSync;
// Deno ends at an uncaught error without the event.
const keepNow = globalThis.Deno ? () => setEnd() : () => {};
process.on("exit", () => setEnd());
function setEnd() {
  const kept = records.map(({ level, message, origin, name, file, line }) => ({ level: level.name, message, origin: origin?.name, name, file: file?.name ?? null, line }));
  write(process.env.KEPT, JSON.stringify({ records: kept, told }));
}
`;

/** Small programs, each run in a process of its own with the compiled packages. */
export class Programs {
  readonly #app = new Application();
  #count = 0;

  /** @param packages further packages that programs import */
  constructor(...packages: readonly string[]) {
    for (const name of packages)
      symlinkSync(resolve(installed, name), join(this.#app.root, "node_modules", name), "junction");
    this.#app.write("kept.mjs", PREAMBLE);
  }

  get root(): string {
    return this.#app.root;
  }

  /** Writes a program and gives its name; it finds `logger`, `tell` and the package's functions. */
  write(source: string): string {
    const file = `program${++this.#count}.mjs`;
    this.#app.write(
      file,
      `import { logger, tell } from "./kept.mjs"; import { interceptConsole, interceptStream } from "@logbridge/intercept-console";\n${source}`,
    );
    return file;
  }

  /** Runs a program; its standard input is what is given. */
  run(source: string, options: { readonly input?: string; readonly args?: readonly string[] } = {}): Ending {
    const file = this.write(source);
    const kept = join(this.#app.root, `${file}.json`);
    const { FORCE_COLOR: _force, NODE_OPTIONS: _options, NO_COLOR: _no, ...env } = process.env;
    const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...(options.args ?? [])], {
      cwd: this.#app.root,
      env: { ...env, KEPT: kept },
      input: options.input ?? "",
      maxBuffer: 64 * 1024 * 1024,
      timeout: 20_000,
    });
    let found: Pick<Ending, "records" | "told">;
    try {
      found = JSON.parse(readFileSync(kept, "utf8")) as Pick<Ending, "records" | "told">;
    } catch {
      throw new Error(`the program kept nothing (exit code ${status}): ${stderr.toString()}`);
    }
    rmSync(kept);
    return { code: status, stdout, stderr, ...found };
  }

  remove(): void {
    this.#app.remove();
  }
}

/** The messages alone. */
export function messagesOf({ records }: Pick<Ending, "records">): string[] {
  return records.map(({ message }) => message);
}
