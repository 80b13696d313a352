// `npm run test:browser`: the packages in headless Chromium, with a debugger at the page. `--only console,caller` takes some of the areas.
import { parseArgs } from "node:util";
import { launch } from "../test/browser/browser.mjs";
import { bundleContents } from "../test/browser/bundle-contents.mjs";
import { callersLine } from "../test/browser/caller.mjs";
import { consoleMethods } from "../test/browser/console.mjs";
import { loggerInPage } from "../test/browser/core.mjs";
import { callsOfEveryRuntime } from "../test/browser/matrix.mjs";
import { consoleToCollector } from "../test/browser/otel.mjs";
import { Site } from "../test/browser/site.mjs";
import { uncaughtErrors } from "../test/browser/uncaught.mjs";
import { Report } from "../test/packages/report.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureBuilt, ensureInstalled } from "./workspace.mjs";

/** @type {Record<string, (setting: import("../test/browser/setting.mjs").Setting) => Promise<void>>} */
const AREAS = {
  matrix: callsOfEveryRuntime,
  console: consoleMethods,
  caller: callersLine,
  uncaught: uncaughtErrors,
  core: loggerInPage,
  otel: consoleToCollector,
  bundle: bundleContents,
};
const { values: asked } = parseArgs({ options: { only: { type: "string" } } });
const only = asked.only?.split(",") ?? Object.keys(AREAS);
const unknown = only.filter((name) => !Object.hasOwn(AREAS, name));
if (unknown.length > 0) {
  console.error(`no such area: ${unknown.join(", ")}; there are ${Object.keys(AREAS).join(", ")}`);
  process.exit(2);
}

ensureInstalled();
ensureBuilt();
const chromium = ensureChromium();
if ("missing" in chromium) {
  console.log(`test:browser was not run, no Chromium: ${chromium.missing}`);
  process.exit(0);
}
console.log(`Chromium ${chromium.version}`);
const report = new Report();
const site = await Site.open();
const browser = await launch(chromium.program);
try {
  for (const name of only) {
    console.log(name);
    await AREAS[name]?.({ report, browser, site });
  }
} finally {
  await browser.close();
  await site.close();
}
console.log(`Chromium ${chromium.version}: ${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 ? 1 : 0);
