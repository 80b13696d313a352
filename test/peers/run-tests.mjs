import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/workspace.mjs";
import { exceptions } from "./exceptions.mjs";
import { isAtAnEnd, isBelow } from "./versions.mjs";

/**
 * What became of the tests.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {readonly string[]} excepted tests that fail, as `exceptions` says
 * @property {readonly string[]} failures one line each
 */

/**
 * Runs the tests of one adapter, and with the oldest and the newest version those across the adapters, which take long.
 * @param {import("./versions.mjs").Peer} peer
 * @param {string} workspace the copy that has this version
 * @returns {Outcome}
 */
export function runTests(peer, workspace) {
  const file = join(workspace, "results.json");
  rmSync(file, { force: true });
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const selection = [
    join("packages", `adapter-${peer.library}`, "test"),
    ...(isAtAnEnd(peer) ? [join("test", "bridges")] : []),
  ];
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", ...selection, "--reporter=json", `--outputFile=${file}`],
    { cwd: workspace, env, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (!existsSync(file)) return { passed: 0, excepted: [], failures: [`no results:\n${stdout}${stderr}`] };
  const outcome = judged(peer, JSON.parse(readFileSync(file, "utf8")), workspace);
  // An error that belongs to no test.
  if (status !== 0 && outcome.failures.length + outcome.excepted.length === 0)
    return { ...outcome, failures: [`vitest ended with ${status}:\n${stdout}${stderr}`] };
  return outcome;
}

/**
 * @param {import("./versions.mjs").Peer} peer @param {Record<string, any>} results as vitest's reporter `json` writes them
 * @param {string} workspace
 * @returns {Outcome}
 */
function judged({ library, version }, results, workspace) {
  const known = exceptions.filter(
    (one) =>
      one.library === library && isBelow(version, one.below) && !(one.from !== undefined && isBelow(version, one.from)),
  );
  const tests = results["testResults"].flatMap((/** @type {Record<string, any>} */ file) => {
    const name = file["name"].slice(workspace.length + 1);
    /** @type {Record<string, any>[]} */
    const inside = file["assertionResults"];
    // A file that could not be loaded has no tests; one whose hooks fail has none that has failed.
    const whole = file["status"] === "failed" && inside.every((one) => one["status"] !== "failed");
    return [
      ...(whole ? [{ name, failed: true, passed: false, why: file["message"] }] : []),
      ...inside.map((one) => ({
        name: `${name}: ${one["fullName"]}`,
        failed: one["status"] === "failed",
        passed: one["status"] === "passed",
        why: one["failureMessages"]?.[0] ?? "",
      })),
    ];
  });
  /** @param {string} name */
  const excepted = (name) => known.some((one) => name.endsWith(one.test));
  const failed = tests.filter((/** @type {{ failed: boolean }} */ one) => one.failed);
  const needless = known.filter(
    (one) => !failed.some((/** @type {{ name: string }} */ { name }) => name.endsWith(one.test)),
  );
  return {
    passed: tests.filter((/** @type {{ passed: boolean }} */ one) => one.passed).length,
    excepted: failed.map((/** @type {{ name: string }} */ one) => one.name).filter(excepted),
    failures: [
      ...failed
        .filter((/** @type {{ name: string }} */ one) => !excepted(one.name))
        .map(
          (/** @type {{ name: string, why: string }} */ one) =>
            `${one.name}\n    ${one.why.split("\n").slice(0, 4).join("\n    ")}`,
        ),
      ...needless.map(
        (one) => `"${one.test}" does not fail: test/peers/exceptions.mjs needs no entry below ${one.below}`,
      ),
    ],
  };
}
