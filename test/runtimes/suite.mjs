// Which files of tests are run where.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packages, root } from "../../scripts/workspace.mjs";

/** The packages that are made for every runtime; the others are adapters of libraries that are Node's own. */
const PORTABLE = ["core", "adapter-otel", "intercept-console"];

/** What only vitest's own server can do: to put another module in the place of one. */
const MOCKS = /\bvi\.mock\(/;

/**
 * @param {object} which
 * @param {boolean} which.everything also the adapters of libraries that are made for Node
 * @param {readonly string[]} which.containing parts of paths, one of which a file has to have; none: all files
 * @returns {{ files: readonly string[], mocking: readonly string[] }} paths from the root of the repository; `mocking` are those that no
 * runner but vitest's own can run
 */
export function testFiles({ everything, containing }) {
  const wanted = packages()
    .map(({ folder }) => folder)
    .filter((folder) => everything || PORTABLE.some((name) => folder.endsWith(name)))
    .flatMap((folder) => below(folder.slice(root.length + 1).replaceAll("\\", "/"), "test"))
    .filter((file) => containing.length === 0 || containing.some((part) => file.includes(part)))
    .sort();
  const mocking = wanted.filter((file) => MOCKS.test(readFileSync(join(root, file), "utf8")));
  return { files: wanted.filter((file) => !mocking.includes(file)), mocking };
}

/** @param {string} folder @param {string} name of a folder in it @returns {readonly string[]} the files of tests below, but those that take long */
function below(folder, name) {
  const path = `${folder}/${name}`;
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : below(path, entry.name);
    return /(?<!\.long)\.test\.ts$/.test(entry.name) ? [`${path}/${entry.name}`] : [];
  });
}
