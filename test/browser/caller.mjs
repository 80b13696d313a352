import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packages } from "../../scripts/workspace.mjs";
import { Tab } from "./browser.mjs";
import { bundledByEsbuild, bundledByVite } from "./bundles.mjs";

const PAGE = fileURLToPath(new URL("pages/caller.mjs", import.meta.url));
/** V8 keeps one frame of a call of these, whoever else stands above it. */
const ONE_FRAME = ["timeEnd"];

/**
 * The line that DevTools shows beside what was printed is the application's.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function callersLine({ report, browser, site }) {
  await report.check("every source map of every package names its sources in both ignore lists", async () => {
    let maps = 0;
    for (const { folder } of packages())
      for (const name of await readdir(join(folder, "dist"), { recursive: true })) {
        if (!name.endsWith(".js.map")) continue;
        const map = JSON.parse(await readFile(join(folder, "dist", name), "utf8"));
        const all = map.sources.map((/** @type {string} */ _source, /** @type {number} */ index) => index);
        deepStrictEqual([map.ignoreList, map.x_google_ignoreList], [all, all], name);
        maps++;
      }
    ok(maps > 100, `${maps} maps`);
  });

  await report.check("without a bundler, for every method", () =>
    check(site.page("/caller", 'import "/caller.mjs";'), ({ url }) => url.endsWith("/caller.mjs")),
  );

  for (const [name, bundle] of Object.entries({ esbuild: bundledByEsbuild, vite: bundledByVite }))
    await report.check(`in a bundle by ${name}, for every method`, async () => {
      const { code, map } = await bundle(PAGE);
      site.add(`/${name}/app.js.map`, map);
      site.add(`/${name}/app.js`, code);
      const page = site.page(`/${name}/page`, `import "/${name}/app.js";`);
      await check(page, ({ url }) => url.endsWith("/pages/caller.mjs"));
    });

  await report.check("the record knows that line too", async () => {
    const tab = await Tab.open(browser);
    const { callers } = await tab.run(site.page("/caller", 'import "/caller.mjs";'));
    const lines = readFileSync(PAGE, "utf8").split("\n");
    for (const { method, file, line } of callers) {
      strictEqual(file, "caller.mjs");
      ok(["forEach", method].includes(methodOn(lines[line - 1] ?? "")), `${method} on line ${line}`);
    }
    await tab.close();
  });

  await report.check(
    "a debugger that knows of no ignore list is shown our line: the lists are what helps",
    async () => {
      const tab = await Tab.open(browser);
      await tab.run(site.page("/caller", 'import "/caller.mjs";'));
      const [event] = tab.events;
      ok(event?.frames[0]?.url.includes("/packages/intercept-console/"), event?.frames[0]?.url);
      await tab.close();
    },
  );

  /**
   * @param {string} address
   * @param {(place: import("./debugger.mjs").Place) => boolean} isPage
   */
  async function check(address, isPage) {
    const tab = await Tab.open(browser);
    const { callers } = await tab.run(address);
    const lines = readFileSync(PAGE, "utf8").split("\n");
    /** @type {string[]} */
    const wrong = [];
    const events = tab.events.filter(({ type }) => type !== "endGroup");
    for (const event of events) {
      const place = await tab.anchorOf(event);
      const method = place && isPage(place) ? methodOn(lines[place.line - 1] ?? "") : `${place?.url}:${place?.line}`;
      const said = String(event.args[0]?.value ?? event.type).replace(
        /^(?:timer: .*)/,
        event.type === "timeEnd" ? "timeEnd" : "timeLog",
      );
      const expected = said === "1" ? "forEach" : said.replace(/: \d+$/, "");
      if (method !== expected) wrong.push(expected);
    }
    deepStrictEqual(wrong, ONE_FRAME);
    strictEqual(events.length, 16);
    strictEqual(callers.length, events.length);
    await tab.close();
  }
}

/** @param {string} line */
function methodOn(line) {
  return line.includes("forEach") ? "forEach" : (/console\.(\w+)/.exec(line)?.[1] ?? line);
}
