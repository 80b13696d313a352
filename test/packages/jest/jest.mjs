import { match, ok, strictEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project, pathOf } from "../project.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const CLI = join("node_modules", "jest", "bin", "jest.js");

/**
 * Jest in its default mode (CommonJS) and without configuration, in its own environment and in jsdom.
 * @param {import("../setting.mjs").Setting} setting
 */
export async function jest({ report, tarballs, libraries, runtimes }) {
  const project = await Project.create(here, {
    ...Object.fromEntries(tarballs),
    ...libraries,
    jest: "30.5.2",
    "jest-environment-jsdom": "30.5.2",
  });
  try {
    for (const { version, node } of runtimes) {
      const run = (/** @type {readonly string[]} */ ...args) => project.run(node, [CLI, "--ci", ...args], pathOf(node));
      await report.check(
        `Node ${version}: Jest without configuration runs the packages in its node environment`,
        async () => {
          const { code, stderr } = await run("suite");
          match(stderr, /^Tests: +8 passed, 8 total$/m, stderr);
          strictEqual(code, 0, stderr);
        },
      );
      await report.check(
        `Node ${version}: Jest without configuration runs core and console in its jsdom environment`,
        async () => {
          const { code, stderr } = await run("--env=jsdom", "suite/records");
          match(stderr, /^Tests: +4 passed, 4 total$/m, stderr);
          strictEqual(code, 0, stderr);
        },
      );
      await report.check(
        `Node ${version}: S-PKG-2 what is logged after a Jest test has ended makes no warning`,
        async () => {
          const { stderr } = await run("--runInBand", "late");
          match(stderr, /\| WARNING {2}\| .*late by the logger/, "the late record was not written");
          strictEqual(warnings(stderr).includes("logger.test.js"), false, stderr);
          ok(
            warnings(stderr).includes("console.test.js"),
            `a late console.warn made no warning, so this check proves nothing:\n${stderr}`,
          );
        },
      );
    }
  } finally {
    await project.remove();
  }
}

/** The files that Jest warns of. @param {string} output */
function warnings(output) {
  const parts = output.split("Cannot log after tests are done").slice(1);
  return parts.map((part) => /\(?(?:.*[\\/])?late[\\/]([\w.]+)/.exec(part)?.[1] ?? part);
}
