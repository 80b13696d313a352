import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

const MODES = ["tee", "replace"] as const;
const begin = (mode: string): string =>
  `const interception = interceptConsole({ logger, mode: "${mode}", streams: true, warnings: true, uncaught: true });`;

describe("a line that was begun", () => {
  test.each(MODES)("is a record before that of a console call which prints behind it, R-20a: %s", (mode) => {
    const { records, stdout } = programs.run(`${begin(mode)}
import { Console } from "node:console"; import { PassThrough } from "node:stream";
process.stdout.write("Compiling... ");
console.error("not here");
console.log("done");
process.stdout.write("next\\n");
process.stderr.write("careful: ");
console.log("still");
console.warn("hot");
process.stdout.write("half ");
new Console(new PassThrough()).log("elsewhere");
process.stdout.write("a line\\n");`);
    // In tee mode newer versions of Node tell of other consoles too.
    const here = records.filter(({ message }) => message !== "elsewhere");
    const [, held, call] = here;
    // Whoever calls the console has not written it.
    expect([held?.line, call?.line]).toEqual([null, 6]);
    expect(here.map(({ message, origin }) => [message, origin])).toEqual([
      ["not here", "console"],
      ["Compiling...", "stdout"],
      ["done", "console"],
      ["next", "stdout"],
      ["still", "console"],
      ["careful:", "stderr"],
      ["hot", "console"],
      ["half a line", "stdout"],
    ]);
    expect(stdout.toString()).toBe(mode === "tee" ? "Compiling... done\nnext\nstill\nhalf a line\n" : "");
  });

  test.each(MODES)("is a record before that of a warning, and of what nobody caught: %s", (mode) => {
    const { records } = programs.run(`${begin(mode)}
process.stderr.write("before the warning ");
process.emitWarning("careful");
process.stdout.write("on stdout ");
setImmediate(() => {
  process.stderr.write("before the end ");
  throw new Error("the end");
});`);
    expect(messagesOf({ records })).toEqual([
      "before the warning",
      "careful",
      "on stdout",
      "before the end",
      "Uncaught Error: the end",
    ]);
  });

  test.each(MODES)("is a record of its own, and none is lost, where a sink prints to the same stream: %s", (mode) => {
    const { records } = programs.run(`${begin(mode)}
logger.add((text) => void process.stdout.write(text), { format: "SINK {message}\\n" });
logger.add((text) => console.log(text), { format: "SINK {message}" });
process.stdout.write("Loading "); logger.info("own"); process.stdout.write("ok\\n");
process.stdout.write("at the end "); logger.info("last");`);
    expect(messagesOf({ records })).toEqual(["own", "Loading", "ok", "last", "at the end"]);
  });

  test("goes on behind an error that the application handles", () => {
    const { records } = programs.run(`${begin("tee")}
process.on("uncaughtException", () => process.stdout.write("and the rest\\n"));
process.stdout.write("the beginning ");
setTimeout(() => { throw new Error("handled"); });`);
    expect(messagesOf({ records })).toEqual(["Uncaught Error: handled", "the beginning and the rest"]);
  });

  test("is printed where no handler is left that would have a record of it", () => {
    const { records, stdout } = programs.run(`${begin("replace")}
process.stdout.write("abc ");
logger.remove();
process.stdout.write("def\\n");
logger.add(() => {}, { level: 0, key: "again" });
process.stdout.write("taken\\nheld at the end ");
logger.remove();`);
    expect(records).toEqual([]);
    expect(stdout.toString()).toBe("abc def\nheld at the end ");
  });

  test.each(MODES)("keeps its end when the level is raised meanwhile, and no other line gets it: %s", (mode) => {
    const { told } = programs.run(`
const kept = []; const id = logger.add({ write: (_t, { message }) => kept.push(message) }, { level: 0, key: "kept" });
${begin(mode)}
process.stdout.write("held "); logger.handler(id).update({ level: "ERROR" }); process.stdout.write("more\\n");
process.stdout.write("begun "); logger.handler(id).update({ level: "INFO" }); process.stdout.write("and ended\\n"); interception.restore(); tell(kept);`);
    expect(told).toEqual([["begun and ended"]]);
  });

  test("is delivered or printed when a sink restores in the middle of a chunk", () => {
    const { records, stdout } = programs.run(`${begin("replace")}
logger.add((text) => { if (text.startsWith("b")) interception.restore(); }, { format: "{message}" });
process.stdout.write("a\\nb\\nc\\nd"); process.stdout.write(" and on\\n");`);
    expect(messagesOf({ records })).toEqual(["a", "b"]);
    expect(stdout.toString()).toBe("c\nd and on\n");
  });
});
