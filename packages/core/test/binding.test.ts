import { createLogger } from "@logbridge/core";
import { describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

describe("bind", () => {
  test("L-BIND-2 adds to and overrides what was bound before, and leaves both loggers as they were", () => {
    const { logger, records } = setting();
    const first = logger.bind({ a: 1, b: 2 });
    const second = first.bind({ b: 3, c: 4 });
    second.info("second");
    first.info("first");
    logger.info("none");
    expect(records.map(({ extra }) => extra)).toEqual([{ a: 1, b: 3, c: 4 }, { a: 1, b: 2 }, {}]);
  });

  test("L-BIND-3 two server objects with loggers of their own", () => {
    const { logger, texts } = setting({}, { format: "{extra[ip]} - {message}" });
    class Server {
      readonly logger: typeof logger;
      constructor(ip: string) {
        this.logger = logger.bind({ ip });
      }
      call(message: string): void {
        this.logger.info(message);
      }
    }
    const first = new Server("192.168.0.200");
    const second = new Server("127.0.0.1");
    first.call("First instance");
    second.call("Second instance");
    expect(texts).toEqual(["192.168.0.200 - First instance\n", "127.0.0.1 - Second instance\n"]);
  });

  test("L-BIND-4 L-BIND-5 inline for one message; and named values of a call are shown and kept", () => {
    const { logger, texts, records } = setting({}, { format: "{extra[ip]} {extra[user]} {message}" });
    const contextLogger = logger.bind({ ip: "192.168.0.1", user: "someone" });
    contextLogger.info("Contextualize your logger easily");
    contextLogger.bind({ user: "someone_else" }).info("Inline binding of extra attribute");
    contextLogger.info("Use kwargs to add context during formatting: {user}", { user: "anybody" });
    contextLogger.info("as before");
    expect(texts).toEqual([
      "192.168.0.1 someone Contextualize your logger easily\n",
      "192.168.0.1 someone_else Inline binding of extra attribute\n",
      "192.168.0.1 anybody Use kwargs to add context during formatting: anybody\n",
      "192.168.0.1 someone as before\n",
    ]);
    expect(records[2]?.extra).toEqual({ ip: "192.168.0.1", user: "anybody" });
  });

  test("L-SW-4 a bound name makes a specifically named logger whose records can be told apart by sinks and filters", () => {
    const logger = createLogger();
    const names: unknown[] = [];
    const others: string[] = [];
    logger.add((_text, record) => names.push(record.extra["name"]));
    logger.add((text) => others.push(text), { filter: ({ extra }) => extra["name"] === "other", format: "{message}" });
    const otherLogger = logger.bind({ name: "other" });
    logger.info("general");
    otherLogger.info("specific");
    expect(names).toEqual([undefined, "other"]);
    expect(others).toEqual(["specific\n"]);
  });
});
