import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

const MODES = ["tee", "replace"] as const;
const begin = (mode: string): string =>
  `const interception = interceptConsole({ logger, mode: "${mode}", streams: true });`;

describe("what is written to stdout and stderr", () => {
  test.each(MODES)("is one record for each line, at the level of its stream, R-20a R-20c: %s", (mode) => {
    const { records, stdout, stderr } = programs.run(`${begin(mode)}
process.stdout.write("one\\ntwo  \\n\\n");
process.stderr.write("thr");
process.stdout.write("half");
process.stderr.write("ee\\n");
process.stdout.write(" done\\nlast");`);
    expect(records.map(({ level, message, origin }) => [level, message, origin])).toEqual([
      ["INFO", "one", "stdout"],
      ["INFO", "two", "stdout"],
      ["WARNING", "three", "stderr"],
      ["INFO", "half done", "stdout"],
      ["INFO", "last", "stdout"],
    ]);
    expect(stdout.toString()).toBe(mode === "tee" ? "one\ntwo  \n\nhalf done\nlast" : "");
    expect(stderr.toString()).toBe(mode === "tee" ? "three\n" : "");
  });

  test("a trace that is written in pieces is one record for each line, and bare newlines are none, C-35c C-35d", () => {
    const { records } = programs.run(`${begin("replace")}
for (const piece of ["Traceback", ":", "\\n", "  at a", " (x.js:1)", "\\n", "\\n", "Error: ", "boom", "\\n", "\\r\\n"]) process.stderr.write(piece);`);
    expect(messagesOf({ records })).toEqual(["Traceback:", "  at a (x.js:1)", "Error: boom"]);
  });

  test("comes at the chosen level, R-20a", () => {
    const { records } = programs.run(
      `interceptConsole({ logger, streams: true, levels: { stdout: "DEBUG", stderr: 45 } });
process.stdout.write("out\\n"); process.stderr.write("err\\n");`,
    );
    expect(records.map(({ level }) => level)).toEqual(["DEBUG", "Level 45"]);
  });

  test.each(MODES)("is the code's that printed it, R-20e: %s", (mode) => {
    const { records } = programs.run(`${begin(mode)}
import { Console } from "node:console";
process.stdout.write("direct\\n");
new Console(process.stdout).log("by another console");
process.stdout.write("unfinished");
process.stdout.write(" here\\n"); process.stdout.write("at the end");`);
    const places = records.map(({ message, file, line }) => [message, file === null ? null : (line ?? 0)]);
    const [direct] = records;
    expect(direct?.name).toMatch(/program\d+$/);
    expect(places).toEqual([
      ["direct", 4],
      ["by another console", 5],
      ["unfinished here", 7],
      ["at the end", null],
    ]);
  });

  test("is not taken where nobody wants its level, and is silent only in replace mode", () => {
    for (const mode of MODES) {
      const { stdout, records } = programs.run(
        `logger.add({ write() {} }, { level: "ERROR", key: "kept" });
${begin(mode)} process.stdout.write("x\\n");`,
      );
      expect(records).toEqual([]);
      expect(stdout.toString()).toBe(mode === "tee" ? "x\n" : "");
    }
    const nobody = programs.run(`logger.remove(); ${begin("replace")} process.stdout.write("x\\n");`);
    expect(nobody.stdout.toString()).toBe("x\n");
  });

  test("is what a redirection of its own block gives, and the streams are as before after it, R-20d", () => {
    const { told, records, stdout } = programs.run(`
const described = () => [process.stdout, process.stderr].flatMap((stream) => ["write", "end"].map((key) => Object.getOwnPropertyDescriptor(stream, key)));
const before = described();
const interception = interceptConsole({ logger, streams: true });
process.stdout.write("inside\\n"); process.stdout.write("and the rest");
interception.restore(); interception.restore();
process.stdout.write("outside\\n");
tell(described().every((one, at) => one === before[at] || one?.value === before[at]?.value));`);
    expect(told[0]).toBe(true);
    expect(records.map(({ message }) => message)).toEqual(["inside", "and the rest"]);
    expect(stdout.toString()).toBe("outside\n");
  });

  test("stays with somebody who patched it after us, and their patch goes on after our end", () => {
    const { stdout, records, told } = programs.run(`${begin("tee")}
const ours = process.stdout.write;
process.stdout.write = function (chunk, ...rest) { tell(String(chunk)); return ours.call(this, chunk, ...rest); };
process.stdout.write("a\\n"); interception.restore(); process.stdout.write("b\\n");
interceptConsole({ logger, streams: true }); process.stdout.write("c\\n");`);
    expect(records.map(({ message }) => message)).toEqual(["a", "c"]);
    expect(told).toEqual(["a\n", "b\n"]);
    expect(stdout.toString()).toBe("a\nb\n");
  });

  test("two interceptions take each line once each, for whichever is there", () => {
    const { told, stdout } = programs.run(`
import { createLogger } from "@logbridge/core";
const seen = [[], []];
const made = seen.map((list) => { const own = createLogger(); own.add((_t, r) => list.push(r.message), { level: 0 }); return interceptConsole({ logger: own, mode: "tee", streams: true }); });
process.stdout.write("both\\n"); console.log("console"); made[0].restore(); process.stdout.write("second\\n"); made[1].restore(); process.stdout.write("none\\n");
tell(seen);`);
    expect(told[0]).toEqual([
      ["both", "console"],
      ["both", "console", "second"],
    ]);
    expect(stdout.toString()).toBe("both\nconsole\nsecond\nnone\n");
  });

  test.each(MODES)("calls back once and later, and gives a boolean, S-CON-1: %s", (mode) => {
    const { told, stdout } = programs.run(`${begin(mode)}
const calls = [];
let atOnce = 0; process.stderr.write("z\\n", () => atOnce++);
// In replace mode and with Node's streams later; what a runtime calls at once stays with it.
tell(${mode === "replace"} ? 0 : atOnce * 4);
const given = [
  process.stdout.write("x\\n", (...args) => calls.push(["x", args])),
  process.stdout.write("y\\n", "utf8", (...args) => calls.push(["y", args])),
  process.stdout.write(Buffer.from("z\\n"), undefined, (...args) => calls.push(["z", args])),
  process.stdout.write("", (...args) => calls.push(["", args])),
];
tell(given); tell(calls.length);
setTimeout(() => tell(calls), 50);`);
    const [expected, written, early, called] = told;
    expect(written).toEqual([true, true, true, true]);
    expect(early).toBe(expected);
    expect((called as unknown[][]).map(([name]) => name)).toEqual(["x", "y", "z", ""]);
    for (const [, args] of called as [string, unknown[]][]) expect(args[0] ?? null).toBeNull();
    expect(stdout.toString()).toBe(mode === "tee" ? "x\ny\nz\n" : "");
  });

  test("a child that inherits the descriptors is neither taken nor disturbed", () => {
    const { records, stdout, stderr } = programs.run(`${begin("replace")}
import { spawnSync } from "node:child_process";
spawnSync(process.execPath, ["-e", "console.log('out of the child'); console.error('err of the child')"], { stdio: "inherit" });
process.stdout.write("our own\\n");`);
    expect(messagesOf({ records })).toEqual(["our own"]);
    expect([stdout.toString(), stderr.toString()]).toEqual(["out of the child\n", "err of the child\n"]);
  });

  test("the level and name that a line has in its text are found, R-20a", () => {
    const { records } = programs.run(`
interceptConsole({ logger, streams: true, parse: ["json", "brackets"] });
process.stdout.write('[ERROR] broken\\n{"level":40,"msg":"low","name":"stock"}\\nplain\\n');`);
    expect(records.map(({ level, message, name }) => [level, message, name])).toEqual([
      ["ERROR", "broken", expect.anything()],
      ["WARNING", "low", "stock"],
      ["INFO", "plain", expect.anything()],
    ]);
  });
});

test("what is printed while the process ends is there, R-20a", () => {
  const { records } = programs.run(`
const kept = process.listeners("exit").at(-1); process.removeListener("exit", kept);
process.on("exit", () => { process.stdout.write("in exit, without an end"); });
process.on("exit", kept);
${begin("replace")}
process.stdout.write("unfinished "); process.stdout.write("line");
process.exit(0);`);
  expect(messagesOf({ records })).toEqual(["unfinished line", "in exit, without an end"]);
});

test("a progress bar and colours make one record", () => {
  const { records, stdout } = programs.run(`${begin("replace")}
for (let at = 0; at <= 100; at++) process.stdout.write("\\r\\u001b[32m" + "#".repeat(at) + "\\u001b[0m " + at + "%");
process.stdout.write("\\n");`);
  expect(messagesOf({ records })).toEqual([`${"#".repeat(100)} 100%`]);
  expect(stdout.length).toBe(0);
});
