import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "./setting.ts";

const folder = mkdtempSync(join(tmpdir(), "logbridge-winston-exit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("after complete() everything is on disk, and process.exit() loses nothing", () => {
  const file = join(folder, "app");
  expect(run("exit.ts", file)).toMatchObject({ dropped: 0, pending: 0 });
  for (const side of ["ours", "theirs"]) {
    const messages = readFileSync(`${file}.${side}`, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toEqual(Array.from({ length: 2000 }, (_, n) => `record ${n}`));
  }
});
