import { expect, test } from "vitest";
import {
  type AddOptions,
  type Bridge,
  createLogger,
  errorToHand,
  type Inbound,
  inspect,
  type LogRecord,
  memorySink,
  promisedSink,
  type Sink,
  type SinkInlet,
  type SinkNeeds,
} from "../src/index.ts";

const BRIDGE: Bridge = { name: "gazette", packages: ["gazette"], mode: "tee" };

/** A sink that hears of foreign records by itself, as a library would tell it. */
class HearingSink implements Sink {
  readonly needs: SinkNeeds = { text: false, caller: true };
  readonly written: LogRecord[] = [];
  inlet: SinkInlet | undefined;

  attach(_fail: (error: unknown) => void, inlet?: SinkInlet): void {
    this.inlet = inlet;
  }

  write(_text: string, record: LogRecord): void {
    this.written.push(record);
  }

  hear(message: string, more: Partial<Inbound> = {}): void {
    const inbound = {
      target: this,
      level: { name: "INFO", no: 20 },
      message,
      origin: { name: "gazette" },
      ...more,
    };
    this.inlet?.deliver(BRIDGE, inbound, this.hear);
  }
}

const messages = ({ written }: HearingSink): string[] => written.map(({ message }) => message);

test("what a sink takes in goes through its own handler alone: level, filter, redact, patch, patcher and bound values", () => {
  const logger = createLogger({
    redact: ["**.password"],
    patcher: (record) => void (record.extra["patched"] = true),
    extra: { service: "shop" },
  });
  const sink = new HearingSink();
  const others: string[] = [];
  logger.add((text) => void others.push(text), { level: 0 });
  logger.add(sink, {
    level: "INFO",
    filter: ({ message }) => message !== "filtered",
    redact: ["**.token"],
    patch: (record) => void (record.extra["handled"] = true),
  });
  sink.hear("taken", { fields: { password: "s1", token: "s2", user: "ada" } });
  sink.hear("filtered");
  sink.hear("below", { level: { name: "DEBUG", no: 10 } });
  expect(messages(sink)).toEqual(["taken"]);
  expect(sink.written[0]).toMatchObject({
    extra: { service: "shop", password: "[REDACTED]", token: "[REDACTED]", user: "ada", patched: true, handled: true },
    origin: { name: "gazette" },
    file: { name: "inlet.test.ts" },
  });
  expect(others).toEqual([]);
  expect([sink.inlet?.wants(20), sink.inlet?.wants(10)]).toEqual([true, false]);
  expect(sink.inlet?.levelNamed("info")).toMatchObject({ name: "INFO", no: 20 });
});

test("what is switched off stays off, and errors are the handler's", () => {
  const logger = createLogger();
  const sink = new HearingSink();
  const errors: unknown[] = [];
  const options: AddOptions = {
    filter: () => {
      throw new Error("broken filter");
    },
    onError: (_kind, _record, error) => void errors.push(error),
  };
  logger.add(sink, options);
  logger.disable("off");
  sink.hear("x", { name: "off" });
  expect(errors).toEqual([]);
  sink.hear("x", { name: "on" });
  expect(errors).toHaveLength(1);
});

test("it closes with the handler, and a changed level is asked for at once", async () => {
  const logger = createLogger();
  const sink = new HearingSink();
  const id = logger.add(sink, { level: "INFO" });
  logger.handler(id).level = "ERROR";
  expect(sink.inlet?.wants(30)).toBe(false);
  sink.hear("below");
  expect(sink.inlet?.isOpen).toBe(true);
  await logger.remove(id);
  expect([sink.inlet?.isOpen, sink.inlet?.wants(50)]).toEqual([false, false]);
  expect(messages(sink)).toEqual([]);
});

test("sinks that stand before another one hand it on, and get the record first", async () => {
  const logger = createLogger();
  const [kept, promised] = [new HearingSink(), new HearingSink()];
  const memory = memorySink({ target: kept });
  logger.add(memory, { level: 0 });
  logger.add(
    promisedSink(Promise.resolve(promised), (sink) => sink, { text: false }),
    { level: 0 },
  );
  await logger.complete();
  kept.hear("kept");
  promised.hear("promised");
  expect([memory.size, messages(kept), messages(promised)]).toEqual([1, [], ["promised"]]);
  memory.release();
  expect(messages(kept)).toEqual(["kept"]);
});

test("paths of redact that name values which stand in an exception's texts hide them there, and in what is handed on", () => {
  const logger = createLogger();
  const sink = new HearingSink();
  logger.add(sink, { redact: ['["exception.message"]'] });
  const cause = new Error("because of hunter2SECRET");
  const error = new TypeError("hunter2SECRET", { cause });
  sink.hear("failed", { error, printed: [{ "exception.message": "hunter2SECRET" }] });
  sink.hear("failed", { error, printed: [{ "exception.type": "TypeError" }] });
  const [hidden, shown] = sink.written.map(({ exception }) => exception);
  expect(hidden).toMatchObject({
    type: "TypeError",
    message: "[REDACTED]",
    cause: { message: "because of [REDACTED]" },
  });
  expect(hidden?.stack.length).toBeGreaterThan(0);
  expect(inspect([hidden, hidden && errorToHand(hidden)])).not.toContain("hunter2SECRET");
  expect(shown).toMatchObject({ message: "hunter2SECRET", value: error });
});

test("two redactions, of the logger and of the handler, both reach them", () => {
  const logger = createLogger({ redact: ["a"] });
  const sink = new HearingSink();
  logger.add(sink, { redact: ["b"] });
  sink.hear("first1 second2", { printed: [{ a: "first1", b: "second2" }] });
  expect(messages(sink)).toEqual(["[REDACTED] [REDACTED]"]);
});
