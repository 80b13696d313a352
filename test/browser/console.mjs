import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Tab } from "./browser.mjs";
import { byCall, sameDuration, withoutTime } from "./events.mjs";
import { shownText } from "./shown-text.mjs";

/** These say nothing; the first of them empties what a console shows, the other closes an indentation. */
const SILENT = ["clear", "groupEnd", "profile", "profileEnd", "timeStamp"];
/** DevTools writes these words before what was given; a bare one is the method's name to it. */
const ASSERTION = /^Assertion failed:? ?/;

/** @typedef {{ index: number, message: string, level: string, method: string, depth: number, lost: string[] }} Heard */
/**
 * One run of pages/console.mjs.
 * @typedef {object} Outcome
 * @property {readonly { method: string, args: number }[]} calls
 * @property {readonly (readonly import("./browser.mjs").ConsoleEvent[])[]} events by call
 * @property {readonly (readonly Heard[])[]} records by call
 * @property {readonly [index: number, error: string][]} thrown into the page
 * @property {boolean} restored
 * @property {boolean} polluted
 * @property {number} gettersRun
 */

/**
 * Every method of a browser's console, taken in.
 * @param {import("./setting.mjs").Setting} setting
 */
export async function consoleMethods({ report, browser, site }) {
  const plain = await outcomeOf("plain");
  const tee = await outcomeOf("tee");
  const replace = await outcomeOf("replace");
  const methods = [...new Set(plain.calls.map(({ method }) => method))];

  /** @param {string} mode @returns {Promise<Outcome>} */
  async function outcomeOf(mode) {
    const tab = await Tab.open(browser, { mode });
    const done = await tab.run(site.page("/console", 'import "/console.mjs";'));
    await tab.close();
    return { ...done, events: byCall(tab.events), records: grouped(done.records, done.calls.length) };
  }

  await report.check(
    `${plain.calls.length} calls of ${methods.length} methods throw what they throw without us`,
    () => {
      deepStrictEqual([tee.thrown, replace.thrown], [plain.thrown, plain.thrown]);
      deepStrictEqual([tee.restored, replace.restored, tee.polluted, replace.polluted], [true, true, false, false]);
    },
  );

  await report.check("in tee mode a debugger is told the same types and arguments, previews included", () => {
    for (const [index, call] of plain.calls.entries())
      deepStrictEqual(told(tee, index), told(plain, index), `${call.method}, call ${index}`);
  });

  await report.check("in replace mode nothing reaches the console", () => {
    const heard = replace.calls.filter(
      ({ method }, index) => !SILENT.includes(method) && (replace.events[index] ?? []).length > 0,
    );
    deepStrictEqual([...new Set(heard.map(({ method }) => method))], []);
  });

  for (const [mode, run] of Object.entries({ tee, replace })) {
    await report.check(`each call that prints is one record in ${mode} mode, and no other call is one`, () => {
      for (const [index, { method, args }] of plain.calls.entries()) {
        const bareGroup = method.startsWith("group") && args === 0;
        const printed = SILENT.includes(method) || bareGroup ? 0 : (plain.events[index] ?? []).length;
        strictEqual(run.records[index]?.length ?? 0, printed, `${method}, call ${index}`);
      }
    });

    await report.check(`the message is the text that DevTools shows, in ${mode} mode`, () => {
      let compared = 0;
      for (const [index, { method }] of plain.calls.entries()) {
        const [record] = run.records[index] ?? [];
        const [event] = plain.events[index] ?? [];
        const shown = event && shownOf(method, event);
        if (!record || shown === undefined || shown === null) continue;
        strictEqual(comparable(method, record.message), shown, `${method}, call ${index}`);
        compared++;
      }
      ok(compared > 1_000, `only ${compared} texts were compared`);
    });

    await report.check(`values stay what they are, and no getter runs, in ${mode} mode`, () => {
      const lost = run.records.flat().filter(({ method, lost }) => lost.length > 0 && method !== "dir");
      deepStrictEqual(lost, []);
      strictEqual(run.gettersRun, plain.gettersRun);
    });
  }

  await report.check("a level for each method, and the depth of its groups", () => {
    const levels = Object.fromEntries(replace.records.flat().map(({ method, level }) => [method, level]));
    deepStrictEqual(
      [levels.log, levels.warn, levels.error, levels.debug, levels.assert],
      ["INFO", "WARNING", "ERROR", "DEBUG", "ERROR"],
    );
    const texts = ["one", "two", "inside", "outside"];
    const last = texts.map((text) => replace.records.flat().findLast(({ message }) => message === text)?.depth);
    deepStrictEqual(last, [0, 1, 2, 0]);
  });
}

/** @param {readonly Heard[]} records @param {number} calls */
function grouped(records, calls) {
  const made = Array.from({ length: calls }, () => /** @type {Heard[]} */ ([]));
  for (const record of records) made[record.index]?.push(record);
  return made;
}

/** @param {Outcome} outcome @param {number} index */
function told({ events }, index) {
  return events[index]?.map(({ type, args }) => ({ type, args: args.map(withoutTime) }));
}

/** @param {string} method @param {import("./browser.mjs").ConsoleEvent} event */
function shownOf(method, { args }) {
  if (method === "table") return null;
  // The engine leaves the values of this one as they are.
  if (method === "dirxml" && String(args[0]?.value).includes("%")) return null;
  const shown = shownText(method === "dir" ? [{ type: "string", value: "%O" }, ...args.slice(0, 1)] : args);
  return shown === null || shown === `console.${method}` ? null : comparable(method, shown);
}

/** @param {string} method @param {string} text */
function comparable(method, text) {
  if (method === "assert") return text.replace(ASSERTION, "");
  // The stack stands below.
  if (method === "trace") return text.replace(/\n {4}at [\s\S]*$/, "").replace(/^Trace(?:: |$)/, "");
  return sameDuration(text);
}
