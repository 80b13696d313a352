/**
 * What the checks of the packed packages work with.
 * @typedef {object} Setting
 * @property {import("./report.mjs").Report} report
 * @property {ReadonlyMap<string, string>} tarballs package name → tarball
 * @property {readonly string[]} entries what can be imported, such as `@logbridge/core/conformance`
 * @property {import("./project.mjs").Project} project with every package, the libraries that they are for, and `uses-logbridge`
 * @property {readonly import("../../scripts/runtimes.mjs").Runtime[]} runtimes versions of Node
 * @property {readonly import("../../scripts/runtimes.mjs").Launcher[]} others runtimes that are not Node
 * @property {Readonly<Record<string, string>>} libraries the foreign libraries that the adapters are for, with their versions
 */
export {};
