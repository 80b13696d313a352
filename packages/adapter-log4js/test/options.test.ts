import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asLog4js, type FromLog4jsConfigOptions, fromLog4jsConfig } from "@logbridge/adapter-log4js";
import { createLogger, type Logger } from "@logbridge/core";
import log4js, { type Configuration, type LoggingEvent } from "log4js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CONFIGURATIONS } from "./support/configurations.ts";
import { anotherCopy } from "./support/copy.ts";
import { forgetLevel, keepingAppender } from "./support/events.ts";

let dir: string;
let logger: Logger;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-log4js-"));
  logger = createLogger() as Logger;
});
afterEach(async () => {
  await logger.remove();
  rmSync(dir, { recursive: true, force: true });
  for (const name of ["AUDIT", "LESSER_DEBUG"]) forgetLevel(name);
});

const path = (name: string): string => join(dir, name);

/** Everything below a folder, by its path. */
function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  );
}

function put(configuration: Parameters<typeof fromLog4jsConfig>[0], options = {}): readonly string[] {
  const { notTaken, ...moved } = fromLog4jsConfig(configuration, options);
  logger.configure(moved);
  return notTaken.map(({ option }) => option);
}

function keeping(): { events: LoggingEvent[]; type: ReturnType<typeof keepingAppender> } {
  const events: LoggingEvent[] = [];
  return { events, type: keepingAppender(events, undefined) };
}

describe("the output is log4js' own", () => {
  const outputs: Record<string, { files: Record<string, string>; stdout: string; stderr: string }> = {};

  function outputOf(mode: string): (typeof outputs)[string] {
    const known = outputs[mode];
    if (known) return known;
    const root = mkdtempSync(join(tmpdir(), "logbridge-log4js-configurations-"));
    const program = fileURLToPath(new URL("programs/configurations.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@logbridge/source", "--import", "tsx", program, root, mode],
      { encoding: "utf8", timeout: 60_000, env: { ...process.env, TZ: "UTC" } },
    );
    if (status !== 0) throw new Error(`the program ended with ${status}: ${stderr}`);
    const output = { files: filesOf(root), stdout, stderr };
    rmSync(root, { recursive: true });
    outputs[mode] = output;
    return output;
  }

  const partOf = (text: string, name: string): string | undefined =>
    text.split(/^== /m).find((part) => part.startsWith(`${name}\n`));

  test.each(
    Object.keys(CONFIGURATIONS).flatMap((name, index) => [
      [name, index, "facade"] as const,
      [name, index, "intercepted"] as const,
    ]),
  )("%s (%i, %s)", (name, index, mode) => {
    const [theirs, ours] = [outputOf("log4js"), outputOf(mode)];
    const below = ({ files }: typeof ours): Record<string, string | undefined> =>
      Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith(`${index}/`)));
    expect(below(ours)).toEqual(below(theirs));
    for (const stream of ["stdout", "stderr"] as const) {
      expect(partOf(ours[stream], name)).toBe(partOf(theirs[stream], name));
      expect(partOf(theirs[stream], name)).toBeDefined();
    }
  });
});

describe("what is not in the output", () => {
  test("one handler for each appender that is written to, with levels that the hub can ask", () => {
    const { handlers } = fromLog4jsConfig({
      appenders: { a: { type: keeping().type }, b: { type: keeping().type }, off: { type: keeping().type } },
      categories: {
        default: { appenders: ["a"], level: "error" },
        chatty: { appenders: ["a", "b"], level: "debug" },
        off: { appenders: ["off"], level: "OFF" },
      },
    });
    expect(handlers.map(({ level }) => level)).toEqual([10, 10, Number.MAX_SAFE_INTEGER]);
    logger.configure({ handlers });
    expect([logger.isEnabled("TRACE"), logger.isEnabled("DEBUG")]).toEqual([false, true]);
  });

  test("our own calls: the name is the category, else it is default's; fields stand behind the text", () => {
    const { events, type } = keeping();
    const strict = keeping();
    put({
      appenders: { out: { type }, strict: { type: strict.type } },
      categories: { default: { appenders: ["out"], level: "warn" }, shop: { appenders: ["strict"], level: "info" } },
    });
    logger.forModule("shop.orders").info("100% {}", "sure", { id: 7 });
    logger.forModule("else").info("too little");
    logger.forModule(null).warning("unnamed");
    expect(strict.events.map(({ data, categoryName }) => [categoryName, ...data])).toEqual([
      ["shop.orders", "100%% sure", { id: 7 }],
    ]);
    expect(events.map(({ data, categoryName }) => [categoryName, ...data])).toEqual([["default", "unnamed"]]);
  });

  test("the category is the same whether or not another handler wants the caller: a module is none", () => {
    const { events, type } = keeping();
    put({ appenders: { out: { type } }, categories: { default: { appenders: ["out"], level: "all" } } });
    logger.info("before");
    logger.add(() => {}, { format: "{file} {line} {message}" });
    logger.info("after");
    logger.forModule("shop").info("named");
    expect(events.map(({ categoryName }) => categoryName)).toEqual(["default", "default", "shop"]);
  });

  test("an appender is made once, also where filters refer to it, and ended once", async () => {
    let [made, ended] = [0, 0];
    const events: unknown[] = [];
    const base = {
      configure: () => {
        made++;
        return Object.assign((event: LoggingEvent) => void events.push(event.data[0]), {
          shutdown: (done: () => void) => {
            ended++;
            setImmediate(done);
          },
        });
      },
    };
    put(
      {
        appenders: {
          base: { type: base },
          a: { type: "logLevelFilter", level: "info", appender: "base" },
          b: { type: "categoryFilter", exclude: "x", appender: "a" },
        },
        categories: { default: { appenders: ["base", "a", "b"], level: "all" } },
      },
      { remake: true },
    );
    logger.info("1");
    expect(made).toBe(1);
    expect(await logger.complete()).toEqual({ sent: 3, dropped: 0, pending: 0 });
    logger.info("2");
    expect([made, ended]).toEqual([2, 1]);
    await logger.remove();
    expect([made, ended]).toEqual([2, 2]);
    expect(events).toEqual(["1", "1", "1", "2", "2", "2"]);
  });

  test("where an event was logged is looked for only where a category asks for it", () => {
    const config = (enableCallStack: boolean): Configuration => ({
      appenders: { out: { type: { configure: () => () => {} } } },
      categories: { default: { appenders: ["out"], level: "all", enableCallStack } },
    });
    const needs = (enableCallStack: boolean): unknown =>
      fromLog4jsConfig(config(enableCallStack)).handlers.map(({ sink }) => (sink as { needs?: unknown }).needs);
    expect(needs(false)).toEqual([{ text: false, caller: false }]);
    expect(needs(true)).toEqual([{ text: false, caller: true }]);
  });

  test("levels: in our names, with the nearest colour; those that both sides have keep their number", () => {
    const { levels, notTaken } = fromLog4jsConfig({
      appenders: { out: { type: keeping().type } },
      categories: { default: { appenders: ["out"], level: "audit" } },
      levels: {
        AUDIT: { value: 27_500, colour: "grey" },
        WARN: { value: 30_000, colour: "red" },
        MARK: { value: 9, colour: "red" },
      },
    });
    log4js.levels.addLevels({ MARK: { value: 2 ** 53, colour: "grey" } });
    expect(levels).toEqual([
      { name: "AUDIT", no: 27, color: "<light-black>" },
      { name: "WARNING", color: "<red>" },
    ]);
    logger.configure({ levels: levels ?? [] });
    expect(logger.level("AUDIT")).toMatchObject({ no: 27 });
    expect(notTaken.map(({ option }) => option)).toEqual(["levels.MARK"]);
  });

  test("a logger of a facade that is there already gets the methods of new levels", () => {
    const early = asLog4js(logger).getLogger("early") as unknown as { audit(text: string): void };
    const { events, type } = keeping();
    put({
      appenders: { out: { type } },
      categories: { default: { appenders: ["out"], level: "audit" } },
      levels: { AUDIT: { value: 27_000, colour: "cyan" } },
    });
    early.audit("who did what");
    expect(events.map(({ level, data }) => [level, ...data])).toEqual([
      [log4js.levels.getLevel("AUDIT"), "who did what"],
    ]);
  });

  test("what a handler redacts does not come back with the values of the call", () => {
    const { events, type } = keeping();
    const { handlers } = fromLog4jsConfig({
      appenders: { out: { type } },
      categories: { default: { appenders: ["out"], level: "all" } },
    });
    logger.configure({ handlers: handlers.map((one) => ({ ...one, redact: ["password"] })) });
    const face = asLog4js(logger);
    face.info("login", { password: "geheim", user: "ann" });
    face.error("login %j", { password: "geheim" });
    face.error("login", Object.assign(new Error("refused"), { password: "geheim" }));
    expect(events).toHaveLength(3);
    expect(JSON.stringify(events.map((event) => event.serialise()))).not.toContain("geheim");
  });

  test("from a JSON file", () => {
    const file = path("log4js.json");
    const configuration = {
      appenders: { out: { type: "fileSync", filename: path("app.log"), layout: { type: "messagePassThrough" } } },
      categories: { default: { appenders: ["out"], level: "info" } },
    };
    writeFileSync(file, JSON.stringify(configuration));
    expect(put(file)).toEqual([]);
    logger.info("from a file");
    expect(readFileSync(path("app.log"), "utf8")).toBe("from a file\n");
  });

  test("option layouts: types beside those of log4js, for this configuration alone", () => {
    const layouts = {
      shout:
        ({ mark }: { mark: string }) =>
        (event: LoggingEvent) =>
          `${event.data[0]}${mark}`,
    };
    const configuration = {
      appenders: { out: { type: "fileSync", filename: path("app.log"), layout: { type: "shout", mark: "!" } } },
      categories: { default: { appenders: ["out"], level: "info" } },
    };
    put(configuration, { layouts });
    // Without types of one's own those of log4js are there.
    const whisper: FromLog4jsConfigOptions = {
      layouts: { shout: (config) => (event) => `${event.level.levelStr} ${event.data[0]}${config["mark"]}` },
    };
    expect(fromLog4jsConfig(configuration, whisper).handlers).toHaveLength(1);
    logger.info("hey");
    expect(readFileSync(path("app.log"), "utf8")).toBe("hey!\n");
    expect(() => fromLog4jsConfig(configuration)).toThrow(/appenders\.out.*no layout of type "shout".*LB1531/);
  });

  test("option log4js: levels and types are those of that copy", () => {
    const { log4js: other, dispose } = anotherCopy();
    try {
      const { events, type } = keeping();
      put(
        {
          appenders: { out: { type } },
          categories: { default: { appenders: ["out"], level: "other" } },
          levels: { OTHER: { value: 27_000, colour: "cyan" } },
        },
        { log4js: other },
      );
      logger.log("OTHER", "x");
      expect(events[0]?.level).toBe(other.levels.getLevel("other"));
      expect(log4js.levels.getLevel("other")).toBeUndefined();
    } finally {
      dispose();
    }
  });

  test("the types of log4js' own configuration are accepted, its objects stay as they are, circular ones too", async () => {
    const circular: Record<string, unknown> = { name: "options" };
    circular["self"] = circular;
    const given: unknown[] = [];
    const theirs: Configuration = {
      appenders: {
        file: { type: "file", filename: path("typed.log"), maxLogSize: "1M" },
        module: {
          type: {
            configure: (config) => {
              given.push(config);
              return () => {};
            },
          },
          options: circular,
        },
      },
      categories: { default: { appenders: ["file", "module"], level: "info" } },
    };
    Object.freeze(theirs.appenders["file"]);
    put(theirs);
    expect((given[0] as { options: typeof circular }).options["self"]).toBe((given[0] as { options: unknown }).options);
    expect(theirs.appenders["file"]).toEqual({ type: "file", filename: path("typed.log"), maxLogSize: "1M" });
    await logger.remove();
  });
});

describe("what could not be taken over", () => {
  const out = { type: { configure: () => () => {} } };
  const categories = { default: { appenders: ["out"], level: "info" } };

  test("is listed with why, and what to do instead", () => {
    const { notTaken, handlers } = fromLog4jsConfig({
      appenders: { out, server: { type: "tcp-server", port: 0 }, unused: { type: "file", filename: "/nowhere" } },
      categories: { default: { ...categories.default, colour: "red" } as never },
      pm2: true,
      pm2InstanceVar: "X",
      replaceConsole: true,
    } as never);
    expect(handlers).toHaveLength(1);
    expect(notTaken.map(({ option }) => option)).toEqual([
      "appenders.server",
      "appenders.unused",
      "pm2",
      "pm2InstanceVar",
      "replaceConsole",
      "categories.default.colour",
    ]);
    for (const { why, instead } of notTaken) {
      expect(why).toMatch(/\.$/);
      expect(instead).toMatch(/\.$/);
    }
  });

  test("nothing, where log4js does it as we do", () => {
    expect(fromLog4jsConfig({ appenders: { out }, categories, disableClustering: true, pm2: false }).notTaken).toEqual(
      [],
    );
  });
});

describe("mistakes are errors of the call", () => {
  const out = { type: { configure: () => () => {} } };
  const good = { appenders: { out }, categories: { default: { appenders: ["out"], level: "info" } } };
  const withDefault = (category: object): object => ({ ...good, categories: { default: category } });

  test.each<[string, unknown, RegExp]>([
    ["no configuration", undefined, /must be an object as log4js\.configure takes it.*undefined.*LB1588/],
    ["no appenders", { ...good, appenders: {} }, /option appenders .*LB1588/],
    ["an appender without a type", { ...good, appenders: { out: {} } }, /option appenders\.out .*type.*LB1588/],
    ["no categories", { ...good, categories: undefined }, /option categories .*LB1588/],
    ["no default", { ...good, categories: { a: good.categories.default } }, /"default".*LB1588/],
    [
      "a category without a level",
      withDefault({ appenders: ["out"] }),
      /categories\.default\.level .*INFO.*undefined.*LB1588/,
    ],
    ["an unknown level", withDefault({ appenders: ["out"], level: "loud" }), /default\.level .*'loud'.*LB1588/],
    ["no appender", withDefault({ appenders: [], level: "info" }), /default\.appenders .*LB1588/],
    [
      "appenders that are no list",
      withDefault({ appenders: "out", level: "info" }),
      /default\.appenders .*array.*LB1588/,
    ],
    ["an unknown appender", withDefault({ appenders: ["oot"], level: "info" }), /\(out\), got 'oot'.*LB1588/],
    [
      "enableCallStack",
      withDefault({ appenders: ["out"], level: "info", enableCallStack: 1 }),
      /enableCallStack .*LB1588/,
    ],
    ["a level's name", { ...good, levels: { "a b": { value: 1, colour: "red" } } }, /option levels .*LB1588/],
    ["a level's value", { ...good, levels: { A: { value: 1.5, colour: "red" } } }, /levels\.A\.value .*LB1588/],
    [
      "a level's colour",
      { ...good, levels: { A: { value: 1, colour: "pink" } } },
      /levels\.A\.colour .*white, grey.*LB1588/,
    ],
    ["pm2", { ...good, pm2: "yes" }, /option pm2 .*LB1588/],
    [
      "an unknown type",
      { ...good, appenders: { out: { type: "no-such" } } },
      /option appenders\.out.*"no-such".*LB1531/,
    ],
    [
      "a type's options",
      { ...good, appenders: { out: { type: "file", filename: "" } } },
      /appenders\.out.*Invalid filename.*LB1531/,
    ],
    [
      "a missing reference",
      { ...good, appenders: { out: { type: "logLevelFilter", level: "info", appender: "x" } } },
      /appenders\.out.*"x".*appenders\.x of the configuration.*LB1532/,
    ],
    [
      "a circle",
      { ...good, appenders: { out: { type: "noLogFilter", exclude: "x", appender: "out" } } },
      /appenders\.out.*itself.*LB1532/,
    ],
    ["an empty file name", "", /LB1587/],
    ["a missing file", "/no/such/file.json", /"\/no\/such\/file\.json".*ENOENT.*LB1587/],
  ])("%s", (_, configuration, message) => {
    expect(() => fromLog4jsConfig(configuration as never)).toThrow(message);
  });

  test("wrong options", () => {
    expect(() => fromLog4jsConfig(good, { layout: {} } as never)).toThrow(/"layout".*log4js, layouts, remake.*LB1002/);
    expect(() => fromLog4jsConfig(good, { layouts: { a: 5 } } as never)).toThrow(/layouts\.a .*LB1589/);
    expect(() => fromLog4jsConfig(good, { log4js: {} } as never)).toThrow(/option log4js .*LB1530/);
  });

  test("what was made before the mistake is ended", async () => {
    let ended = 0;
    const countEnd = (done: () => void): void => {
      ended++;
      done();
    };
    const ending = {
      configure: () => Object.assign(() => {}, { shutdown: countEnd }),
    };
    const configuration = {
      appenders: { first: { type: ending }, second: { type: "file", filename: "" } },
      categories: { default: { appenders: ["first", "second"], level: "info" } },
    };
    expect(() => fromLog4jsConfig(configuration)).toThrow(/LB1531/);
    await vi.waitFor(() => expect(ended).toBe(1));
  });
});
