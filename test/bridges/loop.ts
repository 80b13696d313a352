import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const workspace = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** What became of one seed in a process of its own. */
export interface Loop {
  /** Records at a plain sink, two seconds before the end. */
  readonly count: number;
  /** The same when there were no more for two seconds, or after ten. */
  readonly later: number;
  /** What the library said about the loop on stderr. */
  readonly warnings: number;
}

/** Runs a scenario with an intercepted console in a process of its own, where the library's own words can be counted. */
export async function loop(scenario: string): Promise<Loop> {
  const { stdout, stderr } = await run(`
    let count = 0;
    logger.add({ needs: { text: false }, write: () => void count++ }, { level: 0 });
    ${scenario}
    interceptConsole({ logger });
    logger.info("seed");
    const counts = [];
    setInterval(() => {
      const first = counts.at(-10);
      counts.push(count);
      if (first !== count && counts.length < 50) return;
      process.stdout.write(JSON.stringify({ count: first, later: count }), () => process.exit(0));
    }, 200);
  `);
  const counts = JSON.parse(stdout) as { count: number; later: number };
  return { ...counts, warnings: stderr.match(/LB140[12]/g)?.length ?? 0 };
}

/** The lines that a scenario writes to stdout before its process ends, however it ends. */
export async function lines(scenario: string): Promise<string[]> {
  return (await run(scenario)).stdout.trimEnd().split("\n");
}

async function run(scenario: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const folder = mkdtempSync(join(workspace, "test/bridges/.tmp-"));
  const file = join(folder, "scenario.mts");
  writeFileSync(
    file,
    `
    import fs from "node:fs";
    import { createLogger } from "@logbridge/core";
    import { interceptConsole } from "@logbridge/intercept-console";
    const logger = createLogger();
    ${scenario}
  `,
  );
  const tsx = join(workspace, "node_modules/tsx/dist/loader.mjs");
  try {
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        ["--conditions=@logbridge/source", "--import", tsx, file],
        { cwd: workspace, maxBuffer: 1 << 26 },
        (_error, stdout, stderr) => resolve({ stdout, stderr }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
