import { createLogger, type LogRecord, openPort } from "@logbridge/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { program } from "./support/program.ts";

const turn = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

/** A sink that keeps the messages. */
function sink(): {
  readonly texts: string[];
  readonly records: LogRecord[];
  readonly write: (text: string, record: LogRecord) => void;
} {
  const texts: string[] = [];
  const records: LogRecord[] = [];
  const write = (text: string, record: LogRecord): void => {
    texts.push(text.trimEnd());
    records.push(record);
  };
  return { texts, records, write };
}

describe("holdEarly()", () => {
  test("what is logged before the first add() goes to the handlers that come, in order, with time and caller", async () => {
    let now = 1000;
    const logger = createLogger({ clock: () => now++ });
    logger.holdEarly();
    (function early() {
      logger.trace("one");
      logger.log("INFO", "two");
      logger.bind({ user: 7 }).error(new Error("three"));
    })();
    const all = sink();
    const high = sink();
    logger.add(all.write, { level: 0, format: "{time:X.SSS} {level} {function} {message}" });
    logger.add(high.write, {
      level: "ERROR",
      format: "{message} {extra[user]}",
      filter: ({ extra }) => extra["user"] === 7,
      backtrace: false,
      diagnose: false,
    });
    logger.info("four");
    expect(all.texts).toEqual([]);
    await turn();
    expect(all.texts.map((text) => text.split("\n")[0])).toEqual([
      "1.001 TRACE early one",
      "1.002 INFO early two",
      "1.003 ERROR early three",
      expect.stringMatching(/^1\.\d{3} INFO \S+ four$/) as string,
    ]);
    expect(high.texts).toHaveLength(1);
    expect(all.records.map(({ seq }) => seq)).toEqual(all.records.map(({ seq }) => seq).sort((a, b) => a - b));
    logger.info("five");
    expect(all.texts.at(-1)).toMatch(/five$/);
    expect(logger.stats().early).toEqual({ held: 0, dropped: 0 });
  });

  test("configure({ handlers }) ends it too; levels, extra and other settings alone do not", async () => {
    const logger = createLogger();
    logger.holdEarly();
    logger.info("early");
    logger.configure({ extra: { app: "shop" } });
    await turn();
    expect(logger.stats().early.held).toBe(1);
    const late = sink();
    logger.configure({ handlers: [{ sink: late.write, format: "{message}" }] });
    await turn();
    expect(late.texts).toEqual(["early"]);
  });

  test("a patcher runs once for each record, also one that is configured with the handlers; disabled names stay out", async () => {
    const seen: string[] = [];
    const logger = createLogger({ patcher: (record) => void seen.push(`first ${record.message}`) });
    logger.holdEarly();
    logger.patch((record) => void seen.push(`own ${record.message}`)).info("a");
    logger.forModule("noisy/lib").info("b");
    const late = sink();
    logger.add(late.write, { format: "{message}" });
    await turn();
    expect(seen).toEqual(["first a", "own a", "first b"]);
    expect(late.texts).toEqual(["a", "b"]);

    const other = createLogger();
    other.holdEarly();
    other.info("password");
    other.forModule("noisy/lib").info("chatter");
    const redacted = sink();
    other.configure({
      handlers: [{ sink: redacted.write, format: "{message}" }],
      patcher: (record) => void (record.message = record.message.replace("password", "***")),
      activation: [["noisy", false]],
    });
    await turn();
    expect(redacted.texts).toEqual(["***"]);
  });

  test("what is intercepted meanwhile is held too, and a sink that leads back to its origin is passed over", async () => {
    const logger = createLogger();
    logger.holdEarly();
    const theirs = {};
    const port = openPort({ name: "their", packages: [], mode: "tee" }, {}, logger);
    expect(port.wants(5)).toBe(true);
    const hook = (): boolean =>
      port.deliver(
        { target: theirs, level: { name: "INFO", no: 20 }, message: "theirs", origin: { name: "their" } },
        hook,
      );
    expect(hook()).toBe(true);
    const plain = sink();
    const back = sink();
    logger.add({ write: back.write, leadsTo: (bridge, target) => bridge === "their" && target === theirs });
    logger.add(plain.write, { format: "{message}" });
    await turn();
    port.close();
    expect(plain.texts).toEqual(["theirs"]);
    expect(plain.records[0]?.origin).toEqual({ name: "their" });
    expect(back.texts).toEqual([]);
  });

  test("of more than capacity the oldest are dropped, counted, and reported by a record in their place", async () => {
    const logger = createLogger();
    logger.holdEarly({ capacity: 2 });
    for (let n = 1; n <= 5; n++) logger.info("{}", n);
    expect(logger.stats().early).toEqual({ held: 2, dropped: 3 });
    expect(await logger.complete()).toEqual({ sent: 0, dropped: 0, pending: 2 });
    const late = sink();
    logger.add(late.write, { format: "{level} {message}" });
    await turn();
    expect(late.texts).toEqual([
      "WARNING 3 records from before the first handler were dropped: holdEarly() kept the last 2 [LB1056]",
      "INFO 4",
      "INFO 5",
    ]);
    expect(late.records[0]?.extra).toEqual({ dropped: 3, capacity: 2 });
    expect(logger.stats().early).toEqual({ held: 0, dropped: 3 });
  });

  test("release() and using give what is held to the handlers that are there; several holds end with the last", () => {
    const logger = createLogger();
    const one = logger.holdEarly({ capacity: 1 });
    const two = logger.holdEarly({ capacity: 5 });
    logger.info("a");
    logger.info("b");
    one.release();
    one.release();
    expect(logger.stats().early).toEqual({ held: 2, dropped: 0 });
    two.release();
    expect(logger.stats().early.held).toBe(0);
    {
      using _ = logger.holdEarly();
      logger.info("c");
      expect(logger.stats().early.held).toBe(1);
    }
    expect(logger.stats().early.held).toBe(0);
    expectTypeOf(one).toHaveProperty("release");
  });

  test("where handlers have come before, nothing is held", () => {
    const logger = createLogger();
    const own = sink();
    logger.add(own.write, { format: "{message}" });
    logger.holdEarly().release();
    logger.holdEarly();
    logger.info("at once");
    expect(own.texts).toEqual(["at once"]);
  });

  test("an error that a handler lets through comes after all was given", () => {
    const logger = createLogger();
    const hold = logger.holdEarly();
    logger.info("a");
    logger.info("b");
    const texts: string[] = [];
    logger.add(
      (text) => {
        texts.push(text);
        throw new Error(`refused ${text}`);
      },
      { catch: false, format: "{message}" },
    );
    expect(() => hold.release()).toThrow("refused a");
    expect(texts).toEqual(["a\n", "b\n"]);
  });

  test("isEnabled() is true for every level, and catch logs, while records are held and there is no handler at all", async () => {
    const logger = createLogger();
    expect(logger.isEnabled("CRITICAL")).toBe(false);
    logger.holdEarly();
    expect(logger.isEnabled("TRACE")).toBe(true);
    logger.catch.run(() => {
      throw new TypeError("caught early");
    });
    const late = sink();
    logger.add(late.write, { format: "{level}", backtrace: false, diagnose: false });
    await turn();
    expect(late.texts[0]).toMatch(/^ERROR\n/);
  });

  test.each([
    [null, "LB1055"],
    [{ capacity: 0 }, "LB1055"],
    [{ capacity: "all" }, "LB1055"],
    [{ size: 3 }, "LB1002"],
  ])("%o is refused with %s", (options, code) => {
    expect(() => createLogger().holdEarly(options as never)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe("holdEarly() of the default logger", () => {
  test("handler 0 prints nothing meanwhile, and may be removed before it does", async () => {
    const { stdout, stderr, code } = await program(
      `import { logger } from "@logbridge/core";
       logger.holdEarly();
       logger.info("early");
       logger.remove();
       logger.add(process.stdout, { format: "{function} {line} {message}" });
       await null;
       await null;
       logger.info("late");`,
    );
    expect({ stdout, stderr, code }).toEqual({
      stdout: "<anonymous> 3 early\n<anonymous> 8 late\n",
      stderr: "",
      code: 0,
    });
  });

  test("where no add() comes, held records go to handler 0 when the process ends, however it ends", async () => {
    for (const end of ["", "process.exit(0);", "throw new Error('uncaught');"]) {
      const { stderr } = await program(
        `import { logger } from "@logbridge/core";
         logger.holdEarly();
         logger.trace("below the level of handler 0");
         logger.info("until the end");
         ${end}`,
      );
      expect(stderr).toMatch(/INFO +\| .* - until the end\n/);
      expect(stderr).not.toContain("below");
    }
  });

  test("a slow pipe gets all of what is held at exit", async () => {
    const { stderr } = await program(
      `import { logger } from "@logbridge/core";
       logger.holdEarly({ capacity: 5000 });
       for (let n = 0; n < 5000; n++) logger.info("x".repeat(200));`,
    );
    expect(stderr.match(/x{200}\n/g)).toHaveLength(5000);
  });

  test("process.exit() in the turn of the first add() loses nothing, and without any handler it says what was lost", async () => {
    const added = await program(
      `import { logger } from "@logbridge/core";
       logger.holdEarly();
       logger.info("early");
       logger.remove();
       logger.add(process.stdout, { format: "{message}" });
       process.exit(0);`,
    );
    expect(added).toEqual({ stdout: "early\n", stderr: "", code: 0 });
    const none = await program(
      `import { logger } from "@logbridge/core";
       logger.holdEarly();
       logger.remove();
       logger.info("early");`,
    );
    expect(none.stderr).toMatch(/^logbridge LB1056: 1 records were held/);
  });
});
