import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";

const COPIES = ["esm", "cjs", "nested-esm", "nested-cjs"];

/**
 * However many copies and versions one process loads, they are one logger.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function copies({ report, project, runtimes }) {
  for (const { version, node } of runtimes)
    for (const [index, first] of COPIES.entries()) {
      const order = [...COPIES.slice(index), ...COPIES.slice(0, index)];
      const title = `Node ${version}: ESM, CommonJS and a nested copy of another version share one logger (${first} loaded first)`;
      await report.check(title, async () => {
        const { stdout, stderr } = await project.succeed(node, [join("copies", "share.mjs"), ...order]);
        deepStrictEqual(JSON.parse(stdout), { copies: 4, versions: ["0.1.0", "0.2.0"] });
        deepStrictEqual(stderr, "");
      });
    }
}
