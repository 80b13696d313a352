import {
  type Catch,
  type Contextualize,
  type Counts,
  createLogger,
  type EnteredContext,
  type Level,
  type Logger,
  type LogRecord,
  logger,
  type RecordException,
  type RecordFile,
  type RecordLevel,
  type RecordProcess,
  type RecordThread,
  recordFromJSON,
  type SinkFunction,
} from "@logbridge/core";
import { expect, expectTypeOf, test } from "vitest";
import { program } from "./support/program.ts";
import { setting } from "./support/setting.ts";

test("L-TYPE-3: the types of logger, sink, record and its parts, level, and what catch, contextualize and complete give are exported", () => {
  expectTypeOf(logger).toEqualTypeOf<Logger>();
  expectTypeOf<Parameters<SinkFunction>>().toEqualTypeOf<[text: string, record: LogRecord]>();
  expectTypeOf<LogRecord["file"]>().toEqualTypeOf<RecordFile | null>();
  expectTypeOf<LogRecord["level"]>().toEqualTypeOf<RecordLevel>();
  expectTypeOf<LogRecord["thread"]>().toEqualTypeOf<RecordThread>();
  expectTypeOf<LogRecord["process"]>().toEqualTypeOf<RecordProcess>();
  expectTypeOf<LogRecord["exception"]>().toEqualTypeOf<RecordException | null>();
  expectTypeOf(logger.level("INFO")).toEqualTypeOf<Level>();
  expectTypeOf(logger.catch).toEqualTypeOf<Catch>();
  expectTypeOf(logger.contextualize).toEqualTypeOf<Contextualize>();
  expectTypeOf<EnteredContext>().toHaveProperty("end");
  expectTypeOf(logger.complete).returns.toEqualTypeOf<Promise<Counts>>();
  expect(logger.contextualize({}, () => 1)).toBe(1);
});

test("R-05e: a record is plain data and comes back without loss: time, level, extra, and the error with its stack and causes", () => {
  const { logger: own, records } = setting({}, { caller: true });
  own.level("NOTICE", { no: 27, icon: "!" });
  const cause = Object.assign(new TypeError("inner"), { code: "E_INNER" });
  own
    .bind({ user: { id: 7 }, list: [1, "two"] })
    .opt({ exception: new RangeError("outer", { cause }) })
    .log("NOTICE", "saved {n}", { n: 3 });
  const sent = records[0] as LogRecord;
  const received = recordFromJSON(JSON.parse(JSON.stringify(sent)) as ReturnType<LogRecord["toJSON"]>);
  expect(received.toJSON()).toEqual(sent.toJSON());
  expect(received.micros).toBe(sent.micros);
  expect(received.exception).toMatchObject({ type: "RangeError", cause: { type: "TypeError" } });
  expect(received.exception?.value).toMatchObject({
    message: "outer",
    stack: (sent.exception as { value: Error } | null)?.value.stack,
    cause: { message: "inner", code: "E_INNER" },
  });
});

test("C-15d: a record is made from a plain object that came from elsewhere, and goes through handlers, filters and patchers", () => {
  const { logger: own, texts, records } = setting({}, { format: "{time:YYYY} {level} {name} {extra[user]} {message}" });
  const data = {
    micros: Date.UTC(2001, 5, 1) * 1000,
    level: { name: "WARNING", no: 30 },
    message: "from another {language}",
    name: "their/module",
    extra: { user: 7 },
  };
  own.patch((record) => void (record.message += "!")).emit(recordFromJSON(data as never));
  expect(texts).toEqual(["2001 WARNING their/module 7 from another {language}!\n"]);
  expect(records[0]?.seq).toBeGreaterThan(0);
});

test("C-07g: a handler is there for the length of a block, and its sink has closed when the block is left", async () => {
  const own = createLogger();
  const calls: string[] = [];
  const sink = {
    write: (text: string): void => void calls.push(text.trim()),
    async close(): Promise<void> {
      await Promise.resolve();
      calls.push("closed");
    },
  };
  {
    await using handler = own.handler(own.add(sink, { format: "{message}" }));
    handler.level = "INFO";
    own.info("inside");
  }
  own.info("outside");
  expect(calls).toEqual(["inside", "closed"]);
  expect(own.stats().handlers).toEqual([]);
  {
    await using handler = own.handler(own.add(sink));
    await own.remove(handler.id);
  }
  expect(calls).toEqual(["inside", "closed", "closed"]);
});

test("C-09b: bound loggers are freed with what is bound to them", async () => {
  const { stdout, stderr } = await program(
    `import { setFlagsFromString } from "node:v8";
     import { runInNewContext } from "node:vm";
     import { logger } from "@logbridge/core";
     setFlagsFromString("--expose-gc");
     const gc = runInNewContext("gc") as () => void;
     logger.remove();
     logger.add(() => {});
     const use = (): WeakRef<object> => {
       let connection: object = {};
       for (let n = 0; n < 50_000; n++) {
         connection = { n, buffer: "x".repeat(100) + n };
         const log = logger.bind({ connection }).patch(() => {}).opt({ depth: 0 });
         if (n % 100 === 0) log.info("open");
       }
       return new WeakRef(connection);
     };
     use();
     await new Promise((resolve) => setTimeout(resolve, 1));
     gc();
     const before = process.memoryUsage().heapUsed;
     const refs = [use(), use(), use()];
     await new Promise((resolve) => setTimeout(resolve, 1));
     gc();
     const grown = process.memoryUsage().heapUsed - before;
     console.log(JSON.stringify({ grown, alive: refs.slice(0, 2).filter((ref) => ref.deref()).length }));`,
  );
  expect(stderr).toBe("");
  const { grown, alive } = JSON.parse(stdout) as { grown: number; alive: number };
  expect(alive).toBe(0);
  // 150,000 loggers with 100 bytes each would be 30 MB and more.
  expect(grown).toBeLessThan(2_000_000);
});
