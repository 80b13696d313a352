/**
 * What the checks in a browser work with.
 * @typedef {object} Setting
 * @property {import("../packages/report.mjs").Report} report
 * @property {import("playwright-core").Browser} browser
 * @property {import("./site.mjs").Site} site
 */
export {};
