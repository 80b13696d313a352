import { createRequire } from "node:module";
import type { LogRecord } from "@logbridge/core";
import { expect, test } from "vitest";
import winston from "winston";
import { interceptWinston } from "../src/index.ts";
import { ours } from "./setting.ts";

const { calls } = createRequire(import.meta.url)("./fixtures/callers.cjs") as { calls(): number[] };

function places(records: readonly LogRecord[]): string[] {
  return records.map((record) => `${record.message}: ${record.file?.name}:${record.line}`);
}

test.each(["tee", "replace"] as const)("the line of the call, for every way into winston, %s", (mode) => {
  const { logger, records } = ours(true);
  const interception = interceptWinston(winston, { logger, mode });
  const lines = calls();
  interception.restore();
  expect(records.length).toBeGreaterThanOrEqual(11);
  expect(records).toHaveLength(lines.length);
  expect(places(records)).toEqual(records.map((record, index) => `${record.message}: callers.cjs:${lines[index]}`));
});

test("the default stackTraceLimit, and a lower one, are enough and are left as they were", () => {
  const { logger, records } = ours(true);
  const interception = interceptWinston(winston, { logger });
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 2;
  try {
    theirsInfo();
    expect(Error.stackTraceLimit).toBe(2);
  } finally {
    Error.stackTraceLimit = before;
    interception.restore();
  }
  expect(records[0]?.function).toBe("theirsInfo");
  expect(records[0]?.name).toMatch(/test\/callers\.test$/);
});

function theirsInfo(): void {
  winston.createLogger({ transports: [new winston.transports.Console({ log: (_info, next) => next() })] }).info("here");
}

test("no stack is looked at where nobody wants the caller", () => {
  const { logger } = ours();
  const { captureStackTrace } = Error;
  let captures = 0;
  Error.captureStackTrace = (...args) => {
    captures++;
    captureStackTrace(...args);
  };
  const interception = interceptWinston(winston, { logger });
  try {
    theirsInfo();
  } finally {
    Error.captureStackTrace = captureStackTrace;
    interception.restore();
  }
  expect(captures).toBe(0);
});
