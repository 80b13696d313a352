import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Tab } from "./browser.mjs";

/**
 * The logger in a page: what it writes to the console, with and without an interception of it, and when the page is left.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function loggerInPage({ report, browser, site }) {
  await report.check("the ready-made handler writes to the console, and DevTools shows the caller's line", async () => {
    const tab = await Tab.open(browser);
    await tab.run(site.page("/ready-made", 'import "/ready-made.mjs";'));
    const [event, ...others] = tab.events;
    strictEqual(others.length, 0);
    strictEqual(event?.type, "info");
    match(textOf(event), /INFO.*ready-made/);
    const place = event && (await tab.anchorOf(event));
    ok(place?.url.endsWith("/ready-made.mjs") && place.line === 4, JSON.stringify(place));
    await tab.close();
  });

  const expected = {
    plain: [
      "info INFO|before",
      "debug DEBUG|100 % of %s",
      "warning WARNING|by the logger",
      "error ERROR|failed",
      "log by the console once",
      "error error by the console",
      "log after",
      "info apart other",
    ],
    tee: [
      "info INFO|before",
      "debug DEBUG|100 % of %s",
      "warning WARNING|by the logger",
      "error ERROR|failed",
      // The console has printed these itself.
      "log by the console once",
      "error error by the console",
      "log after",
      "info apart other",
    ],
    replace: [
      "info INFO|before",
      "debug DEBUG|100 % of %s",
      "warning WARNING|by the logger",
      "error ERROR|failed",
      "info INFO|by the console once",
      "error ERROR|error by the console",
      "log after",
      "info apart other",
    ],
  };
  for (const [mode, lines] of Object.entries(expected))
    await report.check(`what the logger writes to the console is no record again: ${mode}`, async () => {
      const tab = await Tab.open(browser, { mode });
      await tab.run(site.page("/default-logger", 'import "/default-logger.mjs";'));
      deepStrictEqual(
        tab.events.map((event) => `${event.type} ${textOf(event).split("\n")[0]}`),
        lines,
      );
      await tab.close();
    });

  await report.check("no call throws, whatever a proxy among its values does", async () => {
    const tab = await Tab.open(browser);
    const { thrown, records } = await tab.run(site.page("/hostile", 'import "/hostile.mjs";'));
    deepStrictEqual(thrown, []);
    ok(records > 200, `${records} records`);
    await tab.close();
  });

  await report.check("what a sink keeps leaves with the page", async () => {
    const tab = await Tab.open(browser);
    const arrival = site.nextPost("/collect");
    await tab.run(site.page("/leaving", 'import "/leaving.mjs";'));
    await tab.page.goto("about:blank");
    deepStrictEqual(JSON.parse(await arrival), ["kept until the page is left\n"]);
    await tab.close();
  });
}

/** @param {import("./browser.mjs").ConsoleEvent | undefined} event */
function textOf(event) {
  const [first, second] = event?.args ?? [];
  return String(first?.value).replace("%s", () => String(second?.value));
}
