import { afterAll, beforeAll, expect, test } from "vitest";
import { SHORT_LIST } from "./support/process-list.ts";
import { Programs } from "./support/process-programs.ts";

let programs: Programs;
beforeAll(() => {
  programs = new Programs();
});
afterAll(() => programs.remove());

test.each(SHORT_LIST)(
  "the program $title ends as without us, and in tee mode prints byte for byte the same",
  async (program) => {
    const [alone, tee] = await Promise.all([
      programs.run(program, "alone", "file"),
      programs.run(program, "tee", "file"),
    ]);
    expect({ ...tee, records: [] }).toEqual(alone);
    expect(tee.records.length).toBeGreaterThan(0);
  },
);
