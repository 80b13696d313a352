import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bridgeProcessor } from "../src/index.ts";
import { runtime } from "../src/runtime/node.ts";
import { otelSink } from "../src/sink.ts";
import { environment, logging } from "./sink-support.ts";

const exporter = {
  export: (_records: unknown, done: (result: { code: number }) => void) => done({ code: 1 }),
  shutdown: async () => {},
};
let base = "";

beforeEach(() => {
  environment({});
  base = mkdtempSync(join(tmpdir(), "logbridge-place-"));
});

afterEach(() => {
  for (const name of readdirSync(base)) chmodSync(join(base, name), 0o700);
  rmSync(base, { recursive: true, force: true });
});

/** Root may write everywhere, and Windows has no such permissions. */
const hasPermissions = process.platform !== "win32" && process.getuid?.() !== 0;

describe.each<[string, (dir: string) => unknown]>([
  ["otelSink()", (dir) => otelSink({ url: "http://localhost:1/v1/logs", spool: { dir } })],
  ["bridgeProcessor()", (dir) => bridgeProcessor({ exporter, spool: { dir } })],
])("%s refuses a spool's folder that cannot work", (where, make) => {
  function refusal(dir: string): { readonly code?: string; readonly message: string } {
    try {
      make(dir);
    } catch (error) {
      return error as { readonly code: string; readonly message: string };
    }
    return { message: "accepted" };
  }

  test.each(["file", join("file", "below"), join("file", "below", "it")])("a file, or below one: %s", (name) => {
    writeFileSync(join(base, "file"), "in the way");
    const { code, message } = refusal(join(base, name));
    expect(code).toBe("LB1610");
    expect(message).toContain(`${where}: option spool.dir must be a folder that this process can read and write`);
    expect(message).toContain(name);
  });

  test.runIf(hasPermissions).each([0o500, 0o000, 0o300])(
    "one that may not be used, or made in such a one: %o",
    (mode) => {
      const dir = join(base, "closed");
      mkdirSync(dir, { mode });
      expect(refusal(dir)).toMatchObject({ code: "LB1610", message: expect.stringContaining("EACCES") as string });
      if (mode !== 0o300) expect(refusal(join(dir, "new", "one"))).toMatchObject({ code: "LB1610" });
    },
  );

  test("with the system's words", () => {
    const cause = Object.assign(new Error("EROFS: read-only file system, access '/srv'"), { code: "EROFS" });
    const asked = vi.spyOn(runtime, "spoolFault").mockReturnValue(cause);
    try {
      const error = refusal("/srv/spool");
      expect(error).toMatchObject({ code: "LB1610", name: "LogbridgeTypeError", cause });
      expect(error.message).toMatch(/option spool\.dir .*'\/srv\/spool': EROFS: read-only file system/);
      expect(asked).toHaveBeenCalledWith("/srv/spool");
    } finally {
      asked.mockRestore();
    }
  });

  test("a text with NUL is no path", () => {
    const { code, message } = refusal(`${base}/a\0b`);
    expect(code).toBe("LB1610");
    expect(message).toContain("option spool.dir must be the path of a folder, without NUL");
  });
});

test("a folder that is missing is made by the first write, and not before", async () => {
  const dir = join(base, "var", "spool");
  const { logger, told } = logging({ exporter, spool: { dir }, flushTimeoutMs: 50 });
  expect(existsSync(join(base, "var"))).toBe(false);
  logger.info("kept");
  await logger.remove();
  expect(readdirSync(dir), told.join()).toHaveLength(1);
});

test("a folder that is there stays as it is", () => {
  const dir = join(base, "spool");
  mkdirSync(dir);
  expect(runtime.spoolFault(dir)).toBeNull();
  expect(runtime.spoolFault(join(dir, "a", "b"))).toBeNull();
  expect(readdirSync(dir)).toEqual([]);
});

test("one that becomes unusable later is tried again, and nothing is thrown", async () => {
  const dir = join(base, "spool");
  const { logger, sink } = logging({ exporter, spool: { dir }, flushTimeoutMs: 50 });
  writeFileSync(dir, "in the way");
  logger.info("x");
  await logger.complete();
  expect(sink.stats()).toMatchObject({ pending: 1, dropped: 0 });
  rmSync(dir);
  await logger.remove();
  expect(sink.stats()).toMatchObject({ spooled: 1, dropped: 0 });
});
