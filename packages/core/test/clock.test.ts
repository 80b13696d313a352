import { createLogger } from "@logbridge/core";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What a logger says of the time, in one burst with what the test does between. */
function setting() {
  const times: number[] = [];
  const logger = createLogger();
  logger.add((_text, record) => void times.push(record.micros));
  return { logger, times };
}

/** The record is of this millisecond of the wall clock, or at the end of it. */
function expectWithin(micros: number, wall: number): void {
  expect(micros).toBeGreaterThanOrEqual(wall * 1000);
  expect(micros).toBeLessThanOrEqual((wall + 1) * 1000);
}

test("in a burst the time goes on within a millisecond, and not back", () => {
  const { logger, times } = setting();
  for (let index = 0; index < 5000; index++) logger.info("burst");
  expect(times.filter((micros, index) => micros < (times[index - 1] ?? 0))).toEqual([]);
  expect(new Set(times.map((micros) => micros % 1000)).size).toBeGreaterThan(100);
});

test("the time is the wall clock's, to within a millisecond, however long the pause before a record", async () => {
  const { logger, times } = setting();
  const asked: [before: number, after: number][] = [];
  for (const pause of [0, 1, 3, 20]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const before = Date.now();
    logger.info("now");
    asked.push([before, Date.now()]);
  }
  for (const [index, [before, after]] of asked.entries()) {
    expect(times[index]).toBeGreaterThanOrEqual((before - 1) * 1000);
    // It is ahead of the wall clock by ten microseconds at most.
    expect(times[index]).toBeLessThanOrEqual((after + 1) * 1000 + 10);
  }
});

test("a clock that a test has put in place is asked at every record, and let go at once", () => {
  const { logger, times } = setting();
  const far = Date.UTC(2001, 1, 3, 4, 5, 6);
  logger.info("real");
  const now = vi.spyOn(Date, "now");
  for (const moment of [far, far + 5000, far - 5000]) {
    now.mockReturnValue(moment);
    logger.info("mocked");
  }
  now.mockRestore();
  logger.info("real again");
  const [real, first, second, third, again] = times as [number, number, number, number, number];
  expectWithin(first, far);
  expectWithin(second, far + 5000);
  expectWithin(third, far - 5000);
  expect(again - real).toBeGreaterThanOrEqual(0);
  expect(again - real).toBeLessThan(60_000_000);
});

test("fake timers are followed", () => {
  const { logger, times } = setting();
  logger.info("real");
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  logger.info("start");
  vi.advanceTimersByTime(1234);
  logger.info("later");
  vi.setSystemTime(1_600_000_000_000);
  logger.info("set back");
  const [, start, later, back] = times as [number, number, number, number];
  expectWithin(start, 1_700_000_000_000);
  expectWithin(later, 1_700_000_001_234);
  expectWithin(back, 1_600_000_000_000);
});
