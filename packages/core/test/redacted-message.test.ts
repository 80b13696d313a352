import { expect, test } from "vitest";
import { compileMessageRedaction, createLogger, type LogRecord } from "../src/index.ts";

function recordOf(redacts: boolean, ...args: unknown[]): LogRecord {
  const logger = createLogger();
  const records: LogRecord[] = [];
  logger.add({ needs: { text: false, redacts }, write: (_text, record) => void records.push(record) });
  (logger.info as (...all: unknown[]) => void)(...args);
  return records[0] as LogRecord;
}

test("a sink that redacts gets messages without the values, short ones and all, in its own words", () => {
  const messageOf = compileMessageRedaction(["pin", "**.token"], "test()", "••");
  expect(messageOf(recordOf(true, "pin {pin}, 1 of 1", { pin: 1 }))).toBe("pin ••, 1 of 1");
  expect(messageOf(recordOf(true, "is {}", { a: { token: "hunter2" } }))).toContain("token: '••'");
  expect(messageOf(recordOf(false, "is {token}", { token: "hunter2" }))).toBe("is ••");
});

test("where nothing is hidden the message is as it was", () => {
  const record = recordOf(true, "as [REDACTED] {name}", { name: "eve" });
  expect(compileMessageRedaction(["pin"], "test()", "••")(record)).toBe("as [REDACTED] eve");
  expect(compileMessageRedaction([], "test()", "••")(record)).toBe("as [REDACTED] eve");
});

test("a malformed path is refused", () => {
  expect(() => compileMessageRedaction(["a["], "test()", "••")).toThrow(/test\(\).*LB1041/s);
});
