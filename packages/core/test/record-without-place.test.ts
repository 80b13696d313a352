import { createLogger, type LogRecord, recordFromJSON } from "@logbridge/core";
import { expect, test } from "vitest";

test("a patcher takes line, column and module from a record by null, and nothing of them is shown", () => {
  const logger = createLogger();
  const seen: [text: string, record: LogRecord][] = [];
  logger.add((...written) => seen.push(written), {
    format: "{line} {module} {function}",
    needs: { caller: true },
  });
  const patched = logger.patch((record) => {
    record.line = null;
    record.column = null;
    record.module = null;
    record.function = "kept";
  });
  patched.info("placeless");
  const [text, record] = seen[0] ?? [];
  expect(record?.line).toBeNull();
  expect(record?.column).toBeNull();
  expect(record?.module).toBeNull();
  expect(record?.file?.name).toBe("record-without-place.test.ts");
  expect(text?.trimEnd()).toBe("- - kept");
  const revived = recordFromJSON(JSON.parse(JSON.stringify(record)));
  expect([revived.line, revived.column, revived.module, revived.function]).toEqual([null, null, null, "kept"]);
});
