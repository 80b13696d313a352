import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLogger,
  type Filter,
  type Logger,
  type LoggerOptions,
  type LogRecord,
  type SampleOptions,
  sample,
  throttle,
} from "@logbridge/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

const T0 = Date.UTC(2026, 0, 1);
const PASSED_OF_40: readonly number[] = [5, 10, 11, 12, 25, 34];

function filtered(filter: Filter, more: LoggerOptions = {}) {
  const time = { ms: T0 };
  const logger = createLogger({ clock: () => time.ms, ...more });
  const got: LogRecord[] = [];
  const id = logger.add((_text, record) => void got.push(record), { level: 0, filter });
  return { time, logger, got, id, messages: (): string[] => got.map(({ message }) => message) };
}

const sampled = (options: SampleOptions) => filtered(sample(options));
const times = (count: number, work: (index: number) => void): void => {
  for (let index = 0; index < count; index++) work(index);
};

describe("sample()", () => {
  test("lets a share of the records pass, everything at 1 and nothing at 0", () => {
    const tenth = sampled({ rate: 0.1, seed: 1 });
    times(10_000, () => tenth.logger.info("m"));
    // Drawn, but always the same draws: the seed is given.
    expect(tenth.got.length).toBeGreaterThan(900);
    expect(tenth.got.length).toBeLessThan(1_100);
    const all = sampled({ rate: 1 });
    const none = sampled({ rate: 0 });
    for (const { logger } of [all, none]) times(1_000, () => logger.info("m"));
    expect([all.got.length, none.got.length]).toEqual([1_000, 0]);
  });

  test("draws without a seed, too", () => {
    const { logger, got } = sampled({ rate: 0.5 });
    times(2_000, () => logger.info("m"));
    // One run in 10^80 or so is outside of this.
    expect(got.length).toBeGreaterThan(500);
    expect(got.length).toBeLessThan(1_500);
  });

  test("has the same draws for the same seed, and others for another", () => {
    const passed = (seed: number): string => {
      const { logger, messages } = sampled({ rate: 0.5, seed });
      times(64, (index) => logger.info("{}", index));
      return messages().join();
    };
    expect(passed(1)).toBe(passed(1));
    expect(passed(1)).not.toBe(passed(2));
  });

  test("takes a share for each level; a level that is not named passes whole", () => {
    const { logger, got } = filtered(sample({ rate: { DEBUG: 0, info: 0.5, 33: 0 }, seed: 1, keep: false }), {
      levels: [{ name: "NOTICE", no: 27 }],
    });
    times(1_000, () => {
      for (const level of ["TRACE", "DEBUG", "INFO", "NOTICE", 33, 34, "ERROR"]) logger.log(level, "m");
    });
    const count = (no: number): number => got.filter(({ level }) => level.no === no).length;
    expect([5, 10, 27, 33, 34, 40].map(count)).toEqual([1_000, 0, 1_000, 0, 1_000, 1_000]);
    expect(count(20)).toBeGreaterThan(400);
    expect(count(20)).toBeLessThan(600);
  });

  test("always lets warnings and exceptions pass, unless keep says otherwise", () => {
    const pass = (keep?: SampleOptions["keep"]): string[] => {
      const { logger, messages } = sampled({ rate: 0, ...(keep !== undefined && { keep }) });
      logger.info("info");
      logger.debug(new Error("x"), "debug with an exception");
      logger.warning("warning");
      logger.error("error");
      logger.info("audit", { audit: true });
      return messages();
    };
    expect(pass()).toEqual(["debug with an exception", "warning", "error"]);
    expect(pass("ERROR")).toEqual(["debug with an exception", "error"]);
    expect(pass(20)).toEqual(["info", "debug with an exception", "warning", "error", "audit"]);
    expect(pass(false)).toEqual([]);
    expect(pass(({ extra }) => extra["audit"])).toEqual(["audit"]);
  });

  test("keeps what belongs together or drops it as a whole, by a path in extra or a function", () => {
    for (const key of ["request.id", ({ extra }: LogRecord) => (extra["request"] as { id: string }).id]) {
      const { logger, got } = sampled({ rate: 0.3, key });
      times(300, (index) => {
        const log = logger.bind({ request: { id: `r-${index}` } });
        times(3, () => log.info("step"));
      });
      const ids = got.map(({ extra }) => (extra["request"] as { id: string }).id);
      expect(ids.length).toBe(new Set(ids).size * 3);
      expect(new Set(ids).size).toBeGreaterThan(60);
      expect(new Set(ids).size).toBeLessThan(120);
    }
  });

  test("decides the same key alike in every handler, process and version", () => {
    const passed = (options: Partial<SampleOptions>): number[] => {
      const { logger, messages } = sampled({ rate: 0.25, key: "trace", ...options });
      times(40, (trace) => logger.info("{}", trace, { trace: `t-${trace}` }));
      return messages().map(Number);
    };
    // Written down: another result would tear apart what two versions of an application log of one request.
    expect(passed({})).toEqual(PASSED_OF_40);
    expect(passed({ seed: 0 })).toEqual(PASSED_OF_40);
    expect(passed({ seed: 7 })).not.toEqual(PASSED_OF_40);
  });

  test("finds the key wherever extra has it from: bound, contextual, the call's own, a patcher's; the later wins", async () => {
    // A file and a function: a sink of the library's own gets records whose extra nobody has put together yet.
    const folder = mkdtempSync(join(tmpdir(), "logbridge-sample-"));
    let files = 0;
    const passed = async (log: (logger: Logger, trace: string, text: string) => unknown): Promise<number[][]> => {
      const file = join(folder, `${files++}.log`);
      const got: string[] = [];
      for (const sink of [file, (text: string) => void got.push(text)]) {
        const logger = createLogger();
        logger.add(sink, { format: "{message}", filter: sample({ rate: 0.25, key: "trace", summary: false }) });
        for (let trace = 0; trace < 40; trace++) await log(logger, `t-${trace}`, String(trace));
        await logger.remove();
      }
      return [readFileSync(file, "utf8").trim().split("\n"), got].map((lines) => lines.map(Number));
    };
    const ways = [
      passed((logger, trace, text) => logger.bind({ trace }).info(text)),
      passed((logger, trace, text) => logger.contextualize({ trace }, () => logger.info(text))),
      passed((logger, trace, text) => logger.bind({ trace: "other" }).info(text, { trace })),
      passed((logger, trace, text) => logger.patch(({ extra }) => void (extra["trace"] = trace)).info(text)),
    ];
    try {
      for (const one of await Promise.all(ways)) expect(one).toEqual([PASSED_OF_40, PASSED_OF_40]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("takes a filter from LOGBRIDGE_FILTER only where code gives none", () => {
    vi.stubEnv("LOGBRIDGE_FILTER", "app");
    try {
      const own = filtered(sample({ rate: { INFO: 0 } }));
      own.logger.forModule("lib").debug("m");
      own.logger.forModule("app").info("m");
      expect(own.got.map(({ name }) => name)).toEqual(["lib"]);
      // A change of the level leaves the filter that was chosen before, and its counts.
      own.logger.handler(own.id).level = "DEBUG";
      own.logger.forModule("app").info("m");
      expect(own.logger.handler(own.id).suppressed).toBe(2);
      own.logger.handler(own.id).update({ filter: undefined as unknown as Filter });
      own.logger.forModule("lib").info("m");
      own.logger.forModule("app").info("n");
      expect(own.messages().at(-1)).toBe("n");
      expect(own.got.filter(({ name }) => name === "lib")).toHaveLength(1);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("samples what was held for the first handler like everything else", async () => {
    const logger = createLogger();
    using hold = logger.holdEarly();
    for (let index = 0; index < 5; index++) logger.info("early");
    const got: string[] = [];
    logger.add((_text, { message }) => void got.push(message), { filter: throttle({ burst: 2 }) });
    hold.release();
    logger.info("early");
    await logger.complete();
    expect(got.map((message) => message.replace(/in .*/, "in …"))).toEqual([
      "early",
      "early",
      '"early" suppressed 4 times in …',
    ]);
  });

  test("what passes at a small rate passes at every greater one, so that levels of one request agree", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (trace, rate) => {
        const { logger, got } = sampled({ rate: { DEBUG: rate / 2, INFO: rate }, key: "trace" });
        logger.debug("m", { trace });
        logger.info("m", { trace });
        const levels = got.map(({ level }) => level.name);
        expect(levels).not.toEqual(["DEBUG"]);
      }),
    );
  });

  test("shares keys out evenly, whatever they look like", () => {
    const shapes = [
      (index: number) => String(index),
      (index: number) => index.toString(16).padStart(32, "0"),
      (index: number) => `https://example.com/items/${index}?page=1`,
      (index: number) => index,
    ];
    for (const shape of shapes) {
      const { logger, got } = sampled({ rate: 0.2, key: "id", summary: false });
      times(2_000, (index) => logger.info("m", { id: shape(index) }));
      expect(got.length / 2_000).toBeGreaterThan(0.17);
      expect(got.length / 2_000).toBeLessThan(0.23);
    }
  });

  test("draws a record by itself that has no key, or one that is no text or number, and runs no getter for it", () => {
    const { logger, got } = sampled({ rate: 0.5, key: "a.b", seed: 3 });
    const hostile = {
      get b(): string {
        throw new Error("a getter ran");
      },
    };
    const values: unknown[] = [{}, { a: 1 }, { a: {} }, { a: { b: {} } }, { a: hostile }, { a: { b: null } }];
    for (const value of values) times(100, () => logger.info("m", value as Record<string, unknown>));
    expect(got.length).toBeGreaterThan(200);
    expect(got.length).toBeLessThan(400);
    expect(logger.stats().handlers[0]).toMatchObject({ failed: 0, dropped: 0 });
  });

  test("does not change records", () => {
    const logger = createLogger();
    const got: LogRecord[] = [];
    logger.add((_text, record) => void got.push(record), { filter: sample({ rate: 0.999_999, seed: 1, key: "id" }) });
    logger.add((_text, record) => void got.push(record));
    logger.info("m", { id: 1 });
    expect(got).toHaveLength(2);
    expect(got[0]).toBe(got[1]);
    expect(got[0]?.extra).toEqual({ id: 1 });
  });

  test("counts what it held back, and says it by level after each window", async () => {
    const { time, logger, got, messages } = sampled({ rate: 0, window: 1_000 });
    times(1_500, () => logger.debug("d"));
    times(1, () => logger.info("i"));
    expect(logger.stats().handlers[0]).toMatchObject({ sent: 0, suppressed: 1_501, dropped: 0 });
    time.ms += 1_000;
    logger.warning("w");
    expect(messages()).toEqual([
      '1,500 records of level "DEBUG" suppressed by sampling in 1 s',
      '1 record of level "INFO" suppressed by sampling in 1 s',
      "w",
    ]);
    expect(got[0]).toMatchObject({
      level: { name: "DEBUG" },
      origin: { name: "sample" },
      extra: { suppressed: 1_500, key: "DEBUG", since: "2026-01-01T00:00:00.000Z" },
    });
    logger.debug("d");
    await logger.complete();
    expect(messages().slice(3)).toEqual(['1 record of level "DEBUG" suppressed by sampling in 0 ms']);
  });

  test("summary: false leaves it at the count", async () => {
    const { time, logger, got } = sampled({ rate: 0, window: 1, summary: false });
    times(5, () => {
      logger.info("m");
      time.ms += 1_000;
    });
    await logger.complete();
    await logger.remove();
    expect(got).toEqual([]);
  });

  test("kept and suppressed add up to what was given, with any filter beside it", async () => {
    const options = fc.record({ rate: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.integer() });
    const steps = fc.array(fc.integer({ min: -200, max: 400 }), { maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(options, steps, async (chosen, moves) => {
        const { time, logger, got } = filtered([
          (record) => record.message !== "refused",
          sample({ ...chosen, window: 1_000 }),
          throttle({ burst: 2, window: 500, maxKeys: 3 }),
        ]);
        let refused = 0;
        for (const [index, move] of moves.entries()) {
          time.ms += move;
          const text = index % 7 === 0 ? "refused" : `m${index % 5}`;
          if (text === "refused") refused++;
          logger.log(index % 3 === 0 ? "DEBUG" : "INFO", text);
        }
        const suppressed = logger.stats().handlers[0]?.suppressed ?? 0;
        await logger.remove();
        const passed = got.filter(({ origin }) => !origin).length;
        const summed = got.reduce((sum, { origin, extra }) => sum + (origin ? Number(extra["suppressed"]) : 0), 0);
        expect(passed + suppressed + refused).toBe(moves.length);
        expect(summed).toBe(suppressed);
      }),
    );
  });
});

describe("a list of filters", () => {
  test("is asked in its order until one refuses; what comes later neither sees nor counts the record", () => {
    const { logger, messages } = filtered(["app", throttle({ burst: 1 }), { "app/http": "WARNING", "": 0 }]);
    logger.forModule("lib").info("m");
    logger.forModule("app/db").info("m");
    logger.forModule("app/db").info("m");
    logger.forModule("app/http").info("n");
    logger.forModule("app").info("n");
    expect(messages()).toEqual(["m"]);
    expect(logger.stats().handlers[0]?.suppressed).toBe(2);
  });

  test("lets a summary pass that another filter of the list would refuse", async () => {
    const { logger, messages } = filtered([({ extra }) => extra["tenant"] === "a", throttle({ burst: 1 })]);
    times(3, () => logger.info("m", { tenant: "a" }));
    await logger.complete();
    expect(messages()).toEqual(["m", '"m" suppressed 2 times in 0 ms']);
  });

  test("may be nested", () => {
    const nested = filtered([[throttle({ burst: 1 })], [["app", ""], () => true]]);
    times(2, () => nested.logger.forModule("app/db").info("m"));
    expect(nested.messages()).toEqual(["m"]);
  });

  test("names the place of a wrong one", () => {
    const add = (filter: unknown) => () => createLogger().add(() => {}, { filter: filter as Filter });
    expect(add(["app", 5])).toThrow(
      expect.objectContaining({ code: "LB1007", message: expect.stringContaining("filter[1] must be") }),
    );
    expect(add([[{ app: "LOUD" }]])).toThrow(
      expect.objectContaining({ code: "LB1003", message: expect.stringContaining('filter[0][0]["app"]') }),
    );
    expect(add([])).toThrow(
      expect.objectContaining({ code: "LB1007", message: expect.stringContaining("filter is an empty list") }),
    );
    expect(add(["app", []])).toThrow(
      expect.objectContaining({ message: expect.stringContaining("filter[1] is an empty") }),
    );
  });

  test("comes by configure() as well", async () => {
    const logger = createLogger({ clock: () => T0 });
    const got: string[] = [];
    const sink = (_text: string, { message }: LogRecord): void => void got.push(message);
    const filter = ["app", throttle({ burst: 1 })];
    const [id] = logger.configure({ handlers: [{ sink, filter }] });
    times(3, () => logger.forModule("app").info("m"));
    logger.forModule("lib").info("m");
    expect(logger.handler(id as number).suppressed).toBe(2);
    logger.configure({ handlers: [{ sink, filter }] });
    expect(got).toEqual(["m", '"m" suppressed 2 times in 0 ms']);
    expect(() => logger.configure({ handlers: [{ sink, filter: sample({ rate: { LOUD: 0.5 } }) }] })).toThrow(
      expect.objectContaining({ code: "LB1003", message: expect.stringContaining('sample(): rate["LOUD"]') }),
    );
    // What was in force is so still.
    logger.forModule("app").info("n");
    expect(got.slice(2)).toEqual(["n"]);
  });
});

describe("a wrong option of sample()", () => {
  test.each([
    [{ rate: 1.5 }, "option rate must be a number from 0 to 1, got 1.5"],
    [{ rate: 10 }, "got 10 (10 % is 0.1)"],
    [{ rate: -0.1 }, "got -0.1"],
    [{ rate: Number.NaN }, "got NaN"],
    [{ rate: "0.1" }, 'option rate must be a number from 0 to 1, or an object of these by level, got "0.1"'],
    [{}, "option rate must be a number from 0 to 1, or an object of these by level, got undefined"],
    [{ rate: {} }, "option rate names no level"],
    [{ rate: { DEBUG: 2 } }, 'option rate["DEBUG"] must be a number from 0 to 1, got 2'],
    [{ rate: { DEBUG: "all" } }, 'option rate["DEBUG"] must be a number from 0 to 1, got "all"'],
    [{ rate: 1, keep: null }, "option keep must be a level's name or number, a function, or false, got null"],
    [{ rate: 1, key: 5 }, "option key must be a path in extra, or a function, got 5"],
    [{ rate: 1, key: "" }, 'option key must name one value in extra, with dots between its steps, as "traceId"'],
    [{ rate: 1, key: "a..b" }, 'got "a..b"'],
    [{ rate: 1, key: "users[*].id" }, 'got "users[*].id"'],
    [{ rate: 1, seed: 0.5 }, "option seed must be an integer, got 0.5"],
    [{ rate: 1, window: Number.POSITIVE_INFINITY }, "option window must be milliseconds from 1 to 2147483647"],
    [{ rate: 1, summary: 60 }, "option summary must be true or false, got 60"],
    [undefined, "expected an object of options (rate, keep, key, seed, window, summary), got undefined"],
    [0.1, "got 0.1"],
  ])("%j is refused at the call", (options, text) => {
    expect(() => sample(options as SampleOptions)).toThrow(
      expect.objectContaining({ code: "LB1060", message: expect.stringContaining(text) }),
    );
  });

  test("an unknown one is refused with the names that there are", () => {
    expect(() => sample({ rate: 1, ratio: 0.1 } as unknown as SampleOptions)).toThrow(
      expect.objectContaining({ code: "LB1002", message: expect.stringContaining("allowed are rate, keep, key") }),
    );
  });
});
