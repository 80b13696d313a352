import { beforeAll, describe, expect, test } from "vitest";
import { expectedIn, INTERCEPTIONS, run, SAID, type Seen, withoutColors } from "./console-beside.ts";

describe.each([
  ["console first", INTERCEPTIONS],
  ["console last", [...INTERCEPTIONS].reverse()],
])("winston, pino, log4js, debug and the console in one process, %s", (_order, interceptions) => {
  let alone: Seen;
  beforeAll(async () => {
    alone = await run([], "tee", SAID);
  });

  test("in tee mode each line is one record, the logger's own, and is printed as without us", async () => {
    const { printed, records } = await run(interceptions, "tee", SAID);
    expect(records.map(withoutColors)).toEqual(expectedIn("tee"));
    expect(alone.records).toEqual([]);
    expect(printed).toEqual(alone.printed);
  });

  test("in replace mode each line is one record, the logger's own, and nothing is printed", async () => {
    const { printed, records } = await run(interceptions, "replace", SAID);
    expect(records.map(withoutColors)).toEqual(expectedIn("replace"));
    expect(printed).toEqual([]);
  });
});

test("what the application prints later is no library's output, though it says the same", async () => {
  const { records } = await run(
    INTERCEPTIONS,
    "tee",
    `slow(simple(), {}).info("started");
    await later(50);
    console.log("started"); process.stdout.write("started\\n");
    consoled().info("started");
    await null;
    console.log("started");`,
  );
  expect(records.map(([origin, message]) => [origin, message])).toEqual([
    ["winston", "started"],
    ["console", "started"],
    ["stdout", "started"],
    ["winston", "started"],
    ["console", "started"],
  ]);
});

test("what a transport says of itself is a record of its own", async () => {
  const { records } = await run(
    INTERCEPTIONS,
    "tee",
    `const transport = new winston.transports.Console();
    transport.log = (info, done) => setTimeout(() => { console.warn("the disk is slow"); done(); }, 5);
    winston.createLogger({ transports: [transport] }).info("saved");
    await later(50);`,
  );
  expect(records.map(([origin, message]) => [origin, message])).toEqual([
    ["winston", "saved"],
    ["console", "the disk is slow"],
  ]);
});

test.each(["tee", "replace"])(
  "what a library prints below our level is no line of the console or of stdout, %s",
  async (mode) => {
    const { records, printed } = await run(
      ['logger.handler(0).level = "INFO";', ...INTERCEPTIONS],
      mode,
      `const Printing = winston.transports.Console;
    winston.createLogger({ level: "debug", transports: [new Printing(), new Printing({ forceConsole: true })] }).debug("below, winston");
    pino({ ...plain, level: "debug" }, process.stdout).debug("below, pino");
    log4js.getLogger("both").debug("below, log4js");
    createDebug("app:stderr")("below, debug");
    Object.assign(createDebug("app:console"), { log: console.log.bind(console) })("below, debug by console");
    console.log("told");`,
    );
    expect(records).toEqual([["console", "told", "INFO"]]);
    const below = printed.filter((line) => line.includes("below"));
    // Of pino the level is not moved for all loggers of the process: it prints what it printed.
    expect(below).toHaveLength(mode === "tee" ? 7 : 1);
  },
);

describe("a console that log4js has replaced, whose appender prints by the method that was there before", () => {
  const replaced = `
const bound = console.log.bind(console);
const before = { log: console.log };
log4js.configure({
  appenders: { bound: { type: { configure: () => (event) => bound(...event.data) } } },
  categories: { default: { appenders: ["bound"], level: "debug" } },
});
console.log = (...args) => log4js.getLogger("console").info(...args);`;

  test.each([
    ["before the interceptions", [replaced, ...INTERCEPTIONS]],
    ["after them", [...INTERCEPTIONS, replaced]],
  ])("%s: each line is one record and printed once", async (_when, steps) => {
    const { records, printed } = await run(
      steps,
      "tee",
      `console.log("by the replaced one"); log4js.getLogger("shop").warn("by a logger"); console.error("by another method");`,
    );
    const heard = records.map(([origin, message]) => [origin === "console" ? "log4js" : origin, message]);
    expect(heard.slice(0, 2)).toEqual([
      ["log4js", "by the replaced one"],
      ["log4js", "by a logger"],
    ]);
    expect(records.slice(2)).toEqual([["console", "by another method", "ERROR"]]);
    expect(printed).toEqual(["by a logger", "by another method", "by the replaced one"]);
  });
});
