import { createLogger, type LogRecord, logger } from "@logbridge/core";
import { expect, test } from "vitest";

const MINUTE = 60_000;

test("elapsed counts from the start of the program, also where the clock stands still while modules are loaded", async () => {
  const records: LogRecord[] = [];
  const id = logger.add((_text, record) => void records.push(record), { format: "{message}" });
  logger.info("one");
  logger.info("two");
  await logger.remove(id);
  const [first, second] = records.map(({ elapsed }) => elapsed);
  expect(first).toBeGreaterThanOrEqual(0);
  expect(second).toBeGreaterThanOrEqual(Number(first));
  expect(second).toBeLessThan(10 * MINUTE);
});

test("elapsed of a logger with a clock of its own counts by that clock, from 0 too", () => {
  let now = 0;
  const counted = createLogger({ clock: () => now });
  const elapsed: number[] = [];
  counted.add((_text, record) => void elapsed.push(record.elapsed), { format: "{message}" });
  now = 250;
  counted.info("later");
  expect(elapsed).toEqual([250]);
});
