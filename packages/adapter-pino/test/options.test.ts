import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createLogger, type Logger } from "@logbridge/core";
import { type LoggerOptions, pino } from "pino";
import { pino as pino7 } from "pino-7";
import { describe, expect, test } from "vitest";
import { fromPinoOptions } from "../src/index.ts";
import { folder, Kept, linesOf, only } from "./support.ts";

const AT = 1_700_000_000_123;

function configured(...from: Parameters<typeof fromPinoOptions>): Logger {
  const logger = createLogger({ clock: () => AT });
  const { notTaken: _notTaken, ...configuration } = fromPinoOptions(...from);
  logger.configure(configuration);
  return logger;
}

/** What a line says, without the time, which is another. */
function withoutTime(line: string): string {
  return line.replace(/,"time":("[^"]*"|\d+)/, "");
}

describe("lines of moved options are those that pino writes", () => {
  const secret = { password: "hunter2", user: { id: 7, token: "hunter2" } };
  test.each<[string, LoggerOptions]>([
    ["none", {}],
    ["name", { name: "shop" }],
    ["base: null", { base: null, name: "shop" }],
    ["base: undefined", { base: undefined, name: "shop" } as never],
    ["base", { base: { app: "shop" } }],
    ["keys", { messageKey: "message", errorKey: "error", nestedKey: "payload" }],
    ["redact", { redact: ["password", "user.token"] }],
    [
      "redact with censor",
      {
        redact: {
          paths: ["password", "user.token"],
          censor: (value, path) => `${path.join("/")}${String(value).length}`,
        },
      },
    ],
    ["redact with remove", { redact: { paths: ["password", "user.token"], remove: true } }],
    [
      "serializers",
      { serializers: { user: ({ id }: { id: number }) => id, msg: (text: string) => text.toUpperCase() } },
    ],
    ["an error's serializer", { serializers: { err: ({ message }: Error) => ({ hidden: message.length }) } }],
    [
      "formatters",
      {
        formatters: {
          level: (label) => ({ severity: label }),
          log: (object) => ({ ...object, formatted: 1 }),
          bindings: ({ pid }) => ({ pid, bound: 1 }),
        },
      },
    ],
    ["mixin", { mixin: (_object, level) => ({ mixed: level, fields: "overwritten" }) }],
    [
      "mixinMergeStrategy",
      { mixin: () => ({ a: 1, mixed: 1 }), mixinMergeStrategy: (object, mixed) => ({ ...object, ...mixed }) },
    ],
    ["no timestamp", { timestamp: false }],
    ["another timestamp", { timestamp: pino.stdTimeFunctions.isoTime }],
    ["prefix and line ends", { msgPrefix: "[db] ", crlf: true }],
    ["hooks.streamWrite", { hooks: { streamWrite: (line) => line.replaceAll("hunter2", "*******") } }],
    ["custom levels", { customLevels: { notice: 35, audit: 55 }, level: "trace" }],
    [
      "only custom levels",
      { customLevels: { low: 5, info: 30, high: 100 }, useOnlyCustomLevels: true, level: "low" } as never,
    ],
  ])("%s", (_, options) => {
    const [theirs, ours] = [new Kept(), new Kept()];
    const their = pino(options as LoggerOptions, theirs) as unknown as Record<string, (...values: unknown[]) => void>;
    const logger = configured(options, ours);
    const our = logger as unknown as Record<string, (...values: unknown[]) => void>;
    for (const level of ["info", "error", "trace", "notice", "audit", "low", "high"]) {
      if (!their[level]) continue;
      their[level]({ ...secret, fields: [1, null, "ü"] }, "text of 100%");
      our[level]?.({ ...secret, fields: [1, null, "ü"] }, "text of 100%");
    }
    const error = Object.assign(new RangeError("broken"), { code: "E1" });
    their["error"]?.({ [options.errorKey ?? "err"]: error, id: 1 }, "failed");
    if (their["error"]) our["error"]?.(error, "failed", { id: 1 });
    expect(ours.lines.map((line) => line.slice(-2))).toEqual(theirs.lines.map((line) => line.slice(-2)));
    // Of several fields the order is no matter: pino has the error first, we have it last.
    expect(ours.lines.map((line) => JSON.parse(withoutTime(line)))).toEqual(
      theirs.lines.map((line) => JSON.parse(withoutTime(line))),
    );
    expect(ours.lines.length).toBeGreaterThan(0);
    if (options.redact || options.hooks) expect(ours.lines.join()).not.toContain("hunter2");
  });

  test("with the record's time, in the form of the logger's clock", () => {
    const timeOf = (timestamp: LoggerOptions["timestamp"]): unknown => {
      const stream = new Kept();
      configured({ timestamp } as never, stream).info("x");
      return only(stream.records)["time"];
    };
    expect(timeOf(true)).toBe(AT);
    expect(timeOf(pino.stdTimeFunctions.isoTime)).toBe("2023-11-14T22:13:20.123Z");
    expect(timeOf(pino.stdTimeFunctions.unixTime)).toBe(Math.round(AT / 1000));
    expect(timeOf(false)).toBeUndefined();
    expect(timeOf(() => ',"time":"now"')).toBe("now");
  });

  test("of pino 7's options too", () => {
    const stream = new Kept();
    const options = { name: "old", redact: ["a"], level: "warn" };
    pino7(options, stream);
    configured(options, stream).warning("text", { a: 1 });
    expect(only(stream.records)).toMatchObject({ name: "old", a: "[Redacted]", level: 40 });
  });
});

describe("the level of moved options", () => {
  test.each<[LoggerOptions, number | null]>([
    [{}, 20],
    [{ level: "DEBUG" }, 10],
    [{ level: "silent" }, null],
    [{ enabled: false }, null],
    [{ level: "success", customLevels: { success: 35 } } as never, 25],
    [{ level: "notice", customLevels: { notice: 35 } } as never, 25],
    [{ level: 40 as never }, 30],
  ])("%j is %s", (options, level) => {
    const { handlers } = fromPinoOptions(options, new Kept());
    expect(handlers.map((handler) => handler.level)).toEqual(level === null ? [] : [level]);
  });

  test("custom ones are levels of ours, but for those that we have", () => {
    const { levels } = fromPinoOptions({ customLevels: { audit: 55, critical: 70, notice: 35 } });
    expect(levels).toEqual([
      { name: "AUDIT", no: 45 },
      { name: "NOTICE", no: 25 },
    ]);
    expect(fromPinoOptions({}).levels).toBeUndefined();
  });

  test("that there is not is refused", () => {
    expect(() => fromPinoOptions({ level: "loud" })).toThrow(/loud.*trace.*LB1574/);
    expect(() => fromPinoOptions(1 as never)).toThrow(/LB1574/);
    expect(() => fromPinoOptions({}, {} as never)).toThrow(/write\(\).*LB1574/);
    expect(() => fromPinoOptions(pino() as never)).toThrow(/pinoSinks.*LB1574/);
    expect(() => fromPinoOptions({ transport: new Kept() })).toThrow(/second argument.*LB1574/);
  });
});

/** pino 7.0 makes a `require` of the one caller that it takes. */
const oneCaller = {
  transport(options: { caller: unknown }): unknown {
    createRequire(options.caller as string);
    return pino.transport(options as never);
  },
};

describe("the destination of moved options", () => {
  test("a path, alone or beside options, is a file of ours, braces and all", async () => {
    const [one, two] = [join(folder(), "one{a}.log"), join(folder(), "two.log")];
    configured(one).info("alone");
    configured({ name: "app" }, two).info("beside");
    expect(only(linesOf(one))).toMatchObject({ level: 30, msg: "alone" });
    expect(only(linesOf(two))).toMatchObject({ name: "app", msg: "beside" });
  });

  test("without one, stdout", () => {
    const out = execFileSync(
      process.execPath,
      [
        "--conditions=@logbridge/source",
        "--import",
        "tsx",
        "--input-type=module",
        "-e",
        `import { createLogger } from "@logbridge/core";
         import { fromPinoOptions } from "@logbridge/adapter-pino";
         const logger = createLogger();
         const { notTaken, ...configuration } = fromPinoOptions({ name: "app" });
         logger.configure(configuration);
         for (let index = 0; index < 1000; index++) logger.info("line", { index });
         process.exit(0);`,
      ],
      { cwd: __dirname, encoding: "utf8" },
    );
    expect(out.split("\n").filter(Boolean)).toHaveLength(1000);
  });

  test("a stream stays the application's", async () => {
    const dest = join(folder(), "out.log");
    const stream = pino.destination({ dest, sync: true });
    const logger = configured(stream);
    logger.info("ours");
    await logger.remove();
    pino(stream).info("still open");
    expect(linesOf(dest).map(({ msg }) => msg)).toEqual(["ours", "still open"]);
  });

  test.each([
    ["by the pino that is given", { pino }],
    ["by one that is loaded", {}],
    ["by a pino that takes one caller", { pino: oneCaller }],
  ])("a transport is made %s, with levels of its targets", async (_, context) => {
    const at = folder();
    const [all, severe] = [join(at, "all.log"), join(at, "severe.log")];
    const options = {
      customLevels: { audit: 55 },
      redact: ["password"],
      transport: {
        targets: [
          { target: "pino/file", options: { destination: all }, level: "info" },
          { target: "pino/file", options: { destination: severe }, level: "audit" },
        ],
      },
    };
    const logger = configured(options, undefined, context);
    logger.debug("below");
    logger.success("text", { password: "hunter2" });
    logger.log("AUDIT", "audited");
    await logger.remove();
    expect(linesOf(all).map(({ level, password }) => [level, password])).toEqual([
      [35, "[Redacted]"],
      [55, undefined],
    ]);
    expect(linesOf(severe).map(({ msg }) => msg)).toEqual(["audited"]);
  });

  test("a pipeline, and a target beside the caller's own file, are found", async () => {
    const destination = join(folder(), "out.log");
    const logger = configured({ transport: { target: "./fixtures/slow-transport.cjs", options: { destination } } });
    logger.info("one");
    await logger.remove();
    expect(existsSync(destination)).toBe(true);
    const piped = join(folder(), "piped.log");
    const other = configured({
      transport: {
        pipeline: [
          { target: "./fixtures/upper-transport.cjs" },
          { target: "pino/file", options: { destination: piped } },
        ],
      },
    });
    other.info("one");
    await other.remove();
    expect(readFileSync(piped, "utf8")).toContain("ONE");
  });

  test("a transport that cannot be made is reported, and its records are counted", async () => {
    const failures: unknown[] = [];
    const { handlers } = fromPinoOptions({ transport: { target: "no-such-transport" } });
    const logger = createLogger();
    for (const { sink, ...options } of handlers)
      logger.add(sink, { ...options, onError: (_kind, _records, error) => void failures.push(error) });
    logger.info("lost");
    await logger.complete();
    expect(String(failures[0])).toMatch(/no-such-transport.*LB1525/s);
    expect(logger.stats().handlers[0]).toMatchObject({ dropped: 1 });
  });
});

test.each<[string, object]>([
  ["redact", { redact: "password" }],
  ["redact", { redact: { censor: "x" } }],
  ["redact", { redact: [""] }],
  ["serializers", { serializers: { a: 1 } }],
  ["formatters", { formatters: { log: "x" } }],
  ["hooks", { hooks: { streamWrite: "x" } }],
  ["customLevels", { customLevels: { a: "high" } }],
  ["mixin", { mixin: {} }],
  ["base", { base: "x" }],
  ["name", { name: 1 }],
  ["messageKey", { messageKey: 1 }],
  ["timestamp", { timestamp: "iso" }],
])("a wrong value is refused with what is allowed: %s %#", (name, options) => {
  expect(() => fromPinoOptions(options as never)).toThrow(new RegExp(`option ${name} must be .*, got .*LB1574`, "s"));
});

test("what cannot be taken over is told, with the reason and what to do", () => {
  const { notTaken } = fromPinoOptions(
    {
      hooks: { logMethod() {} },
      onChild: () => {},
      depthLimit: 3,
      edgeLimit: 3,
      browser: {},
      levelComparison: () => true,
      formatters: { level: () => ({}) },
      transport: { targets: [] },
      colour: true,
    } as never,
    new Kept(),
    { pino: { transport: () => new Kept() } },
  );
  expect(notTaken.map(({ option }) => option).sort()).toEqual([
    "browser",
    "colour",
    "depthLimit",
    "edgeLimit",
    "formatters.level",
    "hooks.logMethod",
    "levelComparison",
    "onChild",
    "stream",
  ]);
  for (const { why, instead } of notTaken) expect(`${why} ${instead}`).toMatch(/^[^.]+\. .+\.$/);
  expect(fromPinoOptions({ level: "info", redact: ["a"] }).notTaken).toEqual([]);
});
