import { createLogger, type LogRecord, openPort } from "@logbridge/core";
import { expect, test, vi } from "vitest";

test("a name function that throws costs the record its name and is reported once; the application's call goes on", () => {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const logger = createLogger();
  const got: LogRecord[] = [];
  logger.add({ needs: { text: false }, write: (_text, record) => void got.push(record) });
  const name = (): string => {
    throw new Error("no name");
  };
  const port = openPort({ name: "theirs", packages: [], mode: "tee" }, { name }, logger);
  const inbound = {
    target: {},
    level: { name: "INFO", no: 20 },
    message: "hello",
    name: "kept",
    origin: { name: "theirs" },
  };
  const hook = (): unknown => port.deliver(inbound, hook);
  expect(hook).not.toThrow();
  hook();
  port.close();
  stderr.mockRestore();
  expect(got.map(({ message, name: of }) => [message, of])).toEqual([
    ["hello", "kept"],
    ["hello", "kept"],
  ]);
});
