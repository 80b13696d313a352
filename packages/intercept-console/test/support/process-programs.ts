import { spawn } from "node:child_process";
import { closeSync, cpSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "./application.ts";

/** How a program runs: alone, or with everything that it says intercepted. */
export type Mode = "alone" | "tee" | "replace";

/** Where a program's output goes: both streams into one file, into one pipe, or into a pipe each. */
export type Outlet = "file" | "pipe" | "pipes";

/** A program of `test/programs`. */
export interface Program {
  readonly name: string;
  /** Options of Node. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How a run ended, what it printed, and what the logger has of it. */
export interface Run {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  /** Empty where both streams go one way. */
  readonly stderr: string;
  readonly records: readonly Kept[];
}

/** A record as the setup's file keeps it. */
export interface Kept {
  readonly level: string;
  readonly message: string;
  readonly origin: { readonly name: string; readonly level?: { readonly name: string } };
  readonly name: string | null;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly exception: { readonly type: string; readonly message: string } | null;
}

/** A logger with a file that keeps its records. */
const KEEPING = `
import { createLogger } from "@logbridge/core";

export const logger = createLogger();
const kept = ({ level, message, origin, name, extra, exception }) => ({
  level: level.name, message, origin, name, extra, exception: exception && { type: exception.type, message: exception.message },
});
logger.add(process.env.KEPT, { level: 0, serialize: (record) => JSON.stringify(kept(record)) });
`;

const setup = (mode: Mode): string => `
import { interceptConsole } from "@logbridge/intercept-console";
import { logger } from "./keeping.mjs";

interceptConsole({ logger, mode: "${mode}", level: 0, streams: true, warnings: true, uncaught: true, processLog: true });
`;

/** An application that holds the programs, to be run as an operator runs them: by Node alone, with the compiled packages. */
export class Programs {
  readonly #app = new Application();
  #runs = 0;

  constructor() {
    cpSync(fileURLToPath(new URL("../programs", import.meta.url)), join(this.#app.root, "programs"), {
      recursive: true,
    });
    this.#app.write("keeping.mjs", KEEPING);
    // A preloaded module changes what Node does at its start, so there is one in each run.
    this.#app.write("alone.mjs", "");
    for (const mode of ["tee", "replace"] as const) this.#app.write(`${mode}.mjs`, setup(mode));
  }

  /** Adds a program, which finds `logger`, whose records are kept, in `../keeping.mjs`. */
  add(name: string, source: string): Program {
    this.#app.write(`programs/${name}.mjs`, source);
    return { name };
  }

  remove(): void {
    this.#app.remove();
  }

  /** Runs a program to its end. */
  async run(program: Program, mode: Mode, outlet: Outlet): Promise<Run> {
    const number = ++this.#runs;
    const printed = join(this.#app.root, `${number}.out`);
    const output = outlet === "file" ? openSync(printed, "a") : "pipe";
    const ended = await this.#spawn(this.command(program, mode), number, program.env, outlet !== "pipes", output);
    if (typeof output === "number") closeSync(output);
    const file = outlet === "file" && { stdout: withoutNumber(readFileSync(printed, "latin1")) };
    return { ...ended, ...file, records: this.#kept(number) };
  }

  /** Runs a program before a reader that leaves after one line; the program's exit code is told at the end of `stderr`. */
  async runBeforeHead(program: Program, mode: Mode): Promise<Run> {
    const number = ++this.#runs;
    const command = `{ ${this.command(program, mode)}; echo "code $?" >&2; } | head -1`;
    return { ...(await this.#spawn(command, number, program.env, false, "pipe")), records: this.#kept(number) };
  }

  /** What a shell runs. */
  command({ name, flags = [] }: Program, mode: Mode): string {
    const quoted = (text: string): string => `'${text}'`;
    const preload = "Deno" in globalThis ? ["run", "-A", "--no-lock", "--no-prompt", "--preload"] : ["--import"];
    return [process.execPath, ...preload, `./${mode}.mjs`, ...flags, `programs/${name}.mjs`].map(quoted).join(" ");
  }

  async #spawn(
    command: string,
    number: number,
    env: Program["env"],
    joined: boolean,
    output: number | "pipe",
  ): Promise<Omit<Run, "records">> {
    // An aborted program leaves no core; `exec` lets its signal be seen.
    const line = command.startsWith("{") ? command : `exec ${command}${joined ? " 2>&1" : ""}`;
    const child = spawn("/bin/sh", ["-c", `ulimit -c 0; ${line}`], {
      cwd: this.#app.root,
      env: { ...standing(), ...env, KEPT: this.#log(number) },
      stdio: ["ignore", output, joined ? output : "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name]?.setEncoding("latin1").on("data", (chunk: string) => void (texts[name] += chunk));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on("close", (...how) => resolve(how)),
    );
    return { code, signal, stdout: withoutNumber(texts.stdout), stderr: withoutNumber(texts.stderr) };
  }

  #log(number: number): string {
    return join(this.#app.root, `${number}.log`);
  }

  #kept(number: number): readonly Kept[] {
    if (!existsSync(this.#log(number))) return [];
    const lines = readFileSync(this.#log(number), "utf8").trimEnd().split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(withoutNumber(line)) as Kept);
  }
}

/** Few variables, so that no setting of whoever runs the tests changes what programs print. */
function standing(): Readonly<Record<string, string>> {
  const { PATH = "", DENO_DIR } = process.env;
  return DENO_DIR === undefined ? { PATH } : { PATH, DENO_DIR, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
}

/** The process's number is the one thing in which two runs must differ. */
function withoutNumber(printed: string): string {
  return printed.replace(/\(node:\d+\) /g, "(node:PID) ");
}
