import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
import { join } from "node:path";

/**
 * Every entry of every package gives the same names to `import` and to `require`.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function load({ report, project, entries, runtimes }) {
  for (const { version, node } of runtimes) {
    for (const entry of entries) {
      await report.check(
        `Node ${version}: ${entry} loads with import and with require and gives the same names`,
        async () => {
          const imported = await project.succeed(node, [join("load", "import.mjs"), entry]);
          const required = await project.succeed(node, [join("load", "require.cjs"), entry]);
          const names = JSON.parse(imported.stdout);
          notDeepStrictEqual(names, []);
          deepStrictEqual(JSON.parse(required.stdout), names);
          deepStrictEqual([imported.stderr, required.stderr], ["", ""]);
        },
      );
    }
    await report.check(
      `Node ${version}: a record goes through what import gives and through what require gives`,
      async () => {
        for (const program of ["log.mjs", "log.cjs"]) {
          const { stdout } = await project.succeed(node, [join("load", program)]);
          deepStrictEqual(stdout, `20 loaded by ${program}\n\n`);
        }
      },
    );
  }
}
