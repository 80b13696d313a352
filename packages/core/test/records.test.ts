import { createLogger, recordFromJSON } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

describe("what a record carries", () => {
  test("L-REC-3 L-REC-6 L-REC-8 L-REC-14 extra, level and message, and the sink receives the record beside the text", () => {
    const { logger, records, texts } = setting();
    logger.bind({ user: "ann" }).warning("hello {name}", { name: "bob" });
    expect(texts).toEqual(["hello bob\n"]);
    const [record] = records;
    expect(record?.message).toBe("hello bob");
    expect(record?.template).toBe("hello {name}");
    expect(record?.extra).toEqual({ user: "ann", name: "bob" });
    expect(record?.level).toMatchObject({ name: "WARNING", no: 30, icon: "⚠️" });
  });

  test("L-REC-4 L-REC-5 L-REC-7 L-REC-9 L-REC-10 L-REC-16 file, function, line, module and module name of the call", async () => {
    const { stdout } = await program(
      [
        'import { createLogger } from "@logbridge/core";',
        "const logger = createLogger();",
        "const kept = [];",
        'logger.add((_text, record) => void kept.push(record), { format: "{message}", needs: { caller: true } });',
        "function checkout() {",
        '  logger.info("here");',
        "}",
        "checkout();",
        "const [{ function: name, file, line, column, module, name: moduleName }] = kept;",
        "process.stdout.write(JSON.stringify({ name, file, line, column, module, moduleName }));",
      ].join("\n"),
    );
    const seen = JSON.parse(stdout) as Record<string, unknown>;
    expect(seen).toMatchObject({ name: "checkout", line: 6, column: 10, module: "program" });
    expect(seen["file"]).toEqual({
      name: "program.mts",
      path: expect.stringMatching(/\/test\/\.tmp-\w+\/program\.mts$/),
    });
    expect(seen["moduleName"]).toMatch(/^test\/\.tmp-\w+\/program$/);
  });

  test("a sink that keeps records without declaring the caller gets null later, never a wrong frame", () => {
    const { logger, records } = setting();
    logger.info("x");
    expect(records[0]?.line).toBeNull();
    expect(records[0]?.name).toBeNull();
  });

  test("a reader that nobody foresaw sees the caller during the call", () => {
    const logger = createLogger();
    const files: (string | undefined)[] = [];
    logger.add((_text, record) => void files.push(record.file?.name), { format: "{message}" });
    logger.info("x");
    expect(files).toEqual(["records.test.ts"]);
  });

  test("seq counts up over all loggers of the process", () => {
    const a = setting();
    const b = setting();
    a.logger.info("1");
    b.logger.info("2");
    a.logger.info("3");
    const numbers = [a.records[0]?.seq, b.records[0]?.seq, a.records[1]?.seq] as number[];
    expect(numbers).toEqual([...numbers].sort((x, y) => x - y));
    expect(new Set(numbers).size).toBe(3);
  });

  test("a record as data comes back with its time, level, extra and error", () => {
    const { logger, records } = setting();
    const error = Object.assign(new TypeError("boom", { cause: new Error("root") }), { code: "E1" });
    logger.bind({ n: 1 }).error("failed", error);
    const data = JSON.parse(JSON.stringify(records[0]));
    const other = setting();
    other.logger.emit(recordFromJSON(data));
    const [again] = other.records;
    expect(again?.micros).toBe(records[0]?.micros);
    expect(again?.extra).toEqual({ n: 1 });
    expect(again?.exception).toMatchObject({
      type: "TypeError",
      message: "boom",
      code: "E1",
      cause: { message: "root" },
    });
    expect(() => recordFromJSON(42 as never)).toThrow(/LB1010/);
  });

  test("the clock is real to the microsecond and within a millisecond of the system's", () => {
    const { logger, records } = setting();
    const before = Date.now();
    for (let n = 0; n < 100; n++) logger.info("tick");
    const after = Date.now();
    for (const { micros } of records) {
      expect(micros / 1000).toBeGreaterThanOrEqual(before - 1);
      expect(micros / 1000).toBeLessThanOrEqual(after + 1);
    }
  });

  test("times are no whole milliseconds but by chance, and never go back", () => {
    const { logger, records } = setting();
    const before = Date.now();
    while (Date.now() < before + 20) logger.info("tick");
    const times = records.map(({ micros }) => micros);
    expect(times.filter((micros) => micros % 1000 === 0).length).toBeLessThan(times.length / 2);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });
});
