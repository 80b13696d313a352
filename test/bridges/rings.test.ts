import { interceptLog4js, propagateToLog4js } from "@logbridge/adapter-log4js";
import { interceptPino, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSinks } from "@logbridge/adapter-winston";
import type { Interception, Sink } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import log4js from "log4js";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { recording, type Setting, setting, settle, silently } from "./setting.ts";

/** One library's half of a ring: out to its logger, and in again. */
interface Half {
  readonly sink: Sink | ((text: string) => void | Promise<void>);
  intercept(): Interception;
  /** Logs through the library itself. */
  log(message: string): void;
  /** What the library's own output got. */
  readonly printed: () => string[];
}

const undo: (() => void)[] = [];
beforeEach(() => {
  log4js.configure({
    appenders: { memory: { type: "recording" } },
    categories: { default: { appenders: ["memory"], level: "trace" } },
  });
});
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
  recording.reset();
});

function winstonHalf({ logger }: Setting): Half {
  const printed: string[] = [];
  const theirs = winston.createLogger({
    level: "silly",
    transports: [
      new (class extends Transport {
        override log(info: { message: string }, next: () => void): void {
          printed.push(info.message);
          next();
        }
      })(),
    ],
  });
  return {
    sink: propagateToWinston(theirs),
    intercept: () => interceptWinston(winston, { logger }),
    log: (message) => void theirs.info(message),
    printed: () => printed,
  };
}

function pinoHalf({ logger }: Setting): Half {
  const lines: string[] = [];
  const theirs = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  return {
    sink: propagateToPino(theirs),
    intercept: () => interceptPino(pino, { logger }),
    log: (message) => theirs.info(message),
    printed: () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg),
  };
}

function log4jsHalf({ logger }: Setting): Half {
  const theirs = log4js.getLogger("ring");
  return {
    sink: propagateToLog4js(theirs),
    intercept: () => interceptLog4js(log4js, { logger }),
    log: (message) => theirs.info(message),
    printed: () => recording.replay().map((event) => String(event.data[0])),
  };
}

function consoleHalf({ logger }: Setting, later = false): Half {
  const printed: string[] = [];
  return {
    sink: later
      ? async (text) => {
          await new Promise((resolve) => setImmediate(resolve));
          console.log(text.trimEnd());
        }
      : (text) => console.log(text.trimEnd()),
    intercept: () => interceptConsole({ logger, mode: "tee" }),
    log: (message) => console.log(message),
    printed: () => printed,
  };
}

const HALVES: Readonly<Record<string, (setting: Setting) => Half>> = {
  winston: winstonHalf,
  pino: pinoHalf,
  log4js: log4jsHalf,
  console: (all) => consoleHalf(all),
  "console, asynchronously": (all) => consoleHalf(all, true),
};

describe("a ring gives each record once at each plain sink", () => {
  test.each(Object.keys(HALVES))("core → %s → intercepted → core", (name) =>
    silently(async () => {
      const all = setting();
      const half = (HALVES[name] as (setting: Setting) => Half)(all);
      all.logger.add(half.sink, { level: 0, format: "{message}" });
      const interception = half.intercept();
      undo.push(() => interception.restore());
      all.logger.info("ours 1");
      half.log("theirs 1");
      all.logger.error("ours 2");
      half.log("theirs 2");
      await settle(80);
      await all.logger.complete();
      expect(all.texts()).toEqual(["ours 1", "theirs 1", "ours 2", "theirs 2"]);
      if (!name.startsWith("console"))
        expect([...half.printed()].sort()).toEqual(["ours 1", "ours 2", "theirs 1", "theirs 2"]);
    }),
  );

  test("all four in one ring", () =>
    silently(async () => {
      const all = setting();
      const halves = ["winston", "pino", "log4js", "console"].map((name) =>
        (HALVES[name] as (setting: Setting) => Half)(all),
      );
      for (const half of halves) all.logger.add(half.sink, { level: 0, format: "{message}" });
      for (const half of halves) {
        const interception = half.intercept();
        undo.push(() => interception.restore());
      }
      all.logger.info("seed");
      for (const [index, half] of halves.entries()) half.log(`from ${index}`);
      await settle(80);
      await all.logger.complete();
      expect([...all.texts()].sort()).toEqual(["from 0", "from 1", "from 2", "from 3", "seed"]);
      for (const half of halves.slice(0, 3))
        expect([...half.printed()].sort()).toEqual(["from 0", "from 1", "from 2", "from 3", "seed"]);
    }));

  test("a ring over two loggers of ours: what a library has printed does not come back to it through the other", () =>
    silently(async () => {
      const [a, b] = [setting(), setting()];
      const [first, second] = [winstonHalf(a), pinoHalf(b)];
      // winston → a → pino → b → winston
      a.logger.add(second.sink, { level: 0 });
      b.logger.add(first.sink, { level: 0 });
      for (const half of [first, second]) {
        const interception = half.intercept();
        undo.push(() => interception.restore());
      }
      first.log("W");
      second.log("P");
      a.logger.info("A");
      b.logger.info("B");
      await settle(80);
      await Promise.all([a.logger.complete(), b.logger.complete()]);
      for (const half of [first, second]) expect([...half.printed()].sort()).toEqual(["A", "B", "P", "W"]);
    }));

  test("S-SWI-3 a logger that is intercepted and whose transports are sinks: each transport writes each record once", async () => {
    const all = setting();
    const printed: string[] = [];
    const legacy = winston.createLogger({
      transports: [
        new (class extends Transport {
          override log(info: { message: string }, next: () => void): void {
            printed.push(info.message);
            next();
          }
        })(),
      ],
    });
    const interception = interceptWinston(legacy, { logger: all.logger });
    undo.push(() => interception.restore());
    for (const sink of winstonSinks(legacy)) all.logger.add(sink);
    legacy.info("x");
    all.logger.info("y");
    await all.logger.complete();
    expect(all.texts()).toEqual(["x", "y"]);
    expect(printed).toEqual(["x", "y"]);
  });

  test("C-17c what a sink's own library logs is kept out of that sink, and reaches the others", () => {
    const all = setting();
    const lines: string[] = [];
    const chatty = pino({}, { write: (line: string) => void lines.push(line) });
    const given: string[] = [];
    const interception = interceptPino(pino, { logger: all.logger });
    undo.push(() => interception.restore());
    all.logger.add(
      (text) => {
        given.push(text.trimEnd());
        chatty.debug("not enabled");
        chatty.info("transport connected");
      },
      { format: "{message}" },
    );
    all.logger.info("seed");
    expect(given).toEqual(["seed"]);
    expect([...all.texts()].sort()).toEqual(["seed", "transport connected"]);
    expect(lines).toHaveLength(1);
  });
});
