import { AsyncLocalStorage } from "node:async_hooks";
import { interceptPino, propagateToPino } from "@logbridge/adapter-pino";
import { interceptWinston, propagateToWinston, winstonSink } from "@logbridge/adapter-winston";
import { createLogger, type Logger } from "@logbridge/core";
import { interceptConsole } from "@logbridge/intercept-console";
import pino from "pino";
import { afterEach, describe, expect, test, vi } from "vitest";
import winston from "winston";
import Transport from "winston-transport";
import { lines, loop } from "./loop.ts";
import { program } from "./program.ts";
import { setting, settle, silently } from "./setting.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one();
});

function consoleIntercepted(logger: Logger, mode: "tee" | "replace" = "replace"): void {
  const interception = interceptConsole({ logger, mode });
  undo.push(() => interception.restore());
}

describe("a sink that leads to an intercepted logger brings no extra record", () => {
  test("a function sink that prints by console.log", () =>
    silently(async () => {
      const { logger, texts } = setting();
      logger.add((text) => console.log(text));
      consoleIntercepted(logger);
      logger.info("seed");
      console.log("own");
      expect(texts()).toEqual(["seed", "own"]);
    }));

  test("an asynchronous function sink that prints in a later turn", () =>
    silently(async () => {
      const { logger, texts } = setting();
      logger.add(async (text) => {
        await new Promise((resolve) => setImmediate(resolve));
        console.log(text);
      });
      consoleIntercepted(logger);
      logger.info("seed");
      await settle(150);
      expect(texts()).toEqual(["seed"]);
    }));

  test.each([
    ["of its own", (text: string) => `\u001b[32m${text.trimEnd()}\u001b[39m`],
    ["of the handler", (text: string) => text],
  ])("an asynchronous function sink that prints with colours %s", (_name, printed) =>
    silently(async () => {
      const { logger, texts } = setting();
      logger.add(
        async (text) => {
          await new Promise((resolve) => setImmediate(resolve));
          console.log(printed(text));
        },
        { format: "<red>{level}</red>", colorize: true },
      );
      consoleIntercepted(logger);
      logger.info("seed");
      await settle(150);
      expect(texts()).toEqual(["seed"]);
    }),
  );

  test("a sink that prints to stdout by itself", () =>
    silently(async () => {
      const { logger, texts } = setting();
      logger.add((text) => void process.stdout.write(text));
      consoleIntercepted(logger);
      logger.info("seed");
      expect(texts()).toEqual(["seed"]);
    }));

  test("winston's Console transport with forceConsole, built before and after the interception", () =>
    silently(async () => {
      for (const early of [true, false]) {
        const { logger, texts } = setting();
        const make = (): Transport => new winston.transports.Console({ forceConsole: true });
        const before = early ? make() : null;
        consoleIntercepted(logger);
        logger.add(winstonSink(before ?? make()), { level: "DEBUG" });
        logger.info("seed");
        await logger.complete({ timeout: 1000 });
        await settle(50);
        expect(texts()).toEqual(["seed"]);
        for (const one of undo.splice(0)) one();
      }
    }));

  test("a winston logger that is propagated to and intercepted", async () => {
    const { logger, texts } = setting();
    const kept: string[] = [];
    const theirs = winston.createLogger({ transports: [memoryTransport(kept)] });
    logger.add(propagateToWinston(theirs));
    const interception = interceptWinston(theirs, { logger });
    undo.push(() => interception.restore());
    logger.info("seed");
    await settle(50);
    expect(texts()).toEqual(["seed"]);
    expect(kept).toEqual(["seed"]);
  });

  test("a winston logger whose sibling transport is slow", async () => {
    const { logger, texts } = setting();
    const kept: string[] = [];
    const theirs = winston.createLogger({ transports: [slowTransport(5), memoryTransport(kept)] });
    logger.add(propagateToWinston(theirs));
    const interception = interceptWinston(theirs, { logger });
    undo.push(() => interception.restore());
    for (let n = 0; n < 40; n++) logger.info(`seed ${n}`);
    await settle(500);
    expect(texts()).toEqual(Array.from({ length: 40 }, (_, n) => `seed ${n}`));
  });

  test("a winston logger that is propagated to, whose transport is slow, and that logs for itself meanwhile", async () => {
    const { logger, texts } = setting();
    const theirs = winston.createLogger({ transports: [slowTransport(1)] });
    logger.add(propagateToWinston(theirs));
    const interception = interceptWinston(theirs, { logger, mode: "replace" });
    undo.push(() => interception.restore());
    const expected = Array.from({ length: 40 }, (_, n) => [`ours ${n}`, `theirs ${n}`]).flat();
    for (let n = 0; n < 40; n++) {
      logger.info(`ours ${n}`);
      theirs.info(`theirs ${n}`);
    }
    await logger.complete();
    expect(texts()).toEqual(expected);
  });

  test("a transport that is still on its way, and prints by the console what has waited for it", () =>
    silently(async () => {
      const { logger, texts } = setting();
      logger.add(winstonSink(settle(20).then(() => new winston.transports.Console({ forceConsole: true }))));
      consoleIntercepted(logger);
      logger.info("seed");
      console.log("own");
      await logger.complete();
      await settle(20);
      expect(texts()).toEqual(["seed", "own"]);
    }));

  test("a pino logger that is propagated to and intercepted", async () => {
    const { logger, texts } = setting();
    const lines: string[] = [];
    const theirs = pino({}, { write: (line: string) => void lines.push(line) });
    logger.add(propagateToPino(theirs));
    const interception = interceptPino(pino, { logger });
    undo.push(() => interception.restore());
    logger.info("seed");
    await settle(50);
    expect(texts()).toEqual(["seed"]);
    expect(lines).toHaveLength(1);
  });
});

test("the console's own sink is not given what the console prints itself", async () => {
  const { stdout } = await program(`
    import { consoleSink, createLogger } from "@logbridge/core";
    import { interceptConsole } from "@logbridge/intercept-console";
    import { Console } from "node:console";
    const logger = createLogger();
    logger.add(consoleSink(), { format: "{message}" });
    const other = new Console(process.stderr);
    interceptConsole({ logger, mode: "tee" });
    interceptConsole({ logger, mode: "tee", console: other });
    console.log("printed by the console");
    other.log("printed elsewhere");
    logger.info("logged");
  `);
  expect(stdout.trimEnd().split("\n")).toEqual(["printed by the console", "printed elsewhere", "logged"]);
});

describe("a loop that leaves every context ends by evidence", () => {
  test("a batch sink whose timer was made before: at most 100 extra records from one seed, and one warning", async () => {
    const { count, later, warnings } = await loop(`
      const batch = [];
      setInterval(() => { for (const text of batch.splice(0)) console.log(text); }, 2);
      logger.add((text) => void batch.push(text.trimEnd()), { format: "{message}" });
    `);
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual(101);
    expect(later).toBe(count);
    expect(warnings).toBe(1);
  });

  test("a failing sink that prints something else each time: at most 100 extra records from one seed, and one warning", async () => {
    const { count, later, warnings } = await loop(`
      const queue = [];
      let failures = 0;
      setInterval(() => { for (const run of queue.splice(0)) run(); }, 1);
      logger.add(() => {
        queue.push(() => console.error("sink failed for the " + ++failures + "th time"));
        return Promise.reject(new Error("disk full"));
      }, { onError() {} });
    `);
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual(101);
    expect(later).toBe(count);
    expect(warnings).toBe(1);
  });

  test("the same inside the context of the call", () =>
    silently(async () => {
      const { logger, texts } = setting();
      let failures = 0;
      logger.add(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        console.error(`sink failed for the ${++failures}th time`);
      });
      consoleIntercepted(logger);
      logger.info("seed");
      await settle(800);
      expect(texts().length).toBeLessThanOrEqual(101);
    }));
});

describe("legitimate records are never dropped", () => {
  test("what a resource says that was opened inside a sink", () =>
    silently(async () => {
      const { logger, texts } = setting();
      const given: string[] = [];
      let opened = false;
      logger.add(
        (text) => {
          given.push(text);
          if (opened) return;
          opened = true;
          let n = 0;
          const timer = setInterval(() => {
            console.log(`resource says ${++n}`);
            if (n === 26) clearInterval(timer);
          }, 1);
        },
        { format: "{message}" },
      );
      consoleIntercepted(logger);
      logger.info("first");
      await settle(400);
      const expected = ["first", ...Array.from({ length: 26 }, (_, n) => `resource says ${n + 1}`)];
      expect(texts()).toEqual(expected);
      expect(given.map((text) => text.trimEnd())).toEqual(expected);
    }));

  test.each([
    ["in one turn", Number.POSITIVE_INFINITY],
    ["in many turns", 500],
  ])("a burst of 50,000 equal lines %s", (_name, chunk) =>
    silently(async () => {
      const { logger, texts } = setting();
      let given = 0;
      logger.add(() => void given++, { format: "{message}" });
      consoleIntercepted(logger);
      for (let n = 0; n < 50_000; n++) {
        console.log("tick");
        if (n % chunk === chunk - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      await logger.complete();
      expect(texts().length).toBe(50_000);
      expect(given).toBe(50_000);
    }),
  );

  test.each(["process.exit(0)", "", "throw new Error('end')"])(
    "what is under suspicion when the process ends: %s",
    async (end) => {
      const given = await lines(`
      logger.add((text) => void fs.writeSync(1, text), { format: "{message}" });
      interceptConsole({ logger });
      for (let n = 0; n < 3; n++) console.log("tick");
      for (let n = 0; n < 60; n++) logger.info("work " + n);
      for (let n = 0; n < 21; n++) {
        console.log("tick");
        await new Promise((resolve) => setImmediate(resolve));
      }
      logger.info("last");
      setTimeout(() => fs.writeSync(1, "waited for"), 900).unref();
      ${end};
    `);
      const expected = [
        ...Array.from({ length: 3 }, () => "tick"),
        ...Array.from({ length: 60 }, (_, n) => `work ${n}`),
        ...Array.from({ length: 21 }, () => "tick"),
        "last",
      ];
      expect(given).toEqual(expected);
    },
  );

  test("a few equal lines that stop at the threshold of suspicion", () =>
    silently(async () => {
      const { logger } = setting();
      let given = 0;
      logger.add(() => void given++, { format: "{message}" });
      consoleIntercepted(logger);
      for (let n = 0; n < 22; n++) {
        console.log("tick");
        await new Promise((resolve) => setImmediate(resolve));
      }
      await logger.complete();
      expect(given).toBe(22);
    }));
});

test("without an armed pair and without contextualize no asynchronous context is ever entered", () =>
  silently(async () => {
    const run = vi.spyOn(AsyncLocalStorage.prototype, "run");
    const enter = vi.spyOn(AsyncLocalStorage.prototype, "enterWith");
    const { logger } = setting();
    logger.add(process.stderr);
    const interception = interceptConsole({ logger: createLogger() });
    console.log("intercepted elsewhere");
    interception.restore();
    logger.remove(0);
    logger.info("x");
    await logger.complete();
    expect(run).not.toHaveBeenCalled();
    expect(enter).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  }));

function memoryTransport(kept: string[]): Transport {
  return new (class extends Transport {
    override log(info: { message: string }, next: () => void): void {
      kept.push(info.message);
      next();
    }
  })();
}

function slowTransport(ms: number): Transport {
  return new (class extends Transport {
    override log(_info: unknown, next: () => void): void {
      setTimeout(next, ms);
    }
  })();
}
