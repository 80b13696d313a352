import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger, type LogRecord, type Sink } from "@logbridge/core";
import { afterAll, describe, expect, test } from "vitest";
import { program } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-sinks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** A promise, and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("asynchronous sinks", () => {
  test("L-ADD-SINK-5 one is started by the call, does not hold it up, and is finished by complete()", async () => {
    const logger = createLogger();
    const { opened, open } = gate();
    const events: string[] = [];
    logger.add(
      async (text) => {
        events.push(`begin ${text.trim()}`);
        await opened;
        events.push(`end ${text.trim()}`);
      },
      { format: "{message}" },
    );
    logger.info("a");
    events.push("the call is over");
    expect(events).toEqual(["begin a", "the call is over"]);
    const completed = logger.complete().then(() => events.push("complete"));
    open();
    await completed;
    expect(events).toEqual(["begin a", "the call is over", "end a", "complete"]);
  });

  test("L-ADD-SINK-16 an async function posts each serialized record to an HTTP API", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding("utf8");
      let body = "";
      request.on("data", (chunk: string) => {
        body += chunk;
      });
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`;
    const logger = createLogger();
    const publish = async (text: string): Promise<void> => {
      const response = await fetch(url, { method: "POST", body: text });
      await response.text();
    };
    logger.add(publish, { serialize: true });
    logger.info("order {id}", { id: 7 });
    logger.warning("slow");
    expect(await logger.complete()).toEqual({ sent: 2, dropped: 0, pending: 0 });
    await new Promise((resolve) => server.close(resolve));
    const records = bodies.map((body) => (JSON.parse(body) as { record: LogRecord }).record);
    expect(records.map(({ message }) => message).sort()).toEqual(["order 7", "slow"]);
    expect(records.find(({ message }) => message === "order 7")).toMatchObject({
      level: { name: "INFO", no: 20 },
      extra: { id: 7 },
    });
  });
});

/** A sink object that notes what is called. */
class Noting implements Sink {
  readonly calls: string[] = [];
  write(text: string): void {
    this.calls.push(`write ${text.trim()}`);
  }
  async flush(): Promise<void> {
    await Promise.resolve();
    this.calls.push("flushed");
  }
  close(): void {
    this.calls.push("close");
  }
}

describe("what a sink object may have", () => {
  test("L-ADD-SINK-8 flush() is called by complete() and not for each record: write() hands on by itself", async () => {
    const logger = createLogger();
    const sink = new Noting();
    logger.add(sink, { format: "{message}" });
    logger.info("1");
    logger.info("2");
    expect(sink.calls).toEqual(["write 1", "write 2"]);
    await logger.complete();
    expect(sink.calls).toEqual(["write 1", "write 2", "flushed"]);
  });

  test("L-ADD-SINK-9 close() is called once, when the handler is removed", async () => {
    const logger = createLogger();
    const sink = new Noting();
    const id = logger.add(sink, { format: "{message}" });
    logger.info("1");
    await logger.complete();
    expect(sink.calls).not.toContain("close");
    await logger.remove(id);
    await logger.remove();
    expect(sink.calls.filter((call) => call === "close")).toHaveLength(1);
    expect(sink.calls.at(-1)).toBe("close");
  });

  test("L-ADD-SINK-10 an asynchronous flush() is awaited by complete()", async () => {
    const logger = createLogger();
    const { opened, open } = gate();
    const events: string[] = [];
    const flush = async (): Promise<void> => {
      events.push("flush begins");
      await opened;
      events.push("flush ends");
    };
    logger.add({ write: () => {}, flush });
    const completed = logger.complete().then(() => events.push("complete"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(events).toEqual(["flush begins"]);
    open();
    await completed;
    expect(events).toEqual(["flush begins", "flush ends", "complete"]);
  });
});

describe("worked examples of sinks", () => {
  test("L-ADD-SINK-14 a stream of one's own that lets part of the messages through, added at INFO", () => {
    class RandomStream {
      readonly passed: string[] = [];
      #seed: number;
      readonly #threshold: number;
      constructor(seed: number, threshold: number) {
        this.#seed = seed;
        this.#threshold = threshold;
      }
      write(message: string): void {
        this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        if (this.#seed / 2_147_483_648 > this.#threshold) this.passed.push(message);
      }
    }
    const stream = new RandomStream(12_345, 0.25);
    const logger = createLogger();
    logger.add(stream, { level: "INFO", format: "{level} {message}" });
    for (let n = 0; n < 1000; n++) {
      logger.debug("{}", n);
      logger.info("{}", n);
    }
    expect(stream.passed.length).toBeGreaterThan(600);
    expect(stream.passed.length).toBeLessThan(900);
    expect(stream.passed.every((text) => /^INFO \d+\n$/.test(text))).toBe(true);
  });

  test("L-ADD-SINK-15 a function that writes message, time and level of each record to a database", () => {
    const rows: { text: string; time: Date; level: string }[] = [];
    const updateDatabase = (text: string, values: { time: Date; level: string }): void =>
      void rows.push({ text, ...values });
    const logger = createLogger({ clock: () => Date.UTC(2024, 0, 1) });
    const mySink = (text: string, record: LogRecord): void =>
      updateDatabase(text, { time: record.time, level: record.level.name });
    logger.add(mySink, { format: "{message}" });
    logger.info("signed in");
    logger.error("signed out");
    expect(rows).toEqual([
      { text: "signed in\n", time: new Date("2024-01-01T00:00:00Z"), level: "INFO" },
      { text: "signed out\n", time: new Date("2024-01-01T00:00:00Z"), level: "ERROR" },
    ]);
  });

  test("L-ADD-SINK-18 the text of a function already ends in its newline: printing it as it is gives whole lines", async () => {
    const { stdout } = await program(`
      import { createLogger } from "@logbridge/core";
      const logger = createLogger();
      const levelPerModule = { "": "DEBUG", "third.lib": "WARNING", anotherlib: false };
      logger.add((text) => process.stdout.write(text), { filter: levelPerModule, level: 0, format: "{name} {message}" });
      logger.forModule("mine").debug("shown");
      logger.forModule("third.lib").info("too low");
      logger.forModule("third.lib").warning("shown");
      logger.forModule("anotherlib").critical("silent");
    `);
    expect(stdout).toBe("mine shown\nthird.lib shown\n");
  });

  test("L-ADD-SINK-19 C-03a console at INFO, Log/my.log with everything and Log/err.log with ERROR, by the same calls", async () => {
    const { stderr } = await program(`
      import { logger } from "@logbridge/core";
      const folder = ${JSON.stringify(folder)};
      logger.remove(0);
      logger.add(process.stderr, { format: "{level} {message}", level: "INFO" });
      logger.add(folder + "/Log/my.log", { encoding: "utf8", format: "{level} {message}" });
      logger.add(folder + "/Log/err.log", { encoding: "utf8", format: "{level} {message}", level: "ERROR" });
      logger.debug("That's it, beautiful and simple logging!");
      logger.debug("中文日志可以不");
      logger.info("on the console too");
      logger.error("严重错误");
    `);
    expect(stderr).toBe("INFO on the console too\nERROR 严重错误\n");
    expect(read("Log/my.log")).toBe(
      "DEBUG That's it, beautiful and simple logging!\nDEBUG 中文日志可以不\nINFO on the console too\nERROR 严重错误\n",
    );
    expect(read("Log/err.log")).toBe("ERROR 严重错误\n");
  });

  test("C-03a there may be any number of handlers, and the calls stay as they are", () => {
    const logger = createLogger();
    const application = (): void => {
      logger.info("a");
      logger.error("b");
    };
    const counts = Array.from({ length: 50 }, () => 0);
    for (const index of counts.keys())
      logger.add(() => void (counts[index] = (counts[index] ?? 0) + 1), { level: index % 2 ? "ERROR" : "INFO" });
    application();
    expect(counts).toEqual(Array.from({ length: 50 }, (_, index) => (index % 2 ? 1 : 2)));
  });

  test("L-SW-5 specific.log takes only what the specific logger logs, and all others take it as well", async () => {
    const logger = createLogger();
    const all: string[] = [];
    logger.add((text) => all.push(text), { format: "{message}" });
    logger.add(join(folder, "specific.log"), { filter: ({ extra }) => "specific" in extra, format: "{message}" });
    const specificLogger = logger.bind({ specific: true });
    logger.info("General message");
    specificLogger.info("Module message");
    await logger.remove();
    expect(read("specific.log")).toBe("Module message\n");
    expect(all).toEqual(["General message\n", "Module message\n"]);
  });

  test("L-SW-6 a.log and b.log by the bound name", async () => {
    const logger = createLogger();
    for (const name of ["a", "b"])
      logger.add(join(folder, `${name}.log`), { filter: ({ extra }) => extra["name"] === name, format: "{message}" });
    const loggerA = logger.bind({ name: "a" });
    const loggerB = logger.bind({ name: "b" });
    loggerA.info("Message A");
    loggerB.info("Message B");
    logger.info("neither");
    await logger.remove();
    expect([read("a.log"), read("b.log")]).toEqual(["Message A\n", "Message B\n"]);
  });
});

describe("a web application's log file", () => {
  const format = "{time:YYYY-MM-DD HH:mm:ss,SSS} - {level} - {file} - {function} - {line} - {message}";
  const handle = (logger: ReturnType<typeof createLogger>): void => {
    logger.info("info log");
    logger.debug("debug log");
    logger.warning("warning log");
    logger.error("error log");
    logger.critical("critical");
  };

  test("L-FLASK-3 L-FLASK-5 with encoding, DEBUG and a format of time, level, file, function, line and message: five lines", () => {
    const logger = createLogger({ clock: () => Date.UTC(2024, 0, 2, 3, 4, 5, 6), timeZone: "UTC" });
    logger.add(join(folder, "web.log"), { encoding: "utf8", level: "DEBUG", format });
    handle(logger);
    const lines = read("web.log").split("\n").slice(0, -1);
    const numbers = lines.map((line) => Number(line.split(" - ")[4]));
    const [first = 0] = numbers;
    expect(first).toBeGreaterThan(0);
    expect(lines).toEqual(
      [
        ["INFO", "info log"],
        ["DEBUG", "debug log"],
        ["WARNING", "warning log"],
        ["ERROR", "error log"],
        ["CRITICAL", "critical"],
      ].map(
        ([level, message], index) =>
          `2024-01-02 03:04:05,006 - ${level} - sinks.test.ts - handle - ${first + index} - ${message}`,
      ),
    );
  });

  test("L-FLASK-5 a threshold of WARNING leaves three of the five", () => {
    const logger = createLogger();
    const texts: string[] = [];
    logger.add((text) => texts.push(text.trim()), { level: "WARNING", format: "{message}" });
    handle(logger);
    expect(texts).toEqual(["warning log", "error log", "critical"]);
  });
});
