import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AddOptions, createLogger, type Filter, type LogRecord } from "@logbridge/core";
import { describe, expect, test } from "vitest";

type Call = readonly [name: string | null, level: string | number];

/** Which of the calls the handler took. */
function taken(options: AddOptions, calls: readonly Call[]): boolean[] {
  const logger = createLogger();
  let count = 0;
  logger.add(() => count++, options);
  return calls.map(([name, level]) => {
    const before = count;
    logger.forModule(name).log(level, "m");
    return count > before;
  });
}

const byFilter = (filter: Filter, calls: readonly Call[]): boolean[] => taken({ filter, level: 0 }, calls);

describe("the filter of a handler", () => {
  test("L-ADD-FILT-1 is a function that gets the record and decides by its truth value", () => {
    const seen: LogRecord[] = [];
    const filter = (record: LogRecord): unknown => {
      seen.push(record);
      return record.extra["wanted"];
    };
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text), { filter, format: "{message}" });
    for (const wanted of [1, "yes", 0, "", null, undefined, {}]) logger.info("{wanted}", { wanted });
    expect(seen).toHaveLength(7);
    expect(texts).toEqual(["1\n", "yes\n", "{}\n"]);
  });
  test("L-ADD-FILT-2 is the name of a module: it and its children pass", () => {
    const calls: Call[] = ["a/b", "a/b/c", "a/bc", "a", "b", "A/b"].map((name) => [name, "INFO"]);
    expect(byFilter("a/b", calls)).toEqual([true, true, false, false, false, false]);
  });
  test("L-ADD-FILT-3 L-ADD-FILT-4 is a map of modules to levels by name, number, true or false; the closest parent counts", () => {
    const filter = { app: "WARNING", "app/db": 5, "app/db/pool": false, "app/http": true } as const;
    expect(
      byFilter(filter, [
        ["app", "INFO"],
        ["app", "WARNING"],
        ["app/x/y", "INFO"],
        ["app/db", "TRACE"],
        ["app/db/pool/x", "CRITICAL"],
        ["app/http", 0],
        ["other", 0],
      ]),
    ).toEqual([false, true, false, true, false, true, true]);
  });
  test("L-ADD-FILT-5 takes the key '' for every module that no other key covers", () => {
    expect(
      byFilter({ "": "ERROR", app: "DEBUG" }, [
        ["x", "WARNING"],
        ["x", "ERROR"],
        ["app/y", "DEBUG"],
      ]),
    ).toEqual([false, true, true]);
  });
  test("L-ADD-FILT-6 never lets pass what is below the handler's level", () => {
    const calls: Call[] = [
      ["app", "DEBUG"],
      ["app", "INFO"],
    ];
    expect(taken({ level: "INFO", filter: { app: 0 } }, calls)).toEqual([false, true]);
    expect(taken({ level: "INFO", filter: () => true }, calls)).toEqual([false, true]);
  });
  test("L-ADD-FILT-7 lets everything pass when there is none, and every module by ''", () => {
    const calls: Call[] = [
      ["app", "DEBUG"],
      ["x/y", "DEBUG"],
    ];
    expect(taken({ level: 0 }, calls)).toEqual([true, true]);
    expect(byFilter("", calls)).toEqual([true, true]);
  });
  test("L-ADD-FILT-8 keeps only DEBUG by a function", () => {
    const debugOnly = ({ level }: LogRecord): boolean => level.name === "DEBUG";
    expect(
      byFilter(debugOnly, [
        ["a", "DEBUG"],
        ["a", "INFO"],
        ["a", "TRACE"],
        ["a", 10],
      ]),
    ).toEqual([true, false, false, false]);
  });
  test("L-ADD-FILT-9 L-ADD-LEVEL-3 level_per_module: DEBUG, one library at WARNING, another one silent, by level 0", () => {
    const filter = { "": "DEBUG", "third.lib": "WARNING", anotherlib: false } as const;
    const calls: Call[] = [
      ["mine", "TRACE"],
      ["mine", "DEBUG"],
      ["third.lib.x", "INFO"],
      ["third.lib", "WARNING"],
      ["anotherlib", "CRITICAL"],
    ];
    expect(taken({ level: 0, filter }, calls)).toEqual([false, true, false, true, false]);
    expect(taken({ level: 0, filter: { "": 0 } }, [["mine", 0]])).toEqual([true]);
  });
  test("L-ADD-FILT-10 gives a file only what is bound as special", () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-filters-"));
    try {
      const logger = createLogger();
      logger.add(join(folder, "special.log"), { filter: ({ extra }) => "special" in extra, format: "{message}" });
      logger.debug("This message is not logged to the file");
      logger.bind({ special: true }).info("This message, though, is logged to the file!");
      expect(readFileSync(join(folder, "special.log"), "utf8")).toBe("This message, though, is logged to the file!\n");
      void logger.remove();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the level of a handler", () => {
  test("L-ADD-LEVEL-1 L-ADD-LEVEL-2 is a name or a number, and takes in what is just as severe", () => {
    const calls: Call[] = [
      ["a", 29],
      ["a", 30],
      ["a", "WARNING"],
      ["a", "ERROR"],
    ];
    expect(taken({ level: "WARNING" }, calls)).toEqual([false, true, true, true]);
    expect(taken({ level: 30 }, calls)).toEqual([false, true, true, true]);
  });
});

describe("disable and enable", () => {
  function heard(use: (logger: ReturnType<typeof createLogger>) => void): string[] {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(`1 ${text.trim()}`), { format: "{message}", level: 0 });
    logger.add((text) => texts.push(`2 ${text.trim()}`), { format: "{message}", level: "WARNING" });
    use(logger);
    return texts;
  }
  test("L-DIS-1 L-DIS-2 L-DIS-5 L-DIS-6 silence a library and its children for every handler, and let the application hear it", () => {
    const texts = heard((logger) => {
      const library = logger.forModule("my-library/lib/index");
      logger.disable("my-library");
      library.error("off");
      logger.forModule("my-library-2").error("other");
      logger.enable("my-library");
      library.error("on");
    });
    expect(texts).toEqual(["1 other", "2 other", "1 on", "2 on"]);
  });
  test("L-DIS-3 enable('') restores all modules", () => {
    const texts = heard((logger) => {
      logger.disable("a");
      logger.disable("b/c");
      logger.enable("");
      logger.forModule("a").info("a");
      logger.forModule("b/c").info("b");
    });
    expect(texts).toEqual(["1 a", "1 b"]);
  });
  test("L-DIS-7 allowed, disabled, allowed again, by the name of the module that logs", () => {
    const logger = createLogger();
    const texts: string[] = [];
    let name = "";
    logger.add(
      (text, record) => {
        texts.push(text);
        name = record.name ?? "";
      },
      { format: "{message}", needs: { caller: true } },
    );
    logger.info("Allowed message by default");
    logger.disable(name);
    logger.info("Disallowed message");
    logger.enable(name);
    logger.info("Allowed again");
    expect(name).toMatch(/test\/filters\.test$/);
    expect(texts).toEqual(["Allowed message by default\n", "Allowed again\n"]);
  });
});
