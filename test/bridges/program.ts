import { execFile, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const loader = join(folder, "../../node_modules/tsx/dist/loader.mjs");

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a module in a process of its own, against the sources: where the standard streams are read, where memory is measured, or where a
 * package needs Node's own way to load it.
 */
export function program(source: string, flags: readonly string[] = []): Promise<Ended> {
  const args = [
    ...flags,
    "--conditions=@logbridge/source",
    "--import",
    loader,
    "--input-type=module",
    "--eval",
    source,
  ];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Runs a file in a process of its own, where nobody else has patched anything, and reads what it writes to descriptor 3. */
export async function runForJson(file: string, ...args: readonly string[]): Promise<unknown> {
  const all = ["--conditions=@logbridge/source", "--import", loader, file, ...args];
  const child = spawn(process.execPath, all, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  let stderr = "";
  let written = "";
  child.stdio[2]?.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  child.stdio[3]?.on("data", (chunk: Buffer) => void (written += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0 || stderr !== "") throw new Error(`${file} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(written) as unknown;
}
