import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type HandlerOptions } from "@logbridge/core";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { escapeControls } from "../src/format/escape.ts";
import { readLogfmt } from "./support/logfmt.ts";

type Shape = Exclude<HandlerOptions["serialize"], ((record: never) => string) | undefined>;
const SHAPES: readonly Shape[] = [true, "flat", "ecs", "gcp", "logfmt"];

function written(
  serialize: Shape,
  log: (logger: ReturnType<typeof createLogger>) => void,
  options: HandlerOptions = {},
): string {
  const logger = createLogger({ clock: () => Date.UTC(2026, 10, 25, 20, 48, 18, 123) });
  const lines: string[] = [];
  logger.add((text) => void lines.push(text), { level: 0, serialize, ...options });
  log(logger);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
  return lines[0] as string;
}

const read = (serialize: Shape, line: string): Record<string, unknown> =>
  serialize === "logfmt" ? readLogfmt(line.trimEnd()) : (JSON.parse(line) as Record<string, unknown>);

const data = (
  serialize: Shape,
  log: (logger: ReturnType<typeof createLogger>) => void,
  options?: HandlerOptions,
): Record<string, unknown> => read(serialize, written(serialize, log, options));

describe('serialize: "ecs"', () => {
  test("has the fields of the schema", () => {
    expect(
      data("ecs", (logger) =>
        logger
          .forModule("app/save")
          .bind({ trace_id: "0af7651916cd43dd8448eb211c80319c", span_id: "b7ad6b7169203331" })
          .info("saved {id}", {
            id: 7,
            ok: true,
            tags: ["a", "b"],
            user: { id: "u1" },
            order: { item: { no: 1 } },
            "a.b": 1,
          }),
      ),
    ).toEqual({
      "@timestamp": "2026-11-25T20:48:18.123000Z",
      "log.level": "INFO",
      message: "saved 7",
      "ecs.version": "8.11.0",
      "log.logger": "app/save",
      "process.pid": process.pid,
      "process.name": expect.any(String),
      "process.thread.id": expect.any(Number),
      "process.thread.name": expect.any(String),
      "trace.id": "0af7651916cd43dd8448eb211c80319c",
      "span.id": "b7ad6b7169203331",
      user: { id: "u1" },
      labels: { id: 7, ok: true, tags: ["a", "b"], order_item_no: 1, a_b: 1 },
    });
  });
  test("shows an exception with its causes and properties, and the caller where it is needed", () => {
    const error = Object.assign(new TypeError("no", { cause: new Error("disk full") }), { code: "E1", path: "/a" });
    const line = data("ecs", (logger) => logger.error(error, "save failed"), { needs: { caller: true } });
    expect(line).toMatchObject({
      message: "save failed",
      "error.type": "TypeError",
      "error.message": "no",
      "error.code": "E1",
      "log.origin.file.name": expect.stringMatching(/serializers\.test\.ts$/),
      "log.origin.file.line": expect.any(Number),
    });
    expect(line["error.stack_trace"]).toMatch(
      /^TypeError: no\n {4}at .*serializers\.test\.ts[\s\S]*\n {4}\{"code":"E1","path":"\/a"\}\nCaused by: Error: disk full\n {4}at /,
    );
  });
  test("lets no value of the user stand for a field of the schema", () => {
    const fields = {
      message: "m",
      "log.level": "x",
      "@timestamp": 1,
      process: { pid: 1 },
      user: "ann",
      error: { a: 1 },
    };
    const line = data("ecs", (logger) => logger.info("own", fields));
    expect(line).toMatchObject({ message: "own", "log.level": "INFO", "process.pid": process.pid });
    expect(line["labels"]).toEqual({
      message: "m",
      log_level: "x",
      "@timestamp": 1,
      process_pid: 1,
      user: "ann",
      error_a: 1,
    });
  });
});

describe('serialize: "gcp"', () => {
  const variables = ["GOOGLE_CLOUD_PROJECT", "K_SERVICE", "K_REVISION"];
  const before = variables.map((name) => process.env[name]);
  afterEach(() => {
    variables.forEach((name, index) => {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
  });

  test.each([
    ["TRACE", "DEBUG"],
    ["DEBUG", "DEBUG"],
    ["INFO", "INFO"],
    ["SUCCESS", "INFO"],
    ["WARNING", "WARNING"],
    ["ERROR", "ERROR"],
    ["CRITICAL", "CRITICAL"],
  ])("calls %s %s", (level, severity) => {
    const line = data("gcp", (logger) => logger.log(level, "x"));
    expect(line["severity"]).toBe(severity);
    expect(line["level"]).toBe(level === severity ? undefined : level);
  });
  test("calls custom levels by their name where Cloud Logging has it", () => {
    const line = data("gcp", (logger) => {
      logger.level("NOTICE", { no: 22 });
      logger.log("NOTICE", "x");
    });
    expect(line["severity"]).toBe("NOTICE");
  });
  test("has trace, labels and source location where they are looked for, and values at the top", () => {
    process.env["GOOGLE_CLOUD_PROJECT"] = "shop";
    const line = data(
      "gcp",
      (logger) =>
        logger
          .forModule("app/save")
          .bind({ trace_id: "0af7", span_id: "b7ad", trace_sampled: true, labels: { tier: "web", no: 1 } })
          .info("saved", {
            id: 7,
            httpRequest: { status: 200 },
            severity: "x",
            time: 1,
            "logging.googleapis.com/trace": 1,
          }),
      { needs: { caller: true } },
    );
    expect(line).toEqual({
      severity: "INFO",
      message: "saved",
      time: "2026-11-25T20:48:18.123000Z",
      logger: "app/save",
      "logging.googleapis.com/sourceLocation": {
        file: expect.stringMatching(/serializers\.test\.ts$/),
        line: expect.stringMatching(/^\d+$/),
        function: expect.any(String),
      },
      "logging.googleapis.com/trace": "projects/shop/traces/0af7",
      "logging.googleapis.com/spanId": "b7ad",
      "logging.googleapis.com/trace_sampled": true,
      "logging.googleapis.com/labels": { tier: "web", no: "1" },
      id: 7,
      httpRequest: { status: 200 },
      severity_: "x",
      time_: 1,
      "logging.googleapis.com/trace_": 1,
    });
  });
  test("is what Error Reporting takes: a stack, or the type and the place of the call", () => {
    process.env["K_SERVICE"] = "shop";
    process.env["K_REVISION"] = "7";
    const error = Object.assign(new TypeError("no", { cause: new Error("disk full") }), { path: "/a" });
    const withStack = data("gcp", (logger) => logger.error(error, "save failed"));
    expect(withStack["stack_trace"]).toMatch(/^TypeError: no\n {4}at .*\n[\s\S]*Caused by: Error: disk full\n {4}at /);
    expect(withStack).toMatchObject({
      message: "save failed",
      error: { type: "TypeError", message: "no", path: "/a", cause: { message: "disk full" } },
      serviceContext: { service: "shop", version: "7" },
    });
    expect(withStack).not.toHaveProperty("@type");
    const without = data("gcp", (logger) => logger.error("save failed"), { needs: { caller: true } });
    expect(without).toMatchObject({
      "@type": "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent",
      context: { reportLocation: { filePath: expect.stringMatching(/serializers\.test\.ts$/) } },
      serviceContext: { service: "shop", version: "7" },
    });
    const warned = data("gcp", (logger) => logger.warning("odd", error));
    expect(warned).not.toHaveProperty("stack_trace");
    expect(warned).not.toHaveProperty("@type");
    expect((warned["error"] as { stack: string }).stack).toContain("TypeError: no");
  });
});

describe('serialize: "logfmt"', () => {
  test("has pairs with paths as keys", () => {
    expect(
      written("logfmt", (logger) =>
        logger.forModule("app/save").info("saved it", {
          user: { id: 7, name: "ann lee" },
          list: [1, "a"],
          empty: "",
          eq: "a=b",
          quote: '"',
          none: null,
        }),
      ),
    ).toBe(
      'time=2026-11-25T20:48:18.123000Z level=INFO message="saved it" name=app/save user.id=7 user.name="ann lee" list="[1,\\"a\\"]" empty="" eq="a=b" quote="\\"" none=null\n',
    );
  });
  test("keeps its own keys, and makes keys of whatever there is", () => {
    const pairs = data("logfmt", (logger) =>
      logger.error(new RangeError("far"), "x", {
        level: "FAKE",
        "err.type": "fake",
        "a b": 1,
        "a=b": 2,
        "": 3,
        'q"': 4,
        größe: 5,
        "n\nl": 6,
      }),
    );
    expect(pairs).toMatchObject({
      level: "ERROR",
      level_: "FAKE",
      message: "x",
      "err.type": "RangeError",
      "err.type_": "fake",
      "err.message": "far",
      a_b: "1",
      a_b_: "2",
      _: "3",
      q_: "4",
      größe: "5",
      n_l: "6",
    });
    expect(pairs["err.stack"]).toMatch(/^RangeError: far\n {4}at /);
  });
});

describe("every shape", () => {
  test.each(SHAPES)("L-ADD-SER-2: %j goes to any kind of sink, a function sink included", (serialize) => {
    const logger = createLogger();
    const got: string[] = [];
    logger.add((text) => void got.push(text), { serialize });
    logger.add({ write: (text) => void got.push(text) }, { serialize });
    logger.info("x");
    expect(got).toHaveLength(2);
    expect(got[0]).toBe(got[1]);
    expect(got[0]).toContain("INFO");
  });

  test("L-FILE-16: true gives one JSON object a line in a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logbridge-serialize-"));
    try {
      const logger = createLogger();
      logger.add(join(folder, "somefile.log"), { serialize: true });
      logger.info("first\nof two lines", { id: 7 });
      logger.error("second", new Error("x"));
      await logger.remove();
      const lines = readFileSync(join(folder, "somefile.log"), "utf8").trimEnd().split("\n");
      const objects = lines.map((line) => JSON.parse(line) as { text: string; record: Record<string, unknown> });
      expect(objects.map(({ record }) => record["message"])).toEqual(["first\nof two lines", "second"]);
      expect(objects[0]?.record["extra"]).toEqual({ id: 7 });
      expect(objects[1]?.text).toContain("Error: x");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(SHAPES)("C-22c: %j is read by a program without regular expressions of its own", (serialize) => {
    const text = JSON.stringify(data(serialize, (logger) => logger.info("message 1", { foo: "bar", num: 123 })));
    expect(text).toContain("message 1");
    expect(text).toContain("bar");
    expect(text).toContain("123");
  });

  test.each(SHAPES)("S-FMT-4: %j always parses, whatever a value's toJSON gives", (serialize) => {
    const extra = { test: { toJSON() {} }, fn() {}, sym: Symbol("a"), nan: Number.NaN, bad: new Date(Number.NaN) };
    const line = data(serialize, (logger) => logger.info("x", extra));
    const text = JSON.stringify(line);
    for (const shown of ["Symbol(a)", "NaN", "Invalid Date", "[Function: fn]"]) expect(text).toContain(shown);
    expect(text).not.toContain("undefined");
  });

  test.each(SHAPES)("%j represents what JSON cannot say, runs no getter, and is bounded", (serialize) => {
    let deep: unknown = "end";
    for (let depth = 0; depth < 200; depth++) deep = { deep };
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    let ran = 0;
    const extra = {
      big: 10n ** 20n,
      circular,
      deep,
      huge: "x".repeat(3_000_000),
      many: Array.from({ length: 50_000 }, (_, index) => index),
      get getter() {
        ran++;
        throw new Error("ran");
      },
      inner: {
        get getter() {
          ran++;
          throw new Error("ran");
        },
      },
      bad: {
        toJSON() {
          throw new Error("toJSON");
        },
        kept: 1,
      },
    };
    const line = written(serialize, (logger) => logger.error("x", extra, new Error("e")));
    const text = JSON.stringify(read(serialize, line));
    expect(ran).toBe(0);
    expect(line.length).toBeLessThan(3_000_000);
    for (const shown of ["100000000000000000000", "[Circular]", "[Getter]", "more characters", "more items"])
      expect(text).toContain(shown);
  });

  test.each(SHAPES)("%j never throws and always parses on one line, for any values", (serialize) => {
    const logger = createLogger();
    const lines: string[] = [];
    logger.add((text) => void lines.push(text), { level: 0, serialize, catch: false });
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      key: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("__proto__", "toJSON", "message", "level", "labels"),
      ),
    });
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, fc.dictionary(text, value), value, text, (message, extra, thrown, name) => {
        lines.length = 0;
        logger
          .forModule(name)
          .opt({ exception: thrown === true ? "true" : thrown })
          .log("ERROR", message, { extra, ...extra });
        // Not assigned: that would make a value the error's prototype.
        const properties = Object.getOwnPropertyDescriptors(extra);
        logger.error(Object.defineProperties(new Error(message), properties), message);
        expect(lines).toHaveLength(2);
        for (const line of lines) {
          expect(line.indexOf("\n")).toBe(line.length - 1);
          expect(escapeControls(line)).toBe(line);
          const parsed = read(serialize, line);
          if (serialize !== true) expect([parsed["level"], parsed["log.level"], parsed["severity"]]).toContain("ERROR");
        }
      }),
      { numRuns: 150 },
    );
  });

  test("with an unknown name is refused", () => {
    expect(() => createLogger().add(() => {}, { serialize: "xml" as never })).toThrow(
      /serialize "xml" is unknown; allowed are true, false, "flat", "ecs", "gcp", "logfmt".*LB1004/,
    );
  });
});
