import { createWriteStream, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createLogger, type LogRecord } from "@logbridge/core";
import { describe, expect, test, vi } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "logbridge-"));

describe("what add() accepts", () => {
  test("L-PROM-2 one function sets sink, format, filter and level", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => void texts.push(text), {
      level: "INFO",
      format: "{level.name}: {message}",
      filter: (record) => !record.message.includes("noise"),
    });
    logger.debug("too low");
    logger.info("noise");
    logger.info("kept");
    expect(texts).toEqual(["INFO: kept\n"]);
  });

  test("L-ADD-SINK-1 a Node stream", async () => {
    const file = join(folder(), "stream.log");
    const stream = createWriteStream(file);
    const logger = createLogger();
    logger.add(stream, { format: "{message}" });
    for (let n = 0; n < 1000; n++) logger.info(`line ${n}`);
    expect(await logger.complete()).toEqual({ sent: 1000, dropped: 0, pending: 0 });
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(1001);
  });

  test("L-ADD-SINK-1 process.stderr and process.stdout, written by descriptor", async () => {
    const { stdout, stderr } = await program(`
      import { createLogger } from "@logbridge/core";
      const logger = createLogger();
      logger.add(process.stdout, { format: "out {message}" });
      logger.add(process.stderr, { format: "err {message}" });
      for (let n = 0; n < 20000; n++) logger.info("line " + n);
      process.exit(0);
    `);
    expect(stdout.split("\n").filter((line) => line.startsWith("out line"))).toHaveLength(20_000);
    expect(stderr.split("\n").filter((line) => line.startsWith("err line"))).toHaveLength(20_000);
  });

  test("L-ADD-SINK-2 a string is a file path, folders included; a file: URL too", () => {
    const logger = createLogger();
    const path = join(folder(), "deep", "app.log");
    logger.add(path, { format: "{message}" });
    logger.add(pathToFileURL(`${path}.url`), { format: "{message}" });
    logger.info("x");
    expect(readFileSync(path, "utf8")).toBe("x\n");
    expect(readFileSync(`${path}.url`, "utf8")).toBe("x\n");
  });

  test("L-ADD-SINK-4 a function gets each formatted line; an asynchronous one is awaited by complete()", async () => {
    const logger = createLogger();
    const order: string[] = [];
    logger.add(
      async (text) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(text);
      },
      { format: "{message}" },
    );
    for (const word of ["a", "b", "c"]) logger.info(word);
    expect(order).toEqual([]);
    await logger.complete();
    expect(order).toEqual(["a\n", "b\n", "c\n"]);
  });

  test("L-ADD-SINK-7 an instance of one's own class with write() keeps its state", () => {
    class Counter {
      count = 0;
      write(text: string, record: LogRecord): void {
        this.count += text.length + record.level.no;
      }
    }
    const counter = new Counter();
    const logger = createLogger();
    logger.add(counter, { format: "{message}" });
    logger.info("ab");
    expect(counter.count).toBe(23);
  });

  test("a Web WritableStream", async () => {
    const chunks: string[] = [];
    const logger = createLogger();
    logger.add(new WritableStream<string>({ write: (chunk) => void chunks.push(chunk) }), { format: "{message}" });
    logger.info("web");
    await logger.complete();
    expect(chunks).toEqual(["web\n"]);
  });

  test("a sink that needs no text gets none", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add({ needs: { text: false }, write: (text) => void texts.push(text) });
    logger.info("x");
    expect(texts).toEqual([""]);
  });
});

describe("what bad input gets", () => {
  const add = (sink: unknown, options: object = {}): (() => void) => {
    return () => void createLogger().add(sink as never, options);
  };

  test.each([
    [42, /42 \(number\) is no sink; accepted are a file path/],
    [null, /null/],
    [{}, /without write/],
    [Promise.resolve(), /promise/],
    [new URL("http://localhost/"), /no file: URL/],
    [console, /consoleSink/],
  ])("add(%s) is a TypeError or error that says what is accepted", (sink, message) => {
    expect(add(sink)).toThrow(message);
  });

  test("add(42) is a TypeError with a code", () => {
    expect(add(42)).toThrow(TypeError);
    expect(add(42)).toThrow(/LB1001/);
  });

  test.each([
    [{ level: "NOPE" }, /there is no level "NOPE"; known are TRACE/],
    [{ format: "{nope}" }, /\{nope\} is unknown; a record has/],
    [{ format: "{message" }, /position 0/],
    [{ format: "<foo>x</foo>" }, /"<foo>" at position 0/],
    [{ format: "<red>x" }, /"<red>" at position 0 of "<red>x" has no corresponding closing tag/],
    [{ colorise: true }, /unknown option "colorise"/],
    [{ colorize: "yes" }, /colorize must be a boolean, got "yes"/],
    [{ filter: 42 }, /filter/],
    [{ filter: { app: "NOPE" } }, /filter\["app"\]/],
    [{ serialize: "xml" }, /serialize "xml" is unknown/],
    [{ serialize: "yaml" }, /serialize "yaml" is unknown; allowed are true, false, "flat", "ecs", "gcp", "logfmt"/],
    [{ enqueue: true }, /enqueue is not available in this version/],
  ])("add(sink, %j) names the option, the value and what is allowed", (options, message) => {
    expect(add(() => {}, options)).toThrow(message);
  });

  test("S-FMT-3 a format's HTML tag is refused with how to escape it, and escaped it is text", () => {
    expect(add(() => {}, { colorize: false, format: "{level} <code>{message}</code>" })).toThrow(
      /"<code>".*write "\\<code>"/,
    );
    const { logger, texts } = setting({}, { format: "{level} \\<code>{message}\\</code>" });
    logger.info("hello");
    expect(texts).toEqual(["INFO <code>hello</code>\n"]);
  });

  test("L-ADD-SINK-21 options of another kind of sink are refused by name", () => {
    expect(add(() => {}, { rotation: "1 MB" })).toThrow(/rotation belongs to a file, and this sink is a function/);
    expect(add(() => {}, { durability: "line" })).toThrow(/durability belongs to a file/);
    expect(add(join(folder(), "x"), { rotation: "1 MB" })).toThrow(/rotation is not available in this version/);
    expect(add(join(folder(), "x"), { durability: "journal" })).toThrow(/journal/);
    expect(add(join(folder(), "x"), { mode: "x" })).toThrow(/mode must be one of "a", "w"/);
  });

  test("a refused handler leaves nothing behind, and configure() changes nothing when one part is wrong", () => {
    const { logger, texts } = setting();
    expect(() => logger.configure({ handlers: [{ sink: () => {} }, { sink: 42 as never }], extra: { a: 1 } })).toThrow(
      /42/,
    );
    logger.info("still there");
    expect(texts).toEqual(["still there\n"]);
    expect(() => logger.configure({ handler: [] } as never)).toThrow(/unknown option "handler"/);
  });
});

describe("failures stay where they are", () => {
  test("L-ADD-CATCH-1 a throwing sink: one report on stderr with the record, the others still get it, the application goes on", async () => {
    const { stdout, stderr, code } = await program(`
      import { createLogger } from "@logbridge/core";
      const logger = createLogger();
      logger.add(() => { throw new Error("disk is full"); }, { format: "{message}" });
      logger.add(process.stdout, { format: "{message}" });
      logger.warning("important");
      process.stdout.write("goes on\\n");
    `);
    expect(code).toBe(0);
    expect(stdout).toBe("important\ngoes on\n");
    expect(stderr).toMatch(
      /^logbridge LB2001: handler 0 .*\n {2}record: WARNING important\n {2}error: Error: disk is full/,
    );
    expect(stderr.match(/LB2001/g)).toHaveLength(1);
  });

  test("L-ADD-CATCH-2 catch: false lets the error of the sink reach the caller", () => {
    const logger = createLogger();
    logger.add(
      () => {
        throw new RangeError("mine");
      },
      { catch: false },
    );
    expect(() => logger.info("x")).toThrow(RangeError);
  });

  test("a rejected promise is reported like a throw, with onError instead where it is given", async () => {
    const logger = createLogger();
    const onError = vi.fn();
    logger.add(() => Promise.reject(new Error("later")), { onError });
    logger.info("x");
    const counts = await logger.complete();
    expect(onError).toHaveBeenCalledWith("temporary", [expect.objectContaining({ message: "x" })], expect.any(Error));
    expect(counts).toEqual({ sent: 0, dropped: 1, pending: 0 });
  });

  test("L-ADD-SINK-12 logging from inside a sink neither recurses nor hangs: others get it, this sink does not, and it is warned of", async () => {
    const { stdout, stderr, code } = await program(`
      import { createLogger } from "@logbridge/core";
      const logger = createLogger();
      logger.add((text) => { logger.info("from inside"); }, { format: "{message}" });
      logger.add(process.stdout, { format: "{message}" });
      logger.info("outer");
    `);
    expect(code).toBe(0);
    expect(stdout).toBe("from inside\nouter\n");
    expect(stderr).toMatch(/LB1403/);
  });

  test("complete() tells the truth about a sink that never answers", async () => {
    const logger = createLogger();
    logger.add(() => new Promise<void>(() => {}));
    logger.info("x");
    expect(await logger.complete({ timeout: 30 })).toEqual({ sent: 0, dropped: 0, pending: 1 });
  });
});

describe("handlers in force", () => {
  test("L-RM-1 remove(id) ends one handler at once; an unknown id is an error", async () => {
    const { logger, texts } = setting();
    const removed = logger.remove(0);
    logger.info("late");
    await removed;
    expect(texts).toEqual([]);
    expect(() => logger.remove(0)).toThrow(/there is no handler 0; in force are none/);
    expect(() => logger.remove("x" as never)).toThrow(TypeError);
  });

  test("R-03d level and options of a handler can be changed", () => {
    const { logger, texts } = setting({}, { level: 20 });
    logger.debug("no");
    logger.handler(0).level = "DEBUG";
    logger.debug("yes");
    logger.handler(0).update({ format: "<{message}>", filter: (record) => record.message !== "hidden" });
    logger.debug("hidden");
    logger.debug("seen");
    expect(texts).toEqual(["yes\n", "<seen>\n"]);
    expect(() => {
      logger.handler(0).level = "NOPE";
    }).toThrow(/LB1003/);
  });

  test("add() with the key of an earlier handler replaces it", () => {
    const logger = createLogger();
    const first: string[] = [];
    const second: string[] = [];
    logger.add((text) => void first.push(text), { key: "app", format: "{message}" });
    logger.add((text) => void second.push(text), { key: "app", format: "{message}" });
    logger.info("x");
    expect([first, second]).toEqual([[], ["x\n"]]);
  });

  test("R-25b an independent logger has handlers of its own", () => {
    const a = setting();
    const b = setting();
    a.logger.info("only a");
    expect(a.texts).toEqual(["only a\n"]);
    expect(b.texts).toEqual([]);
  });

  test("the threshold makes a call nobody wants one comparison: nothing is evaluated", () => {
    const { logger } = setting({}, { level: 30 });
    expect(logger.isEnabled("INFO")).toBe(false);
    expect(logger.isEnabled("ERROR")).toBe(true);
  });
});

describe("file sinks", () => {
  test("durability line hands each record over in the call; gathered at exit, after 50 ms or by complete()", async () => {
    const path = join(folder(), "gathered.log");
    const logger = createLogger();
    logger.add(path, { durability: "gathered", format: "{message}" });
    logger.info("x");
    expect(readFileSync(path, "utf8")).toBe("");
    await logger.complete();
    expect(readFileSync(path, "utf8")).toBe("x\n");
  });

  test.each(["line", "gathered"])("10,000 of 10,000 survive process.exit and a throw: %s", async (durability) => {
    for (const end of ["process.exit(3)", "throw new Error('end')", ""]) {
      const path = join(folder(), "app.log");
      await program(`
        import { createLogger } from "@logbridge/core";
        const logger = createLogger();
        logger.add(${JSON.stringify(path)}, { durability: ${JSON.stringify(durability)}, format: "{message}" });
        for (let n = 0; n < 10000; n++) logger.info("line " + n);
        ${end};
      `);
      expect(readFileSync(path, "utf8").split("\n")).toHaveLength(10_001);
    }
  });

  test("mode, delay, permissions and {time} in the name", () => {
    const inside = folder();
    const logger = createLogger({ clock: () => Date.UTC(2024, 0, 2, 3, 4, 5), timeZone: "UTC" });
    logger.add(join(inside, "app_{time:YYYY-MM-DD}.log"), { format: "{message}", delay: true, permissions: 0o600 });
    const path = join(inside, "app_2024-01-02.log");
    expect(() => statSync(path)).toThrow();
    logger.info("x");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    logger.add(path, { mode: "w", format: "{message}" });
    expect(readFileSync(path, "utf8")).toBe("");
    expect(() => logger.add(join(inside, "{name}.log"))).toThrow(/LB1302/);
  });
});
