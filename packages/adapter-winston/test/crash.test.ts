import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const base = mkdtempSync(join(tmpdir(), "logbridge-winston-crash-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Runs until the process has ended by itself. */
function crash(way: string, kind: string): { readonly status: number | null; read(name: string): string[] } {
  const folder = mkdtempSync(join(base, `${way}-${kind}-`));
  const path = fileURLToPath(new URL("fixtures/crash.ts", import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--conditions=@logbridge/source", path, way, kind, folder],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, NODE_OPTIONS: "" } },
  );
  return { status, read: (name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n").filter(Boolean) };
}

describe.each(["exceptions", "rejections"])("an uncaught error of a logger with handlers of its own: %s", (kind) => {
  const native = crash("native", kind);
  // Before 3.3 winston listens to rejections and writes none, so there is nothing to be like.
  const writesNone = kind === "rejections" && native.read("exc.log").length === 0;

  test.skipIf(writesNone)("winstonSinks() brings these handlers, and the process ends as without us", () => {
    const hosted = crash("hosted", kind);
    expect(hosted.status).toBe(native.status);
    const plain = (lines: readonly string[]): unknown[] =>
      lines.map((line) => {
        const { level, message, exception, rejection } = JSON.parse(line) as Record<string, unknown>;
        return { level, message: String(message).split("\n")[0], exception, rejection };
      });
    expect(plain(hosted.read("exc.log"))).toEqual(plain(native.read("exc.log")));
    expect(hosted.read("exc.log")).toHaveLength(1);
    expect(plain(hosted.read("all.log"))).toEqual(plain(native.read("all.log")));
  });

  test.skipIf(writesNone)("with outputs of ours alone it ends too, when these have everything", () => {
    const elsewhere = crash("elsewhere", kind);
    expect(elsewhere.status).toBe(native.status);
    expect(elsewhere.read("exc.log").join("\n")).toContain("broken");
  });
});
