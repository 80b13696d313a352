import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Transform, Writable } from "node:stream";
import { createLogger } from "@logbridge/core";
import { pino } from "pino";
import { describe, expect, test, vi } from "vitest";
import { pinoSink, pinoSinks } from "../src/index.ts";
import { folder, Kept, linesOf, only, parse } from "./support.ts";

const fixture = (name: string): string => join(__dirname, "fixtures", name);

describe("a line", () => {
  test("is one write that ends with a line feed, and has what pino's own has", () => {
    const stream = new Kept();
    const logger = createLogger({ clock: () => 1_700_000_000_123.4 });
    logger.add(pinoSink(stream));
    logger.info("first\nsecond", { user: "ada" });
    expect(only(stream.lines)).toBe(
      `{"level":30,"time":1700000000123,"pid":${process.pid},"hostname":${JSON.stringify(hostname())},"user":"ada","msg":"first\\nsecond"}\n`,
    );
  });

  test("has pino's numbers, with SUCCESS between info and warn", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(stream), { level: 0 });
    for (const level of ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL"]) logger.log(level, level);
    expect(stream.records.map(({ level }) => level)).toEqual([10, 20, 30, 35, 40, 50, 60]);
  });

  test("names a level that pino's scale has no place for", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.level("AUDIT", { no: 33 });
    logger.add(pinoSink(stream));
    logger.log("AUDIT", "kept");
    expect(only(stream.records)).toMatchObject({ level: 40, levelName: "AUDIT" });
  });

  test("keeps fields whose names it has itself under a name with an underscore", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(stream));
    logger.info("text", { level: "x", time: "then", msg: "field", pid: 7, ...JSON.parse('{"__proto__":"p"}') });
    const record = only(stream.records);
    expect(record).toMatchObject({
      level: 30,
      msg: "text",
      level_: "x",
      time_: "then",
      msg_: "field",
      pid_: 7,
      __proto___: "p",
    });
    expect(only(stream.lines).match(/"level":/g)).toHaveLength(1);
  });

  test("has the whole chain of an error, as objects and in the stack", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(stream));
    const cause = Object.assign(new TypeError("no space"), { code: "ENOSPC" });
    logger.error("save failed", Object.assign(new RangeError("cannot save", { cause }), { code: "E1", part: 3 }));
    const { err, msg } = only(stream.records) as { err: Record<string, unknown>; msg: string };
    expect(msg).toBe("save failed");
    expect(err).toMatchObject({ type: "RangeError", message: "cannot save", code: "E1", part: 3 });
    expect(err["cause"]).toMatchObject({ type: "TypeError", message: "no space", code: "ENOSPC" });
    expect(err["stack"]).toMatch(/^RangeError: cannot save\n[\s\S]+\ncaused by: TypeError: no space\n/);
  });

  test("hides what redact names, with pino's paths", () => {
    const stream = new Kept();
    const logger = createLogger();
    const redact = ["password", "req.headers.cookie", "*.token", 'odd["a-b"]', "users[*].name", "err.secret"];
    logger.add(pinoSink(stream, { redact }));
    const users = [{ name: "ada", id: 1 }, { name: "bob" }];
    const error = Object.assign(new Error("no"), { secret: "hunter2" });
    logger.error("login", error, {
      password: "hunter2",
      req: { headers: { cookie: "hunter2", host: "h" } },
      pay: { token: "hunter2" },
      odd: { "a-b": "hunter2" },
      users,
    });
    expect(only(stream.lines)).not.toContain("hunter2");
    expect(only(stream.records)).toMatchObject({
      password: "[Redacted]",
      req: { headers: { cookie: "[Redacted]", host: "h" } },
      users: [{ name: "[Redacted]", id: 1 }, { name: "[Redacted]" }],
    });
    expect(users[0]).toEqual({ name: "ada", id: 1 });
  });

  test("leaves out, or shows by a function, what redact says", () => {
    const removed = new Kept();
    const shown = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(removed, { redact: { paths: ["a.b"], remove: true } }));
    const censor = (value: unknown, path: string[]): string => `${path.join("/")}:${String(value).length}`;
    logger.add(pinoSink(shown, { redact: { paths: ["a.b"], censor }, nestedKey: "data" }));
    logger.info("x", { a: { b: "four", c: 1 } });
    expect(only(removed.records)["a"]).toEqual({ c: 1 });
    expect(only(shown.records)["data"]).toEqual({ a: { b: "a/b:4", c: 1 } });
  });

  test("has what the other options of a pino logger say", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(
      pinoSink(stream, {
        base: { app: "shop" },
        messageKey: "message",
        errorKey: "failure",
        serializers: { user: ({ id }: { id: number }) => id, err: (error: Error) => error.message },
        levels: { audit: 38 },
        caller: true,
      }),
    );
    logger.level("AUDIT", { no: 26 });
    logger.forModule("billing").log("AUDIT", "done", new Error("broken"), { user: { id: 7, secret: "hunter2" } });
    const { time, caller, ...rest } = only(stream.records);
    expect(rest).toEqual({ level: 38, app: "shop", user: 7, name: "billing", failure: "broken", message: "done" });
    expect(caller).toMatch(/sink\.test\.ts:\d+$/);
    expect(typeof time).toBe("number");
  });

  test("S-PRO-2: leaves the objects of the caller as they were", () => {
    const stream = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(stream, { redact: ["id"] }));
    const row = Object.freeze({ id: 1 });
    logger.info("save", row);
    expect(Reflect.ownKeys(row)).toEqual(["id"]);
    expect(only(stream.records)["id"]).toBe("[Redacted]");
  });
});

describe("a worker", () => {
  test("gets pino's configuration, in which SUCCESS has its name", async () => {
    const destination = join(folder(), "out.txt");
    const logger = createLogger();
    const id = logger.add(
      pinoSink(pino.transport({ target: fixture("config-transport.cjs"), options: { destination } })),
    );
    logger.info("one");
    logger.success("two");
    await logger.remove(id);
    expect(readFileSync(destination, "utf8")).toBe("info one\nsuccess two");
  });

  test("S-SPI-1: a target whose level is a custom name gets SUCCESS and ERROR", async () => {
    const destination = join(folder(), "out.log");
    const transport = pino.transport({
      targets: [{ target: "pino/file", level: "success", options: { destination } }],
      levels: { success: 35 },
    });
    const logger = createLogger();
    const id = logger.add(pinoSink(transport));
    logger.info("too low");
    logger.success("at its level");
    logger.error("above");
    await logger.remove(id);
    expect(linesOf(destination).map(({ level }) => level)).toEqual([35, 50]);
  });

  test("S-SPI-2: lines have the number that targets need, whatever formatters the application's own logger has", async () => {
    const destination = join(folder(), "out.log");
    pino({ formatters: { level: (label) => ({ severity: label }) } }, new Kept());
    const logger = createLogger();
    const id = logger.add(
      pinoSink(pino.transport({ targets: [{ target: "pino/file", level: "info", options: { destination } }] })),
    );
    logger.info("arrives");
    await logger.remove(id);
    expect(only(linesOf(destination))).toMatchObject({ level: 30, msg: "arrives" });
  });

  test("takes everything, and only its end says that all has arrived: until then it is pending", async () => {
    const destination = join(folder(), "out.log");
    const logger = createLogger();
    const id = logger.add(pinoSink(pino.transport({ target: "pino/file", options: { destination } })));
    for (let index = 0; index < 10_000; index++) logger.info("line", { index });
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 10_000 });
    logger.info("after");
    await logger.remove(id);
    expect(linesOf(destination)).toHaveLength(10_001);
  });

  test("whose target is slow has everything when the handler is removed", async () => {
    const destination = join(folder(), "out.txt");
    const logger = createLogger();
    const id = logger.add(
      pinoSink(pino.transport({ target: fixture("slow-transport.cjs"), options: { destination } })),
    );
    for (let index = 0; index < 100; index++) logger.info("line");
    expect((await logger.complete()).pending).toBe(100);
    await logger.remove(id);
    expect(linesOf(destination)).toHaveLength(100);
  });

  test("that dies is reported, ends nothing, and what it did not take is counted as dropped", async () => {
    const failures: unknown[] = [];
    const beside = new Kept();
    const logger = createLogger();
    logger.add(pinoSink(beside));
    logger.add(pinoSink(pino.transport({ target: fixture("dying-transport.cjs") })), {
      onError: (_kind, _records, error) => void failures.push(error),
    });
    for (let index = 0; index < 5; index++) logger.info("line");
    await logger.complete();
    await vi.waitFor(() => expect(String(failures.at(-1))).toContain("LB1524"));
    logger.info("afterwards");
    const { dropped, sent, pending } = logger.stats().handlers[1] as { dropped: number; sent: number; pending: number };
    expect({ dropped, sent, pending }).toEqual({ dropped: 6, sent: 0, pending: 0 });
    expect(beside.lines).toHaveLength(6);
  });

  test("is taken as a promise, and bare", async () => {
    const [one, two] = [join(folder(), "one.log"), join(folder(), "two.log")];
    const logger = createLogger();
    logger.add(pinoSink(Promise.resolve(pino.transport({ target: "pino/file", options: { destination: one } }))));
    logger.add(pino.transport({ target: "pino/file", options: { destination: two } }) as never);
    logger.info("early");
    await logger.complete();
    await logger.remove();
    for (const path of [one, two]) expect(only(linesOf(path))).toMatchObject({ msg: "early" });
  });

  test("whose promise is rejected is reported, and its records are counted as dropped", async () => {
    const failures: unknown[] = [];
    const logger = createLogger();
    logger.add(pinoSink(Promise.reject(new Error("no such module"))), {
      onError: (_kind, _records, error) => void failures.push(error),
    });
    logger.info("early");
    await logger.complete();
    logger.info("late");
    expect(String(failures[0])).toMatch(/no such module.*LB1525/s);
    expect(logger.stats().handlers[0]).toMatchObject({ dropped: 2, sent: 0 });
  });
});

describe("a file destination", () => {
  test.each([
    ["that writes each line", { minLength: 0 }],
    ["that gathers", { minLength: 4096 }],
    ["that is synchronous", { sync: true }],
  ])("%s has everything when complete() resolves", async (_, options) => {
    const dest = join(folder(), "out.log");
    const stream = pino.destination({ dest, sync: false, ...options });
    const logger = createLogger();
    logger.add(pinoSink(stream));
    for (let index = 0; index < 10_000; index++) logger.info("line", { index });
    const { pending } = await logger.complete();
    expect(pending).toBe(0);
    expect(linesOf(dest).map(({ index }) => index)).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
    await logger.remove();
    expect((stream as { destroyed?: boolean }).destroyed).toBe(true);
  });

  test("stays open where end is false", async () => {
    const stream = pino.destination({ dest: join(folder(), "out.log"), sync: true });
    const logger = createLogger();
    logger.add(pinoSink(stream, { end: false }));
    logger.info("line");
    await logger.remove();
    expect((stream as { destroyed?: boolean }).destroyed).toBe(false);
  });
});

describe("streams of this process", () => {
  test("with metadata find level, object, text, time and logger before the write", () => {
    const seen: unknown[] = [];
    const stream = {
      [Symbol.for("pino.metadata")]: true,
      write(this: Record<string, unknown>, line: string) {
        const { lastLevel, lastObj, lastMsg, lastTime, lastLogger } = this;
        seen.push({
          lastLevel,
          lastObj,
          lastMsg,
          lastTime,
          levels: (lastLogger as { levels: { labels: object } }).levels.labels,
          line,
        });
      },
    };
    const logger = createLogger({ clock: () => 1_700_000_000_000 });
    logger.add(pinoSink(stream, { base: null }));
    const error = new Error("broken");
    logger.error("text", error, { part: 1 });
    expect(only(seen)).toMatchObject({
      lastLevel: 50,
      lastObj: { part: 1, err: error },
      lastMsg: "text",
      lastTime: "1700000000000",
      levels: { 35: "success" },
    });
  });

  test("of a multistream get what their level lets pass", async () => {
    const [all, severe] = [new Kept(), new Kept()];
    const logger = createLogger();
    logger.add(
      pinoSink(
        pino.multistream([
          { level: "info", stream: all },
          { level: "error", stream: severe },
        ]),
      ),
    );
    logger.info("one");
    logger.error("two");
    expect([all.lines.length, severe.lines.length]).toEqual([2, 1]);
  });

  test("of a multistream are waited for", async () => {
    const arrived: string[] = [];
    const slow = new Writable({
      write(chunk, _encoding, done) {
        setImmediate(() => {
          arrived.push(String(chunk));
          done();
        });
      },
    });
    const logger = createLogger();
    logger.add(pinoSink(pino.multistream([{ level: "info", stream: slow }])));
    for (let index = 0; index < 50; index++) logger.info("line");
    expect(logger.stats().handlers[0]?.pending).toBe(50);
    await logger.complete();
    expect(arrived).toHaveLength(50);
  });

  test("that change lines and pass them on are pending until they have ended", async () => {
    const arrived = new Kept();
    const passing = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });
    passing.on("data", (chunk) => arrived.write(String(chunk)));
    const logger = createLogger();
    const id = logger.add(pinoSink(passing));
    logger.info("line");
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 1 });
    await logger.remove(id);
    expect(arrived.lines).toHaveLength(1);
  });

  test("that take no more are not written to until they have drained, and lose nothing", async () => {
    const sizes: number[] = [];
    const slow: Writable = new Writable({
      highWaterMark: 1000,
      write(chunk: Buffer, _encoding, done) {
        sizes.push(slow.writableLength);
        setImmediate(done, chunk.length < 0 ? new Error() : null);
      },
    });
    const logger = createLogger();
    logger.add(pinoSink(slow));
    for (let index = 0; index < 500; index++) logger.info("a line of some length");
    await logger.complete();
    expect(sizes).toHaveLength(500);
    expect(Math.max(...sizes)).toBeLessThan(1500);
  });
});

describe("pinoSinks", () => {
  test("writes the lines that the logger itself would, to its destination, and leaves that open", async () => {
    const dest = join(folder(), "out.log");
    const stream = pino.destination({ dest, sync: true });
    const theirs = pino(
      {
        level: "debug",
        base: { app: "shop" },
        messageKey: "message",
        redact: ["password"],
        serializers: { user: ({ id }: { id: number }) => id },
        formatters: { level: (label) => ({ severity: label }) },
      },
      stream,
    );
    const logger = createLogger();
    for (const sink of pinoSinks(theirs.child({ part: "a" }))) logger.add(sink);
    logger.success("text", { password: "hunter2", user: { id: 7 }, severity: "mine" });
    await logger.remove();
    const { time, ...rest } = only(linesOf(dest));
    expect(rest).toEqual({
      severity: "success",
      app: "shop",
      part: "a",
      password: "[Redacted]",
      user: 7,
      severity_: "mine",
      message: "text",
    });
    expect(typeof time).toBe("number");
    theirs.error("still open");
    expect(linesOf(dest)).toHaveLength(2);
  });
});

describe("what cannot be a sink", () => {
  test.each([
    ["nothing", () => pinoSink(null as never), /LB1522/],
    ["a logger", () => pinoSink(pino(new Kept()) as never), /propagateToPino.*LB1522/],
    [
      "an unknown option",
      () => pinoSink(new Kept(), { redacted: [] } as never),
      /redacted.*allowed are redact.*LB1002/,
    ],
    [
      "an option that belongs elsewhere",
      () => pinoSink(new Kept(), { level: "info" } as never),
      /level.*add\(\).*LB1526/,
    ],
    ["a wrong path", () => pinoSink(new Kept(), { redact: [1] } as never), /redact.*LB1527/],
    ["a wrong serializer", () => pinoSink(new Kept(), { serializers: { a: 1 } } as never), /serializers\.a.*LB1527/],
    ["a wrong level", () => pinoSink(new Kept(), { levels: { a: "high" } } as never), /levels\.a.*LB1527/],
    ["a wrong key", () => pinoSink(new Kept(), { messageKey: 1 } as never), /messageKey.*string.*LB1527/],
    ["no logger", () => pinoSinks(new Kept() as never), /LB1520/],
  ])("is refused: %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("streams that never close", () => {
  test.each<[string, () => Writable]>([
    [
      "one that overrides destroy()",
      () => Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { destroy() {} }) as never,
    ],
    ["one whose output nobody reads", () => new Transform({ transform: (_chunk, _encoding, done) => done() })],
    [
      "one that closes late",
      () => new Writable({ write: (_c, _e, done) => done(), destroy: (_e, done) => void setTimeout(done, 900) }),
    ],
  ])("do not hold remove() up, and are no failure: %s", async (_, make) => {
    const failures: unknown[] = [];
    const logger = createLogger();
    const id = logger.add(pinoSink(make()), { onError: (_kind, _records, error) => void failures.push(error) });
    logger.info("line");
    const since = Date.now();
    await logger.remove(id);
    expect(failures).toEqual([]);
    expect(Date.now() - since).toBeLessThan(8000);
  });
});

describe("a transport of many kinds", () => {
  test("has several targets, each at its level, where SUCCESS is not dropped", async () => {
    const at = folder();
    const file = (name: string) => ({ target: "pino/file", options: { destination: join(at, name) } });
    const transport = pino.transport({
      targets: [
        { ...file("all.log"), level: "trace" },
        { ...file("info.log") },
        { ...file("error.log"), level: "error" },
      ],
    });
    const logger = createLogger();
    logger.level("AUDIT", { no: 22 });
    const id = logger.add(pinoSink(transport), { level: 0 });
    for (const level of ["TRACE", "INFO", "AUDIT", "SUCCESS", "ERROR"]) logger.log(level, level);
    await logger.remove(id);
    const messages = (name: string) => linesOf(join(at, name)).map(({ msg }) => msg);
    expect(messages("all.log")).toEqual(["TRACE", "INFO", "AUDIT", "SUCCESS", "ERROR"]);
    expect(messages("info.log")).toEqual(["INFO", "AUDIT", "SUCCESS", "ERROR"]);
    expect(messages("error.log")).toEqual(["ERROR"]);
  });

  test("has a pipeline, and one that is made with pino-abstract-transport, which waits for the configuration", async () => {
    const destination = join(folder(), "out.log");
    const piped = pino.transport({
      pipeline: [{ target: fixture("upper-transport.cjs") }, { target: "pino/file", options: { destination } }],
    });
    const built = join(folder(), "built.txt");
    const logger = createLogger();
    logger.add(pinoSink(piped));
    logger.add(
      pinoSink(pino.transport({ target: fixture("abstract-transport.cjs"), options: { destination: built } })),
    );
    logger.success("one", { n: 1 });
    logger.error("two\nlines");
    await logger.remove();
    expect(readFileSync(destination, "utf8")).toContain('"MSG":"ONE"');
    expect(readFileSync(built, "utf8").split("\n").filter(Boolean).map(parse)).toEqual([
      { label: "success", message: "one", n: 1 },
      { label: "error", message: "two\nlines" },
    ]);
  });

  test("that ends early without an error is reported, and its records are counted", async () => {
    const failures: unknown[] = [];
    const logger = createLogger();
    logger.add(pinoSink(pino.transport({ target: fixture("dying-transport.cjs"), options: { code: 0 } })), {
      onError: (_kind, _records, error) => void failures.push(error),
    });
    for (let index = 0; index < 5; index++) logger.info("line");
    await vi.waitFor(() => expect(failures.join()).toContain("LB1524"), 5000);
    logger.info("afterwards");
    expect(logger.stats().handlers[0]).toMatchObject({ dropped: 6, sent: 0, pending: 0 });
  });

  test("that never ends lets the process end all the same", { timeout: 30_000 }, async () => {
    const ended = await new Promise<{ killed: boolean; stderr: string }>((resolve) => {
      const args = ["--conditions=@logbridge/source", "--import", "tsx", fixture("never-ending.mjs")];
      execFile(process.execPath, args, { timeout: 25_000, killSignal: "SIGKILL" }, (error, _stdout, stderr) =>
        resolve({ killed: error?.killed ?? false, stderr }),
      );
    });
    expect(ended.killed, ended.stderr).toBe(false);
    expect(ended.stderr).toMatch(/LB1407|took too long/);
  });
});

describe("a file destination as its options say", () => {
  test("makes its folder, begins anew or appends, and keeps bytes", async () => {
    const dest = join(folder(), "deep", "er", "out.log");
    for (const append of [true, true, false]) {
      const logger = createLogger();
      logger.add(
        pinoSink(pino.destination({ dest, sync: false, mkdir: true, append, contentMode: "buffer" } as never)),
      );
      logger.info("ünïcode 🎉", { append });
      await logger.complete();
      await logger.remove();
      expect(linesOf(dest).at(-1)).toMatchObject({ msg: "ünïcode 🎉", append });
    }
    expect(linesOf(dest)).toHaveLength(1);
  });

  test("that cannot be opened is reported, and others go on", async () => {
    const failures: unknown[] = [];
    const beside = new Kept();
    const logger = createLogger();
    const stream = pino.destination({ dest: join(folder(), "no", "such", "folder.log"), sync: false });
    logger.add(pinoSink(stream), {
      onError: (_kind, _records, error) => void failures.push(error),
    });
    logger.add(pinoSink(beside));
    logger.info("line");
    await vi.waitFor(() => expect(failures.join()).toContain("ENOENT"));
    expect(beside.lines).toHaveLength(1);
    // pino's own listener of "exit" throws for a file that never opened.
    Object.assign(stream, { destroyed: true });
  });
});

test("a multistream that dedupes gives each record to the most severe of its streams alone", () => {
  const [all, severe] = [new Kept(), new Kept()];
  const logger = createLogger();
  logger.add(
    pinoSink(
      pino.multistream(
        [
          { level: "info", stream: all },
          { level: "error", stream: severe },
        ],
        { dedupe: true },
      ),
    ),
  );
  logger.info("one");
  logger.success("two");
  logger.error("three");
  expect([all, severe].map(({ records }) => records.map(({ msg }) => msg))).toEqual([["one", "two"], ["three"]]);
});

test("pinoSinks moves prefix, custom levels and the form of the time too", () => {
  const stream = new Kept();
  const theirs = pino(
    {
      msgPrefix: "[app] ",
      customLevels: { audit: 55 },
      timestamp: pino.stdTimeFunctions.isoTime,
      nestedKey: "payload",
      base: undefined,
      formatters: { log: (object: object) => ({ ...object, formatted: true }) },
    } as never,
    stream,
  ).child({}, { msgPrefix: "[db] " });
  const logger = createLogger({ clock: () => 1_700_000_000_123 });
  logger.level("AUDIT", { no: 45 });
  for (const sink of pinoSinks(theirs)) logger.add(sink);
  logger.log("AUDIT", "text", { id: 1 });
  expect(only(stream.records)).toEqual({
    level: 55,
    time: "2023-11-14T22:13:20.123Z",
    payload: { id: 1, formatted: true },
    msg: "[app] [db] text",
  });
});

test("an error's own name stands beside its class, as with pino", () => {
  class StorageError extends Error {
    override name = "StorageError";
    code = "ENOSPC";
  }
  const [ours, theirs] = [new Kept(), new Kept()];
  const logger = createLogger();
  logger.add(pinoSink(ours));
  const error = new StorageError("full");
  logger.error(error);
  pino({}, theirs).error(error);
  expect(only(ours.records)["err"]).toEqual(only(theirs.records)["err"]);
});
