import { createRequire } from "node:module";
import { createLogger, type Logger, type LogRecord } from "@logbridge/core";
import type { LoggingEvent } from "log4js";

/** A logger with one plain sink that keeps what arrives. */
export interface Setting {
  readonly logger: Logger;
  readonly records: LogRecord[];
  readonly texts: () => string[];
}

/** A logger of its own, so that tests do not meet each other. */
export function setting(): Setting {
  const logger = createLogger();
  const records: LogRecord[] = [];
  const plain = { needs: { text: false }, write: (_text: string, record: LogRecord) => void records.push(record) };
  logger.add(plain, { level: 0 });
  return { logger, records, texts: () => records.map((record) => record.message) };
}

/** Lets timers and immediates of the scenario run. */
export async function settle(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Runs with the console's own output thrown away, so that a scenario does not fill the test report. */
export async function silently<T>(run: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  const { write: writeError } = process.stderr;
  const swallow = (...args: unknown[]): boolean => {
    const callback = args.find((one) => typeof one === "function") as (() => void) | undefined;
    if (callback) process.nextTick(callback);
    return true;
  };
  process.stdout.write = swallow as typeof write;
  process.stderr.write = swallow as typeof writeError;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
    process.stderr.write = writeError;
  }
}

/** What log4js's appender `recording` keeps, as `log4js.recording()` of newer versions gives it. */
export const recording: { replay(): LoggingEvent[]; reset(): void } = createRequire(import.meta.url)(
  "log4js/lib/appenders/recording.js",
) as typeof recording;
