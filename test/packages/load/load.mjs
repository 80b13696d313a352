import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { service } from "./service-check.mjs";

/**
 * Every entry of every package gives the same names to `import` and to `require`, and a small program logs as it should.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function load({ report, project, entries, runtimes, others }) {
  const nodes = runtimes.map(({ version, node }) => ({ title: `Node ${version}`, program: node, args: [], env: {} }));
  for (const launcher of [...nodes, ...others]) {
    const { title, program, args, env } = launcher;
    const succeed = (/** @type {readonly string[]} */ ...rest) => project.succeed(program, [...args, ...rest], env);
    for (const entry of entries) {
      await report.check(`${title}: ${entry} loads with import and with require and gives the same names`, async () => {
        const imported = await succeed(join("load", "import.mjs"), entry);
        const required = await succeed(join("load", "require.cjs"), entry);
        const names = JSON.parse(imported.stdout);
        notDeepStrictEqual(names, []);
        deepStrictEqual(JSON.parse(required.stdout), names);
        deepStrictEqual([imported.stderr, required.stderr], ["", ""]);
      });
    }
    await report.check(`${title}: a record goes through what import gives and through what require gives`, async () => {
      for (const file of ["log.mjs", "log.cjs"]) {
        const { stdout } = await succeed(join("load", file));
        deepStrictEqual(stdout, `20 loaded by ${file}\n\n`);
      }
    });
    await report.check(`${title}: a call whose result is returned has its caller (without tail calls)`, async () => {
      // JavaScriptCore alone makes such calls without a frame of the function that returns them.
      const withoutTailCalls = { ...env, BUN_JSC_useTailCalls: "0" };
      const { stdout } = await project.succeed(program, [...args, join("load", "returned.mjs")], withoutTailCalls);
      deepStrictEqual(stdout, "load/returned:greet:5 hello\n\n");
    });
    await service({ report, project, launcher });
  }
}
