import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const workspace = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** What became of one seed in a process of its own. */
export interface Loop {
  /** Records at a plain sink after the loop had its time. */
  readonly count: number;
  /** The same a while later. */
  readonly later: number;
  /** What the library said about the loop on stderr. */
  readonly warnings: number;
}

/** Runs a scenario with an intercepted console in a process of its own, where the library's own words can be counted. */
export async function loop(scenario: string): Promise<Loop> {
  const folder = mkdtempSync(join(workspace, "test/bridges/.tmp-"));
  const file = join(folder, "loop.mts");
  writeFileSync(
    file,
    `
    import { createLogger } from "@logbridge/core";
    import { interceptConsole } from "@logbridge/intercept-console";
    const logger = createLogger();
    let count = 0;
    logger.add({ needs: { text: false }, write: () => void count++ }, { level: 0 });
    ${scenario}
    interceptConsole({ logger });
    logger.info("seed");
    setTimeout(() => {
      const first = count;
      setTimeout(() => {
        process.stdout.write(JSON.stringify({ count: first, later: count }), () => process.exit(0));
      }, 500);
    }, 3500);
  `,
  );
  try {
    return await new Promise((resolve, reject) => {
      const tsx = join(workspace, "node_modules/tsx/dist/loader.mjs");
      execFile(
        process.execPath,
        ["--conditions=@logbridge/source", "--import", tsx, file],
        { cwd: workspace },
        (error, stdout, stderr) => {
          if (error) return reject(new Error(`${error.message}\n${stderr}`));
          resolve({
            ...(JSON.parse(stdout) as { count: number; later: number }),
            warnings: stderr.match(/LB140[12]/g)?.length ?? 0,
          });
        },
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
