import { createLogger, type LogRecord, type RecordData, recordFromJSON } from "@logbridge/core";
import { describe, expect, test, vi } from "vitest";
import { setting } from "./support/setting.ts";

describe("patch", () => {
  test("L-PATCH-2 the function is called once a record, not once a handler, and not for what nobody wants", () => {
    const logger = createLogger();
    const seen: unknown[] = [];
    for (let n = 0; n < 5; n++) logger.add((_text, record) => void seen.push(record.extra["count"]), { level: "INFO" });
    let count = 0;
    const patched = logger.patch((record) => {
      record.extra["count"] = ++count;
    });
    patched.info("a");
    patched.debug("too low");
    patched.info("b");
    expect(count).toBe(2);
    expect(seen).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
  });

  test("L-PATCH-4 extra.utc from a patcher is shown by {extra[utc]} {message}", () => {
    const { logger, texts } = setting(
      { clock: () => Date.UTC(2024, 4, 6, 7, 8, 9, 10), timeZone: "Asia/Tokyo" },
      { format: "{extra[utc]} {message}" },
    );
    const patched = logger.patch((record) => {
      record.extra["utc"] = record.time.toISOString();
    });
    patched.info("That's way, you can log messages with time displayed in UTC");
    expect(texts).toEqual(["2024-05-06T07:08:09.010Z That's way, you can log messages with time displayed in UTC\n"]);
  });

  test("L-PATCH-5 a wrapper logs under the name of the function that it wraps", () => {
    const { logger, texts } = setting({}, { format: "{function} {message}" });
    function wrapper<Args extends unknown[], Result>(fn: (...args: Args) => Result): (...args: Args) => Result {
      return function wrapped(...args) {
        logger.patch((record) => void (record.function = fn.name)).info("Wrapped!");
        return fn(...args);
      };
    }
    function multiply(a: number, b: number): number {
      return a * b;
    }
    expect(wrapper(multiply)(6, 7)).toBe(42);
    expect(texts).toEqual(["multiply Wrapped!\n"]);
  });

  test("L-PATCH-7 gives a logger and leaves the one it was called on as it was", () => {
    const { logger, records } = setting();
    const first = logger.patch((record) => void (record.extra["a"] = 1));
    const second = first.patch((record) => void (record.extra["b"] = 2));
    second.info("x");
    first.info("y");
    logger.info("z");
    expect(records.map(({ extra }) => extra)).toEqual([{ a: 1, b: 2 }, { a: 1 }, {}]);
  });

  test("C-11a the option patch of a handler adds context for that handler alone: each has a copy of the record", () => {
    const logger = createLogger();
    const texts: string[] = [];
    const format = "{level} {message} {extra}";
    const listen = (name: string, patch?: (record: LogRecord) => void): void =>
      void logger.add((text) => texts.push(`${name}: ${text.trim()}`), { format, ...(patch && { patch }) });
    listen("before");
    listen("patched", (record) => {
      record.extra["host"] = "web-1";
      (record.extra["user"] as { name: string }) = { name: "hidden" };
      record.message = record.message.toUpperCase();
      record.level.name = "AUDIT";
    });
    listen("after");
    const user = { name: "ann" };
    logger.info("signed in", { user });
    expect(texts).toEqual([
      "before: INFO signed in { user: { name: 'ann' } }",
      "patched: AUDIT SIGNED IN { user: { name: 'hidden' }, host: 'web-1' }",
      "after: INFO signed in { user: { name: 'ann' } }",
    ]);
    expect(user).toEqual({ name: "ann" });
  });
});

describe("record factories", () => {
  test("C-15a a patcher of the core adds an attribute to every record, through whatever logger", () => {
    const { logger, texts } = setting({}, { format: "{message} {extra[custom_attribute]:#x}" });
    logger.configure({ patcher: (record) => void (record.extra["custom_attribute"] = 0xdecafbad) });
    logger.info("root");
    logger.bind({ a: 1 }).warning("bound");
    logger.forModule("some/library").error("library");
    expect(texts).toEqual(["root 0xdecafbad\n", "bound 0xdecafbad\n", "library 0xdecafbad\n"]);
  });

  test("C-15b several libraries add theirs without overwriting one another: the core's first, then in order", () => {
    const { logger, records } = setting();
    const order =
      (name: string) =>
      (record: LogRecord): void => {
        record.extra["order"] = [...((record.extra["order"] as string[] | undefined) ?? []), name];
      };
    const extend = (known: typeof logger, name: string): typeof logger => known.patch(order(name));
    const both = extend(extend(logger, "library a"), "library b");
    logger.configure({ patcher: order("core") });
    both.info("x");
    logger.info("y");
    expect(records.map(({ extra }) => extra["order"])).toEqual([["core", "library a", "library b"], ["core"]]);
  });
});

describe("records from elsewhere", () => {
  /** What another process sent: one error record of 2001. */
  function sent(): RecordData {
    const other = setting(
      { clock: () => Date.UTC(2001, 1, 3, 4, 5, 6), startedAt: Date.UTC(2001, 1, 3) },
      { caller: true },
    );
    function remote(): void {
      other.logger.forModule("their/module").error("disk {n} failed", { n: 3 }, new RangeError("full"));
    }
    remote();
    return JSON.parse(JSON.stringify(other.records[0])) as RecordData;
  }

  const format = "{time:YYYY-MM-DD HH:mm:ss!UTC} {level} {name}:{function} {message} {extra[n]}";

  test("L-PATCH-6 R-05c a patcher puts the received record in the place of the call's, and log() sends it on", () => {
    const { logger, texts, records } = setting({}, { format });
    const received = recordFromJSON(sent());
    const { level, message } = received;
    const replace = vi.fn((record: LogRecord) => {
      const { micros, elapsed, name, function: functionName, file, line, column, module } = received;
      const { extra, exception, process, thread } = received;
      Object.assign(record, { micros, elapsed, level, name, function: functionName, file, line, column, module });
      Object.assign(record, { extra, exception, process, thread });
    });
    logger.bind({ own: "of the receiver" }).patch(replace).log(level.name, message);
    expect(replace).toHaveBeenCalledTimes(1);
    expect(texts[0]).toMatch(
      /^2001-02-03 04:05:06 ERROR their\/module:remote disk 3 failed 3\nRangeError: full\n.*at remote /,
    );
    const [record] = records;
    expect(record?.time).toEqual(new Date("2001-02-03T04:05:06Z"));
    expect(record?.elapsed).toBe(received.elapsed);
    expect(record?.extra).toEqual({ n: 3 });
    expect(record).toMatchObject({ name: "their/module", function: "remote", line: received.line, level: { no: 40 } });
    expect(record?.file?.name).toBe("patchers.test.ts");
  });

  test("R-05c emit() keeps all fields of the received record; nothing of the receiving logger is mixed in", () => {
    const { logger, texts, records } = setting({}, { format });
    const data = sent();
    logger.bind({ own: "of the receiver" }).emit(recordFromJSON(data));
    expect(texts[0]).toMatch(/^2001-02-03 04:05:06 ERROR their\/module:remote disk 3 failed 3\nRangeError: full\n/);
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(data);
  });
});
