import { expect, test } from "vitest";
import { expectedIn, INTERCEPTIONS, run, SAID, withoutColors } from "./console-beside.ts";

test("winston, pino, log4js and debug beside the console, in tee mode: each line is one record, the library's own, printed as without us", async () => {
  const [alone, { printed, records }] = await Promise.all([run([], "tee", SAID), run(INTERCEPTIONS, "tee", SAID)]);
  expect(records.map(withoutColors)).toEqual(expectedIn("tee"));
  expect(alone.records).toEqual([]);
  expect(printed).toEqual(alone.printed);
});
