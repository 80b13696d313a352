import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Left } from "./cycles/run.ts";
import { SUBJECTS } from "./cycles/subjects.ts";
import { runForJson } from "./program.ts";

const file = join(dirname(fileURLToPath(import.meta.url)), "cycles/run.ts");

describe("a thousand times made, used and taken away", () => {
  let all: Readonly<Record<string, Left>>;
  beforeAll(async () => {
    all = (await runForJson(file)) as typeof all;
  }, 240_000);

  test.each(Object.keys(SUBJECTS))(
    "%s: properties, listeners and channels are as before, and a cycle keeps less than 1 KiB",
    (name) => {
      const { before, after, ...left } = all[name] as Left;
      expect(left).toEqual({ records: SUBJECTS[name]?.records, bytes: expect.any(Number) });
      expect(left.bytes).toBeLessThan(1024);
      expect(after).toEqual(before);
    },
  );
});
