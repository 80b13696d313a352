import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";

/** How a process has ended, and what it has said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Arguments of Node for a program of the fixtures, which takes the packages from their sources. */
export function programArguments(program: string, args: readonly string[]): string[] {
  return ["--conditions=@logbridge/source", "--import", "tsx", join(__dirname, "fixtures", program), ...args];
}

/** Runs a program of the fixtures to its end. */
export function runProgram(program: string, ...args: readonly string[]): Promise<Ended> {
  return ended(spawn(process.execPath, programArguments(program, args)));
}

/** The same where no file may become larger than so many blocks of 512 bytes: a write beyond fails, as on a disk that is full. */
export function runProgramWithFullDisk(blocks: number, program: string, ...args: readonly string[]): Promise<Ended> {
  return runLimited(`-f ${blocks}`, program, args);
}

/** The same where no more than so many files can be open at once. */
export function runProgramWithFewFiles(files: number, program: string, ...args: readonly string[]): Promise<Ended> {
  return runLimited(`-n ${files}`, program, args);
}

function runLimited(limit: string, program: string, args: readonly string[]): Promise<Ended> {
  const command = `ulimit ${limit}; exec "$0" "$@"`;
  return ended(spawn("sh", ["-c", command, process.execPath, ...programArguments(program, args)]));
}

function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out, err })));
}
