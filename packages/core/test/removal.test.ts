import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@logbridge/core";
import { afterAll, describe, expect, test } from "vitest";
import { setting } from "./support/setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-removal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("removing a handler", () => {
  test("L-RM-4 an id that is not active is an error that names it, and changes nothing", async () => {
    const { logger, texts } = setting();
    const gone = logger.add(() => {});
    await logger.remove(gone);
    for (const id of [gone, 42, -1]) {
      expect(() => logger.remove(id)).toThrow(expect.objectContaining({ code: "LB1018" }));
      expect(() => logger.remove(id)).toThrow(`there is no handler ${id}; in force are 0`);
    }
    logger.info("still heard");
    expect(texts).toEqual(["still heard\n"]);
  });

  test("a gathered file is written out and closed", async () => {
    const logger = createLogger();
    const path = join(folder, "gathered.log");
    const id = logger.add(path, { durability: "gathered", format: "{message}" });
    for (let n = 0; n < 1000; n++) logger.info(`line ${n}`);
    expect(readFileSync(path, "utf8")).toBe("");
    await logger.remove(id);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(1001);
  });

  test("L-RM-6 decided: retention and compression are refused in this version, so that none is promised at removal", async () => {
    const logger = createLogger();
    const path = join(folder, "decided.log");
    for (const option of [{ retention: 1 }, { compression: "gz" }])
      expect(() => logger.add(path, option as object)).toThrow(/LB1009/);
    let closed = 0;
    const id = logger.add(path, { durability: "gathered", format: "{message}" });
    const other = logger.add({ write() {}, close: () => void closed++ });
    logger.info("pending");
    await Promise.all([logger.remove(id), logger.remove(other)]);
    expect(readFileSync(path, "utf8")).toBe("pending\n");
    expect(closed).toBe(1);
  });

  test("running calls of an async sink end before its close(), and remove() waits for both", async () => {
    const logger = createLogger();
    const events: string[] = [];
    const id = logger.add(
      {
        async write(text) {
          await new Promise((resolve) => setImmediate(resolve));
          events.push(text.trim());
        },
        async close() {
          await Promise.resolve();
          events.push("closed");
        },
      },
      { format: "{message}" },
    );
    logger.info("1");
    logger.info("2");
    await logger.remove(id).then(() => events.push("removed"));
    expect(events).toEqual(["1", "2", "closed", "removed"]);
  });
});
