import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type HandlerConfig, type Sink } from "@logbridge/core";
import { afterAll, describe, expect, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-configuring-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("configure({ handlers })", () => {
  test("L-CONF-1 L-CONF-2 all former handlers end, the new ones are added in order; left out, the former ones stay", async () => {
    const logger = createLogger();
    const events: string[] = [];
    const sink = (name: string): Sink => ({
      write: (text) => void events.push(`${name} ${text.trim()}`),
      close: () => void events.push(`${name} closed`),
    });
    const handler = (name: string): HandlerConfig => ({ sink: sink(name), format: "{message}" });
    logger.add(sink("old 1"));
    logger.add(sink("old 2"));
    logger.configure({ handlers: [handler("new 1"), { ...handler("new 2"), level: "WARNING" }] });
    await logger.complete();
    expect(events.splice(0)).toEqual(["old 1 closed", "old 2 closed"]);
    logger.info("a");
    logger.warning("b");
    expect(events.splice(0)).toEqual(["new 1 a", "new 1 b", "new 2 b"]);
    logger.configure({ extra: { x: 1 }, levels: [{ name: "NOTICE", no: 27 }] });
    logger.warning("c");
    expect(events.splice(0)).toEqual(["new 1 c", "new 2 c"]);
    logger.configure({ handlers: [] });
    await logger.complete();
    logger.critical("nobody hears");
    expect(events).toEqual(["new 1 closed", "new 2 closed"]);
  });
});

describe("configure({ levels })", () => {
  test("L-CONF-3 each is added or updated, and none is ever removed", () => {
    const { logger, texts } = setting({}, { format: "{level.no} {level.icon} {message}" });
    logger.configure({
      levels: [
        { name: "NEW", no: 13, icon: "¤", color: "" },
        { name: "WARNING", icon: "/!\\" },
      ],
    });
    logger.log("NEW", "a");
    logger.warning("b");
    logger.configure({ levels: [{ name: "OTHER", no: 14 }] });
    logger.configure({ levels: [] });
    logger.log("NEW", "c");
    logger.log("OTHER", "d");
    expect(texts).toEqual(["13 ¤ a\n", "30 /!\\ b\n", "13 ¤ c\n", "14   d\n"]);
    expect(logger.level("WARNING")).toEqual({ name: "WARNING", no: 30, color: "<yellow><bold>", icon: "/!\\" });
  });
});

describe("configure({ extra })", () => {
  test("L-CONF-4 is the default context of all modules, and replaces the former one", () => {
    const { logger, records } = setting();
    const bound = logger.bind({ own: true });
    logger.configure({ extra: { a: 1, b: 2 } });
    logger.forModule("one/module").info("x");
    bound.info("y");
    logger.configure({ extra: { b: 3 } });
    logger.info("z");
    bound.info("z");
    expect(records.map(({ extra }) => extra)).toEqual([
      { a: 1, b: 2 },
      { a: 1, b: 2, own: true },
      { b: 3 },
      { b: 3, own: true },
    ]);
  });

  test("L-CONF-10 `foo - Context without bind`, then `bar - Suppress global context`", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const extra = { context: "foo" };
    logger.configure({ extra });
    logger.add((text) => texts.push(text), { format: "{extra[context]} - {message}" });
    logger.info("Context without bind");
    logger.bind({ context: "bar" }).info("Suppress global context");
    expect(texts).toEqual(["foo - Context without bind\n", "bar - Suppress global context\n"]);
  });
});

describe("configure({ patcher })", () => {
  test("L-CONF-5 sees all records before the patchers of patch(), and replaces the former one", () => {
    const { logger, records } = setting();
    const patched = logger.patch((record) => void (record.extra["seen"] = `${record.extra["by"]}, then patch()`));
    logger.configure({ patcher: (record) => void (record.extra["by"] = "first") });
    patched.info("a");
    logger.info("b");
    logger.configure({ patcher: (record) => void (record.extra["by"] = "second") });
    patched.info("c");
    logger.configure({ extra: {} });
    logger.info("d");
    expect(records.map(({ extra }) => extra)).toEqual([
      { by: "first", seen: "first, then patch()" },
      { by: "first" },
      { by: "second", seen: "second, then patch()" },
      { by: "second" },
    ]);
  });
});

describe("configure({ activation })", () => {
  /** Which of the modules are heard. */
  function heard(logger: ReturnType<typeof createLogger>, texts: string[]): string[] {
    texts.length = 0;
    for (const name of ["a", "a/b", "a/b/c", "other"]) logger.forModule(name).info(name);
    return texts.map((text) => text.trim());
  }

  test("L-CONF-6 names and states are applied in order, as enable() and disable() are", () => {
    const { logger, texts } = setting();
    logger.configure({
      activation: [
        ["a", false],
        ["a/b", true],
        ["a/b/c", false],
      ],
    });
    expect(heard(logger, texts)).toEqual(["a/b", "other"]);
    logger.configure({
      activation: [
        ["a/b/c", true],
        ["a", false],
      ],
    });
    expect(heard(logger, texts)).toEqual(["other"]);
    logger.configure({ activation: [["a", true]] });
    expect(heard(logger, texts)).toEqual(["a", "a/b", "a/b/c", "other"]);
  });

  test("L-CONF-7 it adds to what was set before, and a first entry of '' makes a fresh start", () => {
    const { logger, texts } = setting();
    logger.disable("other");
    logger.configure({ activation: [["a/b", false]] });
    expect(heard(logger, texts)).toEqual(["a"]);
    logger.configure({
      activation: [
        ["", true],
        ["a/b/c", false],
      ],
    });
    expect(heard(logger, texts)).toEqual(["a", "a/b", "other"]);
    logger.configure({
      activation: [
        ["", false],
        ["a/b", true],
      ],
    });
    expect(heard(logger, texts)).toEqual(["a/b", "a/b/c"]);
  });

  test("C-18f a new configuration silences nobody unasked: loggers that exist go on, and rules stay as they are", () => {
    const logger = createLogger();
    const existing = [
      logger.forModule("app/db"),
      logger.bind({ a: 1 }),
      logger.opt({ depth: 0 }),
      logger.patch(() => {}),
    ];
    const { info } = logger;
    const texts: string[] = [];
    logger.disable("noisy");
    logger.configure({ handlers: [{ sink: (text) => texts.push(text.trim()), format: "{message}" }], extra: { b: 2 } });
    for (const [index, one] of existing.entries()) one.info(`logger ${index}`);
    info("detached");
    logger.forModule("noisy/module").info("was disabled, and is");
    expect(texts).toEqual(["logger 0", "logger 1", "logger 2", "logger 3", "detached"]);
  });
});

describe("configure() as a whole", () => {
  test("L-CONF-8 gives the ids of the added handlers, for remove() and handler(); none without handlers", async () => {
    const logger = createLogger();
    expect(logger.add(() => {})).toBe(0);
    const ids = logger.configure({ handlers: [{ sink: () => {} }, { sink: () => {}, level: "ERROR" }] });
    expect(ids).toEqual([1, 2]);
    expect(ids.map((id) => logger.handler(id).level)).toEqual([10, 40]);
    await logger.remove(1);
    expect(logger.configure({ extra: {} })).toEqual([]);
    expect(logger.configure({ handlers: [] })).toEqual([]);
  });

  test("L-CONF-9 the full example: two handlers, level NEW, extra, patcher and activation; a gathered file has the place of the queue", async () => {
    const file = join(folder, "file.log");
    const { stdout, stderr } = await program(`
      import { logger } from "@logbridge/core";
      const ids = logger.configure({
        handlers: [
          { sink: process.stderr, format: "[{time}] {message}" },
          { sink: ${JSON.stringify(file)}, durability: "gathered", serialize: true },
        ],
        levels: [{ name: "NEW", no: 13, icon: "¤", color: "" }],
        extra: { common_to_all: "default" },
        patcher: (record) => void (record.extra.some_value = 42),
        activation: [["my_module.secret", false], ["another_library.module", true]],
      });
      logger.log("NEW", "from the application");
      logger.forModule("my_module.secret").error("secret");
      logger.forModule("my_module").info("open");
      logger.forModule("another_library.module").info("heard");
      console.log(JSON.stringify(ids));
    `);
    expect(JSON.parse(stdout)).toEqual([1, 2]);
    const time = String.raw`\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d{4}\]`;
    expect(stderr).toMatch(new RegExp(`^${time} from the application\n${time} open\n${time} heard\n$`));
    const records = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { record: object }).record);
    expect(records).toHaveLength(3);
    expect(records[0]).toMatchObject({
      level: { name: "NEW", no: 13, icon: "¤" },
      message: "from the application",
      extra: { common_to_all: "default", some_value: 42 },
    });
  });

  test("L-CONF-11 one plain object configures a script: stdout, a serialized file and the user in extra", async () => {
    const file = join(folder, "script.log");
    const { stdout, stderr } = await program(`
      import { logger } from "@logbridge/core";
      const config = {
        handlers: [
          { sink: process.stdout, format: "{time} - {message}" },
          { sink: ${JSON.stringify(file)}, serialize: true },
        ],
        extra: { user: "someone" },
      };
      logger.configure(config);
      logger.info("done");
      logger.disable("my_library");
      logger.forModule("my_library").info("No matter added sinks, this message is not displayed");
      logger.enable("my_library");
      logger.forModule("my_library").info("This message however is propagated to the sinks");
    `);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^\S+T\S+ - done\n\S+T\S+ - This message however is propagated to the sinks\n$/);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { record: { message: "done", extra: { user: "someone" } } },
      { record: { message: "This message however is propagated to the sinks", extra: { user: "someone" } } },
    ]);
  });
});

test("a configuration can be put in force twice: a level that has that number already is no reason to refuse it", () => {
  const logger = createLogger();
  const levels = [{ name: "NOTICE", no: 25, color: "<cyan>" }];
  logger.configure({ levels });
  logger.configure({ levels });
  expect(logger.level("NOTICE").no).toBe(25);
  expect(() => logger.configure({ levels: [{ name: "NOTICE", no: 26 }] })).toThrow(/LB1005|exists with number 25/);
  const strict = createLogger({ strict: true });
  strict.configure({ levels });
  expect(() => strict.configure({ levels })).toThrow(/exists with number 25/);
});
