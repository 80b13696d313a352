import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startReceiver } from "../../../test/otlp-receiver/index.mjs";
import { type Ended, runProgram } from "./child-program.ts";

let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "logbridge-processor-"));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

function run(...args: string[]): Promise<Ended> {
  return runProgram("processing.mjs", ...args);
}

describe("a process with a bridge processor", () => {
  test("sends what is queued when it has nothing left to do", async () => {
    const receiver = await startReceiver();
    const ended = await run(receiver.url, "300", "by itself", "");
    expect(ended.code, ended.err).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ sent: 300, dropped: 0, pending: 0 });
    expect(receiver.counts()).toMatchObject({ unique: 300, doubled: 0 });
    await receiver.close();
  });

  test("sends what is queued when it is told to end, and ends by that signal", async () => {
    const receiver = await startReceiver();
    const ended = await run(receiver.url, "300", "SIGTERM", "");
    expect({ code: ended.code, signal: ended.signal }, ended.err).toEqual({ code: null, signal: "SIGTERM" });
    expect(receiver.counts()).toMatchObject({ unique: 300, doubled: 0 });
    await receiver.close();
  });

  test("leaves to the next one what a collector that hangs has not taken when it is told to end", async () => {
    const receiver = await startReceiver({ policy: { hang: 1_000_000 } });
    const ended = await run(receiver.url, "100", "SIGTERM", dir, "200");
    expect({ code: ended.code, signal: ended.signal }, ended.err).toEqual({ code: null, signal: "SIGTERM" });
    receiver.follow({});
    await run(receiver.url, "0", "by itself", dir);
    expect(receiver.counts().unique).toBe(100);
    await receiver.close();
  });

  test("says what it loses where it has no spool then", async () => {
    const receiver = await startReceiver({ policy: { hang: 1_000_000 } });
    const ended = await run(receiver.url, "100", "SIGTERM", "", "200");
    expect(ended.signal).toBe("SIGTERM");
    expect(ended.err).toContain("LB1611: bridgeProcessor: 100 log records were dropped: the process ended");
    await receiver.close();
  });

  test("is not kept alive by a collector that is down, and says what is lost", async () => {
    const receiver = await startReceiver({ down: true });
    const ended = await run(receiver.url, "300", "by itself", "");
    expect(ended.code, ended.err).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ sent: 0, dropped: 300, pending: 0, reasons: { exit: 300 } });
    expect(ended.err).toContain("LB1611: bridgeProcessor: 300 log records were dropped: the process ended");
    await receiver.close();
  });

  test.each([
    ["exit", 5],
    ["throw", 1],
    ["by itself", 0],
  ])("leaves to the next one what it could not send (%s)", async (way, code) => {
    const receiver = await startReceiver({ down: true });
    const ended = await run(receiver.url, "300", way, dir);
    expect(ended.code, ended.err).toBe(code);
    expect(readdirSync(dir).length).toBeGreaterThan(0);
    await receiver.up();
    const next = await run(receiver.url, "0", "by itself", dir);
    expect(JSON.parse(next.out), next.err).toMatchObject({ sent: 300, dropped: 0, pending: 0 });
    expect(receiver.counts()).toMatchObject({ unique: 300, doubled: 0 });
    const [first] = receiver.records;
    expect(first).toMatchObject({ scope: { name: "child" }, severityNumber: 9 });
    expect(first?.attributes["log.record.uid"]).toMatch(/^[0-9A-Z]{26}$/);
    expect(readdirSync(dir)).toEqual([]);
    await receiver.close();
  });
});
