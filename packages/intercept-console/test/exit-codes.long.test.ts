import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { differing, linesOf } from "./support/process-lines.ts";
import { LONG_LIST, SHORT_LIST } from "./support/process-list.ts";
import { Programs, type Run } from "./support/process-programs.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

const ALL = [...SHORT_LIST, ...LONG_LIST];

describe.each(["file", "pipe", "pipes"] as const)("into a %s", (outlet) => {
  const listed = ALL.filter(({ isOrderedByReader }) => !(isOrderedByReader && outlet === "pipe"));

  test.each(listed)("$title ends as without us, and in tee mode prints byte for byte the same", async (program) => {
    const [alone, tee] = await Promise.all([
      programs.run(program, "alone", outlet),
      programs.run(program, "tee", outlet),
    ]);
    expect({ ...tee, records: [] }).toEqual(alone);
  });

  test.each(listed)(
    "$title ends as without us in replace mode, and each line is a record or printed",
    async (program) => {
      const [alone, replace] = await Promise.all([
        programs.run(program, "alone", outlet),
        programs.run(program, "replace", outlet),
      ]);
      expect([replace.code, replace.signal]).toEqual([alone.code, alone.signal]);
      const { missing, surplus } = differing(alone, replace);
      if (program.dependsOnPrint) return;
      expect(missing).toEqual([]);
      if (!program.hasMoreToHear) expect(surplus).toEqual([]);
      // What is left is what the runtime itself prints of an uncaught error.
      const isFatal = replace.records.some(({ origin }) => origin.name === "uncaught") || program.name === "aborted";
      if (!isFatal) expect(linesOf(replace)).toEqual([]);
    },
  );
});

describe("with a reader that leaves after the first line", () => {
  const withoutFrames = (run: Run): Run => ({ ...run, stderr: run.stderr.replace(/^ {4}at .*\n/gm, ""), records: [] });

  test.each(["closed-pipe", "closed-pipe-written", "closed-pipe-handled"])(
    "%s ends as without us in tee mode",
    async (name) => {
      const [alone, tee] = await Promise.all([
        programs.runBeforeHead({ name }, "alone"),
        programs.runBeforeHead({ name }, "tee"),
      ]);
      // The stack of the write that failed has the frames of whoever writes.
      expect(withoutFrames(tee)).toEqual(withoutFrames(alone));
      expect(alone.stderr).toMatch(/^code \d+$/m);
    },
  );

  test("closed-pipe goes on to its end in replace mode, where nothing is written", async () => {
    const { stdout, stderr, records } = await programs.runBeforeHead({ name: "closed-pipe" }, "replace");
    expect([stdout, stderr]).toEqual(["", "code 0\n"]);
    expect(records.map(({ message }) => message)).toEqual([
      ...Array.from({ length: 20 }, (_line, count) => `line ${count}`),
      "exit 0",
    ]);
  });
});
