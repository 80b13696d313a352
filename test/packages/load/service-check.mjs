import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const PROGRAM = join("load", "service.mjs");
const CHAIN = /^Error: not saved\n.*service\.mjs:\d+.*^Caused by: TypeError: disk full$/ms;

/** How the program ends, and with which code. */
const ENDS = { return: 0, exit: 3 };

/**
 * L-START-11: a small program logs on every runtime as it does on Node.
 * @param {object} setting
 * @param {import("../report.mjs").Report} setting.report
 * @param {import("../project.mjs").Project} setting.project
 * @param {import("../../../scripts/runtimes.mjs").Launcher} setting.launcher
 */
export async function service({ report, project, launcher }) {
  const { title, program, args, env } = launcher;
  const source = (await readFile(join(project.folder, PROGRAM), "utf8")).split("\n");
  const lineOf = (/** @type {string} */ text) => source.findIndex((line) => line.includes(text)) + 1;
  const [greeted, skipped, failed] = [lineOf('"hello {}"'), lineOf("logger.debug("), lineOf("logger.error(")];

  for (const [end, code] of Object.entries(ENDS)) {
    const folder = `${title}-${end}`.replaceAll(" ", "-");
    const read = (/** @type {string} */ name) => readFile(join(project.folder, folder, name), "utf8");
    const outcome = await project.run(program, [...args, PROGRAM, folder, end], env);

    await report.check(`${title}: handler 0 and a function get the records of a program (${end})`, async () => {
      strictEqual(outcome.code, code, outcome.stderr);
      match(
        outcome.stderr,
        new RegExp(`^[\\d-]+ [\\d:.]+ \\| INFO {5}\\| load/service:greet:${greeted} - hello Bob$`, "m"),
      );
      match(outcome.stderr, CHAIN);
      const [first, second, third, ...rest] = outcome.stdout.split("\n");
      deepStrictEqual([first, third], ["20 hello Bob", "40 save failed"]);
      strictEqual(second, `at once: load/service:greet:${greeted} hello Bob`);
      match(rest.join("\n"), CHAIN);
    });
    await report.check(`${title}: its files have all records with the right lines and contexts (${end})`, async () => {
      const [line, gathered] = [await read("line.log"), await read("gathered.log")];
      const places = [`greet:${greeted} hello Bob`, `<anonymous>:${skipped} not for the function`];
      const written = [...places, `<anonymous>:${failed} save failed`].map((place) => `load/service:${place}`);
      deepStrictEqual(line.split("\n").slice(0, 3), written);
      const contexts = ["{ task: 5, user: 'ann' } hello Bob", "{} not for the function", "{} save failed"];
      deepStrictEqual(gathered.split("\n").slice(0, 3), contexts);
      for (const text of [line, gathered]) match(text, CHAIN);
    });
    await report.check(`${title}: its flat JSON has the fields, and the error with its cause (${end})`, async () => {
      const records = (await read("flat.log"))
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text));
      const places = records.map(({ level, message, line, function: name }) => [level, message, line, name]);
      deepStrictEqual(places, [
        ["INFO", "hello Bob", greeted, "greet"],
        ["DEBUG", "not for the function", skipped, "<anonymous>"],
        ["ERROR", "save failed", failed, "<anonymous>"],
      ]);
      deepStrictEqual(records[0].extra, { task: 5, user: "ann" });
      const { type, message, cause } = records[2].err;
      deepStrictEqual([type, message, cause.type, cause.message], ["Error", "not saved", "TypeError", "disk full"]);
    });
  }
}
