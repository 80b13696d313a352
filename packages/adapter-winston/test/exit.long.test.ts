import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "./setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-winston-exit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** daily-rotate-file puts the day behind the name. */
function messagesIn(file: string): string[] {
  const found = readdirSync(folder).filter((name) => name.startsWith(basename(file)));
  return found
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);
}

test("after complete() everything is on disk, and process.exit() loses nothing", () => {
  const file = join(folder, "app");
  expect(run("exit.ts", file)).toMatchObject({ dropped: 0, pending: 0 });
  for (const side of ["ours", "theirs"])
    expect(messagesIn(`${file}.${side}`)).toEqual(Array.from({ length: 2000 }, (_, n) => `record ${n}`));
});

describe("10,000 of 10,000 without awaiting anything", () => {
  test.each(
    ["File", "Stream", "daily-rotate-file"].flatMap((kind) =>
      ["at once", "after an immediate", "after 5 ms", "after 50 ms", "an uncaught error"].map((way) => [kind, way]),
    ),
  )("%s, %s", (kind, way) => {
    const file = join(folder, `${kind}-${way.replaceAll(" ", "-")}.log`);
    const args = ["--import", "tsx", "--conditions=@logbridge/source"];
    const path = fileURLToPath(new URL("fixtures/exit-at-once.ts", import.meta.url));
    try {
      execFileSync(process.execPath, [...args, path, kind as string, way as string, file], {
        stdio: "pipe",
        cwd: fileURLToPath(new URL("..", import.meta.url)),
        env: { ...process.env, NODE_OPTIONS: "" },
      });
    } catch (error) {
      if (way !== "an uncaught error") throw error;
      // It has its exit code as without us.
      expect((error as { status: number }).status).toBe(1);
    }
    const messages = messagesIn(file).map((message) => message.replace(/ x+$/, ""));
    const expected = Array.from({ length: 10_000 }, (_, n) => `record ${n}`);
    expect(messages).toHaveLength(10_001);
    expect(new Set(messages)).toEqual(new Set([...expected, "a late exit listener"]));
  });
});
