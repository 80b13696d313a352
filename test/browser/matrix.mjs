import { deepStrictEqual, ok } from "node:assert/strict";
import { Tab } from "./browser.mjs";
import { byCall, withoutTime } from "./events.mjs";

/** @typedef {{ title: string, thrown: string | null, records: number, lost: readonly string[] }} Outcome of a call */

/**
 * The calls that are made on every runtime, made here.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function callsOfEveryRuntime({ report, browser, site }) {
  const plain = await outcomesOf("plain");
  const others = [await outcomesOf("tee"), await outcomesOf("replace")];

  /** @param {string} mode @returns {Promise<{ outcomes: readonly Outcome[], events: readonly (readonly import("./browser.mjs").ConsoleEvent[])[] }>} */
  async function outcomesOf(mode) {
    const tab = await Tab.open(browser, { mode });
    const outcomes = await tab.run(site.page("/matrix", 'import "/matrix.mjs";'));
    await tab.close();
    return { outcomes, events: byCall(tab.events) };
  }

  await report.check(
    `${plain.outcomes.length} calls that are made on every runtime print in tee mode what they print without us`,
    () => {
      ok(plain.outcomes.length > 200);
      const [tee] = others;
      for (const [index, { title }] of plain.outcomes.entries())
        deepStrictEqual(told(tee, index), told(plain, index), title);
    },
  );

  await report.check("they throw what they throw without us, and lose no value", () => {
    const thrown = plain.outcomes.map((outcome) => outcome.thrown);
    for (const { outcomes } of others) {
      deepStrictEqual(
        outcomes.map((outcome) => outcome.thrown),
        thrown,
      );
      deepStrictEqual(
        outcomes.filter(({ lost }) => lost.length > 0),
        [],
      );
    }
  });

  await report.check("they print nothing in replace mode, and are records there", () => {
    const [, replace] = others;
    const silent = ["endGroup", "clear"];
    const printed = replace?.events.flat().filter(({ type }) => !silent.includes(type));
    deepStrictEqual(printed, []);
    ok((replace?.outcomes.filter(({ records }) => records > 0).length ?? 0) > 200);
  });
}

/** @param {{ events: readonly (readonly import("./browser.mjs").ConsoleEvent[])[] } | undefined} run @param {number} index */
function told(run, index) {
  return run?.events[index]?.map(({ type, args }) => ({ type, args: args.map(withoutTime) }));
}
