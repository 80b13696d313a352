import { AsyncLocalStorage } from "node:async_hooks";
import {
  createLogger,
  interception,
  type LogRecord,
  memorySink,
  openPort,
  promisedSink,
  type Sink,
} from "@logbridge/core";
import { afterEach, describe, expect, test, vi } from "vitest";

const requests = new AsyncLocalStorage<string>();

/** A sink that keeps each message with the context that it saw. */
function seeing(needs: Sink["needs"] = { text: false }): { readonly seen: string[]; readonly sink: Sink } {
  const seen: string[] = [];
  const write = (_text: string, { message }: LogRecord): void => void seen.push(`${message} in ${requests.getStore()}`);
  return { seen, sink: { needs, write } };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a record that is delivered later is seen in the asynchronous context of its call", () => {
  test("where it was held for the first handler", async () => {
    const logger = createLogger();
    const hold = logger.holdEarly();
    requests.run("one", () => logger.info("early"));
    await requests.run("two", async () => {
      await Promise.resolve();
      logger.info("early too");
    });
    const { seen, sink } = seeing();
    requests.run("main", () => {
      logger.add(sink);
      hold.release();
    });
    logger.info("now");
    expect(seen).toEqual(["early in one", "early too in two", "now in undefined"]);
  });

  test("and so does a patcher that was configured since", () => {
    const logger = createLogger();
    const hold = logger.holdEarly();
    requests.run("one", () => logger.info("early"));
    const found: unknown[] = [];
    logger.add(() => {});
    logger.configure({ patcher: ({ extra }) => void (extra["request"] = requests.getStore()) });
    logger.add((_text, { extra }) => void found.push(extra["request"]));
    hold.release();
    expect(found).toEqual(["one"]);
  });

  test("where the breaker has parked it, and where it was queued behind one that is parked", async () => {
    vi.useFakeTimers();
    const logger = createLogger();
    const { seen, sink } = seeing();
    const port = openPort({ name: "echoing", packages: [], mode: "tee" }, {}, logger);
    const ended = interception("echoing", () => port.close());
    logger.add(sink);
    const arrive = (message: string): void =>
      void port.deliver(
        { target: port, level: { name: "INFO", no: 20 }, message, origin: { name: "echoing" } },
        () => {},
      );
    // The twentieth text in a row that repeats what the sink was given in an earlier turn is parked.
    arrive("first");
    for (let count = 0; count < 19; count++) {
      logger.info("again");
      await Promise.resolve();
      arrive("again");
      await Promise.resolve();
    }
    requests.run("parked", () => arrive("again"));
    requests.run("queued", () => logger.info("ours"));
    const before = seen.length;
    requests.run("timer", () => vi.advanceTimersByTime(1000));
    expect(seen.slice(before)).toEqual(["again in parked", "ours in queued"]);
    ended.restore();
  });

  test("where it waited for a promised transport", async () => {
    const logger = createLogger();
    const { seen, sink } = seeing();
    let arrive: (sink: Sink) => void = () => {};
    logger.add(promisedSink(new Promise<Sink>((resolve) => (arrive = resolve)), (made) => made, { text: false }));
    requests.run("one", () => logger.info("waits"));
    requests.run("main", () => arrive(sink));
    await logger.complete();
    expect(seen).toEqual(["waits in one"]);
  });

  test("where it was kept in memory", () => {
    const logger = createLogger();
    const { seen, sink } = seeing({ text: false, context: true });
    logger.add(memorySink({ target: sink }), { level: 0 });
    requests.run("one", () => logger.debug("kept"));
    requests.run("two", () => logger.error("matters"));
    expect(seen).toEqual(["kept in one", "matters in two"]);
  });

  test("an error that a handler lets through at the replay still comes out of release()", () => {
    const logger = createLogger();
    const hold = logger.holdEarly();
    logger.info("early");
    logger.add(
      () => {
        throw new Error("disk full");
      },
      { catch: false },
    );
    expect(() => hold.release()).toThrow("disk full");
  });
});
