import { createLogger, interception, openPort } from "@logbridge/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** A channel that is heard, a sink that notes what it is given, and what it does with that. */
function edge(echo: (message: string) => undefined | Promise<void> = () => undefined) {
  const logger = createLogger();
  const given: string[] = [];
  logger.add(
    (text) => {
      given.push(text.trimEnd());
      return echo(text.trimEnd());
    },
    { format: "{message}", onError() {} },
  );
  const port = openPort({ name: "channel", packages: [], mode: "replace" }, {}, logger);
  const ended = interception("channel", () => port.close());
  const hook = (): void => {};
  const say = (message: string): void => {
    const origin = { name: "channel" };
    port.deliver({ target: port, level: { name: "INFO", no: 20 }, message, origin }, hook);
  };
  return {
    logger,
    given,
    say,
    end: () => ended.restore(),
    dropped: () => logger.stats().handlers.map(({ dropped }) => dropped)[0],
  };
}

const equal = (count: number): string[] => Array.from({ length: count }, () => "retrying");

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("an application that repeats itself loses nothing", () => {
  test.each([0, 1, 5, 45, 90])(
    "in batches of 21 equal lines, %d ms between them, and 1.2 s between the batches",
    async (ms) => {
      const { given, say, end, dropped } = edge();
      for (let batch = 0; batch < 12; batch++) {
        for (let line = 0; line < 21; line++) {
          say("retrying");
          if (ms > 0) await vi.advanceTimersByTimeAsync(ms);
        }
        await vi.advanceTimersByTimeAsync(1200);
      }
      await vi.advanceTimersByTimeAsync(5000);
      expect([given, dropped()]).toEqual([equal(252), 0]);
      end();
    },
  );

  test("whatever the pauses between its lines are", async () => {
    let state = 7;
    const next = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most;
    const { given, say, end, dropped } = edge();
    let said = 0;
    const sayAfter = async (ms: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(ms);
      say("retrying");
      said++;
    };
    for (let round = 0; round < 200; round++) {
      for (let line = 0; line < 21; line++) await sayAfter(1 + next(40));
      for (let line = 0; line < 3; line++) await sayAfter(100 + next(2000));
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect([given, dropped()]).toEqual([equal(said), 0]);
    end();
  });

  test.each(["throws", "rejects"])("while its sink %s: what comes after that is given again", async (way) => {
    let isFull = true;
    const fail = (): undefined => {
      if (isFull) throw new Error("disk full");
      return undefined;
    };
    const { given, say, end } = edge(way === "throws" ? fail : async () => fail());
    for (let line = 0; line < 300; line++) {
      say(`line ${line}`);
      await vi.advanceTimersByTimeAsync(5);
    }
    isFull = false;
    given.length = 0;
    for (let line = 0; line < 100; line++) {
      say(`later ${line}`);
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(given).toEqual(Array.from({ length: 100 }, (_, line) => `later ${line}`));
    end();
  });

  test.each([21, 60, 500])("and nothing of %d lines of one stretch of code is withheld", (count) => {
    const { given, say, end } = edge();
    for (let line = 0; line < count; line++) say("retrying");
    expect(given).toEqual(equal(count));
    end();
  });
});

describe("a sink whose texts come back outside of every context is cut", () => {
  /** What waits to be said by somebody who does not know for whom. */
  function looping(everyMs: number) {
    const waiting: string[] = [];
    const made = edge((message) => void waiting.push(message));
    const timer = setInterval(() => {
      for (const message of waiting.splice(0)) made.say(message);
    }, everyMs);
    return { ...made, stop: () => clearInterval(timer) };
  }

  test("and complete() lets go what is withheld, but trusts nobody for it", async () => {
    const { given, say, logger, stop, end } = looping(10);
    say("once");
    for (let round = 0; round < 5; round++) {
      await vi.advanceTimersByTimeAsync(1000);
      await logger.complete();
    }
    // Of 500 times: each time what is needed to ask again, and a few trials.
    expect(given.length).toBeLessThan(200);
    await vi.advanceTimersByTimeAsync(5000);
    const { length } = given;
    await vi.advanceTimersByTimeAsync(1000);
    expect(given).toHaveLength(length);
    stop();
    end();
  });

  test.each([
    [1, 10],
    [30, 30],
    [200, 60],
    [450, 120],
  ])("by a timer of %d ms, within %d seconds, before 100 echoes", async (everyMs, seconds) => {
    const { logger, given, stop, end, dropped } = looping(everyMs);
    logger.info("seed");
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    expect(dropped()).toBe(1);
    expect(given.length).toBeGreaterThan(20);
    expect(given.length).toBeLessThanOrEqual(101);
    const { length } = given;
    // Other texts pass; each has its echo cut.
    logger.info("another");
    await vi.advanceTimersByTimeAsync(2000);
    expect(given.slice(length)).toEqual(["another"]);
    stop();
    end();
  });

  test("by a stream that puts off what is written within its writes: no call goes on for ever", async () => {
    const waiting: string[] = [];
    let isWriting = false;
    const made = edge((message) => write(message));
    function write(message: string): undefined {
      waiting.push(message);
      if (isWriting) return;
      isWriting = true;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) made.say(next);
      isWriting = false;
    }
    for (let line = 0; line < 50; line++) {
      write("one");
      write("two");
      write("one");
    }
    expect(made.given.length).toBeLessThan(11_000);
    await vi.advanceTimersByTimeAsync(30_000);
    const { length } = made.given;
    expect(new Set(made.given)).toEqual(new Set(["one", "two"]));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(made.given.length).toBeLessThan(length + 10);
    made.end();
  });

  test("by a reader that goes on as long as there is something, before 100 echoes", async () => {
    const waiting: string[] = [];
    const made = edge((message) => void waiting.push(message));
    const timer = setInterval(() => {
      for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) made.say(message);
    }, 5);
    made.logger.info("seed");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(made.dropped()).toBe(1);
    expect(made.given.length).toBeLessThanOrEqual(101);
    clearInterval(timer);
    made.end();
  });
});
