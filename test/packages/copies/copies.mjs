import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { NEWER_VERSION } from "./newer-copy.mjs";

const COPIES = ["esm", "cjs", "nested-esm", "nested-cjs"];

/**
 * However many copies and versions one process loads, they are one logger.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function copies({ report, project, runtimes }) {
  const core = await project.manifest("@logbridge/core");
  for (const { version, node } of runtimes)
    for (const [index, first] of COPIES.entries()) {
      const order = [...COPIES.slice(index), ...COPIES.slice(0, index)];
      const title = `Node ${version}: ESM, CommonJS and a nested copy of another version share one logger (${first} loaded first)`;
      await report.check(title, async () => {
        const { stdout, stderr } = await project.succeed(node, [join("copies", "share.mjs"), ...order]);
        deepStrictEqual(JSON.parse(stdout), { copies: 4, versions: [core.version, NEWER_VERSION] });
        deepStrictEqual(stderr, "");
      });
    }
}
