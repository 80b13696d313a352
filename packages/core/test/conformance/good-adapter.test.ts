import { adapterCases, type Verb } from "@logbridge/core/conformance";
import { describe, expect, test } from "vitest";
import { good, harnessFor } from "./mini/harness.ts";

const VERBS: readonly Verb[] = ["sink", "propagate", "intercept", "facade"];

describe.each(VERBS)("a good adapter passes as %s", (verb) => {
  test.each(adapterCases(verb))("$group: $name", (one) => one.run(harnessFor(verb, good)));
});

test("every case has its own name and explains itself", () => {
  for (const verb of VERBS) {
    const cases = adapterCases(verb);
    expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
    for (const one of cases) expect(one.explanation.length, one.name).toBeGreaterThan(30);
  }
});
