import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asLog4js, interceptLog4js, log4jsSinks } from "@logbridge/adapter-log4js";
import { createLogger, type Logger } from "@logbridge/core";
import log4js, { type Logger as TheirLogger } from "log4js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anotherCopy } from "./support/copy.ts";

let logger: Logger;
let lines: Record<string, string[]>;
const undo: (() => void)[] = [];

beforeEach(() => {
  logger = createLogger() as Logger;
  lines = {};
});
afterEach(async () => {
  for (const one of undo.splice(0)) one();
  await logger.remove();
});

/** An appender that keeps what the basic layout makes of its events, without the time. */
function kept(name: string): { type: never } {
  const configure = (_: unknown, layouts: { basicLayout(event: never): string }) => (event: never) =>
    void (lines[name] ??= []).push(layouts.basicLayout(event).replace(/^\[.*?\] /, ""));
  return { type: { configure } as never };
}

function configure(): void {
  lines = {};
  log4js.configure({
    appenders: { app: kept("app"), access: kept("access"), rest: kept("rest"), worst: kept("worst") },
    categories: {
      default: { appenders: ["rest"], level: "info" },
      app: { appenders: ["app"], level: "info" },
      "app.db": { appenders: ["worst"], level: "error" },
      access: { appenders: ["access"], level: "debug" },
      twice: { appenders: ["rest", "rest"], level: "trace" },
      silent: { appenders: ["rest"], level: "off" },
    },
  });
}

const error = Object.assign(new TypeError("no such order"), { code: "E_ORDER" });

function callAll(getLogger: (category?: string) => TheirLogger): void {
  for (const category of [undefined, "app", "app.db", "app.db.pool", "access", "twice", "silent", "else"]) {
    const log = getLogger(category);
    for (const level of ["trace", "debug", "info", "error", "mark"] as const) log[level](`${level} of %s`, category, 7);
    log.addContext("user", "ann");
    log.error("failed:", error, { id: 7 });
    log.error({ err: error, id: 7 });
    log.error("failed", { error });
    log.warn({ a: { b: [1] } }, "100%");
  }
}

function host(...theirs: Parameters<typeof log4jsSinks>[0][]): void {
  for (const one of theirs) for (const sink of log4jsSinks(one)) logger.add(sink, { level: "TRACE" });
}

function replace(): void {
  undo.push(interceptLog4js(log4js, { logger, mode: "replace" }).restore);
}

describe("the appenders of the module", () => {
  test("each once, and what goes to each is what log4js itself would write, byte for byte", () => {
    configure();
    callAll(log4js.getLogger);
    const native = lines;
    configure();
    expect(log4jsSinks(log4js)).toHaveLength(4);
    host(log4js);
    replace();
    callAll(log4js.getLogger);
    expect(lines).toEqual(native);
    lines = {};
    callAll(asLog4js(logger).getLogger);
    expect(lines).toEqual(native);
  });

  test("in tee mode nothing is written twice", () => {
    configure();
    callAll(log4js.getLogger);
    const native = lines;
    configure();
    host(log4js);
    undo.push(interceptLog4js(log4js, { logger }).restore);
    callAll(log4js.getLogger);
    expect(lines).toEqual(native);
  });

  test("our own records go by their name, and by the level of that category", () => {
    configure();
    host(log4js);
    logger.info("unnamed");
    logger.debug("too little");
    logger.forModule("access").debug("GET /");
    logger.forModule("app.db").info("too little");
    logger.forModule("silent").critical("never");
    expect(lines).toEqual({ rest: ["[INFO] default - unnamed"], access: ["[DEBUG] access - GET /"] });
  });

  test("a level that is changed meanwhile holds, the one that we have moved does not", () => {
    configure();
    host(log4js);
    replace();
    const app = log4js.getLogger("app");
    app.debug("too little");
    app.level = "debug";
    app.debug("enough");
    expect(lines).toEqual({ app: ["[DEBUG] app - enough"] });
  });

  test("a name that was given to the interception does not lead astray", () => {
    configure();
    host(log4js);
    undo.push(interceptLog4js(log4js, { logger, mode: "replace", name: "access" }).restore);
    log4js.getLogger("app").info("x");
    expect(lines).toEqual({ app: ["[INFO] app - x"] });
  });

  // The oldest versions, which have no recording(), keep their categories at shutdown.
  test.runIf("recording" in log4js)("of a log4js that nobody has configured there are none", async () => {
    await new Promise((done) => log4js.shutdown(done));
    expect(log4jsSinks(log4js)).toEqual([]);
  });

  test("those of another copy get what was said to that copy", () => {
    configure();
    const { log4js: other, dispose } = anotherCopy();
    undo.push(dispose);
    other.configure({
      appenders: { own: kept("other") },
      categories: { default: { appenders: ["own"], level: "info" } },
    });
    host(other as never);
    undo.push(interceptLog4js(other as never, { logger, mode: "replace" }).restore);
    other.getLogger("a").debug("too little");
    other.getLogger("a").info("x");
    expect(lines).toEqual({ other: ["[INFO] a - x"] });
  });

  test("after another configure() they get nothing, and that is reported: LB1594", () => {
    configure();
    const errors: unknown[] = [];
    for (const sink of log4jsSinks(log4js))
      logger.add(sink, { onError: (_kind, _records, error) => void errors.push(error) });
    configure();
    logger.info("x");
    expect(lines).toEqual({});
    expect(errors).toHaveLength(4);
    expect(errors[0]).toMatchObject({ code: "LB1594" });
    expect(logger.stats().handlers[0]).toMatchObject({ dropped: 1 });
  });

  test("the place of a call is said where the category asks for it", () => {
    const located: (string | undefined)[] = [];
    const type = { configure: () => (event: { fileName?: string }) => void located.push(event.fileName) } as never;
    log4js.configure({
      appenders: { out: { type } },
      categories: {
        default: { appenders: ["out"], level: "info" },
        here: { appenders: ["out"], level: "info", enableCallStack: true },
      },
    });
    host(log4js);
    logger.info("x");
    logger.forModule("here").info("x");
    expect(located).toEqual([undefined, expect.stringContaining("running.test")]);
  });
});

describe("the appenders of some loggers", () => {
  test("what was said to a logger goes to its own appenders alone, by its own level", () => {
    configure();
    const [app, access] = [log4js.getLogger("app"), log4js.getLogger("access")];
    host(app, access);
    replace();
    app.info("order paid");
    app.debug("too little");
    access.debug("GET /");
    access.trace("too little");
    asLog4js(logger, "app").info("by the facade");
    expect(lines).toEqual({
      app: ["[INFO] app - order paid", "[INFO] app - by the facade"],
      access: ["[DEBUG] access - GET /"],
    });
  });

  test("everything else goes to all, by the level of each", () => {
    configure();
    host(log4js.getLogger("app"), log4js.getLogger("access"));
    replace();
    logger.debug("new");
    logger.forModule("shop").info("new");
    log4js.getLogger("else").info("not hosted");
    expect(lines).toEqual({
      app: ["[INFO] shop - new", "[INFO] else - not hosted"],
      access: ["[DEBUG] access - new", "[INFO] shop - new", "[INFO] else - not hosted"],
    });
  });

  test("a category that shares an appender with another one is written there once, by its own level", () => {
    configure();
    host(log4js.getLogger("app"), log4js.getLogger("app.db"));
    replace();
    log4js.getLogger("app.web").info("inherits");
    log4js.getLogger("app.db").info("too little");
    log4js.getLogger("app.db.pool").error("both");
    log4js.getLogger("app.db").error("both");
    expect(lines).toEqual({
      app: ["[INFO] app.web - inherits", "[ERROR] app.db.pool - both", "[ERROR] app.db - both"],
      worst: ["[ERROR] app.db.pool - both", "[ERROR] app.db - both"],
    });
  });

  test("as soon as its sinks are removed, a logger's records are as others", async () => {
    configure();
    host(log4js.getLogger("app"));
    const [sink] = log4jsSinks(log4js.getLogger("access"));
    const id = logger.add(sink as never);
    replace();
    log4js.getLogger("access").info("to its own");
    await logger.remove(id);
    log4js.getLogger("access").info("to all");
    expect(lines).toEqual({ access: ["[INFO] access - to its own"], app: ["[INFO] access - to all"] });
  });

  test("a category that is off writes nothing", () => {
    configure();
    host(log4js.getLogger("silent"));
    logger.critical("x");
    expect(lines).toEqual({});
  });
});

test("files of two categories, by real appenders: no line stands in both", async () => {
  const dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
  undo.push(() => rmSync(dir, { recursive: true, force: true }));
  const file = (name: string) => ({ type: "file", filename: join(dir, name), layout: { type: "messagePassThrough" } });
  log4js.configure({
    appenders: { app: file("app.log"), access: file("access.log") },
    categories: { default: { appenders: ["app"], level: "info" }, access: { appenders: ["access"], level: "info" } },
  });
  host(log4js);
  replace();
  log4js.getLogger("app").info("order paid");
  log4js.getLogger("access").info("GET /");
  log4js.getLogger("app").debug("too little");
  await logger.complete();
  await new Promise((done) => log4js.shutdown(done));
  expect([readFileSync(join(dir, "app.log"), "utf8"), readFileSync(join(dir, "access.log"), "utf8")]).toEqual([
    "order paid\n",
    "GET /\n",
  ]);
});
