import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createLogger, type LogMethod } from "@logbridge/core";
import { afterAll, describe, expect, expectTypeOf, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

// Below the package, so that its modules find the core.
const folder = mkdtempSync(join(import.meta.dirname, ".tmp-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a module next to others; gives its URL for an import. */
function module(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return JSON.stringify(`file://${path}`);
}

describe("names of loggers and modules", () => {
  test("C-01b C-01c what the main module configures holds for every other module, and names are given explicitly", async () => {
    const auxiliary = module(
      "auxiliary.mts",
      `import { logger } from "@logbridge/core";
       const moduleLogger = logger.forModule("spam_application.auxiliary");
       export class Auxiliary {
         logger = logger.forModule("spam_application.auxiliary.Auxiliary");
         constructor() {
           this.logger.info("creating an instance of Auxiliary");
         }
         doSomething() {
           this.logger.info("doing something");
           this.logger.error("done doing something");
         }
       }
       export function someFunction() {
         moduleLogger.debug("received a call to 'someFunction'");
       }`,
    );
    const file = join(folder, "spam.txt");
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      import { Auxiliary, someFunction } from ${auxiliary};
      const format = "{name} - {level} - {message}";
      logger.remove(0);
      logger.add(${JSON.stringify(file)}, { level: "DEBUG", format });
      logger.add(process.stdout, { level: "ERROR", format });
      const log = logger.forModule("spam_application");
      log.info("creating an instance of auxiliary_module.Auxiliary");
      const a = new Auxiliary();
      log.info("created an instance of auxiliary_module.Auxiliary");
      a.doSomething();
      someFunction();
      log.info("done with auxiliary_module.some_function()");
    `);
    const failed = "spam_application.auxiliary.Auxiliary - ERROR - done doing something\n";
    expect(stdout).toBe(failed);
    expect(readFileSync(file, "utf8")).toBe(
      [
        "spam_application - INFO - creating an instance of auxiliary_module.Auxiliary\n",
        "spam_application.auxiliary.Auxiliary - INFO - creating an instance of Auxiliary\n",
        "spam_application - INFO - created an instance of auxiliary_module.Auxiliary\n",
        "spam_application.auxiliary.Auxiliary - INFO - doing something\n",
        failed,
        "spam_application.auxiliary - DEBUG - received a call to 'someFunction'\n",
        "spam_application - INFO - done with auxiliary_module.some_function()\n",
      ].join(""),
    );
  });

  test("C-01c parents of a dotted name are found by filters, levels by module and disable()", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text.trim()), { filter: "spam_application.auxiliary", format: "{name} {message}" });
    const names = ["spam_application", "spam_application.auxiliary", "spam_application.auxiliary.Auxiliary"];
    for (const name of names) logger.forModule(name).info("1");
    logger.disable("spam_application.auxiliary.Auxiliary");
    for (const name of names) logger.forModule(name).info("2");
    expect(texts).toEqual([
      "spam_application.auxiliary 1",
      "spam_application.auxiliary.Auxiliary 1",
      "spam_application.auxiliary 2",
    ]);
  });

  test("I-09 module is the name of the caller's file without its extension", async () => {
    const { logger, records } = setting({}, { caller: true });
    logger.info("x");
    expect(records[0]).toMatchObject({ module: "naming.test", file: { name: "naming.test.ts" } });
    const modules = ["plain.mts", "two.parts.mts", "no-dashes_lost.mts"].map((name) =>
      module(name, `import { logger } from "@logbridge/core";\nlogger.info("x");\n`),
    );
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      logger.remove(0);
      logger.add(process.stdout, { format: "{file} {module}" });
      ${modules.map((url) => `await import(${url});`).join("\n")}
    `);
    expect(stdout).toBe("plain.mts plain\ntwo.parts.mts two.parts\nno-dashes_lost.mts no-dashes_lost\n");
  });
});

describe("the method of a new level", () => {
  test("R-10b R-10d is made once, is there in every file that imports the logger, and gives the right caller", async () => {
    const other = module(
      "other.mts",
      [
        'import { logger } from "@logbridge/core";',
        "export function elsewhere() {",
        '  logger.foobar("A message");',
        "}",
      ].join("\n"),
    );
    const { stdout } = await program(`
      import { logger } from "@logbridge/core";
      import { elsewhere } from ${other};
      logger.remove(0);
      logger.add(process.stdout, { format: "{level.no} {level.icon} {level} {function} {file} {line} {message}" });
      logger.level("foobar", { no: 33, icon: "🤖", color: "<blue>" });
      elsewhere();
      logger.log("foobar", "A message");
    `);
    const [first, second] = stdout.split("\n");
    expect(first).toBe("33 🤖 foobar elsewhere other.mts 3 A message");
    expect(second).toMatch(/^33 🤖 foobar .* program\.mts 8 A message$/);
  });

  test("R-10c R-10d is also on loggers made by bind, patch and opt, earlier and later ones, with the right caller", () => {
    const { logger, records } = setting({}, { caller: true });
    const earlier = logger.bind({ made: "before the level" });
    const typed = logger.withLevels({ foobar: { no: 33, icon: "🤖", color: "<blue>" } });
    expectTypeOf(typed.foobar).toEqualTypeOf<LogMethod>();
    const derived = [earlier, typed.bind({ a: 1 }), typed.patch(() => {}), typed.opt({ raw: true }), typed];
    function here(): void {
      for (const one of derived) (one as typeof typed).foobar("A message");
    }
    here();
    expect(records).toHaveLength(5);
    for (const record of records)
      expect(record).toMatchObject({ level: { no: 33 }, function: "here", file: { name: "naming.test.ts" } });
    expect(new Set(records.map(({ line }) => line)).size).toBe(1);
    expect(records[0]?.extra).toEqual({ made: "before the level" });
  });
});
