import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Tab } from "./browser.mjs";
import { bundledByEsbuild } from "./bundles.mjs";

/** @typedef {{ level: string, message: string, origin: { name: string, level: { name: string } }, type: string | null, isSame: boolean, cause: string | null, place: { file: string, line: number, name: string } | null }} Heard */
/** @typedef {{ ownListeners: readonly unknown[], gettersRun: number, records: readonly Heard[] }} Outcome of pages/uncaught.mjs */

/** @param {string} kind */
const uncaught = (kind) => ({ name: "uncaught", level: { name: kind } });

/**
 * What nobody caught in a page or a worker.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function uncaughtErrors({ report, browser, site }) {
  const plain = await outcomeOf("plain");
  const tee = await outcomeOf("tee");
  const replace = await outcomeOf("replace");

  /** @param {string} mode @returns {Promise<Outcome & { exceptions: readonly string[] }>} */
  async function outcomeOf(mode) {
    const tab = await Tab.open(browser, { mode });
    const done = await tab.run(site.page("/uncaught", 'import "/uncaught.mjs";'));
    await tab.close();
    return { ...done, exceptions: tab.exceptions };
  }

  await report.check("each is one record, with the value that was thrown as its exception", () => {
    const errors = tee.records.filter(({ origin }) => origin.level.name === "uncaughtException");
    deepStrictEqual(
      errors.map(({ message, type }) => [message, type]),
      [
        ["Uncaught TypeError: no such thing", "TypeError"],
        ["Uncaught a text", "string"],
        ["Uncaught undefined", "undefined"],
        ["Uncaught null", "null"],
        ["Uncaught 42", "number"],
        ["Uncaught { code: 7 }", "object"],
        ["Uncaught Error: frozen", "Error"],
        ["Uncaught AbortError: gone", "AbortError"],
        ["Uncaught Error", "Error"],
        ["Uncaught Error: behind a proxy", "Error"],
        ["Uncaught Error: computed", "Error"],
        ["Uncaught Error: handled by the page", "Error"],
        // A listener that was there before us may keep an event from all who came later.
        ["Uncaught Error: reported", "Error"],
        ["Script error.", null],
        ["Uncaught SyntaxError: Failed to execute 'append' on 'Element': Unexpected token '%'", "SyntaxError"],
      ],
    );
    const rejections = tee.records.filter(({ origin }) => origin.level.name !== "uncaughtException");
    deepStrictEqual(
      rejections.map(({ message, type }) => [message, type]),
      [
        ["Uncaught (in promise) RangeError: too far", "RangeError"],
        ["Uncaught (in promise) a reason", "string"],
        ["Uncaught (in promise) undefined", "undefined"],
        ["Uncaught (in promise) { code: 8 }", "object"],
        ["Uncaught (in promise) Error: rejection handled by the page", "Error"],
      ],
    );
    deepStrictEqual(rejections[0]?.origin, uncaught("unhandledRejection"));
    deepStrictEqual(errors[0]?.origin, uncaught("uncaughtException"));
    deepStrictEqual([errors[0]?.isSame, errors[0]?.cause], [true, "inner"]);
    deepStrictEqual([...new Set(tee.records.map(({ level }) => level))], ["CRITICAL"]);
  });

  await report.check("the record says where it was thrown, as far as the browser does", () => {
    const place = tee.records[0]?.place;
    deepStrictEqual([place?.file, place?.name], ["uncaught.mjs", "uncaught"]);
    ok((place?.line ?? 0) > 0);
    const text = tee.records.find(({ message }) => message === "Uncaught a text");
    deepStrictEqual(text?.place?.file, "uncaught.mjs");
    const foreign = tee.records.find(({ message }) => message === "Script error.");
    deepStrictEqual(foreign?.place, null);
  });

  await report.check("the same in replace mode", () => deepStrictEqual(replace.records, tee.records));

  await report.check("the page's own listeners and what the browser prints are as without us", () => {
    ok(plain.exceptions.length > 15, String(plain.exceptions.length));
    for (const run of [tee, replace]) {
      deepStrictEqual(run.exceptions, plain.exceptions);
      deepStrictEqual(run.ownListeners, plain.ownListeners);
    }
    deepStrictEqual(plain.records, []);
  });

  await report.check("an accessor of an error runs as often as without us", () =>
    deepStrictEqual([tee.gettersRun, replace.gettersRun], [plain.gettersRun, plain.gettersRun]),
  );

  await report.check("nothing is heard after restore(), nor of pictures that are not there", () => {
    const heard = JSON.stringify(tee.records);
    strictEqual(/after restore|no-such-picture/.test(heard), false);
  });

  const worker = await bundledByEsbuild(fileURLToPath(new URL("pages/worker.mjs", import.meta.url)));
  site.add("/worker.js", worker.code);
  const starts = {
    "a worker": 'new Worker("/worker.js", { type: "module" });',
    "a shared worker": 'new SharedWorker("/worker.js", { type: "module" });',
    "a service worker": 'navigator.serviceWorker.register("/worker.js", { type: "module" });',
  };
  for (const [name, start] of Object.entries(starts))
    await report.check(`in ${name} too`, async () => {
      const tab = await Tab.open(browser);
      const listen = 'new BroadcastChannel("heard").onmessage = ({ data }) => { globalThis.done = data; };';
      const heard = await tab.run(site.page("/workers", `${listen} ${start}`));
      await tab.close();
      const [[level, message, origin], ...others] = heard;
      deepStrictEqual([level, origin], ["WARNING", { name: "console", level: { name: "warn" } }]);
      match(message, /^from a worker \[(?:global|\w+)\]$/);
      deepStrictEqual(
        others.sort(),
        [
          ["CRITICAL", "Uncaught Error: in a worker", uncaught("uncaughtException")],
          ["CRITICAL", "Uncaught (in promise) Error: rejected in a worker", uncaught("unhandledRejection")],
        ].sort(),
      );
    });

  await report.check("what the browser says without an error is a record with its text", async () => {
    const tab = await Tab.open(browser);
    const { round, ofWorker, nothing } = await tab.run(site.page("/told", 'import "/told.mjs";'));
    await tab.close();
    deepStrictEqual(round?.[0], "CRITICAL");
    match(round[1], /^ResizeObserver loop/);
    deepStrictEqual(ofWorker, [["CRITICAL", "Uncaught TypeError: in the worker", false]]);
    deepStrictEqual(nothing, [["CRITICAL", "Uncaught null", true]]);
  });

  await report.check("a sink whose own failures come back as rejections is cut off", async () => {
    const tab = await Tab.open(browser);
    const calls = await tab.run(site.page("/failing-sink", 'import "/failing-sink.mjs";'));
    const reports = tab.events.filter(({ args }) => String(args[0]?.value).startsWith("logbridge LB"));
    await tab.close();
    ok(calls > 1 && calls < 200, `the sink was called ${calls} times`);
    strictEqual(reports.length, 1);
  });
}
