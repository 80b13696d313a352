import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messagesOf, Programs } from "./support/streams.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs("winston", "pino", "winston-transport");
});
afterAll(() => programs.remove());

const MODES = ["tee", "replace"] as const;
const begin = (mode: string): string =>
  `const interception = interceptConsole({ logger, mode: "${mode}", streams: true });`;

describe.each(MODES)("the output of sinks is no record, R-20b: %s", (mode) => {
  test("handlers on stdout and stderr, before and after, C-35b", () => {
    const { records, stdout, stderr } = programs.run(`
logger.add(process.stdout, { format: "BEFORE {message}", colorize: false });
${begin(mode)}
logger.add(process.stdout, { format: "AFTER {message}" }); logger.add(process.stderr, { format: "ERR {message}" });
process.stdout.write("printed\\n"); process.stderr.write("warned\\n"); logger.info("logged");`);
    expect(records.map(({ level, message }) => [level, message])).toEqual([
      ["INFO", "printed"],
      ["WARNING", "warned"],
      ["INFO", "logged"],
    ]);
    const own = ["printed", "warned", "logged"].flatMap((text) => [`BEFORE ${text}`, `AFTER ${text}`]);
    expect(stdout.toString().split("\n").filter(Boolean).toSorted()).toEqual(
      [...own, ...(mode === "tee" ? ["printed"] : [])].toSorted(),
    );
    expect(stderr.toString()).toBe(`ERR printed\nERR warned\n${mode === "tee" ? "warned\n" : ""}ERR logged\n`);
  });

  test("a function, a stream of the user, the console sink and an asynchronous one that print", () => {
    const { records, stdout } = programs.run(`
import { consoleSink } from "@logbridge/core"; import { Writable } from "node:stream";
${begin(mode)}
logger.add((text) => process.stdout.write(text), { format: "F {message}" });
logger.add(async (text) => { await null; process.stdout.write(text.trimEnd()); process.stdout.write("\\n"); }, { format: "A {message}" });
logger.add(new Writable({ write(chunk, _e, done) { process.stdout.write(chunk, done); } }), { format: "W {message}" });
logger.add(new Writable({ write(chunk, _e, done) { process.stdout.write(JSON.stringify({ at: 7, msg: String(chunk).trimEnd() }) + "\\n", done); } }), { format: "{message}" });
logger.add(consoleSink(), { format: "C {message}" });
logger.add((text) => console.log(text.trimEnd()), { format: "L {message}" });
process.stdout.write("one\\n"); console.log("two"); logger.info("three");
await logger.complete(); process.stdout.write("four\\n"); await logger.complete();`);
    expect(messagesOf({ records })).toEqual(["one", "two", "three", "four"]);
    const lines = stdout.toString().split("\n");
    // What the console has printed for it already, its own sink does not print again.
    const skipped = (sink: string): boolean => sink === "C" && mode === "tee";
    for (const sink of ["F", "A", "W", "C", "L"])
      expect(lines.filter((line) => line.startsWith(`${sink} `)).toSorted()).toEqual(
        ["four", "one", "three", ...(skipped(sink) ? [] : ["two"])].map((text) => `${sink} ${text}`),
      );
    expect(lines.filter((line) => line.startsWith("{"))).toHaveLength(4);
    expect(lines.filter((line) => /^(one|two|three|four)$/.test(line))).toHaveLength(mode === "tee" ? 3 : 0);
  });

  test("loggers that print, created before and after, are heard once by what they print", () => {
    const { records, stdout } = programs.run(`
import { writeSync } from "node:fs"; import winston from "winston"; import pino from "pino";
const make = () => winston.createLogger({ format: winston.format.simple(), transports: [new winston.transports.Console()] });
const early = make();
${begin(mode)}
const late = make(); const tampered = pino({ base: null, timestamp: false });
early.info("winston before"); late.info("winston after"); tampered.info("pino after"); await new Promise((done) => setTimeout(done, 20));`);
    expect(messagesOf({ records })).toEqual([
      "info: winston before",
      "info: winston after",
      '{"level":30,"msg":"pino after"}',
    ]);
    expect(stdout.toString().split("\n").filter(Boolean)).toHaveLength(mode === "tee" ? 3 : 0);
  });

  test("what the console prints is one record of the console, whatever prints it", () => {
    const { records, stdout, stderr } = programs.run(`${begin(mode)}
import { Console } from "node:console";
const detached = console._stdout;
console.log("log\\nof two lines"); console.table([1]); console.error(new Error("boom").message); console.trace("here");
new Console({ stdout: process.stdout, stderr: process.stderr }).warn("another console");
process.emitWarning("careful");
setImmediate(() => {});`);
    expect(records.map(({ origin, message }) => [origin, message.split("\n")[0]])).toEqual([
      ["console", "log"],
      ["console", expect.stringMatching(/^┌─/)],
      ["console", "boom"],
      ["console", "Trace: here"],
      // Newer versions of Node tell of it in a better way: in tee mode it is taken so.
      [expect.stringMatching(/^(?:stderr|console)$/), "another console"],
      ["console", expect.stringContaining("careful")],
    ]);
    if (mode === "replace") expect([stdout.length, stderr.length]).toEqual([0, 0]);
  });
});

test("the adapters' sinks on stdout close no ring", () => {
  const { records, stdout } = programs.run(`
import winston from "winston";
interceptConsole({ logger, mode: "tee", streams: true });
logger.add(
  { write(text, record) { transport.log({ level: "info", message: record.message, [Symbol.for("message")]: "W " + record.message }, () => {}); } },
);
const transport = new winston.transports.Console();
process.stdout.write("printed\\n"); logger.info("logged");`);
  expect(messagesOf({ records })).toEqual(["printed", "logged"]);
  expect(stdout.toString().split("\n").filter(Boolean).toSorted()).toEqual(["W logged", "W printed", "printed"]);
});

test.each([
  ["tee", ""],
  ["replace", 'level: "INFO", '],
])("what the console prints below the level is no line of stdout: %s %s", (mode, level) => {
  const { told, records, stdout } = programs.run(`
logger.add({ write: (_text, { level, message, origin }) => tell([level.name, message, origin.name]) }, { level: "INFO", key: "kept" });
interceptConsole({ logger, mode: "${mode}", ${level}streams: true });
console.debug("below"); console.info("above"); console.debug("below %s", "too"); process.stdout.write("a line\\n");`);
  expect(records).toEqual([]);
  expect(told).toEqual([
    ["INFO", "above", "console"],
    ["INFO", "a line", "stdout"],
  ]);
  expect(stdout.toString()).toBe(mode === "tee" ? "below\nabove\nbelow too\na line\n" : "below\nbelow too\n");
});
