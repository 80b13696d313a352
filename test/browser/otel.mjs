import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startReceiver } from "../otlp-receiver/index.mjs";
import { Tab } from "./browser.mjs";
import { bundledByEsbuild } from "./bundles.mjs";
import { openCorsFront } from "./cors-front.mjs";

/**
 * A page's console to a collector of another origin.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function consoleToCollector({ report, browser, site }) {
  const { code } = await bundledByEsbuild(fileURLToPath(new URL("pages/otel.mjs", import.meta.url)));
  site.add("/otel.js", code);
  const address = site.page("/otel", 'import "/otel.js";');
  const receiver = await startReceiver();
  const front = await openCorsFront(receiver.url);

  for (const protocol of ["http/json", "http/protobuf"])
    await report.check(
      `console calls and uncaught errors arrive by ${protocol}, past the browser's preflight`,
      async () => {
        receiver.clear();
        front.asked.length = 0;
        const tab = await Tab.open(browser, { collector: front.url, protocol });
        deepStrictEqual(await tab.run(address), { sent: 3, dropped: 0, pending: 0 });
        await receiver.until(3);
        const records = receiver.records.map(({ severityNumber, body, attributes, resource }) => [
          severityNumber,
          body,
          attributes["exception.type"] ?? null,
          resource.attributes["service.name"] ?? null,
        ]);
        deepStrictEqual(records, [
          [13, "cart of ada has 3 items { cart: 7 }", null, "shop-page"],
          [17, "checkout failed", "TypeError", "shop-page"],
          [21, "Uncaught RangeError: nobody caught it", "RangeError", "shop-page"],
        ]);
        strictEqual(tab.events.length, 2);
        deepStrictEqual([...new Set(front.asked)], ["OPTIONS", "POST"]);
        await tab.close();
      },
    );

  await report.check("what was not sent when the page is left arrives", async () => {
    receiver.clear();
    const tab = await Tab.open(browser, { collector: front.url, protocol: "http/json", leaves: true });
    await tab.run(address);
    await tab.page.goto("about:blank");
    await receiver.until(2);
    strictEqual(receiver.records.length, 2);
    await tab.close();
  });

  await report.check(
    "a collector that lets no page in costs the page nothing but its records, and they are counted",
    async () => {
      receiver.clear();
      const tab = await Tab.open(browser, { collector: receiver.url, protocol: "http/json", patienceMs: 1_000 });
      const { sent, dropped, pending } = await tab.run(address);
      strictEqual(sent, 0);
      ok(dropped + pending === 3, `${dropped} dropped, ${pending} pending`);
      strictEqual(receiver.records.length, 0);
      await tab.close();
    },
  );

  await front.close();
  await receiver.close();
}
