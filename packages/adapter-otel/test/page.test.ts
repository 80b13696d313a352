import { readFileSync } from "node:fs";
import { join } from "node:path";
import { waiverTable } from "@logbridge/core/conformance";
import { expect, test } from "vitest";
import { CANNOT } from "./waivers.ts";

test("the README's table of what does not survive is that of the conformance kit", () => {
  expect(readFileSync(join(__dirname, "..", "README.md"), "utf8")).toContain(waiverTable(CANNOT));
});
