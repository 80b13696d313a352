import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const workspace = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** What a program printed and how it ended. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs a small TypeScript program against the sources, in a process of its own. */
export async function program(
  source: string,
  options: { env?: Record<string, string>; args?: string[]; cwd?: string } = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(workspace, "packages/core/test/.tmp-"));
  const file = join(folder, "program.mts");
  writeFileSync(file, source);
  try {
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        [
          "--conditions=@logbridge/source",
          "--import",
          join(workspace, "node_modules/tsx/dist/loader.mjs"),
          file,
          ...(options.args ?? []),
        ],
        {
          cwd: options.cwd ?? workspace,
          env: {
            ...process.env,
            NODE_OPTIONS: "",
            NODE_NO_WARNINGS: "1",
            FORCE_COLOR: "",
            NO_COLOR: "",
            ...options.env,
          },
          maxBuffer: 1 << 28,
        },
        (error, stdout, stderr) =>
          resolve({ stdout, stderr, code: typeof error?.code === "number" ? error.code : error ? -1 : 0 }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
